using System.Globalization;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Http;

/// <summary>
/// Holds requests back while a limit of their server holds. A wait that was asked of one holds for all, and they wait together: GitHub
/// bans who goes on asking meanwhile. Once GitHub has refused a write, writes are paced, so that they do not run into the limit again.
/// </summary>
internal sealed class RateGate(TimeProvider clock, Log log, WaitBudget budget)
{
    /// <summary>What all waits take from.</summary>
    public WaitBudget Budget => budget;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Server> _servers = new(StringComparer.OrdinalIgnoreCase);
    private int _writesLeft;

    /// <summary>Says how many writes are to come, for the time that is foretold where a limit is met.</summary>
    public void Expect(int writes)
    {
        lock (_lock) _writesLeft = writes;
    }

    /// <summary>Lets a request in, when it is its turn. After a null, <see cref="Leave"/> has to follow.</summary>
    /// <returns>Null, or how long it would have to wait, where that is more than may be waited: then it must not be sent.</returns>
    public async Task<TimeSpan?> EnterAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        while (true)
        {
            Task pause;
            lock (_lock)
            {
                var (server, now) = (ServerOf(request), clock.GetUtcNow());
                var free = IsWrite(request) ? Later(server.NotBefore, server.Pace.FreeAt) : server.NotBefore;
                if (free <= now)
                {
                    if (IsWrite(request)) server.Pace.Begin();
                    return null;
                }

                if (!budget.Allows(free - now)) return free - now;
                pause = PauseAsync(server, now, free);
            }

            await pause.WaitAsync(cancellation);
        }
    }

    /// <summary>A request that was let in has ended.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isRefused">Whether a limit refused it.</param>
    public void Leave(HttpRequestMessage request, bool isRefused)
    {
        if (!IsWrite(request)) return;
        lock (_lock)
        {
            ServerOf(request).Pace.End(clock.GetUtcNow(), counts: !isRefused);
            if (!isRefused && _writesLeft > 0) _writesLeft--;
        }
    }

    /// <summary>A server asked for a wait: nothing is sent to it before it is over.</summary>
    /// <param name="request">The request that it refused.</param>
    /// <param name="wait">The wait, from now on.</param>
    /// <param name="reason">Why, for the log.</param>
    /// <param name="isOfContent">Whether it is GitHub's limit of requests that create content.</param>
    public void Close(HttpRequestMessage request, TimeSpan wait, string reason, bool isOfContent)
    {
        lock (_lock)
        {
            var server = ServerOf(request);
            server.NotBefore = Later(server.NotBefore, clock.GetUtcNow() + wait);
            server.Reason = reason;
            if (!isOfContent || server.Pace.IsOn || !IsWrite(request)) return;
            server.Pace.TurnOn(clock.GetUtcNow());
            if (_writesLeft > 1 && server.Pace.Limits.Length > 0) Foretell(server);
        }
    }

    internal static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Foretell(Server server)
    {
        var (now, end) = (clock.GetUtcNow(), server.Pace.EndOf(_writesLeft, server.NotBefore));
        log.Notice(
            $"GitHub limits how much may be written: at {server.Pace.Limits}, the {_writesLeft} requests that are left take until "
            + $"about {Moment(end)} UTC"
            + (budget.Allows(end - now) ? "" : "; `max-wait` ends the step before, and the next run goes on from what is there"));
    }

    // One wait for all that stand at the gate; where it ends before theirs is over, they ask again.
    private Task PauseAsync(Server server, DateTimeOffset now, DateTimeOffset free)
    {
        if (server.Pause is { Task.IsCompleted: false } running && running.Until <= free) return running.Task;
        budget.Take(free - now);
        var reason = server.NotBefore > now ? server.Reason : $"writes are paced: {server.Pace.Limits}";
        log.Step(
            "wait", ("reason", reason), ("seconds", Math.Ceiling((free - now).TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("until", $"{Moment(free)} UTC"));
        server.Pause = (free, Task.Delay(free - now, clock));
        return server.Pause.Value.Task;
    }

    private Server ServerOf(HttpRequestMessage request)
    {
        // api.github.com and uploads.github.com have one limit.
        const string Uploads = "uploads.";
        var name = request.RequestUri!.Authority;
        if (name.StartsWith(Uploads, StringComparison.OrdinalIgnoreCase)) name = $"api.{name[Uploads.Length..]}";
        if (!_servers.TryGetValue(name, out var server)) _servers[name] = server = new Server();
        return server;
    }

    private static bool IsWrite(HttpRequestMessage request) => request.Method != HttpMethod.Get && request.Method != HttpMethod.Head;

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed class Server
    {
        public DateTimeOffset NotBefore { get; set; }

        public string Reason { get; set; } = "";

        public (DateTimeOffset Until, Task Task)? Pause { get; set; }

        public WritePace Pace { get; } = new();
    }
}
