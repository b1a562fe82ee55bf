using System.Text.RegularExpressions;

namespace ReleaseActions.Sandbox.Web;

/// <summary>
/// One row of the server's table: the address, what it takes, and who answers. What a row does not declare, a request must not send:
/// anything else is a violation.
/// </summary>
internal sealed class Endpoint(Area area, string method, string path, Func<Exchange, Task<Answer>> answer)
{
    private readonly Regex _pattern = Compile(area, path);

    public Endpoint(Area area, string method, string path, Func<Exchange, Answer> answer)
        : this(area, method, path, exchange => Task.FromResult(answer(exchange)))
    {
    }

    public Area Area => area;

    public string Method => method;

    /// <summary>The address as GitHub's OpenAPI description writes it, so that an answer finds its schema.</summary>
    public string Path => path.Replace("*}", "}", StringComparison.Ordinal);

    public Func<Exchange, Task<Answer>> Answer => answer;

    public string[] Query { get; init; } = [];

    public Field[] Body { get; init; } = [];

    /// <summary>Ends of addresses that a trailing <c>{x*}</c> would swallow and that mean something else.</summary>
    public string[] Except { get; init; } = [];

    /// <summary>Asks for a permission that a job with <c>contents</c> alone has not.</summary>
    public bool BeyondContents { get; init; }

    /// <summary>Bodies carry passwords or tokens and are never recorded.</summary>
    public bool Secret { get; init; }

    /// <summary>The section of GitHub's manual that its errors point to.</summary>
    public string Manual { get; init; } = "";

    public bool Writes => method is not ("GET" or "HEAD");

    public Dictionary<string, string>? Match(string requestMethod, string requestPath)
    {
        if (Except.Any(end => requestPath.EndsWith(end, StringComparison.Ordinal))) return null;
        if (requestMethod != method || _pattern.Match(requestPath) is not { Success: true } match) return null;
        return match.Groups.Values.Skip(1).ToDictionary(group => group.Name, group => Uri.UnescapeDataString(group.Value));
    }

    // {x} is one segment, {x*} any number of them, also none.
    private static Regex Compile(Area area, string path)
    {
        var pattern = Regex.Replace(Regex.Escape(path), @"\\\{(\w+)(\\\*)?}", match =>
            $"(?<{match.Groups[1].Value}>{(match.Groups[2].Success ? ".*" : "[^/]+")})");
        return new Regex($"^{Prefix(area)}{pattern}$", RegexOptions.CultureInvariant);
    }

    private static string Prefix(Area area) => area switch
    {
        Area.Api => "/api/v3",
        Area.Uploads => "/api/uploads",
        _ => "",
    };
}

/// <summary>The parts of the server: each has its own way in.</summary>
internal enum Area
{
    Api,
    Uploads,
    Web,
    Registry,
}
