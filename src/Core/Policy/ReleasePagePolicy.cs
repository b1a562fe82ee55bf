namespace ReleaseActions.Core.Policy;

/// <summary>What happens to the title and notes of a release that are there already.</summary>
public enum BodyMode
{
    /// <summary>They stay: what a person edited is never lost.</summary>
    Keep,

    /// <summary>They are written again.</summary>
    Replace,

    /// <summary>The notes go below those that are there, once; the title stays.</summary>
    Append,
}

/// <summary>What becomes of <c>@names</c> in notes, outside code.</summary>
public enum Mentions
{
    /// <summary>They stay, and GitHub notifies the people who are named.</summary>
    Keep,

    /// <summary>They become plain text, and nobody is notified.</summary>
    Neutralise,
}

/// <summary>The GitHub Release.</summary>
public sealed record ReleasePagePolicy
{
    /// <summary>The tags that can follow a version.</summary>
    public static readonly IReadOnlyList<string> Lines = ["major", "minor"];

    internal ReleasePagePolicy(PolicyMap map)
    {
        Title = map.Text("title", "The release's title. {version} and {tag} are replaced.", "{tag}");
        Draft = map.Flag("draft", "Leave the release as a draft for a person to publish.", false);
        BodyMode = map.Choice("body-mode", "What happens to title and notes that are there already: keep them, replace them, or append the notes once.", BodyMode.Keep);
        Mentions = map.Choice("mentions", "What becomes of @names in the notes outside code: neutralise keeps the release from calling people.", Mentions.Keep);
        GenerateNotes = map.Flag("generate-notes", "Add the notes that GitHub generates from merged pull requests, below the team's own.", false);
        DiscussionCategory = map.OptionalText("discussion-category", "The category of a discussion that is started about each release; it must exist.");
        Figures = map.Flag("figures", "Show how often and how fast the team releases, and how often it goes back, below the report.", false);
        MovingTags = map.Words("moving-tags", "Tags that follow the highest stable version of their line: major moves v1, minor moves v1.2.", Lines);
    }

    /// <summary>The title, with <c>{version}</c> or <c>{tag}</c> in it.</summary>
    public string Title { get; }

    /// <summary>Whether a person publishes it.</summary>
    public bool Draft { get; }

    /// <summary>What happens to title and notes that are there.</summary>
    public BodyMode BodyMode { get; }

    /// <summary>What becomes of <c>@names</c>.</summary>
    public Mentions Mentions { get; }

    /// <summary>Whether GitHub's generated notes are added.</summary>
    public bool GenerateNotes { get; }

    /// <summary>The category of the discussion about a release, or null for none.</summary>
    public string? DiscussionCategory { get; }

    /// <summary>Whether the release figures are shown.</summary>
    public bool Figures { get; }

    /// <summary>Words of <see cref="Lines"/>.</summary>
    public IReadOnlyList<string> MovingTags { get; }
}
