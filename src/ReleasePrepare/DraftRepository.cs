using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// A repository apart from the checkout. What origin has is fetched into it, and the release's commit and tag are made in it: nothing of
/// them is in the checkout until origin has them.
/// </summary>
internal sealed class DraftRepository(GitRepository git)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Git's own queries.</summary>
    public GitRepository Git => git;

    /// <summary>Makes the plan's commit and tag.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="identity">The variables that name who makes them, and when.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<Draft> MakeAsync(PreparePlan plan, IReadOnlyDictionary<string, string> identity, CancellationToken cancellation)
    {
        if (plan.Commit is not { } planned) return Draft.Nothing;
        // A commit that changes nothing and has one parent is that parent.
        var commit = planned.IsItsParent ? planned.Base : await CommitAsync(planned, identity, cancellation);
        var changes = plan.Branches.Select(b => b with { To = b.To.Length == 0 ? commit : b.To }).Where(c => c.From != c.To).ToList();
        if (plan.TagMessage is { } message)
        {
            var tag = await TagAsync(plan.Release.Name, commit, message, identity, cancellation);
            changes.Add(new RefChange(RefChange.Tags + plan.Release.Name, "", tag));
        }

        return new Draft(commit, changes, commit == planned.Base ? "" : await DiffAsync(planned.Base, commit, cancellation));
    }

    /// <summary>
    /// The commits of one branch that another one has neither as they are nor as a copy with the same changes, newest first, without
    /// merges.
    /// </summary>
    public Task<IReadOnlyList<Commit>> ListMissingAsync(string of, string on, CancellationToken cancellation) =>
        git.ListCommitsAsync(["--no-merges", "--cherry-pick", "--right-only"], [$"{on}...{of}"], cancellation);

    /// <summary>One commit; null where its message cannot be separated from its other parts.</summary>
    public async Task<Commit?> ReadCommitAsync(string revision, CancellationToken cancellation) =>
        await git.ListCommitsAsync(["--max-count=1"], [revision], cancellation) is [var commit] ? commit : null;

    /// <summary>
    /// The files that a commit changes against the one before it, or against another one; all of them where there is none.
    /// </summary>
    public async Task<IReadOnlyList<string>> ListFilesChangedByAsync(string commit, CancellationToken cancellation, string? against = null)
    {
        string[] commits = against is null ? [commit] : [against, commit];
        string[] options = ["-r", "-z", "--root", "--no-commit-id", "--name-only", "--no-ext-diff", "--no-renames"];
        var result = await git.RunAsync(["diff-tree", .. options, .. commits], cancellation);
        return result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The files of a commit among those named, or matched by a glob, relative to the top.</summary>
    public async Task<IReadOnlyDictionary<string, SourceFile>> ReadFilesAsync(
        string commit, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var files = new Dictionary<string, SourceFile>();
        string[] inside = [.. names.Where(IsInside)];
        if (inside.Length == 0) return files;
        string[] globs = [.. inside.Where(n => n.Contains('*', StringComparison.Ordinal))];
        string[] options = globs.Length > 0 ? ["-r", "-z", "--full-tree"] : ["-z", "--full-tree"];
        var places = globs.Any(g => BeforeGlob(g).Length == 0) ? [] : inside.Select(BeforeGlob).Prepend("--");
        var listing = (await git.RunAsync(["ls-tree", .. options, commit, .. places], cancellation)).Output;
        // `mode type object TAB path`, each ended by NUL.
        var entries = listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\t', 2))
            .Where(e => names.Contains(e[1]) || globs.Any(g => Glob.IsMatch(g, e[1])))
            .Select(e => (Head: e[0].Split(' '), Path: e[1])).ToList();
        await git.FetchContentAsync(entries.Where(e => e.Head[1] == "blob").Select(e => e.Head[2]), cancellation);
        foreach (var (head, path) in entries) files[path] = await ReadFileAsync(path, head[0], head[2], cancellation);

        return files;
    }

    // The folders before the first part with a star.
    private static string BeforeGlob(string name)
    {
        var star = name.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? name : name[..(name.LastIndexOf('/', star) + 1)];
    }

    // git ends with an error at any other, where a commit simply has none.
    private static bool IsInside(string path) =>
        path.Length > 0 && !path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal)
        && !path.Split('/').Any(part => part is "." or ".." or "" or ".git");

    private async Task<SourceFile> ReadFileAsync(string path, string mode, string blob, CancellationToken cancellation)
    {
        SourceFile Unreadable(string problem, string remedy) =>
            new(path, mode, "", new Finding($"'{PlainText.Inert(path)}' {problem}", remedy, path));
        if (mode is not ("100644" or "100755"))
            return Unreadable("is not a regular file", "Name a file: no link, no folder and no submodule");
        try
        {
            return new SourceFile(path, mode, Strict.GetString(await ReadBytesAsync(blob, cancellation)));
        }
        catch (DecoderFallbackException)
        {
            return Unreadable("is not UTF-8, and could not be written without changing it elsewhere", "Save it as UTF-8");
        }
    }

    // Strictly, and with a byte order mark: what a program prints is otherwise decoded as well as can be.
    private async Task<byte[]> ReadBytesAsync(string blob, CancellationToken cancellation) =>
        Encoding.Latin1.GetBytes((await git.RunAsync(["cat-file", "blob", blob], cancellation, encoding: Encoding.Latin1)).Output);

    // No ref leads to it.
    private async Task<string> CommitAsync(
        PlannedCommit planned, IReadOnlyDictionary<string, string> identity, CancellationToken cancellation)
    {
        await git.RunAsync(["read-tree", planned.Base], cancellation);
        var entries = new StringBuilder();
        foreach (var file in planned.Changes)
        {
            var blob = (await git.RunAsync(["hash-object", "-w", "--no-filters", "--stdin"], cancellation, file.Text)).Output.Trim();
            entries.Append($"{file.Mode} {blob}\t{file.Path}\0");
        }

        await git.RunAsync(["update-index", "-z", "--index-info"], cancellation, entries.ToString());
        var tree = (await git.RunAsync(["write-tree", "--missing-ok"], cancellation)).Output.Trim();
        string[] parents = [.. planned.Parents.SelectMany(p => (string[])["-p", p])];
        var commit = await git.RunAsync(["commit-tree", .. parents, "-F", "-", tree], cancellation, planned.Message + "\n", identity);
        return commit.Output.Trim();
    }

    // The message stays unchanged, lines that begin with # among it.
    private async Task<string> TagAsync(
        string name, string commit, string message, IReadOnlyDictionary<string, string> identity, CancellationToken cancellation)
    {
        string[] options = ["--annotate", "--force", "--cleanup=verbatim", "--file=-", "--end-of-options"];
        await git.RunAsync(["tag", .. options, name, commit], cancellation, message + "\n", identity);
        return (await git.RunAsync(["rev-parse", "--verify", "--end-of-options", RefChange.Tags + name], cancellation)).Output.Trim();
    }

    private async Task<string> DiffAsync(string from, string to, CancellationToken cancellation) =>
        (await git.RunAsync(["diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", from, to, "--"], cancellation)).Output;
}
