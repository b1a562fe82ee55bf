namespace ReleaseActions.Core.Versions;

/// <summary>The names that a version has in other registries. Pure.</summary>
public static class RegistryNames
{
    /// <summary>
    /// The version in PEP 440's spelling: preview → .devN, alpha → aN, beta → bN, rc → rcN, a post-release → .postN.
    /// A word without a number counts as 0.
    /// </summary>
    /// <returns>Null where the prerelease has no counterpart in PEP 440.</returns>
    public static string? Python(ReleaseVersion version, VersionOrder order)
    {
        if (version is Pep440Version own) return own.Normal;
        var core = string.Join('.', version.Numbers);
        if (version.Label.Length == 0) return core;
        if (!version.IsPlain) return null;
        var number = version.LabelNumber ?? "0";
        if (order.IsPostRelease(version)) return $"{core}.post{number}";
        return version.Label switch
        {
            "preview" or "dev" or "snapshot" => $"{core}.dev{number}",
            "alpha" => $"{core}a{number}",
            "beta" => $"{core}b{number}",
            "rc" => $"{core}rc{number}",
            _ => null,
        };
    }

    /// <summary>
    /// The version in SemVer's spelling, which npm, Cargo, Helm and pub need: <c>2024.5.0</c> for <c>2024.05</c>, <c>1.2.0-rc.1</c> for
    /// <c>1.2rc1</c>.
    /// </summary>
    /// <returns>Null where it has none: SemVer has three numbers, and nothing comes after a stable version.</returns>
    public static string? SemVer(ReleaseVersion version)
    {
        if (version is SemanticVersion) return version.Text;
        if (version.Numbers.Count > 3 || version.IsPostRelease || !version.IsPlain || version.Text.Contains('!', StringComparison.Ordinal))
            return null;
        var core = $"{version.Major}.{version.Minor}.{version.Patch}";
        if (version.Label.Length == 0) return core;
        var word = version.Label switch { "a" => "alpha", "b" => "beta", var other => other };
        var text = version.LabelNumber is { } number ? $"{core}-{word}.{number}" : $"{core}-{word}";
        return SemanticVersion.TryParse(text, out _) ? text : null;
    }

    /// <summary>Whether a version is the highest that is not a prerelease, and so may be called <c>latest</c>.</summary>
    public static bool IsLatest(ReleaseVersion version, IEnumerable<ReleaseTag> others, VersionOrder order) =>
        !order.IsPrerelease(version) && others.All(o => order.IsPrerelease(o.Version) || order.Compare(o.Version, version) <= 0);

    /// <summary>The tags of an image: the version, and <c>latest</c> where it is. <c>+</c> is illegal there and becomes <c>_</c>.</summary>
    public static IReadOnlyList<string> ImageTags(ReleaseVersion version, bool isLatest)
    {
        var tag = version.Text.Replace('+', '_');
        return isLatest ? [tag, "latest"] : [tag];
    }
}
