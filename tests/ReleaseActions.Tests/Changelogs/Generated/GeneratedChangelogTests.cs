using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Changelogs.Generated;

/// <summary>
/// Changelogs in every form that people use, made from known sections. An answer is right or refused, and never another version's text.
/// <c>CHANGELOGS=n</c> makes n of them; <c>CHANGELOGS_REPORT=FILE</c> writes what became of each kind.
/// </summary>
public sealed partial class GeneratedChangelogTests
{
    private const int LeastRight = 95;

    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("CHANGELOGS"), CultureInfo.InvariantCulture, out var count) ? count : 2_100;

    [Fact]
    [Trait("Row", "F68")]
    public void Sections_in_every_form_are_right_or_refused_and_nearly_all_are_right() => Check(ChangelogMaker.Kinds, Count, LeastRight);

    [Fact]
    [Trait("Row", "F68")]
    public void What_misleads_a_reader_is_never_answered_wrongly() => Check(ChangelogMaker.HardKinds, Count / 2, 70);

    private static void Check(IReadOnlyList<string> kinds, int count, int leastRight)
    {
        var results = Enumerable.Range(0, count).Select(seed => ChangelogMaker.Make(kinds[seed % kinds.Count], seed))
            .SelectMany(made => Questions(made).Select(q => (Made: made, q.Version, Result: Ask(made, q.Version, q.Words)))).ToList();
        Report(results);

        results.Where(r => r.Result.Outcome == Outcome.Wrong).Select(r => $"{r.Made.Kind} {r.Made.Seed} {r.Version}: {r.Result.Reason}")
            .Should().BeEmpty();
        var right = results.Count(r => r.Result.Outcome == Outcome.Right);
        (100.0 * right / results.Count).Should().BeGreaterThanOrEqualTo(leastRight);
    }

    // Each version that the file has a section for, and one that it has not: null words.
    private static IEnumerable<(string Version, IReadOnlyList<string>? Words)> Questions(MadeChangelog made)
    {
        foreach (var section in made.Sections)
        {
            if (section.Version is not { } version) continue;
            var isPending = version.StartsWith('!');
            yield return (version.TrimStart('!'), isPending ? null : section.Words);
        }

        if (!made.IsPerVersion) yield return ("0.0.7", null);
    }

    private static (Outcome Outcome, string Reason) Ask(MadeChangelog made, string version, IReadOnlyList<string>? words)
    {
        var (body, reason) = Answer(made, version);
        if (words is null) return body is null ? (Outcome.Right, "") : (Outcome.Wrong, $"it has a section:\n{body}");
        if (body is null) return (reason.Length > 20 ? Outcome.Refused : Outcome.Wrong, reason);
        var found = AWord().Matches(body).Select(m => m.Value).ToList();
        return found.SequenceEqual(words) ? (Outcome.Right, "")
            : (Outcome.Wrong, $"has [{string.Join(' ', found)}] and not [{string.Join(' ', words)}]");
    }

    private static (string? Body, string Reason) Answer(MadeChangelog made, string version)
    {
        var changelog = Changelog.Parse(made.Text, made.Seed % 4 == 0 ? null : made.Path, VersionSchemes.SemVer);
        var sections = !made.IsPerVersion ? changelog.Find(version)
            : SemanticVersion.TryParse(version, out var wanted) ? changelog.OfFile(wanted) : [];
        return sections switch
        {
            [] => (null, "there is no section, says the changelog"),
            [{ Refusal: { } refusal }] => (null, $"{refusal.Message} {refusal.Remedy}"),
            [{ IsEmpty: true }] => (null, "the section is empty, says the changelog"),
            [var only] => (only.Body, ""),
            _ => (null, "there are several sections, says the changelog"),
        };
    }

    private static void Report(List<(MadeChangelog Made, string Version, (Outcome Outcome, string Reason) Result)> results)
    {
        if (Environment.GetEnvironmentVariable("CHANGELOGS_REPORT") is not { } file) return;
        int Of(IEnumerable<(MadeChangelog, string, (Outcome Outcome, string) Result)> some, Outcome outcome) =>
            some.Count(r => r.Result.Outcome == outcome);
        var lines = results.GroupBy(r => r.Made.Kind).Append(null).Select(g => (Name: g?.Key ?? "ALL", Of: g?.ToList() ?? results))
            .Select(g => $"{g.Name,-45} right {Of(g.Of, Outcome.Right),6} refused {Of(g.Of, Outcome.Refused),5}"
                + $" WRONG {Of(g.Of, Outcome.Wrong),5}");
        var bad = results.Where(r => r.Result.Outcome != Outcome.Right)
            .Select(r => $"{r.Result.Outcome} {r.Made.Kind} {r.Made.Seed} {r.Version}: {r.Result.Reason}");
        File.AppendAllLines(file, [.. lines, .. bad]);
    }

    [GeneratedRegex("zq[0-9]+x")]
    private static partial Regex AWord();
}
