using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>What GitHub's manual asks for and its servers do not enforce: recorded as violations.</summary>
internal sealed partial class GitHubGate
{
    public void Check(Exchange exchange)
    {
        if (exchange.Endpoint is not { } endpoint)
        {
            traffic.AddViolation(exchange, "the sandbox has no such address");
            return;
        }

        foreach (var name in exchange.Query.Keys.Except(endpoint.Query))
            if (endpoint.Area != Area.Registry) traffic.AddViolation(exchange, $"unknown query parameter '{name}'");
        if (endpoint.Area is Area.Api or Area.Uploads) CheckHeaders(exchange, endpoint);
    }

    /// <summary>Checks the body, once the work has read it.</summary>
    public void CheckBody(Exchange exchange)
    {
        if (exchange.Endpoint is not { Area: Area.Api } endpoint || exchange.BodyText is not { } text) return;
        if (!exchange.Headers.ContentType.ToString().StartsWith("application/json", StringComparison.Ordinal))
            traffic.AddViolation(exchange, $"Content-Type is '{exchange.Headers.ContentType}', not application/json");
        if (TryParse(text) is JsonObject body)
            foreach (var (name, _) in body.Where(property => endpoint.Body.All(field => field.Name != property.Key)))
                traffic.AddViolation(exchange, $"unknown property '{name}'");
    }

    private void CheckHeaders(Exchange exchange, Endpoint endpoint)
    {
        if (exchange.Header("X-GitHub-Api-Version").Length == 0)
            traffic.AddViolation(exchange, "X-GitHub-Api-Version is absent");
        var accept = exchange.Header("Accept");
        var other = endpoint switch
        {
            { Method: "GET", Path: "/repos/{owner}/{repo}/releases/assets/{asset_id}" } => "application/octet-stream",
            { Path: "/repos/{owner}/{repo}/contents/{path}" } => "application/vnd.github.raw+json",
            _ => null,
        };
        if (accept != "application/vnd.github+json" && accept != other)
            traffic.AddViolation(exchange, $"Accept is '{accept}', not application/vnd.github+json");
        if (exchange.Header("Authorization").StartsWith("token ", StringComparison.OrdinalIgnoreCase))
            traffic.AddViolation(exchange, "Authorization is 'token', the older scheme, not 'Bearer'");
        if (endpoint.Area == Area.Uploads && exchange.Headers.ContentType.Count == 0)
            traffic.AddViolation(exchange, "Content-Type of the upload is absent");
        if (endpoint.Body.Length == 0 && endpoint.Area == Area.Api && exchange.ContentLength > 0)
            traffic.AddViolation(exchange, "a body where none belongs");
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
}
