using System.Text;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Registries;

/// <summary>The token server that a registry's 401 names.</summary>
/// <param name="Realm">The token server's address.</param>
/// <param name="Service">The registry's name at the token server, or null.</param>
internal sealed record RegistryChallenge(string Realm, string? Service)
{
    /// <summary>Reads the parameters of <c>WWW-Authenticate: Bearer</c>: names and quoted values, separated by commas.</summary>
    public static RegistryChallenge Parse(string parameters)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < parameters.Length;)
        {
            var equals = parameters.IndexOf('=', at);
            if (equals < 0) break;
            var name = parameters[at..equals].Trim(' ', ',');
            at = equals + 1;
            values[name] = ReadValue(parameters, ref at);
        }

        return new RegistryChallenge(values.GetValueOrDefault("realm", ""), values.GetValueOrDefault("service"));
    }

    /// <summary>The address that gives a token for a scope.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="scope">What the token is for.</param>
    /// <param name="carriesPassword">Whether an account is sent along: then the realm has to be of the registry's own domain.</param>
    /// <exception cref="ActionException">Nothing, or no password, may be sent to the realm (exit 4).</exception>
    public Uri TokenUrl(Uri registry, string scope, bool carriesPassword)
    {
        var shown = PlainText.Inert(PlainText.Cut(Realm, 200));
        var mayBeSent = Uri.TryCreate(Realm, UriKind.Absolute, out var realm) && realm.UserInfo.Length == 0
            && !MetadataAddress.IsOne(realm) && ApiAddress.IsSafe(realm) && (!realm.IsLoopback || registry.IsLoopback);
        if (!mayBeSent)
            throw ActionException.Remote(
                $"The registry {registry.Authority} names '{shown}' as its token server",
                "A password is sent only over https; ask whoever runs the registry");
        if (carriesPassword && !IsOfDomain(registry, realm!))
            throw ActionException.Remote(
                $"The registry {registry.Authority} names '{shown}' as its token server, which is of another domain",
                "The password was not sent there; ask whoever runs the registry for a token server in its own domain");
        var query = new StringBuilder(realm!.Query.TrimStart('?'));
        if (query.Length > 0) query.Append('&');
        if (Service is not null) query.Append("service=").Append(Uri.EscapeDataString(Service)).Append('&');
        query.Append("scope=").Append(Uri.EscapeDataString(scope));
        return new UriBuilder(realm) { Query = query.ToString() }.Uri;
    }

    // registry.gitlab.com names gitlab.com, and registry-1.docker.io names auth.docker.io; most name themselves.
    private static bool IsOfDomain(Uri registry, Uri realm)
    {
        if (ApiAddress.IsSameServer(registry, realm)) return true;
        var parent = registry.IdnHost[(registry.IdnHost.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return realm.Scheme == Uri.UriSchemeHttps && registry.HostNameType == UriHostNameType.Dns
            && parent.Contains('.', StringComparison.Ordinal)
            && $".{realm.IdnHost}".EndsWith($".{parent}", StringComparison.OrdinalIgnoreCase);
    }

    private static string ReadValue(string text, ref int at)
    {
        var isQuoted = at < text.Length && text[at] == '"';
        if (isQuoted) at++;
        var end = text.IndexOf(isQuoted ? '"' : ',', at);
        var value = end < 0 ? text[at..] : text[at..end];
        at = end < 0 ? text.Length : end + 1;
        return value;
    }
}
