using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// Packages of npm that are released together and need one another. A range that the new version is not in would make npm look for a
/// published package in place of the one beside it. Pure.
/// </summary>
internal static class SiblingRanges
{
    private static readonly string[] Sections = ["dependencies.", "devDependencies.", "peerDependencies.", "optionalDependencies."];

    /// <summary>The ranges that the version is not sure to be in, unless a place of the policy moves them.</summary>
    public static IEnumerable<Finding> Refusals(PrepareFacts facts, ReleaseVersion version)
    {
        List<(string File, IReadOnlyDictionary<string, KeyedText> Keys)> packages =
        [
            .. facts.Manifests.Where(p => p.Key is null && Path.GetFileName(p.File) == "package.json")
                .Select(p => facts.Files.GetValueOrDefault(p.File)).OfType<SourceFile>()
                .Select(f => (f.Path, new ManifestPlace(f.Path, null).Find(f.Text.TrimStart('\uFEFF')).Keys)),
        ];
        var names = packages.Select(p => p.Keys.GetValueOrDefault("name").Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var moved = facts.Manifests.Where(p => p.Key is not null).Select(p => p.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, keys) in packages)
            foreach (var (key, range) in keys)
                if (NameIn(key) is { } name && names.Contains(name) && !moved.Contains($"{file}#{key}") && !Holds(range.Text, version))
                    yield return new Finding(
                        $"{file} wants '{PlainText.Inert(name)}' as '{PlainText.Inert(range.Text)}', and this release makes it {version}",
                        $"Write it as workspace:* or *; or pin the version alone, and add {file}#{key} to `version.manifests`, and the same"
                        + " key of the lock file", file, range.Line);
    }

    private static string? NameIn(string key) =>
        Sections.FirstOrDefault(s => key.StartsWith(s, StringComparison.Ordinal)) is { } section ? key[section.Length..] : null;

    // A caret holds within a major number from 1 on; what else holds is not known here.
    private static bool Holds(string range, ReleaseVersion version)
    {
        if (range.Length == 0 || range == "*" || range.Contains(':', StringComparison.Ordinal)) return true;
        var text = range[0] == '^' ? range[1..] : "";
        return SemanticVersion.TryParse(text, out var least) && SemanticVersion.TryParse(version.Text, out var now)
            && least.Major == now.Major && !now.Major.IsZero && now.Label.Length == 0 && least.CompareTo(now) <= 0;
    }
}
