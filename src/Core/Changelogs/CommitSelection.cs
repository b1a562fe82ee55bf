using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Which commits of a history tell what changed: none that only make a release, none that was reverted and no revert of it, the title of a
/// merged pull request in place of its commits, and nothing that an earlier release has. Pure.
/// </summary>
public static partial class CommitSelection
{
    /// <summary>The commits without those that cancel out, as the choice of the next version reads them.</summary>
    /// <param name="commits">Newest first, as git lists them.</param>
    public static IReadOnlyList<Commit> WithoutReverts(IReadOnlyList<Commit> commits) => new Reverts(commits).Rest();

    /// <summary>The commits that notes list, newest first.</summary>
    /// <param name="commits">Newest first, as git lists them.</param>
    /// <param name="earlier">The messages of earlier releases or their sections; what these name is not listed again.</param>
    public static IReadOnlyList<Commit> Of(IReadOnlyList<Commit> commits, IEnumerable<string> earlier)
    {
        var known = new EarlierChanges(earlier, commits);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var selected = WithTitles(WithoutReverts(commits), new Branches(commits));
        return [.. selected.Where(c => !IsRelease(c.Subject) && !known.Has(c) && seen.Add(c.Subject))];
    }

    /// <summary>Whether a commit only makes a release, such as <c>Bump version to 1.2.3</c> or <c>chore(release): 1.2.3</c>.</summary>
    public static bool IsRelease(string subject)
    {
        var text = PullSuffix().Replace(subject, "").Trim();
        return text.Length <= 200 && Release().IsMatch(text);
    }

