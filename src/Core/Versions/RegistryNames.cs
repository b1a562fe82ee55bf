namespace ReleaseActions.Core.Versions;

/// <summary>The names one version has in other registries.</summary>
public static class RegistryNames
{
    /// <summary>The version in PEP 440's spelling: preview → .devN, alpha → aN, beta → bN, rc → rcN; an unnumbered word counts as 0.</summary>
    /// <returns>Null where the prerelease has no counterpart in PEP 440.</returns>
    public static string? Python(SemanticVersion version)
    {
        var core = $"{version.Major}.{version.Minor}.{version.Patch}";
        if (!version.IsPrerelease) return core;
        var words = version.Prerelease.Split('.');
        if (words.Length > 2) return null;
        var number = words.Length == 1 ? "0" : words[1];
        if (!number.All(char.IsAsciiDigit)) return null;
        return words[0] switch
        {
            "preview" => $"{core}.dev{number}",
            "alpha" => $"{core}a{number}",
            "beta" => $"{core}b{number}",
            "rc" => $"{core}rc{number}",
            _ => null,
        };
    }

    /// <summary>The npm dist-tag: <c>preview</c> for a prerelease, <c>latest</c> for the highest stable version, else null: npm must not move latest backwards.</summary>
    public static string? NpmTag(SemanticVersion version, bool isLatest) => version.IsPrerelease ? "preview" : isLatest ? "latest" : null;

    /// <summary>Whether a version is the highest stable one, and so may be called <c>latest</c>. It need not be among the others itself.</summary>
    public static bool IsLatest(SemanticVersion version, IEnumerable<ReleaseTag> others) =>
        !version.IsPrerelease && others.All(o => o.Version.IsPrerelease || o.Version <= version);

    /// <summary>The tags of an image: the version, and <c>latest</c> where it is the latest. <c>+</c> is no legal character there and becomes <c>_</c>.</summary>
    public static IReadOnlyList<string> ImageTags(SemanticVersion version, bool isLatest)
    {
        var tag = version.Text.Replace('+', '_');
        return isLatest ? [tag, "latest"] : [tag];
    }
}
