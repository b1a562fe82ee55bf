using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox;

/// <summary>
/// GitHub's limits: requests an hour (primary, shown in headers) and content writes a minute and an hour (secondary, shown by a refusal).
/// </summary>
internal sealed class RateLimits(SandboxOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _writes = new();
    private DateTimeOffset _reset;
    private int _used;

    private DateTimeOffset _refused;
    private DateTimeOffset _quietUntil;

    /// <summary>
    /// How many requests came during a wait that a refusal asked for: GitHub bans for these. Those that came at the time of the refusal
    /// were already on their way.
    /// </summary>
    public int Bans { get; private set; }

    private int Remaining => Math.Max(0, options.RequestsPerHour - _used);

    /// <summary>Counts one request, and refuses it where a limit is reached.</summary>
    public void Count(bool writes)
    {
        lock (_lock)
        {
            var now = options.Clock.GetUtcNow();
            Roll(now);
            if (now > _refused && now < _quietUntil) Bans++;
            if (Remaining == 0)
            {
                (_refused, _quietUntil) = (now, _reset);
                throw new Refusal(403, "API rate limit exceeded for installation ID 1.");
            }

            _used++;
            if (writes) CountWrite(now);
        }
    }

    public IEnumerable<(string Name, string Value)> Headers()
    {
        lock (_lock)
        {
            Roll(options.Clock.GetUtcNow());
            return
            [
                ("X-RateLimit-Limit", Text(options.RequestsPerHour)),
                ("X-RateLimit-Remaining", Text(Remaining)),
                ("X-RateLimit-Reset", Text(_reset.ToUnixTimeSeconds())),
                ("X-RateLimit-Used", Text(_used)),
                ("X-RateLimit-Resource", "core"),
            ];
        }
    }

    public JsonObject ToJson()
    {
        lock (_lock)
        {
            Roll(options.Clock.GetUtcNow());
            return new JsonObject
            {
                ["resources"] = new JsonObject { ["core"] = Rate(), ["search"] = Rate() },
                ["rate"] = Rate(),
            };
        }
    }

    private void CountWrite(DateTimeOffset now)
    {
        while (_writes.TryPeek(out var first) && now - first >= TimeSpan.FromHours(1))
            _writes.Dequeue();
        var lastMinute = _writes.Count(at => now - at < TimeSpan.FromMinutes(1));
        if (lastMinute >= options.WritesPerMinute || _writes.Count >= options.WritesPerHour)
        {
            // Without Retry-After the manual says: at least one minute.
            (_refused, _quietUntil) = (now, now.AddMinutes(1));
            throw new Refusal(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
        }

        _writes.Enqueue(now);
    }

    private void Roll(DateTimeOffset now)
    {
        if (now >= _reset) (_reset, _used) = (now.AddHours(1), 0);
    }

    private JsonObject Rate() => new()
    {
        ["limit"] = options.RequestsPerHour,
        ["remaining"] = Remaining,
        ["reset"] = _reset.ToUnixTimeSeconds(),
        ["used"] = _used,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
