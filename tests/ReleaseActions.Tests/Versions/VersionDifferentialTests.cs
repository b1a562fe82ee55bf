using System.Text.RegularExpressions;
using NuGet.Versioning;
using ReleaseActions.Core.Versions;
using SemanticVersion = ReleaseActions.Core.Versions.SemanticVersion;
using VersionGrammar = ReleaseActions.Core.Versions.VersionGrammar;

namespace ReleaseActions.Tests.Versions;

/// <summary>Our parser against semver.org's own regular expression and NuGet's parser, on texts made from a fixed seed.</summary>
public sealed partial class VersionDifferentialTests
{
    private const int Cases = 100_000;

    // What versions are made of, what near misses are made of, and what no version holds.
    private static readonly string[] Pieces =
    [
        "0", "1", "2", "9", "10", "00", "01", "123", "2147483647", "2147483648",
        ".", ".", ".", ".", "-", "-", "+", "rc", "alpha", "a", "Z", "x-y", "0a",
        "v", "V", " ", "\t", "\n", "\r\n", "\0", "_", "*", "~", "é", "١", "\u202e", "\ud83d\ude00",
        "1.2.3", "0.0.0", "-rc.1", "+b.1", "..", "=", "\"", "'", "/",
    ];

    [Fact]
    [Trait("Row", "B5")]
    public void A_hundred_thousand_texts_are_judged_as_semver_org_judges_them()
    {
        var random = new Random(20260102);
        var texts = Enumerable.Range(0, Cases).Select(_ => Text(random)).ToList();

        texts.Where(t => SemanticVersion.TryParse(t, out _) != (IsVersion(t) && t.Length <= 256)).Should().BeEmpty();
        texts.Count(IsVersion).Should().BeGreaterThan(Cases / 20, "a differential without versions would prove nothing");
    }

    [Fact]
    [Trait("Row", "B5")]
    public void NuGet_reads_every_version_and_orders_all_of_them_alike()
    {
        var random = new Random(20260104);
        var texts = Enumerable.Range(0, Cases).Select(_ => Text(random));
        var versions = texts.Where(t => IsVersion(t) && !IsBeyondNuGet(t)).Select(Both).ToList();
        versions.Should().HaveCountGreaterThan(Cases / 20);
        var pairs = Enumerable.Range(0, Cases).Select(
            _ => (One: versions[random.Next(versions.Count)], Other: versions[random.Next(versions.Count)]));
        // Random pairs hardly ever have the same three numbers, so their prereleases are hardly ever compared.
        var prereleases = Enumerable.Range(0, Cases).Select(
            _ => (One: Both($"1.2.3-{Prerelease(random)}"), Other: Both($"1.2.3-{Prerelease(random)}")));
        var nuget = VersionComparer.VersionRelease;
        pairs.Concat(prereleases)
            .Where(p => Math.Sign(p.One.Ours.CompareTo(p.Other.Ours)) != Math.Sign(nuget.Compare(p.One.NuGets, p.Other.NuGets)))
            .Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "B5")]
    public void Whatever_is_refused_has_a_complaint_and_a_suggestion_is_a_version()
    {
        var random = new Random(20260103);
        foreach (var text in Enumerable.Range(0, Cases / 4).Select(_ => Text(random)).Where(t => !IsVersion(t)))
        {
            var complaint = VersionGrammar.Complaint(text);
            complaint.Should().NotBeNull("'{0}' is no version", text);
            if (complaint!.Value.Meant is { } meant) IsVersion(meant).Should().BeTrue("'{0}' was suggested for '{1}'", meant, text);
        }
    }

    private static string Text(Random random)
    {
        var start = random.Next(3) switch { 0 => "1.2.3", 1 => $"{random.Next(20)}.{random.Next(20)}.{random.Next(20)}", _ => "" };
        return start + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Pieces[random.Next(Pieces.Length)]));
    }

    // Few words, and numbers of every length that NuGet holds.
    private static string Prerelease(Random random) => string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        random.Next(3) switch { 0 => "rc", 1 => "rc-1", _ => $"{random.Next(1 << random.Next(31))}" }));

    private static (SemanticVersion Ours, NuGet.Versioning.SemanticVersion NuGets) Both(string text) =>
        (Ours(text), NuGet.Versioning.SemanticVersion.Parse(text));

    private static SemanticVersion Ours(string text) =>
        SemanticVersion.TryParse(text, out var ours) ? ours : throw new ArgumentException(text);

    private static bool IsVersion(string text) => Official().IsMatch(text);

    // The listed set: NuGet holds no number over 2^31, and takes capital letters of a prerelease for small ones.
    private static bool IsBeyondNuGet(string text) =>
        text.Split('+')[0].Split('.', '-').Any(
            n => n.Length > 9 && n.All(char.IsAsciiDigit) && !int.TryParse(n, out _)) || text.Any(char.IsAsciiLetterUpper);

    // https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string,
    // with \z for $: a version does not end with a newline.
    [GeneratedRegex(
        @"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
        + @"(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
        + @"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Official();
}
