using Microsoft.AspNetCore.Http;
using ReleaseActions.Sandbox.GitHub;
using ReleaseActions.Sandbox.Oci;

namespace ReleaseActions.Sandbox.Web;

/// <summary>The path of every request: endpoint, strictness, faults, gate, work, record, answer.</summary>
internal sealed class Dispatcher(
    Endpoint[] endpoints, GitHubGate gitHub, RegistryGate registry, Faults faults, Traffic traffic, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext http)
    {
        var (number, at) = (traffic.Arrive(), clock.GetUtcNow());
        var exchange = new Exchange(http);
        Find(exchange);
        gitHub.Check(exchange);
        var requestId = gitHub.NextRequestId();
        var answer = await AnswerAsync(exchange, requestId);
        if (answer != Answer.Nothing && IsGitHub(exchange)) answer = gitHub.AddHeaders(answer, requestId);
        gitHub.CheckBody(exchange);
        traffic.Add(number, at, exchange, answer);
        await SendAsync(http, answer);
    }

    private void Find(Exchange exchange)
    {
        foreach (var endpoint in endpoints)
            if (endpoint.Match(exchange.Method, exchange.Path) is { } values)
            {
                exchange.Found(endpoint, values);
                return;
            }
    }

    private async Task<Answer> AnswerAsync(Exchange exchange, string requestId)
    {
        try
        {
            return await faults.PlayAsync(exchange, () => WorkAsync(exchange, requestId));
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // The client went away, or a fault broke the body: there is nobody to answer.
            return Answer.Nothing;
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            traffic.AddViolation(exchange, $"a defect of the sandbox: {defect}");
            return Answer.Text(500, defect.Message);
        }
    }

    private async Task<Answer> WorkAsync(Exchange exchange, string requestId)
    {
        try
        {
            var refused = IsGitHub(exchange) ? gitHub.Refuse(exchange)
                : exchange.Endpoint?.Area == Area.Registry ? registry.Refuse(exchange)
                : null;
            return refused ?? (exchange.Endpoint is { } endpoint ? await endpoint.Answer(exchange) : Answer.Text(404, "Not Found"));
        }
        catch (Refusal refusal)
        {
            return refusal.ToAnswer(exchange.Endpoint, requestId);
        }
    }

    private static bool IsGitHub(Exchange exchange) => exchange.Path.StartsWith("/api/", StringComparison.Ordinal);

    private static async Task SendAsync(HttpContext http, Answer answer)
    {
        try
        {
            await answer.SendAsync(http);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            http.Abort();
        }
    }
}
