using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The checkout and its work tree, and the person who works in it.</summary>
internal static class CheckoutQueries
{
    private const string Heads = "refs/heads/";

    /// <summary>The branch that is checked out; null where HEAD is detached.</summary>
    public static async Task<string?> FindCheckedOutBranchAsync(
        this GitRepository git, RunnerContext runner, CancellationToken cancellation)
    {
        if (runner.IsRunner) return runner.Branch;
        var result = await git.TryAsync(["symbolic-ref", "--quiet", "HEAD"], cancellation);
        var name = result.Output.Trim();
        return result.Succeeded && name.StartsWith(Heads, StringComparison.Ordinal) ? name[Heads.Length..] : null;
    }

    /// <summary>Whether git is run in the top folder of a work tree.</summary>
    public static async Task<bool> IsTopAsync(this GitRepository git, CancellationToken cancellation)
    {
        var prefix = await git.TryAsync(["rev-parse", "--show-prefix"], cancellation);
        if (!prefix.Succeeded || prefix.Output.Trim().Length > 0) return false;
        return (await git.TryAsync(["rev-parse", "--is-inside-work-tree"], cancellation)).Output.Trim() == "true";
    }

    /// <summary>The commit that is checked out.</summary>
    /// <exception cref="ActionException">There is none yet (exit 3).</exception>
    public static async Task<string> RequireHeadAsync(this GitRepository git, RunnerContext runner, CancellationToken cancellation) =>
        runner.IsRunner ? await git.RequireCommitOfRunAsync(null, cancellation)
        : await git.FindCommitAsync("HEAD", cancellation)
        ?? throw ActionException.Refused("The checkout has no commit yet", "Commit what is to be released first");

    /// <summary>The names of the tags in the checkout.</summary>
    public static async Task<IReadOnlySet<string>> ListLocalTagsAsync(
        this GitRepository git, RunnerContext runner, CancellationToken cancellation)
    {
        if (runner.IsRunner) return new HashSet<string>();
        const string Tags = "refs/tags/";
        var refs = (await git.ListRefsAsync(cancellation)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return refs.Where(name => name.StartsWith(Tags, StringComparison.Ordinal)).Select(name => name[Tags.Length..]).ToHashSet();
    }

    /// <summary>The files of the work tree that differ from the commit, untracked ones among them; ignored files do not count.</summary>
    public static async Task<IReadOnlyList<string>> ListUncommittedAsync(this GitRepository git, CancellationToken cancellation)
    {
        // A submodule's own settings would count inside it; whether it is at another commit is seen without them.
        string[] status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=normal", "--ignore-submodules=dirty"];
        var result = await git.RunAsync(status, cancellation, variables: await git.WithoutFiltersAsync(cancellation));
        return [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Length > 3).Select(l => l[3..])];
    }

    /// <summary>Variables that switch filters off: programs that the settings of a checkout name and its attributes call.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> WithoutFiltersAsync(
        this GitRepository git, CancellationToken cancellation)
    {
        const string Keys = @"^filter\..*\.(clean|smudge|process|required)$";
        var result = await git.TryAsync(["config", "--name-only", "-z", "--get-regexp", Keys], cancellation);
        var keys = result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct();
        return git.UsersEnvironment([.. keys.Select(key => (key, key.EndsWith(".required", StringComparison.Ordinal) ? "false" : ""))]);
    }

    /// <summary>
    /// The name and the address that git would put on a commit here; null where they are not set. A runner's are in the step's variables
    /// or nowhere.
    /// </summary>
    public static async Task<(string Name, string Email)?> FindAuthorAsync(
        this GitRepository git, RunnerContext runner, CancellationToken cancellation)
    {
        var name = await git.FindSettingAsync("user.name", runner, cancellation);
        var email = await git.FindSettingAsync("user.email", runner, cancellation);
        return name is null || email is null ? null : (name, email);
    }

    private static async Task<string?> FindSettingAsync(
        this GitRepository git, string key, RunnerContext runner, CancellationToken cancellation)
    {
        var variable = $"GIT_AUTHOR_{key["user.".Length..].ToUpperInvariant()}";
        if (runner.Variables.GetValueOrDefault(variable) is { Length: > 0 } given) return given;
        if (runner.IsRunner) return null;
        var result = await git.TryAsync(["config", "--get", key], cancellation);
        return result.Succeeded && result.Output.Trim() is { Length: > 0 } value ? value : null;
    }
}
