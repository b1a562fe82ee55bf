using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The way into the API and the upload host: user agent, token, limits, repository, in GitHub's order and words.</summary>
internal sealed partial class GitHubGate(GitHubRepository repository, RateLimits limits, Traffic traffic)
{
    private const string NoUserAgent =
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header "
        + "(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). "
        + "Check https://developer.github.com for other possible causes.\n";

    private int _requests;

    /// <summary>Accepts a request, with what its token allows, or answers in its place.</summary>
    public Answer? Refuse(Exchange exchange)
    {
        if (exchange.Header("User-Agent").Length == 0) return Answer.Text(403, NoUserAgent, "text/html; charset=utf-8");
        exchange.Access = AccessOf(exchange);
        // "Accessing this endpoint does not count against your REST API rate limit" (GitHub's description).
        if (exchange.Endpoint is not { Path: "/rate_limit" }) limits.Count(exchange.Endpoint is { Writes: true });
        if (exchange.Endpoint is not { } endpoint) throw Refusal.NotFound();
        if (endpoint.Path.StartsWith("/repos/", StringComparison.Ordinal)
            && !repository.IsCalled(exchange.Value("owner"), exchange.Value("repo")))
            throw Refusal.NotFound();
        if (endpoint.Writes && exchange.Access != Access.Write)
            throw exchange.Access == Access.Anonymous ? new Refusal(401, "Requires authentication") : Refusal.NoWrite();
        if (endpoint.BeyondContents && repository.Options.OnlyContents && exchange.Access is Access.Read or Access.Write)
            throw Refusal.NoWrite();
        return null;
    }

    /// <summary>The headers that every answer of GitHub carries.</summary>
    public Answer AddHeaders(Answer answer, string requestId)
    {
        (string Name, string Value)[] all =
        [
            ("Date", repository.Now.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
            ("X-GitHub-Request-Id", requestId), ("X-GitHub-Media-Type", "github.v3; format=json"), .. limits.Headers(),
        ];
        // A fault's own header wins.
        return all.Where(header => !answer.Headers.ContainsKey(header.Name))
            .Aggregate(answer, (changed, header) => changed.With(header.Name, header.Value));
    }

    public string NextRequestId() => $"0000:{Interlocked.Increment(ref _requests):X6}";

    private Access AccessOf(Exchange exchange)
    {
        var header = exchange.Header("Authorization");
        if (header.Length == 0) return Access.Anonymous;
        // The name of a scheme has no case (RFC 9110).
        var token = header.Split(' ', 2) is [var scheme, var given] && scheme.ToUpperInvariant() is "BEARER" or "TOKEN" ? given : "";
        return token == repository.Options.Token ? Access.Write
            : token == repository.Options.ReadOnlyToken ? Access.Read
            : token == repository.Options.OrganizationToken ? Access.Organization
            : throw new Refusal(401, "Bad credentials");
    }
}
