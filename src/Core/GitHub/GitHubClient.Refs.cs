using System.Net;
using System.Text.Json.Nodes;

namespace ReleaseActions.Core.GitHub;

/// <summary>Tags and branches.</summary>
public partial class GitHubClient
{
    /// <summary>Makes a lightweight tag. Read the tag afterwards: a tag that is there already is left alone, and an answer may be lost.</summary>
    public async Task CreateTagAsync(string tag, string commit, CancellationToken cancellation)
    {
        var request = new ApiRequest(HttpMethod.Post, Repository($"/git/refs"), $"make the tag {tag}", Write)
        {
            Body = new JsonObject { ["ref"] = $"refs/tags/{tag}", ["sha"] = commit },
            Expected = [HttpStatusCode.UnprocessableEntity],
        };
        if (await TrySendAsync(request, cancellation) is not { Status: HttpStatusCode.UnprocessableEntity } refusal) return;
        var words = WordsOf(refusal.Body);
        if (!words.Contains("already exists", StringComparison.OrdinalIgnoreCase)) throw Unprocessable($"GitHub was asked to {request.Purpose}", words);
    }
}
