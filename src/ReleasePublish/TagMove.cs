using ReleaseActions.Core.Git;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// What is done about one moving tag, and why. It follows the highest stable version of a line, such as <c>v1</c> of all 1.x.y: users of a
/// repository of actions write it after the @. Pure.
/// </summary>
/// <param name="Line"><c>major</c> or <c>minor</c>.</param>
/// <param name="Name">The tag's name.</param>
/// <param name="From">Its own object on origin as it was read; null where there is no such tag.</param>
/// <param name="Moves">Whether it is moved.</param>
/// <param name="Reason">Why, for the plan and the report.</param>
internal sealed record TagMove(string Line, string Name, string? From, bool Moves, string Reason)
{
    /// <summary>Whether the tag points to the release.</summary>
    public bool PointsHere { get; init; }

    /// <summary>The name of a line's tag.</summary>
    public static string NameOf(string line, PublishRequest request) => request.Tag.Version is var version && line == "major"
        ? $"{request.TagPrefix}{version.Line(1)}"
        : $"{request.TagPrefix}{version.Line(2)}";

    /// <summary>Decides from the tags on origin. A tag is never moved back: a higher stable version of its line keeps it.</summary>
    /// <param name="line"><c>major</c> or <c>minor</c>.</param>
    /// <param name="plan">What is released.</param>
    /// <param name="isPublished">Whether the release is public: a person may have published what was requested as a draft.</param>
    /// <param name="tags">The tags on origin.</param>
    public static TagMove For(
        string line, PublishPlan plan, bool isPublished, IReadOnlyDictionary<string, RemoteTag> tags)
    {
        var (request, commit) = (plan.Request, plan.Commit);
        var (name, version, order) = (NameOf(line, request), request.Tag.Version, request.Order);
        var at = tags.GetValueOrDefault(name);
        TagMove Stays(string reason) => new(line, name, at?.Id, Moves: false, reason);
        if (plan.IsPrerelease || order.IsPrerelease(version)) return Stays("stays: this is a prerelease");
        // A tag of a version never moves: where versions may have two numbers, `v1.4` is one.
        if (ReleaseTag.Find(name, request.TagPrefix, order.Scheme) is not null)
            return Stays($"stays: in the scheme {order.Scheme.Name} it is the tag of a version");
        if (request.Draft && !isPublished) return Stays("stays: a draft is not public");
        if (at?.Commit == commit) return Stays($"points to {version}") with { PointsHere = true };
        bool IsHigher(ReleaseVersion other) =>
            !order.IsPrerelease(other) && IsOfLine(line, other, version) && order.Compare(other, version) > 0;
        var higher = ReleaseTag.Among(tags.Keys, request.TagPrefix, order).FirstOrDefault(t => IsHigher(t.Version));
        if (higher is not null) return Stays($"stays: {higher.Version} is higher");
        var how = at is null ? $"is created at {version}" : $"moves from {at.Commit[..12]} to {version}";
        return new TagMove(line, name, at?.Id, Moves: true, how);
    }

    /// <summary>The move as a line of a list.</summary>
    public string ToMarkdown() => $"{Markdown.Code(Name)} {Markdown.Text(Reason)}";

    private static bool IsOfLine(string line, ReleaseVersion one, ReleaseVersion other) =>
        one.IsOfLine(other, line == "major" ? 1 : 2);
}
