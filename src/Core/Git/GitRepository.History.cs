using ReleaseActions.Core.Changelogs;
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

    private const string CommitFormat = "--format=%H%x1f%s%x1f%b%x1f%aN%x1f%aE%x1f%P%x1f%ct%x1e";

    private static IReadOnlyList<Commit> ReadCommits(CommandResult result) =>
        [.. result.Output.Split('\x1e', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(r => r.Split('\x1f')).Where(f => f.Length == 7).Select(CommitOf)];

    private static Commit CommitOf(string[] fields) => new(fields[0], fields[1], fields[2], fields[3])
    {
        Email = fields[4], Parents = fields[5].Split(' ', StringSplitOptions.RemoveEmptyEntries), Date = Moment(fields[6]),
    };
}
