using System.IO.Enumeration;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Policy;

/// <summary>Which versions may be released, and which files must contain them.</summary>
public sealed class VersionPolicy(PolicyMap map)
{
    private const string FormatKey = "calver-format";

    /// <summary>How versions are read and sorted, and what comes after one.</summary>
    public VersionScheme Scheme { get; } = ReadScheme(map);

    /// <summary>The part of a tag before the version; may be empty.</summary>
    public string TagPrefix { get; } = map.Text(
        "tag-prefix", "The part of a tag before the version; {product} is the product, where a repository has several.", "v");

    /// <summary>The legal first identifiers of a prerelease.</summary>
    public IReadOnlyList<string> Prereleases => field ??= [.. (_prereleases ?? Scheme.UsualPrereleases).Select(Scheme.Word).Distinct()];

    private readonly IReadOnlyList<string>? _prereleases = map.OptionalTexts("prereleases",
        "The legal words of a prerelease, such as rc in 1.2.3-rc.1. If absent: preview, alpha, beta and rc; in pep440 dev, a, b and rc; in "
        + "maven alpha, beta, milestone and rc.");

    /// <summary>The words that mark a recovery release where a number follows.</summary>
    public IReadOnlyList<string> Recovery => field ??= [.. _recovery.Select(Scheme.Word).Distinct()];

    private readonly IReadOnlyList<string> _recovery = map.Texts("recovery",
        "Words that are planned without a number, such as 1.2.3-preview; with one, such as 1.2.3-preview.1, it is a recovery release.");

    /// <summary>The words of versions that come after the stable one.</summary>
    public IReadOnlyList<string> PostReleases => field ??= [.. (_postReleases ?? Scheme.UsualPostReleases).Select(Scheme.Word).Distinct()];

    private readonly IReadOnlyList<string>? _postReleases = map.OptionalTexts("post-releases",
        "The words of versions that come after the stable one and are as stable, such as hotfix in 1.2.3-hotfix.1. In pep440 it is post, "
        + "and needs not be listed; nuget has none.");

    /// <summary>Whether a version must be the highest of its line.</summary>
    public bool Increasing { get; } = map.Flag(
        "increasing", "A version must be higher than every other one of its line, such as 1.2.x.", true);

    /// <summary>Whether a release's tag must be annotated.</summary>
    public bool AnnotatedTags { get; } = map.Flag("annotated-tags", "A release's tag must be annotated.", false);

    /// <summary>The pattern of the first line of the tag's message, or null.</summary>
    public string? TagMessage { get; } = map.OptionalText(
        "tag-message", "The first line of the tag's message, such as `Release {tag}: *`; {version} and {tag} are replaced, * is any text.");

    /// <summary>Files, or <c>file#key</c>, that must contain the version.</summary>
    public IReadOnlyList<string> Manifests { get; } = map.Texts(
        "manifests", "Files that must contain the version, such as package.json or packages/*/package.json, "
        + "or file#key for a key in any JSON, YAML, TOML, XML or Makefile, or "
            + "file#text with {version} "
        + "in it where the text is around the version, such as version.go#Version = \"{version}\".");

    /// <summary>The order that follows from <see cref="PostReleases"/>.</summary>
    public VersionOrder Order => new(PostReleases, Scheme);

    /// <summary>Whether a version is a recovery release: one of the words of <see cref="Recovery"/> with a number.</summary>
    public bool IsRecovery(ReleaseVersion version) => version.IsNumbered && Recovery.Contains(version.Label);

    /// <summary>The pattern of the first line of a release's tag message, where * is any text; null where any message will do.</summary>
    public string? TagLineOf(ReleaseTag release) => TagMessage is null ? null : release.Fill(TagMessage);

    /// <summary>Whether a line matches a pattern of <see cref="TagLineOf"/>. A star is at least one character.</summary>
    public static bool IsTagLine(string pattern, string line)
    {
        var expression = pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "?*", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(expression, line, ignoreCase: false);
    }

    /// <summary>Rejects words that contradict one another.</summary>
    internal VersionPolicy Checked(PolicyMap keys)
    {
        foreach (var word in PostReleases.Where(Prereleases.Contains))
            keys.Reject("post-releases", $"Remove '{word}' here or from `prereleases`: it is either before or after the stable version");
        foreach (var word in Recovery.Except(Prereleases)) keys.Reject("recovery", $"Add '{word}' to `prereleases`, or remove it here");
        if (Recovery.Count > 0 && !Scheme.HasBareWords)
            keys.Reject(
                "recovery", $"Remove it: in {Scheme.Name} a word always has a number, so that 1.2.3rc and 1.2.3rc0 are the same version");
        if (!Scheme.HasFixedOrder) return this;
        foreach (var word in Prereleases.Where(w => Sample(w) is not { IsPrerelease: true }))
            keys.Reject("prereleases", $"Remove '{word}': in {Scheme.Name} it does not come before the stable version");
        foreach (var word in PostReleases.Where(w => Sample(w) is not { IsPostRelease: true }))
            keys.Reject("post-releases", $"Remove '{word}': in {Scheme.Name} it does not come after the stable version");
        return this;
    }

    private ReleaseVersion? Sample(string word) => Scheme.Find(Scheme.WithLabel(Scheme.Example, word, 1));

    private static VersionScheme ReadScheme(PolicyMap map)
    {
        var name = map.Text("scheme",
            "How versions are numbered: semver; semver-loose, with two to four numbers; calver, by the calendar; or as the packages "
                + "of PyPI "
            + "(pep440), NuGet or Maven.",
            VersionSchemes.SemVer.Name, VersionSchemes.Names);
        var format = map.OptionalText(FormatKey,
            "The format of calver as https://calver.org writes it, such as YYYY.0M.MICRO; a word such as -rc.1 may follow.");
        var (scheme, wrong) = VersionSchemes.Of(name, format);
        if (scheme is null)
            map.Reject(format is null ? "scheme" : FormatKey, format is null
                ? $"Add `{FormatKey}:` with its format, such as YYYY.0M.MICRO"
                : $"Write it as calver.org does, such as YYYY.0M.MICRO: {wrong}");
        else if (format is not null && !scheme.IsByDate)
            map.Reject(FormatKey, "Remove it, or set `scheme: calver`");
        return scheme ?? VersionSchemes.SemVer;
    }
}
