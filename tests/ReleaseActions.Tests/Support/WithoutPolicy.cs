using System.Net;
using ReleaseActions.Core.Http;

namespace ReleaseActions.Tests.Support;

/// <summary>A GitHub whose default branch has no policy; every other request goes on to what is behind it.</summary>
internal sealed class WithoutPolicy(HttpMessageHandler? behind) : DelegatingHandler(behind ?? ResilientHttp.NewTransport())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.AbsolutePath.EndsWith("/contents/.github/release-actions.yml", StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request })
            : base.SendAsync(request, cancellationToken);
}
