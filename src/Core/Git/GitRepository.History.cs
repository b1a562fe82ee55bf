using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.Core.Git;

/// <summary>History.</summary>
public sealed partial class GitRepository
{
    /// <summary>When the commits were made that one commit has and another lacks; none where the checkout does not have them.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> ListCommitDatesAsync(string? from, string to, CancellationToken cancellation)
    {
        string[] range = from is null ? [to] : [to, $"^{from}"];
        var result = await TryAsync(["log", "--no-merges", "--format=%ct", "--end-of-options", .. range, "--"], cancellation);
        return result.Succeeded ? [.. result.Lines.Select(Moment)] : [];
    }

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
