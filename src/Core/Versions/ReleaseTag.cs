using System.Diagnostics;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Versions;

/// <summary>A tag and the version it names: <c>v1.2.3</c> and <c>1.2.3</c> where the prefix is <c>v</c>. Pure.</summary>
/// <param name="Name">The tag's name.</param>
/// <param name="Version">The version.</param>
public sealed record ReleaseTag(string Name, ReleaseVersion Version)
{
    private const string TagRefs = "refs/tags/";

    /// <summary>The tag of a version.</summary>
    public static ReleaseTag Of(ReleaseVersion version, string prefix) => new(prefix + version.Text, version);

    /// <summary>The tags among many that name a version, highest first. Other tags are omitted.</summary>
    public static IReadOnlyList<ReleaseTag> Among(IEnumerable<string> names, string prefix, VersionOrder order) =>
        [.. names.Select(name => Find(name, prefix, order.Scheme)).OfType<ReleaseTag>().OrderByDescending(t => t.Version, order)];

    /// <summary>
    /// The release that a version follows: where its notes, its commits and its compare link begin. A stable version or a post-release
    /// follows the highest stable one below it, from which its users upgrade; a prerelease follows the highest of any kind below it.
    /// </summary>
    /// <param name="version">The version; it need not be tagged.</param>
    /// <param name="tags">The tags of its product, in any order.</param>
    /// <param name="order">The team's order.</param>
    /// <param name="inChangelog">
    /// For the compare link in a changelog: the versions that have a section there. Then exactly these prereleases count, whatever the
    /// version is: what their sections list, the next section does not repeat.
    /// </param>
    /// <returns>Null for a first release.</returns>
    public static ReleaseTag? Before(
        ReleaseVersion version, IEnumerable<ReleaseTag> tags, VersionOrder order, IReadOnlySet<ReleaseVersion>? inChangelog = null)
    {
        bool Counts(ReleaseVersion other) => !order.IsPrerelease(other) || (inChangelog?.Contains(other) ?? order.IsPrerelease(version));
        return tags.Where(t => order.Compare(t.Version, version) < 0 && Counts(t.Version)).MaxBy(t => t.Version, order);
    }

    /// <summary>Reads a tag; null where it names no version of the scheme.</summary>
    public static ReleaseTag? Find(string name, string prefix, VersionScheme scheme) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && scheme.Find(name[prefix.Length..]) is { } version
            ? new ReleaseTag(name, version) : null;

    /// <summary>What a run releases: the version that was given, or else the tag that started it.</summary>
    /// <param name="version">The input <c>version</c>, without the prefix; null where the tag decides.</param>
    /// <param name="startedBy">The full ref that started the run, such as <c>refs/tags/v1.2.3</c>; null on a laptop.</param>
    /// <param name="prefix">The tag prefix.</param>
    /// <param name="scheme">The policy's scheme.</param>
    /// <exception cref="ActionException">There is neither, or it is not a version (exit 2).</exception>
    public static ReleaseTag OfRun(string? version, string? startedBy, string prefix, VersionScheme scheme) =>
        FindOfRun(version, startedBy, prefix, scheme) ?? throw ActionException.BadInput(
            $"There is no version: the run was started by '{PlainText.Inert(startedBy ?? "a laptop")}', which is no tag",
            $"Push a tag such as {prefix}{scheme.Example}, or give the input `version`");

    /// <summary>The same; null where no version was given and no tag started the run.</summary>
    /// <exception cref="ActionException">What was given is not a version, or its product is not known (exit 2).</exception>
    public static ReleaseTag? FindOfRun(string? version, string? startedBy, string prefix, VersionScheme scheme)
    {
        if (version is not null) return Safe(Of(RequireVersion(version, prefix, scheme), ProductName.RequireIn(prefix, null)));
        var isByTag = startedBy?.StartsWith(TagRefs, StringComparison.Ordinal) == true;
        return isByTag ? Safe(Require(startedBy![TagRefs.Length..], prefix, scheme)) : null;
    }

    /// <summary>A text of the policy or of an input with <c>{version}</c> and <c>{tag}</c> filled in.</summary>
    public string Fill(string text) =>
        text.Replace("{version}", Version.Text, StringComparison.Ordinal).Replace("{tag}", Name, StringComparison.Ordinal);

    /// <summary>Reads a tag that must name a version.</summary>
    /// <exception cref="ActionException">It does not (exit 2): the prefix is missing, or the rest is not a version.</exception>
    public static ReleaseTag Require(string name, string prefix, VersionScheme scheme)
    {
        RefName.RefuseLeadingDash("tag", name);
        ProductName.RequireIn(prefix, name);
        if (Find(name, prefix, scheme) is { } tag) return tag;
        var shown = PlainText.Inert(name);
        if (prefix.Length > 0 && scheme.Find(name) is not null)
            throw ActionException.BadInput(
                $"The tag '{shown}' lacks the prefix '{prefix}'",
                $"Push the tag {prefix}{shown} instead: git tag {prefix}{shown} && git push origin {prefix}{shown}; "
                + "if your tags have another prefix or none, say so in `version.tag-prefix` of the policy, such as `tag-prefix: \"\"`");
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
            throw ActionException.BadInput(
                $"The tag '{shown}' is not a valid version: it does not begin with '{prefix}'", WithoutPrefix(name, prefix, scheme));
        throw NoVersion("tag", name, name[prefix.Length..], prefix, scheme);
    }

    /// <summary>Reads a version from an input, which has no prefix.</summary>
    /// <exception cref="ActionException">It is not one (exit 2).</exception>
    public static ReleaseVersion RequireVersion(string text, string prefix, VersionScheme scheme)
    {
        if (scheme.Find(text) is { } version) return version;
        if (prefix.Length > 0 && Find(text, prefix, scheme) is { } tag)
            throw ActionException.BadInput(
                $"The version '{PlainText.Inert(text)}' has the tag prefix '{prefix}'", $"Give the version alone: {tag.Version}");
        throw NoVersion("version", text, text, "", scheme);
    }

    // The prefix may come from an input, so the whole tag is checked.
    private static ReleaseTag Safe(ReleaseTag tag)
    {
        RefName.Require("tag", tag.Name);
        return tag;
    }

    // `release-1.4` where the prefix is `v`: the tag says which prefix it has.
    private static string WithoutPrefix(string name, string prefix, VersionScheme scheme)
    {
        var advice = $"Release tags look like {prefix}{scheme.Example}";
        for (var at = 1; at < Math.Min(name.Length, 100); at++)
            if (char.IsAsciiDigit(name[at]) && !char.IsAsciiDigit(name[at - 1]) && scheme.Find(name[at..]) is not null)
                return $"{advice}; for tags like this one, set `version.tag-prefix: \"{PlainText.Inert(name[..at])}\"` in the policy";
        return advice;
    }

    private static ActionException NoVersion(string kind, string whole, string text, string prefix, VersionScheme scheme)
    {
        var (wrong, meant) = scheme.Complaint(text) ?? throw new UnreachableException();
        // A team that chose its scheme knows it: then only what has no likely meaning there is looked for elsewhere.
        var fitting = meant is null || scheme == VersionSchemes.SemVer ? VersionSchemes.Fitting([text]) : null;
        var advice = meant is null ? scheme.Form : $"Did you mean {prefix}{meant}?";
        var other = fitting is null ? "" : $"{(meant is null ? "; or" : " Or")} set {fitting} in the policy, which reads it";
        return ActionException.BadInput($"The {kind} '{PlainText.Inert(whole)}' is not a valid version: {wrong}", advice + other);
    }
}
