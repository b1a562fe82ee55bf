using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Core.Edges;

/// <summary>History.</summary>
public sealed partial class Git
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

    private const string CommitFormat = "--format=%H%x1f%s%x1f%b%x1f%aN%x1e";

    private static IReadOnlyList<Commit> ReadCommits(CommandResult result) =>
        [.. result.Output.Split('\x1e', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(r => r.Split('\x1f')).Where(f => f.Length >= 4).Select(f => new Commit(f[0], f[1], f[2], f[3]))];
}
