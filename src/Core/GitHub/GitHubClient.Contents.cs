using System.Net;
using System.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>Files of the repository.</summary>
public partial class GitHubClient
{
    // A file for people; GitHub sends up to 100 MB.
    private const int LargestFile = 1024 * 1024;

    /// <summary>The text of a file on the default branch; null where it has none.</summary>
    /// <param name="path">The path from the repository's root, with slashes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ActionException">GitHub does not answer, or the file is larger than 1 MiB (exit 4).</exception>
    public async Task<string?> FindTextAsync(string path, CancellationToken cancellation)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var request = new ApiRequest(
            HttpMethod.Get, new Uri($"{Repository($"/contents/")}{escaped}"), $"read '{path}' of the default branch", "contents: read")
        {
            Accept = "application/vnd.github.raw+json", Expected = [HttpStatusCode.NotFound],
        };
        var answer = await SendAsync(request, cancellation);
        if (answer.Status == HttpStatusCode.NotFound) return null;
        if (answer.Body.Length > LargestFile)
            throw ActionException.Remote(
                $"'{path}' has {answer.Body.Length:#,0} bytes on the default branch", $"Shorten it to {LargestFile:#,0} bytes");
        return Encoding.UTF8.GetString(answer.Body).TrimStart('\uFEFF');
    }
}
