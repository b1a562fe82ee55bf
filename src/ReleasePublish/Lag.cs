namespace ReleaseActions.ReleasePublish;

/// <summary>Reads after a write: what GitHub shows lags behind by some seconds, and is waited for within bounds.</summary>
internal static class Lag
{
    // Together less than a minute.
    private const int MostLooks = 9;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Looks until what is shown has settled.</summary>
    /// <returns>What was shown last, settled or not.</returns>
    public static async Task<T> SettleAsync<T>(
        Func<CancellationToken, Task<T>> read, Func<T, bool> isSettled, TimeProvider clock, CancellationToken cancellation)
    {
        for (var look = 1; ; look++)
        {
            var shown = await read(cancellation);
            if (look == MostLooks || isSettled(shown)) return shown;
            await WaitAsync(look, clock, cancellation);
        }
    }

    /// <summary>Waits between one look and the next, longer each time.</summary>
    public static Task WaitAsync(int look, TimeProvider clock, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromSeconds(2 * look);
        return Task.Delay(wait < Longest ? wait : Longest, clock, cancellation);
    }
}