    /// <summary>The title of the pull request that a commit merges, with its number; null for any other commit.</summary>
    internal static string? TitleOf(Commit merge)
    {
        var match = MergedPull().Match(merge.Subject);
        var request = MergeRequest().Match(merge.Body);
        if (!match.Success && !(merge.Subject.StartsWith("Merge branch '", StringComparison.Ordinal) && request.Success)) return null;
        var title = merge.Body.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0);
        if (title is null || MergeRequest().IsMatch(title)) return null;
        var number = match.Success ? $"#{match.Groups["number"].Value}" : $"!{request.Groups["number"].Value}";
        return title.Contains(number, StringComparison.Ordinal) ? title : $"{title} ({number})";
    }

    // The merge of a pull request stands for its commits, unless it only brought other pull requests, as a promotion does.
    private static IEnumerable<Commit> WithTitles(IReadOnlyList<Commit> commits, Branches branches)
    {
        var hidden = new HashSet<string>();
        foreach (var commit in commits)
        {
            if (hidden.Contains(commit.Sha)) continue;
            if (!IsMerge(commit))
            {
                yield return commit;
                continue;
            }

            if (TitleOf(commit) is not { } title || IsRelease(title)) continue;
            var brought = branches.BroughtBy(commit);
            if (brought.Any(c => CommitNotes.PullNumberIn(c.Subject) is not null || TitleOf(c) is not null)) continue;
            hidden.UnionWith(brought.Select(c => c.Sha));
            var notes = brought.SelectMany(c => CommitNotes.BreakingNotesOf(c)).Distinct().Select(n => $"\n\nBREAKING CHANGE: {n}");
            var mark = brought.Any(CommitNotes.IsBreaking) ? "\n\nBREAKING CHANGE:" : "";
            yield return commit with { Subject = title, Body = string.Concat(notes) is { Length: > 0 } all ? all : mark };
        }
    }

    /// <summary>Whether a commit is a merge that has no text of its own.</summary>
    internal static bool IsMerge(Commit commit) => MergeOfGit().IsMatch(commit.Subject) || MergedPull().IsMatch(commit.Subject)
        || (commit.Parents.Count > 1 && commit.Subject.StartsWith("Merge ", StringComparison.Ordinal));

    /// <summary>A subject without the number of its pull request at the end.</summary>
    internal static string WithoutNumber(string subject) => PullSuffix().Replace(subject, "").Trim();

    private const string Number = @"v?\d+(?:\.\d+)+(?:[-.+]?[0-9a-z]+)*";

    private const string Type = @"(?:(?:chore|build|ci|release|docs)(?:\([^)]*\))?!?:\s*)?";

    private const string Verbs = @"(?:bump(?:ed|s|ing)?|update[ds]?|set|increase[ds]?|increment(?:ed|s)?|change[ds]?)";

    private const string ReleasePattern = $@"^(?:\[maven-release-plugin\].*|(?:chore|build)\((?:main|master|release)\)!?:.*|{Type}(?:"
        + $@"(?:prepar(?:e|ing)(?:\s+for)?\s+)?(?:the\s+)?(?:release|version|publish|tag|cut)(?:\s+of)?[:\s]+(?:\S+\s+)??{Number}\.?"
        + @"|prepar(?:e|ing)(?:\s+(?:for|the))*\s+"
        + $@"(?:(?:next\s+)?release|(?:next\s+)?development(?:\s+(?:iteration|version|cycle))?|{Number})"
        + $@"(?:\s+release)?|{Number}(?:\s+release)?"
        + $@"|{Verbs}\s+(?:the\s+)?(?:(?:package|project|crate|app|release|dev)\s+)?version(?:s|\s+number)?(?:\s+(?:to|for|from)\s.*)?"
        + $@"|{Verbs}\s+(?:to\s+)?{Number}|version\s+bump(?:\s.*)?|(?:release|publish)"
        + $@"|(?:update|add)\s+(?:the\s+)?changelog\s+for\s+.*{Number}"
        + @"|(?:back\s+to|start\s+next)\s+development.*))$";

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(ReleasePattern, Options, 1000)]
    private static partial Regex Release();

    // As git writes the subject by itself; `Merge duplicate rows` is a change.
    [GeneratedRegex(@"^Merge (?:(?:remote-tracking )?branch(?:es)?|tags?|commits?) '", Options, 1000)]
    private static partial Regex MergeOfGit();

    // As GitHub and Bitbucket write the subject.
    [GeneratedRegex(@"^(?:Merge pull request #(?<number>\d{1,9}) |Merged in .+ \(pull request #(?<number>\d{1,9})\)$)", Options, 1000)]
    private static partial Regex MergedPull();

    // As GitLab ends the message.
    [GeneratedRegex(@"^See merge request \S*!(?<number>\d{1,9})\s*$", Options | RegexOptions.Multiline, 1000)]
    private static partial Regex MergeRequest();

    [GeneratedRegex(@"\s*\([#!]\d{1,9}\)\s*$", Options, 1000)]
    private static partial Regex PullSuffix();
}

/// <summary>What each merge brought, by the parents of the commits.</summary>
internal sealed class Branches(IReadOnlyList<Commit> commits)
{
    private readonly Dictionary<string, Commit> _all = commits.DistinctBy(c => c.Sha).ToDictionary(c => c.Sha);
    private readonly HashSet<string> _taken = [];
    private HashSet<string>? _line;

    /// <summary>
    /// The commits that a merge on the first-parent line brought: every one before it that no older commit of that line has.
    /// </summary>
    public IReadOnlyList<Commit> BroughtBy(Commit merge)
    {
        _line ??= LineOf(commits.Count > 0 ? commits[0].Sha : null);
        var found = new List<Commit>();
        var ahead = new Stack<string>(merge.Parents.Skip(1));
        var seen = new HashSet<string>();
        while (ahead.TryPop(out var sha))
        {
            if (_line.Contains(sha) || !seen.Add(sha) || !_all.TryGetValue(sha, out var commit) || _taken.Contains(sha)) continue;
            found.Add(commit);
            foreach (var parent in commit.Parents) ahead.Push(parent);
        }

        _taken.UnionWith(found.Select(c => c.Sha));
        return found;
    }

    private HashSet<string> LineOf(string? tip)
    {
        var line = new HashSet<string>();
        for (var at = tip; at is not null && line.Add(at);) at = _all.GetValueOrDefault(at)?.Parents is [var first, ..] ? first : null;
        return line;
    }
}
