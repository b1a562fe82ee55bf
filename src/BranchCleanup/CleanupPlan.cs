using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.BranchCleanup;

/// <summary>What becomes of one branch, and why.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Deletes">Whether it is deleted.</param>
/// <param name="Reason">Why or why not, as Markdown.</param>
/// <param name="Finding">What forbids it; null where it is deleted, gone, or kept because the release failed.</param>
internal sealed record BranchVerdict(BranchFacts Branch, bool Deletes, string Reason, Finding? Finding = null);

/// <summary>What becomes of every branch. Pure: the same facts give the same plan.</summary>
internal sealed record CleanupPlan(CleanupFacts Facts, IReadOnlyList<BranchVerdict> Verdicts)
{
    private const int MostFilesShown = 20;

    /// <summary>The branches to delete.</summary>
    public IReadOnlyList<BranchVerdict> Deletions => [.. Verdicts.Where(v => v.Deletes)];

    /// <summary>What forbids the deletion of a branch that was named; a branch that a glob found just stays.</summary>
    public IReadOnlyList<Finding> Refusals => Facts.AreNamed ? [.. Verdicts.Select(v => v.Finding).OfType<Finding>()] : [];

    public static CleanupPlan For(CleanupFacts facts) => new(facts, [.. facts.Branches.Select(b => Judge(b, facts))]);

    /// <summary>The plan for the summary.</summary>
    public string ToMarkdown()
    {
        var title = (Verdicts.Count, Deletions.Count) switch { (0, _) => "no branch matches", (_, 0) => "nothing to delete", (_, 1) => "1 branch to delete", (_, var many) => $"{many} branches to delete" };
        return $"## Branch cleanup: {title}\n\n{(Verdicts.Count == 0 ? "" : ToTable(Verdicts.Select(v => v.Branch.Name)))}";
    }

    /// <summary>Some of its branches, each with what becomes of it and why.</summary>
    public string ToTable(IEnumerable<string> branches)
    {
        var shown = branches.ToHashSet(StringComparer.Ordinal);
        var rows = Verdicts.Where(v => shown.Contains(v.Branch.Name)).Select(v => (string[])
        [
            Markdown.Code(v.Branch.Name), Markdown.Code(v.Branch.Commit?[..12] ?? ""), v.Deletes ? "delete" : v.Branch.Commit is null ? "gone" : "keep", v.Reason,
        ]);
        return Markdown.Table(["branch", "commit", "what", "why"], rows);
    }

    /// <summary>What came of it, where some branches could not be deleted.</summary>
    public CleanupPlan Without(IReadOnlyDictionary<string, Finding> failures) =>
        this with { Verdicts = [.. Verdicts.Select(v => failures.TryGetValue(v.Branch.Name, out var failure) ? Kept(v.Branch, failure) : v)] };

    /// <summary>The report output.</summary>
    public string ToJson() => new JsonArray([.. Verdicts.Select(v => (JsonNode)new JsonObject
    {
        ["branch"] = v.Branch.Name,
        ["commit"] = v.Branch.Commit,
        ["deleted"] = v.Deletes,
        ["reason"] = v.Finding?.Message ?? v.Reason,
        ["proof"] = v.Branch.Search?.Proof?.Kind switch { ProofKind.Ancestor => "ancestor", ProofKind.SameTree => "same-tree", ProofKind.MergeChangesNothing => "merge-changes-nothing", _ => null },
        ["proved-by"] = v.Branch.Search?.Proof?.Commit,
        ["files"] = new JsonArray([.. (v.Branch.Search?.MissingFiles ?? []).Select(f => (JsonNode)f)]),
    })]).ToJsonString();

    private static BranchVerdict Judge(BranchFacts branch, CleanupFacts facts)
    {
        if (branch.Commit is null) return new BranchVerdict(branch, false, "it is not on origin: nothing to do");
        if (!facts.ReleaseSucceeded) return new BranchVerdict(branch, false, "the release did not succeed, so it may be needed again");
        var finding = branch switch
        {
            { IsDefault: true } => new Finding($"The branch '{branch.Name}' is the default or the production branch", "Name the branch that the release was prepared on"),
            { Search.Proof: null } => NotHeld(branch, facts.Production),
            { IsProtected: true } => new Finding($"The branch '{branch.Name}' is protected", "Take the protection off, or leave the branch"),
            { PullRequests: [var first, ..] } => new Finding(
                $"The branch '{branch.Name}' is the {(first.Base.Ref == branch.Name ? "base" : "head")} of an open pull request: #{first.Number} {first.Title}", $"Merge or close it first: {first.HtmlUrl}"),
            _ => null,
        };
        return finding is null ? new BranchVerdict(branch, true, ReasonOf(branch.Search!.Proof!, facts.Production) + OfOwn(branch)) : Kept(branch, finding);
    }

    private static string OfOwn(BranchFacts branch) => branch switch
    {
        { Own: null } => "",
        { IsOwnDeleted: true } => "; the checkout's own copy goes too",
        { Own.IsCheckedOut: true } => "; the checkout's own copy stays, it is checked out",
        _ => "; the checkout's own copy stays, it is at another commit",
    };

    private static BranchVerdict Kept(BranchFacts branch, Finding finding) => new(branch, false, $"{Markdown.Text(finding.Message)}. **{Markdown.Text(finding.Remedy)}**", finding);

    private static Finding NotHeld(BranchFacts branch, string production)
    {
        var files = branch.Search!.MissingFiles;
        var shown = string.Join(", ", files.Take(MostFilesShown)) + (files.Count > MostFilesShown ? $" and {files.Count - MostFilesShown} more" : "");
        var bound = branch.Search.Tried >= ContentProof.MostCommits ? $" (its newest {ContentProof.MostCommits} commits were tried)" : "";
        return new Finding(
            $"The branch '{branch.Name}' holds what '{production}' never held{bound}; merging it would change {files.Count} file{(files.Count == 1 ? "" : "s")}: {shown}", $"Merge it into {production}, or delete it by hand if the content is not wanted");
    }

    private static string ReasonOf(Proof proof, string production) => proof.Kind switch
    {
        ProofKind.Ancestor => $"merged: its commit is in {Markdown.Code(production)} at {Markdown.Code(proof.Commit[..12])}",
        ProofKind.SameTree => $"{Markdown.Code(production)} had the same content at {Markdown.Code(proof.Commit[..12])}",
        _ => $"{Markdown.Code(production)} holds all of it since {Markdown.Code(proof.Commit[..12])}: merging it there changes nothing",
    };
}
