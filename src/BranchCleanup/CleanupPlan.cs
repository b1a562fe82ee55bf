using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.BranchCleanup;

/// <summary>What becomes of one branch, and why.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Deletes">Whether it is deleted.</param>
/// <param name="Reason">Why or why not, as Markdown.</param>
/// <param name="Refusal">What forbids it; null where it is deleted, gone, or kept because the release failed.</param>
internal sealed record BranchResult(BranchFacts Branch, bool Deletes, string Reason, Finding? Refusal = null);

/// <summary>What becomes of every branch. Pure: the same facts give the same plan.</summary>
internal sealed record CleanupPlan(bool IsNamed, IReadOnlyList<BranchResult> Results) : IPlan
{
    private const int MostFilesShown = 20;

    /// <summary>The branches to delete.</summary>
    public IReadOnlyList<BranchResult> Deletions => [.. Results.Where(v => v.Deletes)];

    /// <summary>What forbids the deletion of a branch that was named; a branch that a glob found is kept without an error.</summary>
    public IReadOnlyList<Finding> Refusals => IsNamed ? [.. Results.Select(v => v.Refusal).OfType<Finding>()] : [];

    public static CleanupPlan For(CleanupRequest request, CleanupFacts facts) =>
        new(request.IsNamed, [.. facts.Branches.Select(b => Decide(b, request))]);

    public string ToMarkdown()
    {
        var title = (Results.Count, Deletions.Count) switch
        {
            (0, _) => "no branch matches",
            (_, 0) => "nothing to delete",
            (_, 1) => "1 branch to delete",
            (_, var many) => $"{many} branches to delete",
        };
        return $"## Branch cleanup: {title}\n\n{(Results.Count == 0 ? "" : ToTable(Results.Select(v => v.Branch.Name)))}";
    }

    public void WriteTo(Log log)
    {
        foreach (var result in Results)
            log.Step("plan", ("branch", result.Branch.Name), ("commit", result.Branch.Commit), ("what", WordOf(result)));
    }

    /// <summary>Some of its branches, each with what becomes of it and why.</summary>
    public string ToTable(IEnumerable<string> branches)
    {
        var shown = branches.ToHashSet(StringComparer.Ordinal);
        var rows = Results.Where(v => shown.Contains(v.Branch.Name)).Select(v => (string[])
        [
            Markdown.Code(v.Branch.Name), Markdown.Code(v.Branch.Commit?[..12] ?? ""), WordOf(v), v.Reason,
        ]);
        return Markdown.Table(["branch", "commit", "what", "why"], rows);
    }

    /// <summary>What came of it, where some branches could not be deleted.</summary>
    public CleanupPlan Without(IReadOnlyDictionary<string, Finding> failures)
    {
        BranchResult Now(BranchResult planned) =>
            failures.TryGetValue(planned.Branch.Name, out var failure) ? Kept(planned.Branch, failure) : planned;

        return this with { Results = [.. Results.Select(Now)] };
    }

    /// <summary>The report output.</summary>
    public string ToJson() => new JsonArray([.. Results.Select(v => (JsonNode)new JsonObject
    {
        ["branch"] = v.Branch.Name,
        ["commit"] = v.Branch.Commit,
        ["deleted"] = v.Deletes,
        ["reason"] = v.Refusal?.Message ?? v.Reason,
        ["proof"] = v.Branch.Search?.Proof?.Kind is { } kind ? Choices.Word(kind) : null,
        ["proved-by"] = v.Branch.Search?.Proof?.Commit,
        ["files"] = new JsonArray([.. (v.Branch.Search?.MissingFiles ?? []).Select(f => (JsonNode)f)]),
    })]).ToJsonString();

    private static BranchResult Decide(BranchFacts branch, CleanupRequest request)
    {
        if (branch.Commit is null) return new BranchResult(branch, false, "it is not on origin: nothing to do");
        if (!request.ReleaseSucceeded) return new BranchResult(branch, false, "the release did not succeed, so it may be needed again");
        if (RefusalOf(branch, request) is { } refusal) return Kept(branch, refusal);
        return new BranchResult(branch, true, ReasonOf(branch.Search!.Proof!, request.Production) + FateOfLocal(branch));
    }

    private static Finding? RefusalOf(BranchFacts branch, CleanupRequest request) => branch switch
    {
        { IsLongLived: true } => new Finding(
            $"The branch '{branch.Name}' is the default or the production branch", "Name the branch that the release was prepared on"),
        { NamedBy: { } key } => new Finding(
            $"The branch '{branch.Name}' is named by the policy (`{key}`), for longer than a release",
            $"Name the branch that the release was prepared on; if '{branch.Name}' is not used any more, remove `{key}` first"),
        { Search.Proof: null } => NotHeld(branch, request.Production),
        { Search.HasOwnCommits: false, WasMerged: false } when !request.IsOfRelease(branch.Name) => new Finding(
            $"The branch '{branch.Name}' has no commit of its own and no merged pull request: it may have been created just now",
            $"If nobody needs it: git push origin --delete {branch.Name}"),
        { IsProtected: true } => new Finding($"The branch '{branch.Name}' is protected", "Remove the protection, or leave the branch"),
        { PullRequests: [{ Base.Ref: var into } pull, ..] } => new Finding(
            $"The branch '{branch.Name}' is the {(into == branch.Name ? "base" : "head")} of an open pull request: "
                + $"#{pull.Number} {pull.Title}",
            $"Merge or close it first: {pull.HtmlUrl}"),
        _ => null,
    };

    private static Finding NotHeld(BranchFacts branch, string production)
    {
        var files = branch.Search!.MissingFiles;
        var more = files.Count > MostFilesShown ? $" and {files.Count - MostFilesShown} more" : "";
        var shown = string.Join(", ", files.Take(MostFilesShown)) + more;
        var bound = branch.Search.Tried >= ContentProof.MostCommits ? $" (its newest {ContentProof.MostCommits} commits were tried)" : "";
        var count = files.Count == 1 ? "1 file" : $"{files.Count} files";
        return new Finding(
            $"The branch '{branch.Name}' holds what '{production}' never held{bound}; merging it would change {count}: {shown}",
            $"Merge it into {production}, or delete it manually if the content is not wanted");
    }

    private static BranchResult Kept(BranchFacts branch, Finding refusal) =>
        new(branch, false, $"{Markdown.Text(refusal.Message)}. **{Markdown.Text(refusal.Remedy)}**", refusal);

    private static string WordOf(BranchResult result) => result.Deletes ? "delete" : result.Branch.Commit is null ? "gone" : "keep";

    private static string ReasonOf(Proof proof, string production) => proof.Kind switch
    {
        ProofKind.Ancestor => $"merged: its commit is in {Markdown.Code(production)} at {Markdown.Code(proof.Commit[..12])}",
        ProofKind.SameTree => $"{Markdown.Code(production)} had the same content at {Markdown.Code(proof.Commit[..12])}",
        _ => $"{Markdown.Code(production)} holds all of it since {Markdown.Code(proof.Commit[..12])}: merging it there changes nothing",
    };

    private static string FateOfLocal(BranchFacts branch) => branch switch
    {
        { Local: null } => "",
        { IsLocalDeleted: true } => "; the local branch is deleted too",
        { Local.IsCheckedOut: true } => "; the local branch stays, it is checked out",
        _ => "; the local branch stays, it is at another commit",
    };
}
