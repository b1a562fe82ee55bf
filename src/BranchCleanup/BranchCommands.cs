using ReleaseActions.Core.Git;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.BranchCleanup;

/// <summary>Branches of the checkout, and the deletion of branches there and on <c>origin</c>.</summary>
internal static class BranchCommands
{
    private const string Heads = "refs/heads/";

    /// <summary>The checkout's own branches, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, LocalBranch>> ListLocalBranchesAsync(
        this GitRepository git, CancellationToken cancellation)
    {
        const string Format = "--format=%(objectname) %(if)%(worktreepath)%(then)in-use%(end) %(refname)";
        var result = await git.RunAsync(["for-each-ref", Format, Heads], cancellation);
        return result.Lines.Select(line => line.Split(' '))
            .ToDictionary(f => f[2][Heads.Length..], f => new LocalBranch(f[0], f[1].Length > 0), StringComparer.Ordinal);
    }

    /// <summary>Deletes branches on <c>origin</c>, each only if it still is at its commit.</summary>
    /// <remarks>git compares and deletes in one step, which GitHub's REST API cannot.</remarks>
    /// <returns>What became of each, in their order.</returns>
    public static Task<IReadOnlyList<PushedRef>> DeleteRemoteBranchesAsync(
        this GitWriter git, IReadOnlyList<(string Branch, string Commit)> branches, CancellationToken cancellation) =>
        git.PushAsync(
            [.. branches.Select(b => (Heads + RefName.Require("branch", b.Branch), b.Commit, ""))], isAtomic: false, cancellation);

    /// <summary>Deletes a branch of the checkout, with what the checkout's settings say about it.</summary>
    /// <returns>Null, or git's reason where it is kept.</returns>
    public static async Task<string?> DeleteLocalBranchAsync(this GitWriter git, string branch, CancellationToken cancellation)
    {
        string[] command = ["branch", "--quiet", "--delete", "--force", "--", RefName.Require("branch", branch)];
        var result = await git.TryAsync(command, cancellation);
        return result.Succeeded ? null : PlainText.Inert(result.LastWords);
    }
}

/// <summary>A branch of the checkout.</summary>
/// <param name="Commit">Its commit, 40 hex digits.</param>
/// <param name="IsCheckedOut">Whether a work tree has it checked out.</param>
internal sealed record LocalBranch(string Commit, bool IsCheckedOut);
