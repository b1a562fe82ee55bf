using System.Net;
using System.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>Files of the repository.</summary>
public partial class GitHubClient
{
    /// <summary>The text of a file at a commit or, without one, on the default branch; null where there is none.</summary>
    /// <param name="path">The path from the repository's root, with slashes.</param>
    /// <param name="commit">40 hex digits, or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ActionException">GitHub does not answer, or the file is larger than an answer may be (exit 4).</exception>
    public async Task<string?> FindTextAsync(string path, string? commit, CancellationToken cancellation)
    {
        var place = commit is null ? "of the default branch" : $"at {commit}";
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var request = new ApiRequest(
            HttpMethod.Get, new Uri($"{Repository($"/contents/")}{escaped}{(commit is null ? "" : $"?ref={commit}")}"),
            $"read '{path}' {place}", "contents: read")
        {
            Accept = "application/vnd.github.raw+json", Expected = [HttpStatusCode.NotFound],
        };
        var answer = await SendAsync(request, cancellation);
        if (answer.Status == HttpStatusCode.NotFound) return null;
        return Encoding.UTF8.GetString(answer.Body).TrimStart('\uFEFF');
    }
}
