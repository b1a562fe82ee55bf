using System.Text.Json.Nodes;

namespace ReleaseActions.Sandbox.Web;

/// <summary>The channels that teams are notified in: what Slack, Teams and others accept, and how they answer anything else.</summary>
internal static class ChannelEndpoints
{
    private const string NoCard = "Bad payload received by generic incoming webhook.";

    public static IEnumerable<Endpoint> All() =>
    [
        Hook("slack", body => body["text"] is JsonValue, Answer.Text(200, "ok"), "no_text"),
        Hook("teams", IsCard, new Answer(202), NoCard),
        Hook("webhook", _ => true, new Answer(204), ""),
    ];

    private static Endpoint Hook(string kind, Func<JsonObject, bool> accepts, Answer accepted, string complaint) =>
        new(Area.Web, "POST", $"/hooks/{kind}/{{secret}}", async exchange =>
            accepts(await exchange.ReadJsonAsync()) ? accepted : Answer.Text(400, complaint));

    private static bool IsCard(JsonObject body) =>
        body["type"]?.ToString() == "message" && body["attachments"] is JsonArray { Count: 1 } attachments
        && attachments[0]!["contentType"]?.ToString() == "application/vnd.microsoft.card.adaptive"
        && attachments[0]!["content"]?["type"]?.ToString() == "AdaptiveCard";
}
