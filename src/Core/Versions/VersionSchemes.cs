using System.Collections.Immutable;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Versions;

/// <summary>The schemes that a policy may name, and which of them fits the tags that are there. Pure.</summary>
public static class VersionSchemes
{
    /// <summary>SemVer 2.0, where a policy names none.</summary>
    public static VersionScheme SemVer { get; } = new SemVerScheme();

    private static readonly VersionScheme Loose = new LooseScheme();
    private static readonly VersionScheme[] Fixed = [SemVer, Loose, new Pep440Scheme(), new NuGetScheme(), new MavenScheme()];

    // In the order in which they are suggested.
    private static readonly string[] UsualFormats =
    [
        "YYYY.0M.0D", "YYYY.0M", "YYYY.0M.MICRO", "YYYY.MM.MICRO", "YYYY.MM.DD", "YYYY.MINOR.MICRO", "YYYY.MM.DD.MICRO", "YYYY.0M.0D.MICRO",
        "YYYY-0M-0D", "YYYY0M0D", "0Y.0M", "0Y.0M.MICRO",
    ];

    /// <summary>The words for them in the policy.</summary>
    public static ImmutableArray<string> Names { get; } = [SemVer.Name, Loose.Name, "calver", .. Fixed.Skip(2).Select(s => s.Name)];

    /// <summary>A scheme by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="format">The format of <c>calver</c>.</param>
    /// <returns>The scheme; or null and what is wrong with the format.</returns>
    public static (VersionScheme? Scheme, string? Wrong) Of(string name, string? format)
    {
        if (Array.Find(Fixed, s => s.Name == name) is { } scheme) return (scheme, null);
        var (parsed, wrong) = CalendarFormat.Parse(format ?? "");
        return parsed is null ? (null, wrong) : (new CalVerScheme(parsed), null);
    }

    /// <summary>What to write into the policy where its scheme reads none of these texts and another one reads them all; or null.</summary>
    /// <param name="versions">Versions as written, without their prefix.</param>
    public static string? Fitting(IReadOnlyCollection<string> versions)
    {
        bool Fits(VersionScheme scheme) => versions.Count > 0 && versions.All(v => scheme.Find(v) is not null);
        if (Fits(SemVer)) return KeyOf(SemVer);
        var isDated = versions.All(v => v.StartsWith("20", StringComparison.Ordinal))
            || (versions.All(v => v.Length > 3 && v[2] == '.') && versions.Any(v => v[3] == '0'));
        foreach (var format in isDated ? UsualFormats : [])
            if (Of("calver", format).Scheme is { } dated && Fits(dated))
                return $"{KeyOf(dated)} with `version.calver-format: {format}`";
        return Array.Find(Fixed, Fits) is { } fitting ? KeyOf(fitting) : null;
    }

    /// <summary>
    /// What is wrong where tags look like versions, the scheme reads none of them, and another one reads them all; or null.
    /// </summary>
    /// <param name="tags">The names of all tags.</param>
    /// <param name="prefix">The part of a tag before the version.</param>
    /// <param name="scheme">The policy's scheme.</param>
    /// <param name="release">The release to be made, whose own tags say nothing about those before it; null where it is not known
    /// yet.</param>
    public static Finding? Misfit(IEnumerable<string> tags, string prefix, VersionScheme scheme, ReleaseTag? release)
    {
        bool IsOther(string text) => text != release?.Version.Text && text != release?.Version.Line(2);
        var texts = tags.Where(t => t.StartsWith(prefix, StringComparison.Ordinal)).Select(t => t[prefix.Length..])
            .Where(t => LooksLikeVersion(t) && IsOther(t)).ToList();
        if (texts.Count == 0 || texts.Any(t => scheme.Find(t) is not null) || Fitting(texts) is not { } key) return null;
        var tag = PlainText.Inert(prefix + texts[0]);
        var message = texts.Count == 1 ? $"The tag '{tag}' is not a version in the scheme {scheme.Name}"
            : $"None of the {texts.Count} tags such as '{tag}' is a version in the scheme {scheme.Name}";
        return new Finding(
            $"{message}, so the releases before this one are not known",
            $"Set {key} in the policy, or another `version.tag-prefix` where these tags are no versions of this product");
    }

    // `v1` is more often a tag that moves, and `v20240501` is a day.
    private static bool LooksLikeVersion(string text) =>
        text.Length > 0 && char.IsAsciiDigit(text[0]) && (text.Length >= 8 || text.Contains('.', StringComparison.Ordinal));

    private static string KeyOf(VersionScheme scheme) => $"`version.scheme: {scheme.Name}`";
}
