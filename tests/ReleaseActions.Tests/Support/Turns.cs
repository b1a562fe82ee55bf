namespace ReleaseActions.Tests.Support;

/// <summary>Makes several runs send one request at a time, in an order that a seed decides: the same seed gives the same race.</summary>
public sealed class Turns(int seed, int runs)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly List<int> _living = [.. Enumerable.Range(0, runs)];
    private readonly List<(int Run, TaskCompletionSource Go)> _waiting = [];
    private int? _next;
    private int? _holder;

    /// <summary>What a run's HTTP goes through.</summary>
    public HttpMessageHandler TransportOf(int run) => new Handler(this, run);

    /// <summary>The run that has the turn passes it on and waits for its next one: called while the server is at work for it.</summary>
    public Task PassAsync()
    {
        Task turn;
        lock (_lock)
        {
            turn = Wait(_holder!.Value);
            _holder = null;
            Choose();
        }

        return turn;
    }

    /// <summary>A run has ended: nobody waits for it any more.</summary>
    public void End(int run)
    {
        lock (_lock)
        {
            _living.Remove(run);
            if (_next == run) _next = null;
            Choose();
        }
    }

    private Task TakeAsync(int run)
    {
        lock (_lock)
        {
            var turn = Wait(run);
            Choose();
            return turn;
        }
    }

    private void Give()
    {
        lock (_lock)
        {
            _holder = null;
            Choose();
        }
    }

    private Task Wait(int run)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((run, go));
        return go.Task;
    }

    // The seed says who is next, and everybody waits until that run has a request.
    private void Choose()
    {
        if (_holder is not null || _living.Count == 0) return;
        _next ??= _living[_random.Next(_living.Count)];
        var asking = _waiting.Where(w => w.Run == _next).ToList();
        if (asking.Count == 0) return;
        var chosen = asking[_random.Next(asking.Count)];
        _waiting.Remove(chosen);
        (_holder, _next) = (chosen.Run, null);
        chosen.Go.SetResult();
    }

    private sealed class Handler(Turns turns, int run)
        : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await turns.TakeAsync(run);
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                return answer;
            }
            finally
            {
                turns.Give();
            }
        }
    }
}
