using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Policy;

/// <summary>Which versions a team's policy allows: the words after the hyphen, and what must be released before a post-release. Pure.</summary>
public static class LegalVersion
{
    /// <summary>Why a version may not be released; null where it may.</summary>
    /// <param name="policy">The team's policy.</param>
    /// <param name="release">The version and its tag.</param>
    /// <param name="tags">The release tags that are on the remote.</param>
    public static Finding? Complaint(ReleasePolicy policy, ReleaseTag release, IReadOnlyList<ReleaseTag> tags)
    {
        var (version, rules) = (release.Version, policy.Version);
        var isPlain = version.Prerelease == version.Label;
        if (!version.IsPrerelease) return null;
        if (rules.PostReleases.Contains(version.Label)) return !isPlain && !version.IsNumbered ? Misshapen(policy, version, "post-releases") : HasOriginal(version, tags) ? null : Untimely(policy, release);
        if (!rules.Prereleases.Contains(version.Label)) return UnknownWord(policy, version);
        return !rules.Recovery.Contains(version.Label) || isPlain || version.IsNumbered ? null : Misshapen(policy, version, "recovery");
    }

    // A post-release comes after the stable version of its three numbers.
    private static bool HasOriginal(SemanticVersion version, IReadOnlyList<ReleaseTag> tags) =>
        tags.Any(t => !t.Version.IsPrerelease && (t.Version.Major, t.Version.Minor, t.Version.Patch) == (version.Major, version.Minor, version.Patch));

    private static Finding Untimely(ReleasePolicy policy, ReleaseTag release)
    {
        var version = release.Version;
        var (prefix, original) = (release.Name[..^version.Text.Length], $"{version.Major}.{version.Minor}.{version.Patch}");
        return At(policy, "post-releases", $"{version} comes after {original}, and there is no tag '{prefix}{original}'", $"Release {original} first, or name the version after a release that is there");
    }

    private static Finding UnknownWord(ReleasePolicy policy, SemanticVersion version)
    {
        var words = policy.Version.Prereleases.Concat(policy.Version.PostReleases).ToList();
        var legal = words.Count == 0 ? "this team releases stable versions only" : $"the legal words are {string.Join(", ", words)}";
        return At(policy, "prereleases", $"The prerelease word '{version.Label}' of {version} is not legal here", $"Choose another version ({legal}), or add the word to `version.prereleases` of the policy");
    }

    private static Finding Misshapen(ReleasePolicy policy, SemanticVersion version, string key) =>
        At(policy, key, $"'{version.Prerelease}' in {version} is neither '{version.Label}' nor '{version.Label}' with a number", $"Name it {version.Label}, or {version.Label}.1");

    private static Finding At(ReleasePolicy policy, string key, string message, string remedy)
    {
        var (file, line) = policy.PlaceOf($"version.{key}");
        return new Finding(message, remedy, file, line);
    }
}
