using ReleaseActions.Core.Git;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>A tag that follows the highest stable version of a line, such as <c>v1</c> of all 1.x.y: what users of a repository of actions write after the @.</summary>
/// <param name="Name">The tag's name.</param>
/// <param name="Holds">Whether a version belongs to the line.</param>
internal sealed record MovingTag(string Name, Func<SemanticVersion, bool> Holds)
{
    /// <summary>The tags of one version.</summary>
    /// <param name="lines"><c>major</c>, <c>minor</c>, or both.</param>
    /// <param name="version">The version.</param>
    /// <param name="prefix">What stands before the version in a tag.</param>
    public static IReadOnlyList<MovingTag> Of(IReadOnlyList<string> lines, SemanticVersion version, string prefix) =>
    [
        .. lines.Contains("major") ? (MovingTag[])[new MovingTag($"{prefix}{version.Major}", v => v.Major == version.Major)] : [],
        .. lines.Contains("minor") ? (MovingTag[])[new MovingTag($"{prefix}{version.Major}.{version.Minor}", v => v.Major == version.Major && v.Minor == version.Minor)] : [],
    ];
}

/// <summary>What is done about one moving tag, and why. Pure.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="From">Its own object on origin as it was read; null where it is not there.</param>
/// <param name="Moves">Whether it is moved.</param>
/// <param name="Reason">Why, for the plan and the report.</param>
internal sealed record TagMove(MovingTag Tag, string? From, bool Moves, string Reason)
{
    /// <summary>Decides from the tags that are on origin now. A tag is never moved back: a higher stable version of its line keeps it.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="wish">What was asked for.</param>
    /// <param name="isPublished">Whether the release is public: a person may have published what was asked for as a draft.</param>
    /// <param name="tags">The tags on origin.</param>
    /// <param name="prefix">What stands before the version in a tag.</param>
    public static TagMove For(MovingTag tag, PublishWish wish, bool isPublished, IReadOnlyDictionary<string, RemoteTag> tags, string prefix)
    {
        var at = tags.GetValueOrDefault(tag.Name);
        TagMove Stays(string reason) => new(tag, at?.Id, Moves: false, reason);
        if (wish.Prerelease || wish.Order.IsPrerelease(wish.Tag.Version)) return Stays("stays: this is a prerelease");
        if (wish.Draft && !isPublished) return Stays("stays: a draft is not public");
        if (at?.Commit == wish.Commit) return Stays($"leads to {wish.Tag.Version}") with { Leads = true };
        var higher = ReleaseTag.Among(tags.Keys, prefix, wish.Order).FirstOrDefault(t => !wish.Order.IsPrerelease(t.Version) && tag.Holds(t.Version) && wish.Order.Compare(t.Version, wish.Tag.Version) > 0);
        if (higher is not null) return Stays($"stays: {higher.Version} is higher");
        return new TagMove(tag, at?.Id, Moves: true, at is null ? $"is made at {wish.Tag.Version}" : $"moves from {at.Commit[..12]} to {wish.Tag.Version}");
    }

    /// <summary>Whether the tag leads to the release.</summary>
    public bool Leads { get; init; }

    /// <summary>The move as a line of a list.</summary>
    public string ToMarkdown() => $"{Markdown.Code(Tag.Name)} {Markdown.Text(Reason)}";
}
