using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox;

/// <summary>The faults that are switched on. The first that fits a request is played, as many times as it asks for.</summary>
public sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<(Fault Fault, int Seen)> _waiting = [];

    /// <summary>Whether every fault was played as often as it was asked for.</summary>
    public bool AllPlayed
    {
        get
        {
            lock (_lock)
                return _waiting.Count == 0;
        }
    }

    /// <summary>Switches a fault on.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
            _waiting.Add((fault, 0));
    }

    /// <summary>Switches all faults off.</summary>
    public void Clear()
    {
        lock (_lock)
            _waiting.Clear();
    }

    internal Task<Answer> PlayAsync(Exchange exchange, Func<Task<Answer>> next)
    {
        if (Take(exchange) is not { } fault) return next();
        exchange.Fault = fault.Kind.Name;
        return fault.Kind.PlayAsync(exchange, next);
    }

    private Fault? Take(Exchange exchange)
    {
        lock (_lock)
            for (var i = 0; i < _waiting.Count; i++)
            {
                var (fault, seen) = _waiting[i];
                if (!fault.Fits(exchange.Method, exchange.Path)) continue;
                _waiting[i] = (fault, seen + 1);
                if (seen < fault.Skip) continue;
                if (seen + 1 - fault.Skip == fault.Times) _waiting.RemoveAt(i);
                return fault;
            }

        return null;
    }
}
