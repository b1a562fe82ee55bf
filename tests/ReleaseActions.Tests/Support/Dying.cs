namespace ReleaseActions.Tests.Support;

/// <summary>The line of a run that is killed at one of its requests: nothing gets through any more, and it notices nothing else.</summary>
internal sealed class Dying(HttpMessageHandler inner, int request, bool isSent, CancellationTokenSource death) : DelegatingHandler(inner)
{
    private int _requests;

    public CancellationToken Token => death.Token;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _requests) <= request) return await base.SendAsync(message, cancellationToken);
        if (isSent && _requests == request + 1) (await base.SendAsync(message, cancellationToken)).Dispose();
        await death.CancelAsync();
        throw new OperationCanceledException(death.Token);
    }
}
