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
        var found = BroughtBy(commits, pulls.DistinctBy(p => p.MergeCommit).ToDictionary(p => p.MergeCommit));
        var byNumber = pulls.DistinctBy(p => p.Number).ToDictionary(p => p.Number);
        Pull? Named(Commit commit) => CommitNotes.PullNumberIn(commit.Subject) is { } number ? byNumber.GetValueOrDefault(number) : null;
        return [.. commits.Select(c => c with { Pull = found.GetValueOrDefault(c.Sha) ?? Named(c) })];
    }

    /// <summary>
    /// The pull request that brought each commit. A merge brings itself and what is reached from its other parents before anything that was
    /// there already. Every commit is visited once: along the first parents, then the branches that these merged, the oldest merge first.
    /// So a commit that came by two pull requests, one into the branch of the other, belongs to the first.
    /// </summary>
    private static Dictionary<string, Pull?> BroughtBy(IReadOnlyList<Commit> commits, Dictionary<string, Pull> byMerge)
    {
        var all = commits.ToDictionary(c => c.Sha);
        var brought = new Dictionary<string, Pull?>(commits.Count);
        foreach (var tip in commits)
        {
            var ahead = new Stack<(string Sha, Pull? By)>([(tip.Sha, null)]);
            while (ahead.TryPop(out var branch))
            {
                var sha = branch.Sha;
                while (sha is not null && !brought.ContainsKey(sha) && all.TryGetValue(sha, out var commit))
                {
                    var by = brought[sha] = byMerge.GetValueOrDefault(sha) ?? branch.By;
                    foreach (var parent in commit.Parents.Skip(1).Reverse()) ahead.Push((parent, by));
                    sha = commit.Parents.Count > 0 ? commit.Parents[0] : null;
                }
            }
        }

        return brought;
    }

    /// <summary>The entries of notes with the authors of each change, and all contributors in their own category.</summary>
    public IReadOnlyList<Change> ChangesIn(string notes)
    {
        var accounts = Contributor.Accounts(Commits);
        var byPull = Commits.Where(c => c.Pull?.Author is not null).Select(c => c.Pull!).Distinct().ToLookup(p => p.Number, p => p.Author!);
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

    // `(f5c06cd)`, as notes from commits end an entry.
    [GeneratedRegex(@"\((?<commit>[0-9a-f]{7})\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShortCommit();
}
