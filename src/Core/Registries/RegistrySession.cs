using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>An account at a registry.</summary>
/// <param name="User">The name; registries that take a token accept any.</param>
/// <param name="Password">The password or token.</param>
public sealed record RegistryAccount(string User, Secret Password);

/// <summary>
/// Signs requests to registries: without an account first asked for, then by what the registry's 401 asks for, Basic or a Bearer token
/// from its realm (distribution's token specification). A signature goes to the registry itself and never along with a redirect.
/// </summary>
internal sealed class RegistrySession(ResilientHttp http, Log log)
{
    private const int MostRedirects = 5;
    private const string DockerHub = "docker.io";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(100);

    private readonly Dictionary<string, RegistryAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AuthenticationHeaderValue> _signatures = new(StringComparer.Ordinal);

    public void SignIn(string domain, RegistryAccount account)
    {
        _accounts[domain] = account;
        log.Hide(account.Password);
        log.Hide(new Secret(Basic(account)));
    }

    /// <summary>The address that a registry's name stands for: Docker Hub's is another than its name, and only loopback is spoken to in clear.</summary>
    public static Uri Root(string? domain)
    {
        var host = domain is null or DockerHub ? "registry-1.docker.io" : domain;
        var address = new Uri($"https://{host}/");
        return address.IsLoopback ? new Uri($"http://{host}/") : address;
    }

    /// <summary>Where a registry's answer leads to.</summary>
    /// <exception cref="ActionException">It leads from an encrypted connection to one in clear (exit 4).</exception>
    public static Uri Target(Uri asked, Uri location)
    {
        var target = new Uri(asked, location);
        return target.Scheme == Uri.UriSchemeHttps || (ApiAddress.IsSafe(target) && asked.IsLoopback) ? target
            : throw ActionException.Remote($"The registry {asked.Authority} leads to '{PlainText.Inert(target.GetLeftPart(UriPartial.Authority))}', which is in clear", "Ask whoever runs it to let it say its addresses with https");
    }

    /// <summary>Sends a request that may be repeated; follows redirects of reads.</summary>
    /// <exception cref="ActionException">No answer came (exit 4), or signing in failed (exit 4).</exception>
    public async Task<HttpResponseMessage> SendAsync(ImageReference repository, Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        try
        {
            var answer = await SendSignedAsync(repository, request, cancellation);
            if (answer.StatusCode != HttpStatusCode.Unauthorized) return await FollowAsync(answer, cancellation);
            _signatures.Remove(repository.Repository);
            if (await SignatureAsync(repository, answer, cancellation) is not { } signature) return answer;
            answer.Dispose();
            _signatures[repository.Repository] = signature;
            return await FollowAsync(await SendSignedAsync(repository, request, cancellation), cancellation);
        }
        catch (HttpRequestException e)
        {
            throw ActionException.Remote($"The registry {repository.Domain} could not be reached: {e.Message}", "See that its name is right and the machine can reach it, and run it again");
        }
    }

    /// <summary>Sends a request whose body is a stream, once. Only the registry's own host gets the signature.</summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public Task<HttpResponseMessage> SendOnceAsync(ImageReference repository, Func<HttpRequestMessage> request, TimeSpan timeLimit, CancellationToken cancellation) =>
        http.SendAsync(() => Sign(request(), repository), mayRepeat: false, timeLimit, cancellation);

    private Task<HttpResponseMessage> SendSignedAsync(ImageReference repository, Func<HttpRequestMessage> request, CancellationToken cancellation) =>
        http.SendAsync(() => Sign(request(), repository), mayRepeat: true, LongestAnswer, cancellation);

    private HttpRequestMessage Sign(HttpRequestMessage request, ImageReference repository)
    {
        if (ApiAddress.IsSameServer(request.RequestUri!, Root(repository.Domain)) && _signatures.TryGetValue(repository.Repository, out var signature))
            request.Headers.Authorization = signature;
        return request;
    }

    /// <summary>Follows a read to where the content is kept, without the signature: that place has one of its own in the address.</summary>
    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        for (var i = 0; i < MostRedirects; i++)
        {
            var asked = answer.RequestMessage!;
            if (asked.Method != HttpMethod.Get || (int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location) return answer;
            var target = Target(asked.RequestUri!, location);
            answer.Dispose();
            answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, target), mayRepeat: true, LongestAnswer, cancellation);
        }

        return answer;
    }

    /// <summary>The signature that a 401 asks for; null where there is nothing to sign with.</summary>
    private async Task<AuthenticationHeaderValue?> SignatureAsync(ImageReference repository, HttpResponseMessage refused, CancellationToken cancellation)
    {
        var account = _accounts.GetValueOrDefault(repository.Domain ?? DockerHub);
        foreach (var challenge in refused.Headers.WwwAuthenticate)
        {
            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && account is not null) return new AuthenticationHeaderValue("Basic", Basic(account));
            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                return new AuthenticationHeaderValue("Bearer", await TokenAsync(repository, RegistryChallenge.Parse(challenge.Parameter ?? ""), account, cancellation));
        }

        return null;
    }

    private async Task<string> TokenAsync(ImageReference repository, RegistryChallenge challenge, RegistryAccount? account, CancellationToken cancellation)
    {
        // Whoever has an account is here to write. Asked for reading alone, a registry may deny what it does not have yet.
        var address = challenge.TokenUrl(Root(repository.Domain), $"repository:{repository.Path}:{(account is null ? "pull" : "pull,push")}");
        using var answer = await http.SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (account is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(account));
            return request;
        }, mayRepeat: true, LongestAnswer, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw ActionException.Remote(
                $"Signing in to {repository.Domain} for {repository.Path} was refused with {(int)answer.StatusCode}",
                account is null ? "Give `username` and `password` for this registry" : "Give a `password` that may write there; the job's own token needs `packages: write`");
        var token = ReadToken(await CappedRead.BytesAsync(answer.Content, 1024 * 1024, cancellation))
            ?? throw ActionException.Remote($"{address.Authority} answered a sign-in without a token", "Run it again later; if it goes on, ask whoever runs the registry");
        log.Hide(new Secret(token));
        return token;
    }

    private static string? ReadToken(byte[] json)
    {
        try
        {
            var answer = OciObject.Parse(json, "the token answer");
            return answer.OptionalText("token") ?? answer.OptionalText("access_token");
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Basic(RegistryAccount account) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.User}:{account.Password.Reveal()}"));
}
