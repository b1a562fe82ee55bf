using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// Notes made from commits, in categories: by the labels of their pull requests, Conventional Commits and the first word.
/// </summary>
public static partial class CommitNotes
{
    // Work on the project itself, which its users do not notice.
    private static readonly HashSet<string> Chores =
        new(StringComparer.OrdinalIgnoreCase) { "build", "chore", "ci", "docs", "style", "test", "tests" };

    private static readonly Dictionary<string, string> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["feat"] = "Added", ["feature"] = "Added", ["add"] = "Added", ["added"] = "Added", ["adds"] = "Added", ["introduce"] = "Added",
        ["fix"] = "Fixed", ["fixes"] = "Fixed", ["fixed"] = "Fixed", ["bugfix"] = "Fixed", ["hotfix"] = "Fixed", ["repair"] = "Fixed",
        ["remove"] = "Removed", ["removed"] = "Removed", ["removes"] = "Removed", ["delete"] = "Removed", ["drop"] = "Removed",
        ["perf"] = "Changed", ["refactor"] = "Changed", ["change"] = "Changed", ["improvement"] = "Changed", ["revert"] = "Changed",
        ["deprecate"] = "Deprecated", ["deprecates"] = "Deprecated", ["security"] = "Security", ["sec"] = "Security",
    };

    /// <summary>The notes as Markdown; empty where no commit belongs in them.</summary>
    /// <param name="commits">Newest first, as git lists them.</param>
    /// <param name="labels">What the labels of pull requests mean.</param>
    /// <param name="earlier">Sections of earlier releases or their messages: what they name is not listed again.</param>
    public static string Write(IReadOnlyList<Commit> commits, LabelPolicy labels, params IEnumerable<string> earlier)
    {
        var entries = CommitSelection.Of(commits, earlier).Select(c => Entry(c, labels)).OfType<(string Group, string Text)>();
        var groups = entries.ToLookup(e => e.Group);
        var notes = new StringBuilder();
        foreach (var group in Categories.InOrder.Where(groups.Contains))
        {
            notes.Append($"### {group}\n\n");
            foreach (var (_, text) in groups[group]) notes.Append($"- {text}\n");
            notes.Append('\n');
        }

        return notes.ToString().TrimEnd('\n');
    }

    /// <summary>The category of a commit's entry; null where the notes omit it, such as a merge or a chore.</summary>
    public static string? CategoryOf(Commit commit, LabelPolicy labels) =>
        CommitSelection.IsMerge(commit) || CommitSelection.IsRelease(commit.Subject) ? null : Entry(commit, labels)?.Group;

    private static (string Group, string Text)? Entry(Commit commit, LabelPolicy labels)
    {
        var (type, scope, isBreaking, text) = Parts(commit.Subject);
        isBreaking |= IsBreaking(commit);
        var given = commit.Pull?.Labels ?? [];
        if (labels.IsSkipped(given)) return null;
        var group = isBreaking ? "Breaking" : labels.CategoryOf(given) ?? GroupOf(type, scope, text);
        var notes = string.Concat(BreakingNotesOf(commit).Where(n => n != text).Select(n => $"\n  {n}"));
        return group is null ? null : (group, (scope is null ? "" : $"**{scope}:** ") + Capital(text) + Origin(commit) + notes);
    }

    /// <summary>Whether a footer of the message says that the change breaks something.</summary>
    internal static bool IsBreaking(Commit commit) =>
        BreakingFooter().IsMatch(commit.Body) || BreakingMark().IsMatch(commit.Subject);

    /// <summary>What the footers say that breaks, each on one line.</summary>
    internal static IEnumerable<string> BreakingNotesOf(Commit commit) =>
        BreakingFooter().Matches(commit.Body).Select(m => string.Join(' ', m.Groups["text"].Value.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(n => n.Length > 0);

    // Null: work that users do not notice.
    private static string? GroupOf(string? type, string? scope, string text)
    {
        if (scope is "deps" or "deps-dev" || (type is null && IsBump(text))) return "Dependencies";
        return type is not null && Chores.Contains(type) ? null : Groups.GetValueOrDefault(type ?? text.Split(' ')[0], "Changed");
    }

    // `Bump left-pad from 1.0.0 to 1.1.0`, as dependency bots write it.
    private static bool IsBump(string text) =>
        text.StartsWith("Bump ", StringComparison.OrdinalIgnoreCase) && text.Contains(" to ", StringComparison.Ordinal);

    /// <summary>
    /// The pull request in <c>Sell by weight (#12)</c> or <c>Merge pull request #12 from …</c>, as GitHub writes subjects.
    /// </summary>
    public static int? PullNumberIn(string subject)
    {
        if (PullNumber().Match(subject) is not { Success: true } match) return null;
        return int.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // The pull request, unless the subject names it already; the commit where there is none.
    private static string Origin(Commit commit)
    {
        if (PullNumberIn(commit.Subject) is not null) return "";
        return commit.Pull is { } pull ? $" (#{pull.Number})" : $" ({commit.Sha[..Math.Min(7, commit.Sha.Length)]})";
    }

    // `feat(shop)!: sell by weight` — https://www.conventionalcommits.org/en/v1.0.0/
    private static (string? Type, string? Scope, bool IsBreaking, string Text) Parts(string subject)
    {
        var colon = subject.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0) return (null, null, false, subject);
        var head = subject[..colon];
        var isBreaking = head.EndsWith('!');
        head = head.TrimEnd('!');
        var open = head.IndexOf('(', StringComparison.Ordinal);
        var type = open < 0 ? head : head[..open];
        // `parser: read tabs` is a sentence of its own, whose first word says where.
        if (!(Groups.ContainsKey(type) || Chores.Contains(type))) return (null, null, false, subject);
        return (type, open > 0 && head.EndsWith(')') ? head[(open + 1)..^1] : null, isBreaking, subject[(colon + 2)..].Trim());
    }

    // `readFile` and `max_wait` are names, as is whatever is in code.
    private static string Capital(string text)
    {
        var word = text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal) is var at and >= 0 ? at : text.Length).TrimEnd(",;");
        if (word.Length == 0 || word.ContainsAnyExceptInRange('a', 'z')) return text;
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    // To the next footer or blank line — https://www.conventionalcommits.org/en/v1.0.0/
    private const string FooterPattern =
        @"^BREAKING[ -]CHANGE:[ \t]*(?<text>[^\r\n]*(?:\r?\n(?![A-Za-z][\w-]*(?:: | #)|BREAKING[ -]CHANGE:)[^\r\n]+)*)";

    // `parser!: read tabs`, and not `Print "Hello!: world"`.
    [GeneratedRegex(@"^[\w-]+(?:\([^()]*\))?!: ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BreakingMark();

    [GeneratedRegex(FooterPattern, RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex BreakingFooter();

    [GeneratedRegex(@"(?:\(#(?<number>\d{1,9})\)\s*$|^Merge pull request #(?<number>\d{1,9}) )", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PullNumber();
}
