using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>Pushing, until it is known what became of every ref.</summary>
public sealed partial class GitWriter
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    // What a server says that fails for a moment, or a line that breaks; not what stays the same however often it is asked.
    private static readonly string[] Passing =
    [
        "returned error: 5", "returned error: 429", "RPC failed", "hung up", "unexpected disconnect", "early EOF", "Empty reply",
        "Recv failure", "Connection reset", "timed out", "Internal Server Error", "cannot lock ref", "failed to update ref",
    ];

    /// <summary>Moves, makes and deletes refs on the remote, each only if it still is what was read.</summary>
    /// <remarks>
    /// git compares and moves in one step, under the ref's lock; GitHub's REST API cannot. Where no answer came, the remote is asked what
    /// is there: what is done is done, and what is not is pushed again.
    /// </remarks>
    /// <param name="refs">
    /// The full name of each ref, the id that it has (empty: it must not exist), and the one that it gets (empty: it is deleted).
    /// </param>
    /// <param name="isAtomic">Whether all are changed or none.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <returns>What became of each, in their order.</returns>
    public async Task<IReadOnlyList<PushedRef>> PushAsync(
        IReadOnlyList<(string Ref, string From, string To)> refs, bool isAtomic, CancellationToken cancellation)
    {
        var done = new Dictionary<string, PushedRef>(StringComparer.Ordinal);
        for (var (attempt, open) = (1, refs); open.Count > 0; attempt++)
        {
            var result = await PushOnceAsync(open, isAtomic, cancellation);
            // - TAB :refs/heads/x TAB [deleted], or ! TAB ID:refs/heads/x TAB [rejected] (stale info); where nothing was sent, none.
            var lines = result.Lines.Select(l => l.Split('\t')).Where(f => f.Length == 3).ToLookup(f => f[1].Split(':')[^1]);
            var ids = result.Succeeded ? null : await FindIdsAsync([.. open.Select(r => r.Ref)], cancellation);
            foreach (var change in open)
                done[change.Ref] = result.Succeeded
                    ? new(change.Ref, PushStatus.Ok) : Judge(change, lines[change.Ref].FirstOrDefault(), ids, result);
            if (ids is null || attempt == MostAttempts) break;
            // All or none: what is left of them must not be changed alone.
            if (isAtomic && open.Any(r => done[r.Ref].Status is not (PushStatus.Failed or PushStatus.Unknown))) break;
            open = [.. open.Where(r => done[r.Ref].Status is PushStatus.Failed or PushStatus.Unknown)];
            if (open.Count > 0) await Task.Delay(Lag * attempt, clock, cancellation);
        }

        return [.. refs.Select(r => done[r.Ref])];
    }

    private Task<CommandResult> PushOnceAsync(
        IReadOnlyList<(string Ref, string From, string To)> refs, bool isAtomic, CancellationToken cancellation)
    {
        string[] options = ["--porcelain", "--no-verify", "--no-signed", .. isAtomic ? ["--atomic"] : (string[])[]];
        var leases = refs.Select(r => $"--force-with-lease={r.Ref}:{r.From}");
        return TryAsync(["push", .. options, .. leases, Repository.Remote, .. refs.Select(r => $"{r.To}:{r.Ref}")], cancellation);
    }

    private static PushedRef Judge(
        (string Ref, string From, string To) change, string[]? line, IReadOnlyDictionary<string, string>? ids, CommandResult result)
    {
        if (line is { } report && report[0] != "!") return new PushedRef(change.Ref, PushStatus.Ok);
        var reason = ReasonOf(line, result);
        if (ids is null) return new PushedRef(change.Ref, PushStatus.Unknown, reason);
        var now = ids.GetValueOrDefault(change.Ref, "");
        var status = now == change.To ? line is null ? PushStatus.AnswerLost : PushStatus.There
            : now != change.From ? PushStatus.Moved
            : IsPassing(line is null ? result.Error : line[2]) ? PushStatus.Failed : PushStatus.Refused;
        return new PushedRef(change.Ref, status, reason, now);
    }

    // With the server's own words, where it has said why.
    private static string ReasonOf(string[]? line, CommandResult result)
    {
        const string Remote = "remote: ";
        const int MostLines = 5;
        var words = result.Error.Split('\n').Where(l => l.StartsWith(Remote, StringComparison.Ordinal))
            .Select(l => l[Remote.Length..].Trim())
            .Where(l => l.Length > 0).Take(MostLines);
        string[] all = [line is null ? GitFailure.Reason(result) : line[2].Trim(), .. words];
        return PlainText.Inert(string.Join("; ", all));
    }

    private static bool IsPassing(string words) => Passing.Any(p => words.Contains(p, StringComparison.Ordinal));

    // Null where the remote does not answer, however often it is asked.
    private async Task<IReadOnlyDictionary<string, string>?> FindIdsAsync(IReadOnlyList<string> refs, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Repository.ReadRemoteIdsAsync(refs, cancellation);
            }
            catch (ActionException) when (attempt < MostAttempts)
            {
                await Task.Delay(Lag * attempt, clock, cancellation);
            }
            catch (ActionException)
            {
                return null;
            }
        }
    }
}
