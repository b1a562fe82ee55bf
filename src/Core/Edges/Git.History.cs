using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Core.Edges;

/// <summary>History.</summary>
public sealed partial class Git
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
    public async Task<IReadOnlyList<Commit>> ListCommitsAsync(string? from, string to, CancellationToken cancellation)
    {
        // Separators that nobody types into a message; a record that has one all the same is left out, not misread.
        string[] range = from is null ? [to] : [to, $"^{from}"];
        var result = await RunAsync(["log", "--no-color", "--format=%H%x1f%s%x1f%b%x1f%aN%x1e", "--end-of-options", .. range, "--"], cancellation);
        return [.. result.Output.Split('\x1e', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(r => r.Split('\x1f')).Where(f => f.Length >= 4).Select(f => new Commit(f[0], f[1], f[2], f[3]))];
    }
}
