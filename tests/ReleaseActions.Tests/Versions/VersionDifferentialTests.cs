using System.Text.RegularExpressions;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>Our reading of versions against semver.org's own regular expression, on texts made from a fixed seed.</summary>
public sealed partial class VersionDifferentialTests
{
    private const int Cases = 100_000;

    // What versions are made of, what near misses are made of, and what no version holds.
    private static readonly string[] Pieces =
    [
        "0", "1", "2", "9", "10", "00", "01", "123", "2147483647", "2147483648", ".", ".", ".", ".", "-", "-", "+", "rc", "alpha", "a", "Z", "x-y", "0a",
        "v", "V", " ", "\t", "\n", "\r\n", "\0", "_", "*", "~", "é", "١", "\u202e", "\ud83d\ude00", "1.2.3", "0.0.0", "-rc.1", "+b.1", "..", "=", "\"", "'", "/",
    ];

    [Fact]
    [Trait("Row", "B5")]
    public void A_hundred_thousand_texts_are_judged_as_semver_org_judges_them()
    {
        var random = new Random(20260102);
        var texts = Enumerable.Range(0, Cases).Select(_ => Text(random)).ToList();

        texts.Where(t => SemanticVersion.TryParse(t, out _) != (IsVersion(t) && !IsBeyondOurLimits(t))).Should().BeEmpty();
        texts.Count(IsVersion).Should().BeGreaterThan(Cases / 20, "a differential without versions would prove nothing");
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

    private static bool IsVersion(string text) => Official().IsMatch(text);

    // The listed set: a number of the three that does not fit into 31 bits, or more than 256 characters.
    private static bool IsBeyondOurLimits(string text) =>
        text.Length > 256 || text.Split('-', '+')[0].Split('.').Any(n => n.Length > 9 && (n.Length > 10 || string.CompareOrdinal(n, "2147483647") > 0));

    // https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string, with \z for $: a newline at the end is no version.
    [GeneratedRegex(@"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Official();
}
