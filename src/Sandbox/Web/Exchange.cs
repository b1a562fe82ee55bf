using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ReleaseActions.Sandbox.Web;

/// <summary>One request on its way: what was asked, by whom, and the body, which a fault may have tampered with.</summary>
internal sealed class Exchange
{
    private readonly HttpContext _http;
    private Dictionary<string, string> _values = [];

    public Exchange(HttpContext http)
    {
        _http = http;
        // The raw target, because %2F in a tag or a branch is part of a name, which Kestrel's decoded path does not show.
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        Path = target.Split('?', 2)[0];
        Body = http.Request.Body;
    }

    public string Method => _http.Request.Method;

    public string Path { get; }

    public string QueryText => _http.Request.QueryString.Value ?? "";

    public IQueryCollection Query => _http.Request.Query;

    public IHeaderDictionary Headers => _http.Request.Headers;

    public long? ContentLength => _http.Request.ContentLength;

    public CancellationToken Aborted => _http.RequestAborted;

    /// <summary>The row of the table that answers; null where the address is unknown.</summary>
    public Endpoint? Endpoint { get; private set; }

    public Access Access { get; set; } = Access.Anonymous;

    public Stream Body { get; set; }

    /// <summary>The JSON body once it was read, for the record.</summary>
    public string? BodyText { get; private set; }

    /// <summary>The fault that was played on this request, for the record.</summary>
    public string? Fault { get; set; }

    public void Found(Endpoint endpoint, Dictionary<string, string> values) => (Endpoint, _values) = (endpoint, values);

    public string Value(string name) => _values[name];

    public string? Asked(string name) => Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public string Header(string name) => Headers[name].ToString();

    /// <summary>A number in the path. GitHub answers 404 where it is none.</summary>
    public long Id(string name) =>
        long.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Refusal.NotFound();

    public async Task<string> ReadTextAsync()
    {
        using var reader = new StreamReader(Body);
        return BodyText = await reader.ReadToEndAsync(Aborted);
    }

    /// <summary>The body as a JSON object that keeps the endpoint's declared fields.</summary>
    public async Task<JsonObject> ReadJsonAsync()
    {
        var text = await ReadTextAsync();
        try
        {
            var body = JsonNode.Parse(text) as JsonObject ?? throw new Refusal(400, "Body should be a JSON object");
            Field.Check(body, Endpoint!.Body);
            return body;
        }
        catch (JsonException)
        {
            throw new Refusal(400, "Problems parsing JSON");
        }
    }
}

/// <summary>What the token of a request allows.</summary>
internal enum Access
{
    Anonymous,
    Read,
    Organization,
    Write,
}
