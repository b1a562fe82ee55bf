namespace ReleaseActions.Core.Policy;

/// <summary>What happens to the title and notes of an existing release.</summary>
public enum BodyMode
{
    /// <summary>They stay: what a person edited is never lost.</summary>
    Keep,

    /// <summary>They are written again.</summary>
    Replace,

    /// <summary>The notes go below the existing ones, once; the title stays.</summary>
    Append,
}

/// <summary>What happens to <c>@names</c> in notes, outside code.</summary>
public enum Mentions
{
    /// <summary>They stay, and GitHub notifies the people who are named.</summary>
    Keep,

    /// <summary>They become plain text, and nobody is notified.</summary>
    Neutralise,
}

/// <summary>The GitHub Release.</summary>
public sealed class ReleasePagePolicy(PolicyMap map)
{
    /// <summary>The tags that can follow a version.</summary>
    public static readonly IReadOnlyList<string> Lines = ["major", "minor"];

    /// <summary>The title, with <c>{version}</c> or <c>{tag}</c> in it.</summary>
    public string Title { get; } = map.Text("title", "The release's title. {version} and {tag} are replaced.", "{tag}");

    /// <summary>Whether a person publishes it.</summary>
    public bool Draft { get; } = map.Flag("draft", "Leave the release as a draft for a person to publish.", false);

    /// <summary>What happens to an existing title and existing notes.</summary>
    public BodyMode BodyMode { get; } = map.Choice("body-mode",
        "What happens to an existing title and existing notes: keep them, replace them, or append the notes once.", BodyMode.Keep);

    /// <summary>What happens to <c>@names</c>.</summary>
    public Mentions Mentions { get; } = map.Choice("mentions",
        "What happens to @names in the notes outside code: neutralise keeps the release from notifying people.", Mentions.Keep);

    /// <summary>Whether GitHub's generated notes are added.</summary>
    public bool GenerateNotes { get; } = map.Flag(
        "generate-notes", "Add the notes that GitHub generates from merged pull requests, below the team's own.", false);

    /// <summary>The category of the discussion about a release, or null for none.</summary>
    public string? DiscussionCategory { get; } = map.OptionalText(
        "discussion-category", "The category of a discussion that is started about each release; it must exist.");

    /// <summary>The product whose releases may be the latest; null where none was named.</summary>
    public string? LatestProduct { get; } = map.OptionalText("latest-product",
        "The product whose releases may be the latest, in a repository of several: GitHub shows one, and the others never take it.");

    /// <summary>Tags that are no version and may be published.</summary>
    public IReadOnlyList<string> UnversionedTags { get; } = map.Texts("unversioned-tags",
        "Tags that are no version and may be published, such as edge: as a prerelease that is never the latest.");

    /// <summary>Tags that move from release to release.</summary>
    public IReadOnlyList<string> MovingReleases { get; } = map.Texts("moving-releases",
        "Tags that are no version and whose release moves, such as nightly: to each run's commit, and with its files.");

    /// <summary>Whether the release metrics are shown.</summary>
    public bool Figures { get; } = map.Flag(
        "figures", "Show how often and how fast the team releases, and how often it rolls back, below the report.", false);

    /// <summary>Words of <see cref="Lines"/>.</summary>
    public IReadOnlyList<string> MovingTags { get; } = map.Words(
        "moving-tags", "Tags that follow the highest stable version of their line: major moves v1, minor moves v1.2.", Lines);
}
