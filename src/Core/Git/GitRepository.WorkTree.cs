using ReleaseActions.Core.Files;

namespace ReleaseActions.Core.Git;

/// <summary>The work tree, and who works in it.</summary>
public sealed partial class GitRepository
{
    /// <summary>The branch that is checked out; null where HEAD is detached.</summary>
    public async Task<string?> FindCheckedOutBranchAsync(CancellationToken cancellation)
    {
        var result = await TryAsync(["symbolic-ref", "--quiet", "HEAD"], cancellation);
        return result.Succeeded && result.Output.Trim() is var name && name.StartsWith(Heads, StringComparison.Ordinal) ? name[Heads.Length..] : null;
    }

    /// <summary>Whether git is run in the top folder of a work tree.</summary>
    public async Task<bool> IsTopAsync(CancellationToken cancellation) =>
        await TryAsync(["rev-parse", "--show-prefix"], cancellation) is { Succeeded: true } result && result.Output.Trim().Length == 0 && (await TryAsync(["rev-parse", "--is-inside-work-tree"], cancellation)).Output.Trim() == "true";

    /// <summary>The commit that is checked out.</summary>
    /// <exception cref="ActionException">There is none yet (exit 3).</exception>
    public async Task<string> RequireHeadAsync(CancellationToken cancellation) =>
        await FindCommitAsync("HEAD", cancellation) ?? throw ActionException.Refused("The checkout has no commit yet", "Commit what is to be released first");

    /// <summary>The files of the work tree that are not as they were committed, untracked ones among them; ignored files do not count.</summary>
    public async Task<IReadOnlyList<string>> ListUncommittedAsync(CancellationToken cancellation)
    {
        // A submodule's own settings would count inside it; whether it is at another commit is seen without them.
        var result = await RunAsync(["status", "--porcelain", "-z", "--no-renames", "--untracked-files=normal", "--ignore-submodules=dirty"], cancellation, variables: await WithoutFiltersAsync(cancellation));
        return [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Length > 3).Select(l => l[3..])];
    }

    /// <summary>Moves the checked-out branch forward to a commit, and its files with it. A file that somebody changed meanwhile stops it before anything is written.</summary>
    /// <param name="commit">40 hex digits.</param>
    /// <param name="files">The files that differ, relative to the top.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task FastForwardAsync(string commit, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        await RunAsync(["merge", "--quiet", "--ff-only", "--no-verify-signatures", commit], cancellation, variables: await WithoutFiltersAsync(cancellation));
        foreach (var file in files) Ownership.GiveBack(runner.Workspace, Path.Combine(runner.Workspace, file));
    }

    /// <summary>The name and the address that git would put on a commit here: the repository's, or else the person's own; null where neither is set.</summary>
    public async Task<(string Name, string Email)?> FindAuthorAsync(CancellationToken cancellation)
    {
        var (name, email) = (await FindSettingAsync("user.name", cancellation), await FindSettingAsync("user.email", cancellation));
        return name is null || email is null ? null : (name, email);
    }

    private async Task<string?> FindSettingAsync(string key, CancellationToken cancellation)
    {
        var variable = $"GIT_AUTHOR_{key["user.".Length..].ToUpperInvariant()}";
        if (runner.Variables.GetValueOrDefault(variable) is { Length: > 0 } given) return given;
        var home = runner.Variables.GetValueOrDefault("HOME") ?? "/";
        // A person's own settings are switched off for every command here; these two words are read from them all the same.
        string[][] places = [[], ["--includes", "--file", Path.Combine(home, ".gitconfig")], ["--includes", "--file", Path.Combine(runner.Variables.GetValueOrDefault("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config"), "git/config")]];
        foreach (var place in places)
            if (await TryAsync(["config", .. place, "--get", key], cancellation) is { Succeeded: true } result && result.Output.Trim() is { Length: > 0 } value) return value;
        return null;
    }

    // Filters are programs that the settings of a checkout name and its attributes call.
    private async Task<IReadOnlyDictionary<string, string>> WithoutFiltersAsync(CancellationToken cancellation)
    {
        var result = await TryAsync(["config", "--name-only", "-z", "--get-regexp", @"^filter\..*\.(clean|smudge|process|required)$"], cancellation);
        return Environment([.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(key => (key, key.EndsWith(".required", StringComparison.Ordinal) ? "false" : ""))]);
    }
}
