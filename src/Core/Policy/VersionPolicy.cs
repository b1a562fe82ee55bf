using System.IO.Enumeration;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Policy;

/// <summary>Which versions may be released, and which files must contain them.</summary>
public sealed class VersionPolicy(PolicyMap map)
{
    /// <summary>The part of a tag before the version; may be empty.</summary>
    public string TagPrefix { get; } = map.Text(
        "tag-prefix", "The part of a tag before the version; {product} is the product, where a repository has several.", "v");

    /// <summary>The legal first identifiers of a prerelease.</summary>
    public IReadOnlyList<string> Prereleases { get; } = map.Texts(
        "prereleases", "The legal words of a prerelease, such as rc in 1.2.3-rc.1.", "preview", "alpha", "beta", "rc");

    /// <summary>The words that mark a recovery release where a number follows.</summary>
    public IReadOnlyList<string> Recovery { get; } = map.Texts("recovery",
        "Words that are planned without a number, such as 1.2.3-preview; with one, such as 1.2.3-preview.1, it is a recovery release.");

    /// <summary>The words of versions that come after the stable one.</summary>
    public IReadOnlyList<string> PostReleases { get; } = map.Texts(
        "post-releases", "The words of versions that come after the stable one and are as stable, such as hotfix in 1.2.3-hotfix.1.");

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
        "manifests", "Files that must contain the version, or file#key for a key in any JSON, YAML, TOML, XML or Makefile.");

    /// <summary>The order that follows from <see cref="PostReleases"/>.</summary>
    public VersionOrder Order => new(PostReleases);

    /// <summary>Whether a version is a recovery release: one of the words of <see cref="Recovery"/> with a number.</summary>
    public bool IsRecovery(SemanticVersion version) => version.IsNumbered && Recovery.Contains(version.Label);

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
        return this;
    }
}
