namespace ReleaseActions.Core.Http;

/// <summary>How long all waits of a run together may take; those that go on at the same time are counted once.</summary>
/// <param name="clock">The time that waits are measured by.</param>
/// <param name="most">The longest that they may take.</param>
internal sealed class WaitBudget(TimeProvider clock, TimeSpan most)
{
    private readonly Lock _lock = new();
    private TimeSpan _waited;
    private DateTimeOffset _waitsUntil;

    /// <summary>Whether there is room for one more wait from now on.</summary>
    public bool Allows(TimeSpan wait)
    {
        lock (_lock) return _waited + Added(wait) <= most;
    }

    /// <summary>Takes a wait that begins now.</summary>
    public void Take(TimeSpan wait)
    {
        lock (_lock)
        {
            _waited += Added(wait);
            _waitsUntil = RateGate.Later(_waitsUntil, clock.GetUtcNow() + wait);
        }
    }

    // Four uploads that wait for the same minute wait one minute.
    private TimeSpan Added(TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        var added = now + wait - RateGate.Later(now, _waitsUntil);
        return added > TimeSpan.Zero ? added : TimeSpan.Zero;
    }
}
