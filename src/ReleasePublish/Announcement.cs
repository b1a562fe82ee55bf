using System.Text.Json.Nodes;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ReleasePublish;

/// <summary>What channels are told about a release, in the words of each kind. Pure.</summary>
/// <param name="Plan">The plan that was applied.</param>
/// <param name="Release">The release as GitHub shows it.</param>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="RunUrl">The run's page, or null.</param>
internal sealed record Announcement(PublishPlan Plan, Release Release, string Repository, string? RunUrl)
{
    /// <summary>Whether all that belongs to the release was done.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether GitHub shows it as the latest; null where that is not known.</summary>
    public bool? IsLatest { get; init; }

    private string Title => Release.Name is { Length: > 0 } name ? name : Release.TagName;

    private string Status => IsWhole ? "published" : "published, with a problem";

    private string Flags => Release.Prerelease ? "prerelease" : IsLatest switch { true => "latest release", false => "release of an older line", null => "stable release" };

    public JsonObject ToJson(string kind) => kind switch
    {
        "slack" => ToSlack(),
        "teams" => ToTeams(),
        _ => ToAny(),
    };

    // https://api.slack.com/messaging/webhooks: `text` is what a notification shows, `blocks` what the channel does.
    private JsonObject ToSlack() => new()
    {
        ["text"] = Slack($"{Title} of {Repository} is {Status}"),
        ["blocks"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "section",
                ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = $"*<{Release.HtmlUrl}|{Slack(Title)}>* of {Slack(Repository)} is {Status}." },
            },
            new JsonObject
            {
                ["type"] = "context",
                ["elements"] = new JsonArray(new JsonObject { ["type"] = "mrkdwn", ["text"] = $"{Slack(Plan.Wish.Tag.Version.Text)} · {Flags}{(RunUrl is null ? "" : $" · <{RunUrl}|run>")}" }),
            }),
    };

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
                    new JsonObject { ["type"] = "TextBlock", ["size"] = "Medium", ["weight"] = "Bolder", ["wrap"] = true, ["text"] = Teams($"{Title} of {Repository} is {Status}") },
                    new JsonObject { ["type"] = "TextBlock", ["isSubtle"] = true, ["wrap"] = true, ["text"] = $"{Plan.Wish.Tag.Version} · {Flags}" }),
                ["actions"] = new JsonArray([.. Links().Select(l => new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = l.Key, ["url"] = l.Value })]),
            },
        }),
    };

    private JsonObject ToAny() => new()
    {
        ["event"] = "release",
        ["status"] = Status,
        ["repository"] = Repository,
        ["version"] = Plan.Wish.Tag.Version.Text,
        ["tag"] = Release.TagName,
        ["commit"] = Plan.Wish.Commit,
        ["title"] = Title,
        ["url"] = Release.HtmlUrl,
        ["prerelease"] = Release.Prerelease,
        ["latest"] = IsLatest,
        ["run"] = RunUrl,
    };

    private IEnumerable<KeyValuePair<string, string>> Links() =>
        ((KeyValuePair<string, string?>[])[new("Release notes", Release.HtmlUrl), new("Run", RunUrl)]).Where(l => l.Value is not null)!;

    // A card's text blocks know emphasis and links, and no HTML.
    private static string Teams(string text) => string.Concat(text.Select(c => c is '\\' or '*' or '_' or '[' or ']' ? $"\\{c}" : $"{c}"));

    // Slack's three characters, and no way to call everybody by a title.
    private static string Slack(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
