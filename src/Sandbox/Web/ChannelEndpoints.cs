using System.Text.Json.Nodes;

namespace ReleaseActions.Sandbox.Web;

/// <summary>Where teams are told of releases: what Slack, Teams and others take, and what they say to anything else.</summary>
internal static class ChannelEndpoints
{
    public static IEnumerable<Endpoint> All() =>
    [
        new(Area.Web, "POST", "/hooks/slack/{secret}", exchange => TakeAsync(exchange, body => body["text"] is JsonValue, 400, "no_text", Answer.Text(200, "ok"))),
        new(Area.Web, "POST", "/hooks/teams/{secret}", exchange => TakeAsync(exchange, IsCard, 400, "Bad payload received by generic incoming webhook.", new Answer(202))),
        new(Area.Web, "POST", "/hooks/webhook/{secret}", exchange => TakeAsync(exchange, _ => true, 400, "", new Answer(204))),
    ];

    private static async Task<Answer> TakeAsync(Exchange exchange, Func<JsonObject, bool> isFit, int status, string complaint, Answer taken) =>
        isFit(await exchange.ReadJsonAsync()) ? taken : Answer.Text(status, complaint);

    private static bool IsCard(JsonObject body) => body["type"]?.ToString() == "message" && body["attachments"] is JsonArray { Count: 1 } attachments
        && attachments[0]!["contentType"]?.ToString() == "application/vnd.microsoft.card.adaptive" && attachments[0]!["content"]?["type"]?.ToString() == "AdaptiveCard";
}
