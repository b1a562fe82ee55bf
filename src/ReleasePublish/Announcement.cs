using System.Text.Json.Nodes;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ReleasePublish;

/// <summary>The message about a release, in the format of each kind of channel. Pure.</summary>
/// <param name="Report">What is public.</param>
internal sealed record Announcement(PublicReport Report)
{
    private PublishRequest Request => Report.Plan.Request;

    private Release Release => Report.Release;

    private string Repository => Request.Repository!;

    private string? RunUrl => Request.RunUrl;

    private string Version => Request.VersionText;

    private string Title => Release.Name is { Length: > 0 } name ? name : Release.TagName;

    private string Status => Report.IsWhole ? "published" : "published, with a problem";

    private string Flags => Release.Prerelease ? "prerelease" : Report.IsLatest switch
    {
        true => "latest release",
        false => "release of an older line",
        null => "stable release",
    };

    public JsonObject ToJson(string kind) => kind switch
    {
        "slack" => ToSlack(),
        "teams" => ToTeams(),
        _ => ToAny(),
    };

    // https://api.slack.com/messaging/webhooks: `text` is what a notification shows, `blocks` what the channel does.
    private JsonObject ToSlack()
    {
        var link = $"*<{Release.HtmlUrl}|{Slack(Title)}>* of {Slack(Repository)} is {Status}.";
        var details = $"{Slack(Version)} · {Flags}{(RunUrl is null ? "" : $" · <{RunUrl}|run>")}";
        return new JsonObject
        {
            ["text"] = Slack($"{Title} of {Repository} is {Status}"),
            ["blocks"] = new JsonArray(
                new JsonObject { ["type"] = "section", ["text"] = SlackText(link) },
                new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(SlackText(details)) }),
        };
    }

    private static JsonObject SlackText(string text) => new() { ["type"] = "mrkdwn", ["text"] = text };

    // A message with one adaptive card, as the workflow "post to a channel when a webhook request is received" takes it.
    private JsonObject ToTeams() => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["body"] = new JsonArray(
                    TeamsText(Teams($"{Title} of {Repository} is {Status}"), ("size", "Medium"), ("weight", "Bolder")),
                    TeamsText($"{Version} · {Flags}", ("isSubtle", true))),
                ["actions"] = new JsonArray([.. Links().Select(l => TeamsLink(l.Key, l.Value))]),
            },
        }),
    };

    private static JsonObject TeamsText(string text, params IEnumerable<(string Key, JsonNode Value)> style)
    {
        var block = new JsonObject { ["type"] = "TextBlock" };
        foreach (var (key, value) in style) block[key] = value;
        (block["wrap"], block["text"]) = (true, text);
        return block;
    }

    private static JsonObject TeamsLink(string title, string url) =>
        new() { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = url };

    private JsonObject ToAny() => new()
    {
        ["event"] = "release",
        ["status"] = Status,
        ["repository"] = Repository,
        ["version"] = Version,
        ["tag"] = Release.TagName,
        ["commit"] = Report.Plan.Commit,
        ["title"] = Title,
        ["url"] = Release.HtmlUrl,
        ["prerelease"] = Release.Prerelease,
        ["latest"] = Report.IsLatest,
        ["run"] = RunUrl,
    };

    private IEnumerable<KeyValuePair<string, string>> Links() =>
        ((KeyValuePair<string, string?>[])[new("Release notes", Release.HtmlUrl), new("Run", RunUrl)]).Where(l => l.Value is not null)!;

    // A card's text blocks know emphasis and links, and no HTML.
    private static string Teams(string text) => string.Concat(text.Select(c => c is '\\' or '*' or '_' or '[' or ']' ? $"\\{c}" : $"{c}"));

    // Slack's three characters, and no way to mention everybody by a title.
    private static string Slack(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
