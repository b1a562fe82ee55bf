using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// What earlier releases list: by pull request, by commit, and by text. A branch that was promoted by one squashed commit keeps its own
/// commits, which git lists again after each release.
/// </summary>
internal sealed partial class EarlierChanges
{
    private readonly HashSet<int> _numbers = [];
    private readonly HashSet<string> _commits = [];
    private readonly HashSet<string> _lines = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="texts">Sections of a changelog, and messages of commits.</param>
    /// <param name="commits">What will be asked about: of a changelog of megabytes no other line is kept.</param>
    public EarlierChanges(IEnumerable<string> texts, IEnumerable<Commit> commits)
    {
        // A merge is asked about by the title in its body.
        var wanted = commits.SelectMany(c => c.Body.Split('\n').Prepend(c.Subject)).Select(Bare).ToHashSet(_lines.Comparer);
        foreach (var text in texts)
        {
            foreach (Match match in Reference().Matches(text))
                if (match.Groups["commit"].Success) _commits.Add(match.Groups["commit"].Value[..7]);
                else if (int.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number)) _numbers.Add(number);
            foreach (var line in text.AsSpan().EnumerateLines())
            {
                var bare = Bare(line.ToString());
                if (bare.Contains(' ', StringComparison.Ordinal) && wanted.Contains(bare)) _lines.Add(bare);
            }
        }
    }

    /// <summary>Whether an earlier release has the commit's change. A number decides where the subject has one.</summary>
    public bool Has(Commit commit)
    {
        if (CommitNotes.PullNumberIn(commit.Subject) is { } number) return _numbers.Contains(number);
        return _commits.Contains(commit.Sha[..Math.Min(7, commit.Sha.Length)]) || _lines.Contains(Bare(commit.Subject));
    }

    private static string Bare(string line) => Reference().Replace(line, "").Trim(' ', '\t', '\r', '*', '-', '.');

    [GeneratedRegex(@"\((?:[#!](?<number>\d{1,9})|(?<commit>[0-9a-f]{7,40}))\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
