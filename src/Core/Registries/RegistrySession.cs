using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>
/// Authenticates requests to registries: first without credentials, then as the registry's 401 asks for, with Basic or with a Bearer token
/// from its realm (distribution's token specification). Credentials go to the registry itself and never along with a redirect.
/// </summary>
internal sealed class RegistrySession(ResilientHttp http, Log log)
{
    /// <summary>What to do where an account may read and not write.</summary>
    public const string MayWrite = "Give a `password` that may write there; the job's own token needs `packages: write`";

    private const int MostRedirects = 5;
    private const int MostBytesOfToken = 1024 * 1024;
    private const string DockerHub = "docker.io";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(100);

    private readonly Dictionary<string, AuthenticationHeaderValue> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AuthenticationHeaderValue> _authorizations = new(StringComparer.Ordinal);

    public void SignIn(string domain, string user, Secret password)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"));
        _accounts[domain] = new AuthenticationHeaderValue("Basic", credentials);
        log.Hide(password);
        log.Hide(new Secret(credentials));
    }

    /// <summary>The address of a registry: Docker Hub's differs from its name, and only loopback is reached without encryption.</summary>
    public static Uri Root(string? domain)
    {
        var host = domain is null or DockerHub ? "registry-1.docker.io" : domain;
        if (!Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address) || address.AbsolutePath != "/")
            throw ActionException.BadInput($"'{PlainText.Inert(host)}' is not the address of a registry", "Give a host, such as ghcr.io");
        if (MetadataAddress.IsOne(address))
            throw ActionException.BadInput(
                $"The registry '{PlainText.Inert(host)}' leads to a metadata service", "Give the host of a registry, such as ghcr.io");
        return address.IsLoopback ? new Uri($"http://{host}/") : address;
    }

    /// <summary>Where a registry's answer leads to; null where it leads nowhere.</summary>
    /// <exception cref="ActionException">Nothing may be sent there, such as to an address without encryption (exit 4).</exception>
    public static Uri? TargetOf(Uri asked, HttpResponseMessage answer)
    {
        if (Redirect.Of(asked, answer) is not { } redirect) return null;
        return redirect.Target ?? throw ActionException.Remote(
            $"The registry {asked.Authority} leads to '{PlainText.Inert(PlainText.Cut(redirect.Shown, 200))}', {redirect.Flaw}",
            "Ask whoever runs it to correct its addresses");
    }

    /// <summary>Sends a request that may be repeated; follows redirects of reads.</summary>
    /// <exception cref="ActionException">No answer came (exit 4), or signing in failed (exit 4).</exception>
    public async Task<HttpResponseMessage> SendAsync(
        ImageReference repository, Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        try
        {
            var answer = await SendAuthorizedAsync(repository, request, cancellation);
            if (answer.StatusCode != HttpStatusCode.Unauthorized) return await FollowAsync(answer, cancellation);
            _authorizations.Remove(repository.Repository);
            if (await AuthorizationAsync(repository, answer, cancellation) is not { } authorization) return answer;
            answer.Dispose();
            _authorizations[repository.Repository] = authorization;
            return await FollowAsync(await SendAuthorizedAsync(repository, request, cancellation), cancellation);
        }
        catch (HttpRequestException e)
        {
            throw ActionException.Remote(
                $"The registry {repository.Domain} could not be reached: {e.Message}",
                "Check its name, and that this machine can reach it, and run it again");
        }
    }

    /// <summary>Sends a request whose body is a stream, once. Only the registry's own host gets the credentials.</summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public Task<HttpResponseMessage> SendOnceAsync(
        ImageReference repository, Func<HttpRequestMessage> request, TimeSpan timeLimit, CancellationToken cancellation) =>
        http.SendAsync(() => Authorize(request(), repository), mayRepeat: false, timeLimit, cancellation);

    private Task<HttpResponseMessage> SendAuthorizedAsync(
        ImageReference repository, Func<HttpRequestMessage> request, CancellationToken cancellation) =>
        http.SendAsync(() => Authorize(request(), repository), mayRepeat: true, LongestAnswer, cancellation);

    private HttpRequestMessage Authorize(HttpRequestMessage request, ImageReference repository)
    {
        var isRegistry = ApiAddress.IsSameServer(request.RequestUri!, Root(repository.Domain));
        if (isRegistry && _authorizations.TryGetValue(repository.Repository, out var authorization))
            request.Headers.Authorization = authorization;
        return request;
    }

    /// <summary>Follows a read to where the content is stored, without credentials: that address carries its own.</summary>
    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        for (var i = 0; i < MostRedirects; i++)
        {
            var asked = answer.RequestMessage!;
            var isRedirect = (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308;
            if (asked.Method != HttpMethod.Get || !isRedirect || TargetOf(asked.RequestUri!, answer) is not { } target) return answer;
            answer.Dispose();
            HttpRequestMessage Next() => new(HttpMethod.Get, target);
            answer = await http.SendAsync(Next, mayRepeat: true, LongestAnswer, cancellation);
        }

        return answer;
    }

    /// <summary>The authorization that a 401 asks for; null where there is no account for it.</summary>
    private async Task<AuthenticationHeaderValue?> AuthorizationAsync(
        ImageReference repository, HttpResponseMessage refused, CancellationToken cancellation)
    {
        var account = _accounts.GetValueOrDefault(repository.Domain ?? DockerHub);
        foreach (var challenge in refused.Headers.WwwAuthenticate)
        {
            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && account is not null) return account;
            if (!challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) continue;
            var parameters = RegistryChallenge.Parse(challenge.Parameter ?? "");
            return new AuthenticationHeaderValue("Bearer", await TokenAsync(repository, parameters, account, cancellation));
        }

        return null;
    }

    private async Task<string> TokenAsync(
        ImageReference repository, RegistryChallenge challenge, AuthenticationHeaderValue? account, CancellationToken cancellation)
    {
        // An account is given for pushing. Asked only for reading, a registry may refuse what it does not have yet.
        var access = account is null ? "pull" : "pull,push";
        var address = challenge.TokenUrl(Root(repository.Domain), $"repository:{repository.Path}:{access}", account is not null);
        HttpRequestMessage Request() => new(HttpMethod.Get, address) { Headers = { Authorization = account } };
        using var answer = await http.SendAsync(Request, mayRepeat: true, LongestAnswer, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw ActionException.Remote(
                $"Signing in to {repository.Domain} for {repository.Path} was refused with {(int)answer.StatusCode}",
                account is null ? "Give `username` and `password` for this registry" : MayWrite);
        var token = ReadToken(await CappedRead.BytesAsync(answer.Content, MostBytesOfToken, cancellation))
            ?? throw ActionException.Remote($"{address.Authority} answered a sign-in without a token", RegistryClient.RunAgainLater);
        log.Hide(new Secret(token));
        return token;
    }

    private static string? ReadToken(byte[] json)
    {
        try
        {
            var answer = BoundedJson.ReadObject(json);
            return TextOf(answer, "token") ?? TextOf(answer, "access_token");
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // What goes into a header: printable ASCII, or .NET throws where it is sent.
    private static string? TextOf(JsonObject answer, string name) =>
        answer[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            && text.All(c => c is > ' ' and <= '~') ? text : null;
}
