using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// Names with <c>{version}</c> and perhaps <c>{product}</c> in them, such as the release branch <c>release/{version}</c>: the one rule by
/// which a branch, a tag or a file is recognised as belonging to a version. Pure.
/// </summary>
public static class VersionPattern
{
    // Longer than any ref or path that git accepts in practice; keeps matching short.
    private const int MostCharacters = 1_000;

    /// <summary>Whether a name matches a pattern with a valid version in it.</summary>
    public static bool IsMatch(string pattern, string name, VersionScheme scheme) =>
        Match(pattern, name, scheme)?.Version is not null;

    /// <summary>The product and the version in a name; null where the pattern does not match or has no <c>{version}</c>.</summary>
    /// <returns>No product where the pattern asks for none; no version where the text in its place is not a valid one.</returns>
    public static (string? Product, ReleaseVersion? Version)? Match(string pattern, string name, VersionScheme scheme)
    {
        if (!pattern.Contains("{version}", StringComparison.Ordinal) || name.Length > MostCharacters) return null;
        // The version begins with a digit, so that in `my-till-1.0.0` the product is `my-till`.
        var expression = Regex.Escape(pattern)
            .Replace(@"\{product}", "(?<product>[A-Za-z0-9@._/-]+?)", StringComparison.Ordinal)
            .Replace(@"\{version}", "(?<version>[0-9].*)", StringComparison.Ordinal);
        // In linear time: a pattern may have a placeholder many times.
        var options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;
        var match = Regex.Match(name, $@"\A{expression}\z", options, TimeSpan.FromSeconds(1));
        if (!match.Success) return null;
        var product = match.Groups["product"] is { Success: true } found ? found.Value : null;
        return (product, scheme.Find(match.Groups["version"].Value));
    }
}
