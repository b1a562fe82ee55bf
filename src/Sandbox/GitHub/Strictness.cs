using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>What GitHub's manual asks for and its servers do not enforce: written down as violations.</summary>
internal sealed class Strictness(Violations violations)
{
    public void Check(Exchange exchange)
    {
        if (exchange.Endpoint is not { } endpoint)
        {
            Add(exchange, "the sandbox has no such address");
            return;
        }

        foreach (var name in exchange.Query.Keys.Except(endpoint.Query))
            if (endpoint.Area != Area.Registry)
                Add(exchange, $"unknown query parameter '{name}'");
        if (endpoint.Area is Area.Api or Area.Uploads)
            CheckHeaders(exchange, endpoint);
    }

    /// <summary>After the work, when the body was read.</summary>
    public void CheckBody(Exchange exchange)
    {
        if (exchange.Endpoint is not { Area: Area.Api } endpoint || exchange.BodyText is not { } text)
            return;
        if (!exchange.Headers.ContentType.ToString().StartsWith("application/json", StringComparison.Ordinal))
            Add(exchange, $"Content-Type is '{exchange.Headers.ContentType}', not application/json");
        if (TryParse(text) is JsonObject body)
            foreach (var (name, _) in body.Where(property => endpoint.Body.All(field => field.Name != property.Key)))
                Add(exchange, $"unknown property '{name}'");
    }

    private void CheckHeaders(Exchange exchange, Endpoint endpoint)
    {
        if (exchange.Header("X-GitHub-Api-Version").Length == 0)
            Add(exchange, "X-GitHub-Api-Version is absent");
        var accept = exchange.Header("Accept");
        var bytes = endpoint is { Method: "GET", Path: "/repos/{owner}/{repo}/releases/assets/{asset_id}" };
        if (accept != "application/vnd.github+json" && !(bytes && accept == "application/octet-stream"))
            Add(exchange, $"Accept is '{accept}', not application/vnd.github+json");
        if (exchange.Header("Authorization").StartsWith("token ", StringComparison.OrdinalIgnoreCase))
            Add(exchange, "Authorization is 'token', the older scheme, not 'Bearer'");
        if (endpoint.Area == Area.Uploads && exchange.Headers.ContentType.Count == 0)
            Add(exchange, "Content-Type of the upload is absent");
        if (endpoint.Body.Length == 0 && endpoint.Area == Area.Api && exchange.ContentLength > 0)
            Add(exchange, "a body where none belongs");
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private void Add(Exchange exchange, string what) => violations.Add($"{exchange.Method} {exchange.Path}: {what}");
}
