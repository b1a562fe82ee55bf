namespace ReleaseActions.Core.Versions;

/// <summary>The names that a version has in other registries. Pure.</summary>
public static class RegistryNames
{
    /// <summary>
    /// The version in PEP 440's spelling: preview → .devN, alpha → aN, beta → bN, rc → rcN, a post-release → .postN.
    /// A word without a number counts as 0.
    /// </summary>
    /// <returns>Null where the prerelease has no counterpart in PEP 440.</returns>
    public static string? Python(SemanticVersion version, VersionOrder order)
    {
        var core = $"{version.Major}.{version.Minor}.{version.Patch}";
        if (!version.IsPrerelease) return core;
        var words = version.Prerelease.Split('.');
        if (words.Length > 2) return null;
        var number = words.Length == 1 ? "0" : words[1];
        if (!number.All(char.IsAsciiDigit)) return null;
        if (order.IsPostRelease(version)) return $"{core}.post{number}";
        return words[0] switch
        {
            "preview" => $"{core}.dev{number}",
            "alpha" => $"{core}a{number}",
            "beta" => $"{core}b{number}",
            "rc" => $"{core}rc{number}",
            _ => null,
        };
    }

    /// <summary>Whether a version is the highest that is not a prerelease, and so may be called <c>latest</c>.</summary>
    public static bool IsLatest(SemanticVersion version, IEnumerable<ReleaseTag> others, VersionOrder order) =>
        !order.IsPrerelease(version) && others.All(o => order.IsPrerelease(o.Version) || order.Compare(o.Version, version) <= 0);

    /// <summary>The tags of an image: the version, and <c>latest</c> where it is. <c>+</c> is illegal there and becomes <c>_</c>.</summary>
    public static IReadOnlyList<string> ImageTags(SemanticVersion version, bool isLatest)
    {
        var tag = version.Text.Replace('+', '_');
        return isLatest ? [tag, "latest"] : [tag];
    }
}
