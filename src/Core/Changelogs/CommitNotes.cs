using System.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A commit, as far as notes are concerned.</summary>
/// <param name="Sha">40 hex digits.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Body">The rest of its message.</param>
/// <param name="Author">The author's name, by the repository's .mailmap.</param>
public sealed record Commit(string Sha, string Subject, string Body, string Author = "");

/// <summary>Notes made from commits, grouped as Keep a Changelog groups them, by Conventional Commits and by the first word.</summary>
public static class CommitNotes
{
    private static readonly string[] Order = ["Breaking", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

    // Work on the project itself, which its users do not notice.
    private static readonly HashSet<string> Chores = new(StringComparer.OrdinalIgnoreCase) { "build", "chore", "ci", "docs", "style", "test", "tests" };

    private static readonly Dictionary<string, string> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["feat"] = "Added", ["feature"] = "Added", ["add"] = "Added", ["added"] = "Added", ["adds"] = "Added", ["introduce"] = "Added",
        ["fix"] = "Fixed", ["fixes"] = "Fixed", ["fixed"] = "Fixed", ["bugfix"] = "Fixed", ["hotfix"] = "Fixed", ["repair"] = "Fixed",
        ["remove"] = "Removed", ["removed"] = "Removed", ["removes"] = "Removed", ["delete"] = "Removed", ["drop"] = "Removed",
        ["deprecate"] = "Deprecated", ["deprecates"] = "Deprecated", ["security"] = "Security", ["sec"] = "Security",
    };

    /// <summary>The notes as Markdown; empty where no commit is worth telling.</summary>
    /// <param name="commits">Newest first, as git lists them.</param>
    public static string Write(IEnumerable<Commit> commits)
    {
        var groups = commits.Where(c => !IsMerge(c)).Select(Entry).OfType<(string Group, string Text, string Sha)>().ToLookup(e => e.Group);
        var notes = new StringBuilder();
        foreach (var group in Order.Where(groups.Contains))
        {
            notes.Append($"### {group}\n\n");
            foreach (var (_, text, sha) in groups[group]) notes.Append($"- {text} ({sha[..Math.Min(7, sha.Length)]})\n");
            notes.Append('\n');
        }

        return notes.ToString().TrimEnd('\n');
    }

    /// <summary>The category that a commit's entry stands under; null where its notes leave it out, as a merge or a chore.</summary>
    public static string? CategoryOf(Commit commit) => IsMerge(commit) ? null : Entry(commit)?.Group;

    private static (string Group, string Text, string Sha)? Entry(Commit commit)
    {
        var (type, scope, isBreaking, text) = Parts(commit.Subject);
        isBreaking |= commit.Body.Contains("BREAKING CHANGE:", StringComparison.Ordinal) || commit.Body.Contains("BREAKING-CHANGE:", StringComparison.Ordinal);
        if (!isBreaking && type is not null && Chores.Contains(type)) return null;
        var word = type ?? text.Split(' ')[0];
        var group = isBreaking ? "Breaking" : Groups.GetValueOrDefault(word, "Changed");
        return (group, (scope is null ? "" : $"**{scope}:** ") + Capital(text), commit.Sha);
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
        if (type.Length == 0 || !type.All(char.IsAsciiLetter)) return (null, null, false, subject);
        return (type, open > 0 && head.EndsWith(')') ? head[(open + 1)..^1] : null, isBreaking, subject[(colon + 2)..].Trim());
    }

    private static bool IsMerge(Commit commit) => commit.Subject.StartsWith("Merge ", StringComparison.Ordinal);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
