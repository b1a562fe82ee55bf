namespace ReleaseActions.Tests.Support;

/// <summary>A server that is one function: for answers that no real server can be made to give.</summary>
public sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    private int _requests;

    /// <summary>How many requests came so far.</summary>
    public int Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var said = answer(request);
        said.RequestMessage = request;
        return Task.FromResult(said);
    }
}
