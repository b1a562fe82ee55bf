using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Commits and their reverts cancel out: by the commit that git names, the pull request that GitHub names, or the subject in quotes. The
/// newest is looked at first, so the revert of a revert leaves the change as it was. A part of a revert cancels nothing.
/// </summary>
internal sealed partial class Reverts
{
    private readonly IReadOnlyList<Commit> _commits;
    private readonly Dictionary<string, int> _bySha;
    private readonly ILookup<string, int> _bySubject;
    private readonly ILookup<int, int> _byNumber;
    private readonly Dictionary<string, int> _places;
    private readonly Branches _branches;
    private readonly HashSet<int> _gone = [];

    public Reverts(IReadOnlyList<Commit> commits)
    {
        _commits = commits;
        _branches = new Branches(commits);
        _places = commits.Index().DistinctBy(c => c.Item.Sha).ToDictionary(c => c.Item.Sha, c => c.Index);
        _bySha = commits.Index().DistinctBy(c => c.Item.Sha[..Math.Min(7, c.Item.Sha.Length)])
            .ToDictionary(c => c.Item.Sha[..Math.Min(7, c.Item.Sha.Length)], c => c.Index);
        _bySubject = commits.Index().SelectMany(c => new[] { c.Item.Subject, CommitSelection.WithoutNumber(c.Item.Subject) }.Distinct()
            .Select(s => (Subject: s, c.Index))).ToLookup(c => c.Subject, c => c.Index);
        _byNumber = commits.Index().Where(c => CommitNotes.PullNumberIn(c.Item.Subject) is not null)
            .ToLookup(c => CommitNotes.PullNumberIn(c.Item.Subject)!.Value, c => c.Index);
    }

    /// <summary>What is left, in the same order.</summary>
    public IReadOnlyList<Commit> Rest()
    {
        for (var at = 0; at < _commits.Count; at++)
            if (!_gone.Contains(at) && !Part().IsMatch(_commits[at].Subject + "\n" + _commits[at].Body)) Cancel(at);
        return _gone.Count == 0 ? _commits : [.. _commits.Index().Where(c => !_gone.Contains(c.Index)).Select(c => c.Item)];
    }

    private void Cancel(int at)
    {
        var named = Commits().Matches(_commits[at].Body).Select(m => OfSha(m.Groups["sha"].Value, at)).ToList();
        if (named.Count == 0)
        {
            var quoted = QuotedIn(_commits[at].Subject);
            var only = OfPull(_commits[at].Body, at) ?? (quoted is null ? null : OfSubject(quoted, at));
            if (only is not null) named.Add(only);
        }

        if (named.Count == 0) return;
        foreach (var target in named.OfType<int>()) Remove(target);
        // One of several may be of an earlier release: the revert tells of it.
        if (named.All(n => n is not null)) _gone.Add(at);
    }

    private void Remove(int target)
    {
        _gone.Add(target);
        if (_commits[target].Parents.Count > 1) _gone.UnionWith(_branches.BroughtBy(_commits[target]).Select(c => _places[c.Sha]));
    }

    private int? OfSha(string sha, int at) =>
        _bySha.TryGetValue(sha[..7], out var target) && target > at && !_gone.Contains(target)
            && _commits[target].Sha.StartsWith(sha, StringComparison.Ordinal) ? target : null;

    private int? OfPull(string body, int at) => Pull().Match(body) is { Success: true } match
        && int.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number)
        ? First(_byNumber[number], at) : null;

    private int? OfSubject(string quoted, int at) =>
        First(_bySubject[quoted], at) ?? First(_bySubject[CommitSelection.WithoutNumber(quoted)], at);

    private int? First(IEnumerable<int> among, int at) =>
        among.Where(i => i > at && !_gone.Contains(i)).Select(i => (int?)i).FirstOrDefault();

    // `Revert "Sell by weight (#12)" (#13)`; git writes the revert of a revert as `Reapply "Sell by weight"`.
    private static string? QuotedIn(string subject)
    {
        if (Quoted().Match(CommitSelection.WithoutNumber(subject)) is not { Success: true } match) return null;
        var text = match.Groups["text"].Value;
        return match.Groups["word"].Value.StartsWith("Reapply", StringComparison.OrdinalIgnoreCase) ? $"Revert \"{text}\"" : text;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^(?:revert(?:\([^)]*\))?!?:\s*)?(?<word>Revert|Reapply):?\s+""(?<text>.+)""$", Options, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bThis reverts commits? (?<sha>[0-9a-f]{7,40})\b", Options, 1000)]
    private static partial Regex Commits();

    [GeneratedRegex(@"^Reverts (?:[\w.-]+/[\w.-]+)?#(?<number>\d{1,9})\b", Options | RegexOptions.Multiline, 1000)]
    private static partial Regex Pull();

    [GeneratedRegex(
        @"\b(?:partial(?:ly)?\s+(?:revert|reapply)|(?:revert|reverts|reapply)\s+(?:a\s+)?(?:parts?\s+of|partially))", Options, 1000)]
    private static partial Regex Part();
}
