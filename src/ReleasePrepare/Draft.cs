using System.Text.Json.Nodes;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;

namespace ReleaseActions.ReleasePrepare;

/// <summary>A plan's commit and tag, made in a repository apart: what there is to see before anything is pushed.</summary>
/// <param name="Commit">The commit, 40 hex digits; empty where an earlier run pushed it.</param>
/// <param name="Changes">The refs of origin that change, all or none.</param>
/// <param name="Diff">What the commit changes, as a patch.</param>
internal sealed record Draft(string Commit, IReadOnlyList<RefChange> Changes, string Diff)
{
    public static async Task<Draft> MakeAsync(PreparePlan plan, GitRepository apart, Signature by, CancellationToken cancellation)
    {
        if (plan.Commit is not { } planned) return new Draft("", [], "");
        // What differs from its only parent in nothing is that parent.
        var commit = planned.Changes.Count == 0 && planned.Parents.Count == 1 ? planned.Base
            : await apart.CommitDraftAsync(new CommitDraft(planned.Base, planned.Parents, [.. planned.Changes.Select(c => (c.Path, c.Mode, c.After))], planned.Message, by), cancellation);
        var changes = plan.Branches.Select(b => new RefChange($"refs/heads/{b.Name}", b.From, b.To ?? commit)).Where(c => c.From != c.To).ToList();
        if (plan.Tag is { } tag) changes.Add(new RefChange($"refs/tags/{tag.Name}", "", await apart.TagDraftAsync(tag.Name, commit, tag.Message, by, cancellation)));
        return new Draft(commit, changes, commit == planned.Base ? "" : await apart.DiffAsync(planned.Base, commit, cancellation));
    }

    /// <summary>What is done outside of the repository apart, as it is done.</summary>
    public IReadOnlyList<string> Commands(PreparePlan plan)
    {
        var commands = new List<string>();
        if (Changes.Count > 0) commands.Add($"git {string.Join(' ', GitRepository.PushArguments(Changes).Select(Quoted))}");
        if (plan.MovesCheckout && Commit.Length > 0) commands.Add($"git merge --ff-only {Commit}");
        if (plan.Pull is { } pull)
            commands.Add($"POST /repos/OWNER/NAME/pulls {new JsonObject { ["title"] = pull.Title, ["head"] = pull.Head, ["base"] = pull.Into }.ToJsonString()}");
        return commands;
    }

    private static string Quoted(string argument) =>
        argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:@+".Contains(c, StringComparison.Ordinal)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
