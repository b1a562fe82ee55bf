using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Finds the pull request that brought each commit. Pure: GitHub tells one commit of each, the history tells the others.</summary>
public static partial class PullsOfCommits
{
    /// <summary>The commits, each with its pull request where one is found.</summary>
    /// <param name="commits">Newest first, as git lists them.</param>
    /// <param name="pulls">Merged pull requests, perhaps of other commits too.</param>
    public static IReadOnlyList<Commit> Join(IReadOnlyList<Commit> commits, IReadOnlyList<Pull> pulls)
    {
        var byCommit = commits.ToDictionary(c => c.Sha);
        var (byMerge, byNumber) = (pulls.DistinctBy(p => p.MergeCommit).ToDictionary(p => p.MergeCommit), pulls.DistinctBy(p => p.Number).ToDictionary(p => p.Number));
        var found = new Dictionary<string, Pull>();
        // The oldest first: a pull request into a branch that came by another one is the one its commits are of.
        foreach (var commit in commits.Reverse())
        {
            if (byMerge.GetValueOrDefault(commit.Sha) is not { } pull) continue;
            foreach (var sha in BroughtBy(commit, byCommit)) found.TryAdd(sha, pull);
        }

        return [.. commits.Select(c => c with { Pull = found.GetValueOrDefault(c.Sha) ?? (NumberIn(c.Subject) is { } number ? byNumber.GetValueOrDefault(number) : null) })];
    }

    /// <summary>The number in <c>Sell by weight (#12)</c> or <c>Merge pull request #12 from …</c>, as GitHub writes subjects; null where there is none.</summary>
    public static int? NumberIn(string subject) =>
        Number().Match(subject) is { Success: true } match && int.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A merge brings itself and what its other parents have and its first one lacks.
    private static HashSet<string> BroughtBy(Commit commit, Dictionary<string, Commit> all)
    {
        if (commit.Parents.Count < 2) return [commit.Sha];
        var brought = Ancestors(commit.Parents.Skip(1), all);
        brought.ExceptWith(Ancestors(commit.Parents.Take(1), all));
        brought.Add(commit.Sha);
        return brought;
    }

    private static HashSet<string> Ancestors(IEnumerable<string> from, Dictionary<string, Commit> all)
    {
        var (seen, ahead) = (new HashSet<string>(), new Stack<string>(from));
        while (ahead.TryPop(out var sha))
        {
            if (!all.TryGetValue(sha, out var commit) || !seen.Add(sha)) continue;
            foreach (var parent in commit.Parents) ahead.Push(parent);
        }

        return seen;
    }

    [GeneratedRegex(@"(?:\(#(?<number>\d{1,9})\)\s*$|^Merge pull request #(?<number>\d{1,9}) )", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}
