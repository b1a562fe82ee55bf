using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseActions.Sandbox.GitHub;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.Oci;

/// <summary>
/// The registry's token flow (distribution's token authentication): 401 names the realm, the realm takes user and password and gives a
/// bearer token for the scope, which is the password's, not the client's, to decide.
/// </summary>
internal sealed partial class RegistryGate(GitHubRepository repository)
{
    private const string Ping = "/v2/";
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (HashSet<string> Rights, DateTimeOffset Until)> _tokens = new();

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Web, "GET", "/token", FromBasic) { Query = ["service", "scope", "account", "client_id", "offline_token"], Secret = true },
        new(Area.Web, "POST", "/token", FromFormAsync) { Secret = true },
    ];

    /// <summary>Accepts a request, or asks for a token with the scope it needs.</summary>
    public Answer? Refuse(Exchange exchange)
    {
        if (exchange.Endpoint!.Path != Ping && !RepositoryName().IsMatch(exchange.Value("name")))
            throw Refusal.OfRegistry(400, "NAME_INVALID", "invalid repository name");
        if (!repository.Options.RegistryAuthentication) return null;
        var needed = Needed(exchange);
        var header = exchange.Header("Authorization");
        var known = header.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.TryGetValue(header[7..], out var token)
            && token.Until > repository.Now ? token.Rights : null;
        if (known is not null && (needed is null || known.Contains(needed))) return null;
        return Refusal.OfRegistry(401, "UNAUTHORIZED", "authentication required").ToAnswer(null, "")
            .With("WWW-Authenticate", Challenge(needed, known is not null));
    }

    private string Challenge(string? needed, bool isTooWeak)
    {
        var asked = needed?.Replace(":push", ":pull,push", StringComparison.Ordinal);
        var scope = asked is null ? "" : $",scope=\"{asked}\"";
        var error = isTooWeak ? ",error=\"insufficient_scope\"" : "";
        return $"Bearer realm=\"{repository.Server}/token\",service=\"{repository.Registry}\"{scope}{error}";
    }

    // repository:NAME:pull, :push or :delete; null for the ping.
    private static string? Needed(Exchange exchange)
    {
        if (exchange.Endpoint!.Path == Ping) return null;
        var right = exchange.Method switch
        {
            "GET" or "HEAD" => "pull",
            "DELETE" => "delete",
            _ => "push",
        };
        return $"repository:{exchange.Value("name")}:{right}";
    }

    private Answer FromBasic(Exchange exchange)
    {
        var header = exchange.Header("Authorization");
        var password = header.StartsWith("Basic ", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':', 2)[^1]
            : "";
        return Give(password, exchange.Query["scope"].SelectMany(scope => scope!.Split(' ')));
    }

    private async Task<Answer> FromFormAsync(Exchange exchange)
    {
        var form = (await exchange.ReadTextAsync()).Split('&').Select(pair => pair.Split('=', 2))
            .ToLookup(pair => pair[0], pair => Uri.UnescapeDataString(pair[^1].Replace('+', ' ')));
        var password = form["password"].Concat(form["refresh_token"]).FirstOrDefault("");
        return Give(password, form["scope"].SelectMany(scope => scope.Split(' ')));
    }

    private Answer Give(string password, IEnumerable<string> scopes)
    {
        if (password != repository.Options.Token && password != repository.Options.ReadOnlyToken)
            return Refusal.OfRegistry(401, "UNAUTHORIZED", "authentication required").ToAnswer(null, "");
        var rights = scopes.Select(scope => Scope().Match(scope)).Where(scope => scope.Success)
            .SelectMany(scope => scope.Groups[2].Value.Split(',').Select(right => $"{scope.Groups[1].Value}:{right}"))
            .Where(right => password == repository.Options.Token || right.EndsWith(":pull", StringComparison.Ordinal)).ToHashSet();
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _tokens[token] = (rights, repository.Now + _lifetime);
        return Answer.Json(200, new JsonObject
        {
            ["token"] = token,
            ["access_token"] = token,
            ["expires_in"] = (int)_lifetime.TotalSeconds,
            ["issued_at"] = GitHubRepository.Time(repository.Now),
        });
    }

    [GeneratedRegex("^(repository(?:\\([a-z0-9]+\\))?:[^:]+):([a-z*,]+)$")]
    private static partial Regex Scope();

    [GeneratedRegex("^[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$")]
    private static partial Regex RepositoryName();
}
