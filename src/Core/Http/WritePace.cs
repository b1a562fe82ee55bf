namespace ReleaseActions.Core.Http;

/// <summary>
/// When the next write may go to GitHub, once it has refused one: GitHub documents 80 requests that create content a minute and 500 an hour
/// (rate limits for the REST API, secondary rate limits) and does not tell how many are left. Before the first refusal nothing is held
/// back: a GitHub Enterprise Server has no limits unless its owner switches them on. Not safe for threads by itself.
/// </summary>
internal sealed class WritePace
{
    private static readonly (int Most, TimeSpan Within, string Words)[] Documented = [(80, TimeSpan.FromMinutes(1), "80 a minute"),
        (500, TimeSpan.FromHours(1), "500 an hour")];

    // When each write was answered, oldest first: not before GitHub counted it.
    private readonly List<DateTimeOffset> _done = [];
    private int _underWay;
    private IReadOnlyList<(int Most, TimeSpan Within, string Words)> _limits = [];

    /// <summary>Whether writes are held back.</summary>
    public bool IsOn { get; private set; }

    /// <summary>The limits that are kept, for a reader; empty where none is.</summary>
    public string Limits => string.Join(" and ", _limits.Select(l => l.Words));

    /// <summary>
    /// A write was refused: from now on they are held back. A limit that the server has let pass already is none of its own.
    /// </summary>
    public void TurnOn(DateTimeOffset now)
    {
        IsOn = true;
        _limits = [.. Documented.Where(l => _done.Count(d => d > now - l.Within) <= l.Most)];
    }

    /// <summary>A write begins.</summary>
    public void Begin() => _underWay++;

    /// <summary>A write has ended; one that was refused because of a limit does not count.</summary>
    public void End(DateTimeOffset now, bool counts)
    {
        _underWay--;
        if (counts) _done.Add(now);
    }

    /// <summary>When the next write may begin; in the past where it may at once.</summary>
    public DateTimeOffset FreeAt => IsOn ? FreeAfter(_done, _underWay) : DateTimeOffset.MinValue;

    /// <summary>When this many writes more have begun, as fast as the limits allow.</summary>
    public DateTimeOffset EndOf(int writes, DateTimeOffset from)
    {
        var times = _done.ToList();
        for (var write = 0; write < writes; write++)
        {
            from = RateGate.Later(from, FreeAfter(times, underWay: 0));
            times.Add(from);
        }

        return from;
    }

    private DateTimeOffset FreeAfter(List<DateTimeOffset> done, int underWay)
    {
        var free = DateTimeOffset.MinValue;
        foreach (var (most, within, _) in _limits)
        {
            // The one that has to be past the limit's time, so that one more stays below it.
            var oldest = Math.Min(done.Count + underWay - most, done.Count - 1);
            if (oldest >= 0) free = RateGate.Later(free, done[oldest] + within);
        }

        return free;
    }
}
