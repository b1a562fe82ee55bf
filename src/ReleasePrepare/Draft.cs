using ReleaseActions.Core.Git;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePrepare;

/// <summary>A plan's commit and tag, made in the <see cref="DraftRepository"/>: what there is to see before anything is pushed.</summary>
/// <param name="Commit">The commit, 40 hex digits; empty where an earlier run pushed it.</param>
/// <param name="Changes">The refs of origin that change, all or none.</param>
/// <param name="Diff">What the commit changes, as a patch.</param>
internal sealed record Draft(string Commit, IReadOnlyList<RefChange> Changes, string Diff)
{
    public static Draft Nothing { get; } = new("", [], "");

    /// <summary>The commands that apply the plan.</summary>
    public IReadOnlyList<string> Commands(PreparePlan plan)
    {
        var commands = new List<string>();
        if (Changes.Count > 0) commands.Add($"git {string.Join(' ', RefChange.PushArguments(Changes).Select(Quoted))}");
        if (plan.MovesCheckout && Commit.Length > 0) commands.Add($"git merge --ff-only {Commit}");
        if (plan.Pull is not { } pull) return commands;
        var body = new JsonObject { ["title"] = pull.Title, ["head"] = pull.Head, ["base"] = pull.Into };
        return [.. commands, $"POST /repos/OWNER/NAME/pulls {body.ToJsonString()}"];
    }

    private static string Quoted(string argument) =>
        argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:@+".Contains(c, StringComparison.Ordinal))
            ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>A ref of <c>origin</c> that changes.</summary>
/// <param name="Ref">The full name.</param>
/// <param name="From">Its object now; empty where the ref must not exist.</param>
/// <param name="To">The object it gets; empty in a plan for the commit that is made.</param>
internal sealed record RefChange(string Ref, string From, string To)
{
    public const string Tags = "refs/tags/";

    private const string Heads = "refs/heads/";
    private const int MostLines = 5;

    public bool IsTag => Ref.StartsWith(Tags, StringComparison.Ordinal);

    /// <summary>The short name.</summary>
    public string Name => Ref[(IsTag ? Tags : Heads).Length..];

    public static RefChange OfBranch(string branch, string from, string to = "") => new(Heads + branch, from, to);

    /// <summary>The push that makes all changes or none, and only where each ref still is what it was; as a person would give it.</summary>
    public static IReadOnlyList<string> PushArguments(IReadOnlyList<RefChange> changes) =>
    [
        "push", "--atomic", "--porcelain", .. changes.Select(c => $"--force-with-lease={c.Ref}:{c.From}"),
        "origin", .. changes.Select(c => $"{c.To}:{c.Ref}"),
    ];

    /// <summary>Why a push failed: each ref that was refused, with the reason.</summary>
    public static string ReasonOf(IEnumerable<PushedRef> pushed) => string.Join(
        "; ", pushed.Where(p => !p.IsDone).Take(MostLines).Select(p => $"{p.Ref} {p.Reason}").Distinct());
}
