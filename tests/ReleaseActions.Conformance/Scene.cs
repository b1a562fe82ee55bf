using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseActions.Conformance;

/// <summary>What one belief is replayed in: fresh names, the states before it, and the client.</summary>
/// <param name="client">Sends requests; it has no headers of its own.</param>
/// <param name="api">The repository's address in the API.</param>
/// <param name="token">The token.</param>
/// <param name="values">The values of the repository: owner, default branch, commits.</param>
public sealed partial class Scene(HttpClient client, Uri api, string token, IReadOnlyDictionary<string, string> values)
{
    /// <summary>What the names of all refs begin with: only these are deleted afterwards.</summary>
    public const string Prefix = "conformance-";

    private readonly Dictionary<string, string> _values = new(values)
    {
        ["tag"] = $"{Prefix}{Guid.NewGuid():n}", ["branch"] = $"{Prefix}{Guid.NewGuid():n}", ["nothing"] = new string('1', 40),
    };

    // Each state: the request that makes it, and which values its answer gives.
    private static readonly Dictionary<string, (string Request, string? Body, (string Value, string Path)[] Takes)> States = new()
    {
        ["tag"] = ("POST git/refs", """{"ref":"refs/tags/{tag}","sha":"{head}"}""", []),
        ["branch"] = ("POST git/refs", """{"ref":"refs/heads/{branch}","sha":"{head}"}""", []),
        ["draft"] = ("POST releases", """{"tag_name":"{tag}","target_commitish":"{head}","name":"One","body":"Text","draft":true}""",
            [("release", "id"), ("uploads", "upload_url")]),
        ["published"] = ("POST releases", """{"tag_name":"{tag}","target_commitish":"{head}","name":"One","body":"Text"}""",
            [("release", "id"), ("uploads", "upload_url")]),
        ["prerelease"] = ("POST releases", """{"tag_name":"{tag}","target_commitish":"{head}","prerelease":true}""", [("release", "id")]),
        ["asset"] = ("POST upload:?name=a.txt", "content", [("asset", "id")]),
        ["deleted"] = ("DELETE releases/{release}", null, []),
        ["again"] = ("PATCH releases/{release}", """{"draft":false}""", []),
    };

    /// <summary>Replays a belief.</summary>
    /// <param name="belief">The belief.</param>
    /// <param name="onReady">Called when the state before it is made.</param>
    /// <returns>Null where it holds, else the answer that came.</returns>
    public async Task<string?> ReplayAsync(Belief belief, Action? onReady = null)
    {
        foreach (var state in belief.Before.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (request, body, takes) = States[state];
            var made = await SendAsync(request, body, null);
            if (made.Status is < 200 or > 299) return $"the state before ('{state}') could not be made: {made.Shown}";
            foreach (var (value, path) in takes) _values[value] = made.Find(path) ?? "";
        }

        onReady?.Invoke();
        var answer = await SendAsync(belief.Request, belief.Body, belief.Header);
        var holds = answer.Status.ToString(CultureInfo.InvariantCulture) == belief.Answer[0]
            && belief.Answer.Skip(1).All(condition => answer.Meets(Filled(condition)));
        return holds ? null : answer.Shown;
    }

    /// <summary>Sends a request, such as <c>GET releases</c>.</summary>
    public async Task<Reply> SendAsync(string request, string? body, (string Name, string Value)? header)
    {
        var (method, path) = Filled(request).Split(' ', 2) is [var m, var p] ? (m, p) : throw new FormatException(request);
        using var message = new HttpRequestMessage(new HttpMethod(method), AddressOf(path));
        var isUpload = path.StartsWith("upload:", StringComparison.Ordinal);
        if (body is not null) message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filled(body)));
        if (body is not null)
            message.Content!.Headers.ContentType = new MediaTypeHeaderValue(isUpload ? "application/octet-stream" : "application/json");
        var headers = new Dictionary<string, string>
        {
            ["Authorization"] = $"Bearer {token}", ["User-Agent"] = "release-actions-conformance",
            ["Accept"] = "application/vnd.github+json", ["X-GitHub-Api-Version"] = "2022-11-28",
        };
        if (header is var (name, value)) headers[name] = value;
        foreach (var (key, text) in headers.Where(h => h.Value.Length > 0)) message.Headers.TryAddWithoutValidation(key, text);
        using var answer = await client.SendAsync(message);
        return new Reply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.ToString());
    }

    private Uri AddressOf(string path) => path.StartsWith("upload:", StringComparison.Ordinal)
        ? new Uri(_values["uploads"].Split('{')[0] + path["upload:".Length..])
        : new Uri(path.Length == 0 ? $"{api}" : path.StartsWith('/') ? $"{api.ToString().Split("/repos/")[0]}{path}" : $"{api}/{path}");

    private string Filled(string text) => Placeholder().Replace(text, m => _values.GetValueOrDefault(m.Groups[1].Value, m.Value));

    [GeneratedRegex("[{]([a-z]+)[}]")]
    private static partial Regex Placeholder();
}

/// <summary>An answer.</summary>
public sealed record Reply(int Status, string Body, string Headers)
{
    private const int MostShown = 300;

    /// <summary>The answer in a line of a report.</summary>
    public string Shown => $"{Status} {(Body.Length > MostShown ? Body[..MostShown] + "…" : Body).ReplaceLineEndings(" ")}".TrimEnd();

    /// <summary>The text at a path such as <c>object.sha</c> or <c>errors.0.code</c>; null where there is none.</summary>
    public string? Find(string path)
    {
        try
        {
            JsonNode? node = JsonNode.Parse(Body);
            foreach (var part in path.Split('.'))
                node = node is JsonArray list ? list.ElementAtOrDefault(int.Parse(part, CultureInfo.InvariantCulture)) : node?[part];
            return node is JsonArray { Count: 0 } ? "[]" : node?.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a condition holds.</summary>
    public bool Meets(string condition)
    {
        var at = condition.IndexOfAny(['=', '~']);
        var (name, wanted) = (condition[..at], condition[(at + 1)..]);
        if (name == "text") return condition[at] == '=' ? Body == wanted : Body.Contains(wanted, StringComparison.Ordinal);
        if (name.StartsWith("header:", StringComparison.Ordinal))
            return Headers.Split('\n').Any(h => h.StartsWith(name["header:".Length..] + ":", StringComparison.OrdinalIgnoreCase)
                && h.Contains(wanted, StringComparison.Ordinal));
        var found = Find(name) ?? "";
        return condition[at] == '=' ? found == wanted : found.Contains(wanted, StringComparison.Ordinal);
    }
}
