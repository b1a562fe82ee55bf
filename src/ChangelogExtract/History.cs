using System.Text.RegularExpressions;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.ChangelogExtract;

/// <summary>What happened since the previous release. Pure.</summary>
/// <param name="Commits">Newest first, with their pull requests where these are known.</param>
/// <param name="Contributors">Whose work it is.</param>
internal sealed partial record History(IReadOnlyList<Commit> Commits, IReadOnlyList<Contributor> Contributors)
{
    /// <summary>The category of contributors among the entries of notes.</summary>
    public const string ContributorsCategory = "Contributors";

    /// <summary>The history of a release.</summary>
    /// <param name="commits">Newest first, as git lists them.</param>
    /// <param name="pulls">Merged pull requests, perhaps of other commits too.</param>
    /// <param name="earlier">The authors in the releases before; null for a first release.</param>
    public static History Of(IReadOnlyList<Commit> commits, IReadOnlyList<Pull> pulls, IReadOnlyCollection<Author>? earlier)
    {
        commits = Join(commits, pulls);
        return new History(commits, Contributor.Of(commits, earlier));
    }

    /// <summary>
    /// The commits, each with its pull request where one is found: GitHub names one commit of each, the history shows which others came
    /// with it.
    /// </summary>
    public static IReadOnlyList<Commit> Join(IReadOnlyList<Commit> commits, IReadOnlyList<Pull> pulls)
    {
        var byCommit = commits.ToDictionary(c => c.Sha);
        var byMerge = pulls.DistinctBy(p => p.MergeCommit).ToDictionary(p => p.MergeCommit);
        var byNumber = pulls.DistinctBy(p => p.Number).ToDictionary(p => p.Number);
        var found = new Dictionary<string, Pull>();
        // The oldest first: a commit that came by two pull requests, one into the branch of the other, belongs to the first.
        foreach (var commit in commits.Reverse())
        {
            if (byMerge.GetValueOrDefault(commit.Sha) is not { } pull) continue;
            foreach (var sha in BroughtBy(commit, byCommit)) found.TryAdd(sha, pull);
        }

        Pull? Named(Commit commit) => CommitNotes.PullNumberIn(commit.Subject) is { } number ? byNumber.GetValueOrDefault(number) : null;
        return [.. commits.Select(c => c with { Pull = found.GetValueOrDefault(c.Sha) ?? Named(c) })];
    }

    /// <summary>The entries of notes with the authors of each change, and all contributors in their own category.</summary>
    public IReadOnlyList<Change> ChangesIn(string notes)
    {
        var accounts = Contributor.Accounts(Commits);
        var byPull = Commits.Where(c => c.Pull?.Author is not null).ToLookup(c => c.Pull!.Number, c => c.Pull!.Author!);
        var byCommit = Commits.ToLookup(c => c.Sha[..Math.Min(7, c.Sha.Length)], c => accounts.GetValueOrDefault(c.Email, c.Author));
        IEnumerable<string> AuthorsOf(Change change)
        {
            var named = ShortCommit().Matches(change.Text).SelectMany(m => byCommit[m.Groups["commit"].Value]);
            return change.Authors.Concat(change.Pulls.SelectMany(p => byPull[p])).Concat(named).Distinct(StringComparer.OrdinalIgnoreCase);
        }

        var entries = Change.In(notes).Where(c => c.Category != ContributorsCategory).Select(c => c with { Authors = [.. AuthorsOf(c)] });
        return [.. entries, .. Contributors.Select(EntryOf)];
    }

    private static Change EntryOf(Contributor contributor) =>
        new(ContributorsCategory, contributor.Text, contributor.Pulls, [contributor.Name.TrimStart('@')])
        {
            IsFirstTime = contributor.IsFirstTime,
        };

    // A merge brings itself and the commits that its other parents have and its first one lacks.
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

    // `(f5c06cd)`, as notes from commits end an entry.
    [GeneratedRegex(@"\((?<commit>[0-9a-f]{7})\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShortCommit();
}
