using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox;

/// <summary>One request and its answer. Tokens are replaced by <c>***</c>; long or binary bodies are left out.</summary>
/// <param name="Number">The order of arrival, from 1.</param>
/// <param name="At">When the request arrived, by the sandbox's clock.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as sent.</param>
/// <param name="Query">The query as sent, with its question mark.</param>
/// <param name="Endpoint">The address in the words of GitHub's OpenAPI description; null where the sandbox knows none.</param>
/// <param name="Status">The status that was sent; 0 where the connection was dropped.</param>
/// <param name="ContentType">The media type of the request's body.</param>
/// <param name="Body">The request's JSON body.</param>
/// <param name="Reply">The answer's JSON body.</param>
/// <param name="Fault">The fault that was played, if any.</param>
/// <param name="Authorization">The scheme of the Authorization header, empty without one.</param>
public sealed record TrafficEntry(
    int Number, DateTimeOffset At, string Method, string Path, string Query, string? Endpoint, int Status,
    string? ContentType, string? Body, string? Reply, string? Fault, string Authorization)
{
    /// <summary>Whether the sandbox has an endpoint for this request.</summary>
    public bool Known => Endpoint is not null;

    /// <summary>Whether the request changes something.</summary>
    public bool Writes => Method is not ("GET" or "HEAD");

    /// <inheritdoc/>
    public override string ToString() => $"{Number}. {Method} {Path}{Query} -> {Status}{(Fault is null ? "" : $" ({Fault})")}";
}

/// <summary>The ordered record of all requests: what tests count and what a rehearsal shows.</summary>
public sealed class Traffic
{
    private const int SmallBody = 512 * 1024;
    private readonly Lock _lock = new();
    private readonly List<TrafficEntry> _entries = [];
    private readonly List<string> _violations = [];
    private readonly string[] _secrets;
    private int _arrived;

    internal Traffic(params string[] secrets) => _secrets = secrets;

    /// <summary>All requests that were answered so far, in the order of their arrival.</summary>
    public IReadOnlyList<TrafficEntry> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries.OrderBy(entry => entry.Number)];
        }
    }

    /// <summary>Requests for addresses that the sandbox does not have.</summary>
    public IEnumerable<TrafficEntry> Unknown => Entries.Where(entry => !entry.Known);

    /// <summary>Requests that change something.</summary>
    public IEnumerable<TrafficEntry> Writes => Entries.Where(entry => entry.Writes);

    /// <summary>What clients did that GitHub may accept today but its manual does not allow, one sentence each.</summary>
    internal IReadOnlyList<string> Violations
    {
        get
        {
            lock (_lock) return [.. _violations];
        }
    }

    /// <summary>Forgets the past, so that a test counts from here.</summary>
    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }

    internal int Arrive() => Interlocked.Increment(ref _arrived);

    internal void Add(int number, DateTimeOffset at, Exchange exchange, Answer answer)
    {
        var secret = exchange.Endpoint is { Secret: true };
        var reply = answer.ContentType?.Contains("json", StringComparison.Ordinal) == true && answer.Body.Length <= SmallBody
            ? System.Text.Encoding.UTF8.GetString(answer.Body.Span)
            : null;
        var entry = new TrafficEntry(
            number, at, exchange.Method, exchange.Path, Clean(exchange.QueryText)!, exchange.Endpoint?.Path, answer.Status,
            exchange.Headers.ContentType, secret ? null : Clean(exchange.BodyText), secret ? null : Clean(reply), exchange.Fault,
            exchange.Header("Authorization").Split(' ')[0]);
        lock (_lock)
            _entries.Add(entry);
    }

    internal void AddViolation(Exchange exchange, string what)
    {
        lock (_lock) _violations.Add($"{exchange.Method} {exchange.Path}: {what}");
    }

    private string? Clean(string? text) => text is null or { Length: > SmallBody }
        ? null
        : _secrets.Aggregate(text, (clean, secret) => clean.Replace(secret, "***", StringComparison.Ordinal));
}
