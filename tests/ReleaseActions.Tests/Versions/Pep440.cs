using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseActions.Tests.Versions;

/// <summary>
/// PyPI's versions, read as PEP 440's appendix B says. Only a second opinion on what the suite writes; the vectors judge it first.
/// </summary>
internal sealed partial record Pep440(
    int Epoch, IReadOnlyList<long> Release, (string Word, long Number)? Pre, long? Post, long? Dev, string Local)
{
    /// <summary>Reads a version; null where it is none.</summary>
    public static Pep440? Parse(string text)
    {
        var match = Grammar().Match(text.Trim());
        if (!match.Success) return null;
        long? Number(string group, string present) =>
            !match.Groups[present].Success ? null : match.Groups[group].Success
            ? long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        var post = match.Groups["implicit"] is { Success: true } number ? long.Parse(number.Value, CultureInfo.InvariantCulture)
            : Number("postNumber", "post");
        return new Pep440(
            match.Groups["epoch"].Success ? int.Parse(match.Groups["epoch"].Value, CultureInfo.InvariantCulture) : 0,
            [.. match.Groups["release"].Value.Split('.').Select(n => long.Parse(n, CultureInfo.InvariantCulture))],
            match.Groups["pre"].Success ? (WordOf(match.Groups["word"].Value.ToLowerInvariant()), Number("preNumber", "pre")!.Value) : null,
            post, Number("devNumber", "dev"), NormalLocal(match.Groups["local"].Value));
    }

    /// <summary>The normal form.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Epoch == 0 ? "" : $"{Epoch}!").AppendJoin('.', Release);
        if (Pre is var (word, number)) text.Append(word).Append(number);
        if (Post is { } post) text.Append(".post").Append(post);
        if (Dev is { } dev) text.Append(".dev").Append(dev);
        return text.Append(Local.Length == 0 ? "" : $"+{Local}").ToString();
    }

    /// <summary>
    /// Sorts like the version, compared ordinally: dev &lt; a &lt; b &lt; rc &lt; final &lt; post, and a local version after its public
    /// one.
    /// </summary>
    public string Key()
    {
        static string Padded(long number) => number.ToString("D12", CultureInfo.InvariantCulture);
        var release = string.Concat(Release.Concat([0L, 0, 0, 0]).Take(4).Select(Padded));
        // A development release of nothing but the final version sorts before its first prerelease.
        var pre = Pre is var (word, number) ? $"{word[0]}{Padded(number)}" : Post is null && Dev is not null ? "A" : "~";
        var (post, dev) = (Post is { } p ? $"1{Padded(p)}" : "0", Dev is { } d ? $"0{Padded(d)}" : "1");
        var local = Local.Length == 0 ? ""
            : string.Concat(Local.Split('.').Select(s => s.All(char.IsAsciiDigit) ? $"2{s.PadLeft(12, '0')}" : $"1{s} "));
        return $"{Padded(Epoch)}{release}{pre}{post}{dev}{local}";
    }

    private static string WordOf(string word) =>
        word switch { "alpha" => "a", "beta" => "b", "c" or "pre" or "preview" => "rc", _ => word };

    private static string NormalLocal(string local) => string.Join('.', local.ToLowerInvariant().Split('.', '-', '_')
        .Select(s => s.Length > 0 && s.All(char.IsAsciiDigit)
        ? long.Parse(s, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : s));

    [GeneratedRegex(
        @"^v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*)"
            + @"(?<pre>[-_.]?(?<word>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>[0-9]+)?)?"
            + @"(?:-(?<implicit>[0-9]+)|(?<post>[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]+)?))?"
            + @"(?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]+)?)?(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
