namespace ReleaseActions.Tests.Support;

/// <summary>The line of a run that is killed before one of its requests: nothing gets through any more.</summary>
internal sealed class Dying(HttpMessageHandler inner, int request, CancellationTokenSource death) : DelegatingHandler(inner)
{
    private int _requests;

    public CancellationToken Token => death.Token;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _requests) <= request) return await base.SendAsync(message, cancellationToken);
        await death.CancelAsync();
        throw new OperationCanceledException(death.Token);
    }
}
