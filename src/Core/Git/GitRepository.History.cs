using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.Core.Git;

/// <summary>History.</summary>
public sealed partial class GitRepository
{
    /// <summary>The commits that one revision has and another lacks, newest first.</summary>
    /// <param name="from">Left out with all its ancestors; null for the whole history.</param>
    /// <param name="to">The newest.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<IReadOnlyList<Commit>> ListCommitsAsync(string? from, string to, CancellationToken cancellation)
    {
        // Separators that nobody types into a message; a record that has one all the same is left out, not misread.
        string[] range = from is null ? [to] : [to, $"^{from}"];
        return ReadCommits(await RunAsync(["log", "--no-color", CommitFormat, "--end-of-options", .. range, "--"], cancellation));
    }

    /// <summary>The commits of one branch that another one has neither as they are nor as a copy with the same changes, newest first; merges are left out.</summary>
    public async Task<IReadOnlyList<Commit>> ListMissingAsync(string of, string on, CancellationToken cancellation) =>
        ReadCommits(await RunAsync(["log", "--no-color", "--no-merges", "--cherry-pick", "--right-only", CommitFormat, "--end-of-options", $"{on}...{of}", "--"], cancellation));

    /// <summary>One commit; null where its message cannot be told from its other parts.</summary>
    public async Task<Commit?> ReadCommitAsync(string revision, CancellationToken cancellation) =>
        ReadCommits(await RunAsync(["log", "--no-color", "--max-count=1", CommitFormat, "--end-of-options", revision, "--"], cancellation)) is [var commit] ? commit : null;

    /// <summary>Everybody who has a commit in a revision's history.</summary>
    public async Task<IReadOnlyList<Author>> ListAuthorsAsync(string revision, CancellationToken cancellation)
    {
        var result = await RunAsync(["log", "--no-color", "--format=%aN%x1f%aE", "--end-of-options", revision, "--"], cancellation);
        return [.. result.Lines.Distinct().Select(l => l.Split('\x1f')).Where(f => f.Length == 2).Select(f => new Author(f[0], f[1]))];
    }

    /// <summary>What differs between two texts, line by line, as <c>git diff</c> shows it below its own headings; empty where nothing does.</summary>
    public async Task<string> DiffAsync(Workspace workspace, string before, string after, CancellationToken cancellation)
    {
        var files = new[] { Path.Combine(workspace.Scratch, "before"), Path.Combine(workspace.Scratch, "after") };
        workspace.WriteText(files[0], before);
        workspace.WriteText(files[1], after);
        var result = await TryAsync(["diff", "--no-index", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--", .. files], cancellation);
        return string.Join('\n', result.Lines.SkipWhile(l => !l.StartsWith("@@", StringComparison.Ordinal)));
    }

    private const string CommitFormat = "--format=%H%x1f%s%x1f%b%x1f%aN%x1f%aE%x1f%P%x1f%ct%x1e";

    private static IReadOnlyList<Commit> ReadCommits(CommandResult result) =>
        [.. result.Output.Split('\x1e', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(r => r.Split('\x1f')).Where(f => f.Length == 7).Select(CommitOf)];

    private static Commit CommitOf(string[] fields) => new(fields[0], fields[1], fields[2], fields[3])
    {
        Email = fields[4], Parents = fields[5].Split(' ', StringSplitOptions.RemoveEmptyEntries), Date = Moment(fields[6]),
    };
}
