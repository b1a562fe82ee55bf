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
    public Task<IReadOnlyList<Commit>> ListCommitsAsync(string? from, string to, CancellationToken cancellation) =>
        ListCommitsAsync([], from is null ? [to] : [to, $"^{from}"], cancellation);

    /// <summary>The commits that <c>git log</c> selects, newest first.</summary>
    /// <param name="options">Options of <c>git log</c> that select.</param>
    /// <param name="revisions">Revisions and ranges.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<IReadOnlyList<Commit>> ListCommitsAsync(
        IReadOnlyList<string> options, IReadOnlyList<string> revisions, CancellationToken cancellation)
    {
        // Separators that nobody writes into a message; a record that has one anyway is left out, not misread.
        var result = await RunAsync(["log", "--no-color", .. options, CommitFormat, "--end-of-options", .. revisions, "--"], cancellation);
        return ReadCommits(result);
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
