using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Policy;

/// <summary>Which versions the policy allows: the words after the hyphen, and what must be released before a post-release.</summary>
public sealed partial class ReleasePolicy
{
    /// <summary>Why a version may not be released; null where it may.</summary>
    /// <param name="release">The version and its tag.</param>
    /// <param name="tags">The release tags on the remote.</param>
    public Finding? RefusalOf(ReleaseTag release, IReadOnlyList<ReleaseTag> tags)
    {
        var (version, label) = (release.Version, release.Version.Label);
        if (label.Length == 0) return null;
        var isWellFormed = version.IsPlain;
        if (Version.PostReleases.Contains(label))
            return !isWellFormed ? Malformed(version, "post-releases") : HasOriginal(version, tags) ? null : NoOriginal(release);
        if (!Version.Prereleases.Contains(label)) return UnknownWord(version);
        return isWellFormed || !Version.Recovery.Contains(label) ? null : Malformed(version, "recovery");
    }

    // A post-release comes after the stable version with the same three numbers.
    private static bool HasOriginal(ReleaseVersion version, IReadOnlyList<ReleaseTag> tags) => tags.Any(t =>
        t.Version.Label.Length == 0 && t.Version.HasNumbersOf(version));

    private Finding NoOriginal(ReleaseTag release)
    {
        var version = release.Version;
        var (prefix, original) = (release.Name[..^version.Text.Length], version.Core);
        return At(
            "post-releases", $"{version} comes after {original}, and there is no tag '{prefix}{original}'",
            $"Release {original} first, or choose a version that follows an existing release");
    }

    private Finding UnknownWord(ReleaseVersion version)
    {
        var words = Version.Prereleases.Concat(Version.PostReleases).ToList();
        var legal = words.Count == 0 ? "this team releases stable versions only" : $"the legal words are {string.Join(", ", words)}";
        return At(
            "prereleases", $"The prerelease word '{version.Label}' of {version} is not legal here",
            $"Choose another version ({legal}), or add the word to `version.prereleases` of the policy");
    }

    private Finding Malformed(ReleaseVersion version, string key) => At(
        key, $"'{version.Prerelease}' in {version} is neither '{version.Label}' nor '{version.Label}' with a number",
        $"Name it {version.Label}, or {Version.Scheme.WithLabel("", version.Label, 1).TrimStart('-', '.')}");

    private Finding At(string key, string message, string remedy)
    {
        var (file, line) = PlaceOf($"version.{key}");
        return new Finding(message, remedy, file, line);
    }
}
