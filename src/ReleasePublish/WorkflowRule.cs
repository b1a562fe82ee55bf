using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// A token without the permission <c>workflows</c>, as every job's own is, may not make a tag or a release at a commit that changes
/// workflow files. GitHub's refusal does not say so, and reads as if <c>contents: write</c> were missing.
/// </summary>
internal static class WorkflowRule
{
    private const string Folder = ".github/workflows";
    private const int MostShown = 5;

    /// <summary>Whether a failure may be about this rule.</summary>
    public static bool MayApply(ActionException failure) => failure.ExitCode == ExitCode.RemoteFailed && !failure.IsConflict
        && failure.Findings.Any(f => f.Message.Contains("not accessible by", StringComparison.Ordinal)
            || f.Message.Contains("said 404", StringComparison.Ordinal));

    /// <summary>The failure with the real remedy, where the commit changes workflow files; else as it is.</summary>
    public static async Task<ActionException> ExplainAsync(
        ActionException failure, string commit, Readers readers, CancellationToken cancellation)
    {
        var files = await FindAsync(commit, readers.Git, cancellation);
        if (files.Count == 0) return failure;
        var more = files.Count > MostShown ? $" and {files.Count - MostShown} more" : "";
        return ActionException.Remote(
            $"{failure.Findings[0].Message}; the commit {commit[..12]} changes workflow files: "
            + string.Join(", ", files.Take(MostShown).Select(PlainText.Inert)) + more,
            "A job's own token may not make a tag or a release there, whatever `permissions:` says: give `token` that of a GitHub App with "
            + "the permission `workflows: write`, or a personal access token with the scope `workflow`; or push the tag manually, then run "
            + "it again");
    }

    private static async Task<IReadOnlyList<string>> FindAsync(string commit, GitRepository git, CancellationToken cancellation)
    {
        try
        {
            await git.FetchAsync(FetchScope.Paths, [KeyValuePair.Create(commit, commit)], cancellation);
            string[] options = ["--root", "-m", "--first-parent", "--no-commit-id", "-r", "-z", "--name-only", "--no-ext-diff"];
            var result = await git.RunAsync(["diff-tree", .. options, commit, "--", Folder], cancellation);
            return [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()];
        }
        catch (ActionException)
        {
            // GitHub's own words have to do.
            return [];
        }
    }
}
