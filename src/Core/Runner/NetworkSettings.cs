using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Runner;

/// <summary>
/// How a company's network is left: by its proxy, and with its own certificate authority. Both are inputs of the step: inside a container
/// the variables that the runner's owner set cannot be told from those that an earlier step left.
/// </summary>
public sealed class NetworkSettings
{
    private const int MostCharacters = 1024 * 1024;

    // A proxy knows another machine by these names.
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "::1"];

    /// <summary>No proxy, and the public authorities alone.</summary>
    public static NetworkSettings None { get; } = new();

    /// <summary>The proxy's address, without user and password; null where there is none.</summary>
    public Uri? Proxy { get; private init; }

    /// <summary>What the proxy asks for, or null.</summary>
    public NetworkCredential? Credential { get; private init; }

    /// <summary>The hosts that are reached without the proxy, each with all below it.</summary>
    public IReadOnlyList<string> Direct { get; private init; } = [];

    /// <summary>The certificates that are trusted besides the public ones, as PEM; null where there are none.</summary>
    public string? Certificates { get; private init; }

    /// <summary>Reads the three inputs.</summary>
    /// <param name="proxy">Such as <c>http://user:password@proxy.example.com:3128</c>; null for none.</param>
    /// <param name="direct">Hosts, separated by commas or spaces, a dot before a name without effect; null for none.</param>
    /// <param name="certificates">PEM; null for none.</param>
    /// <exception cref="ActionException">One of them is wrong (exit 2).</exception>
    public static NetworkSettings Read(string? proxy, string? direct, string? certificates)
    {
        var address = proxy is null ? null : ReadProxy(proxy);
        return new NetworkSettings
        {
            Proxy = address is null ? null : new UriBuilder(address) { UserName = "", Password = "" }.Uri,
            Credential = address is { UserInfo.Length: > 0 } ? CredentialOf(address) : null,
            Direct = [.. (direct ?? "").Split([',', ' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(ReadHost)],
            Certificates = certificates is null ? null : RequireCertificates(certificates),
        };
    }

    /// <summary>Whether a host is reached without the proxy: it is one of <see cref="Direct"/>, below one, or this machine.</summary>
    public bool IsDirect(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        return (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
            || Loopback.Concat(Direct).Any(d => name.Equals(d, StringComparison.OrdinalIgnoreCase)
                || name.EndsWith($".{d}", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The variables that git, docker, cosign and most other programs read.</summary>
    /// <param name="bundle">A file with all trusted certificates; null where there are none besides the public ones.</param>
    public IReadOnlyDictionary<string, string> Variables(string? bundle)
    {
        var variables = new Dictionary<string, string>();
        if (Proxy is not null)
        {
            foreach (var name in (string[])["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"]) variables[name] = ProxyText;
            foreach (var name in (string[])["no_proxy", "NO_PROXY"]) variables[name] = string.Join(',', Loopback.Concat(Direct));
        }

        if (bundle is not null) (variables["SSL_CERT_FILE"], variables["GIT_SSL_CAINFO"]) = (bundle, bundle);
        return variables;
    }

    private string ProxyText => Credential is null
        ? Proxy!.AbsoluteUri.TrimEnd('/')
        : $"{Proxy!.Scheme}://{Uri.EscapeDataString(Credential.UserName)}:{Uri.EscapeDataString(Credential.Password)}@{Proxy.Authority}";

    private static Uri ReadProxy(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            && uri is { PathAndQuery: "/", Fragment: "" } && !text.Any(char.IsWhiteSpace) && !text.Any(char.IsControl)
            ? uri
            : throw ActionException.BadInput(
                "The input 'proxy' is not the address of a proxy",
                "Give scheme, host and port, such as http://proxy.example.com:3128, and before the host user:password@ where it asks for "
                + "them, each percent-encoded");

    private static NetworkCredential CredentialOf(Uri address)
    {
        var parts = address.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    // Neither curl nor .NET reads patterns and networks everywhere; what one of them reads otherwise would leave by another way.
    private static string ReadHost(string text)
    {
        var host = text.TrimStart('.');
        return host.Length > 0 && (IPAddress.TryParse(host, out _) || Uri.CheckHostName(host) == UriHostNameType.Dns)
            ? host
            : throw ActionException.BadInput(
                $"The input 'no-proxy' has '{PlainText.Inert(text)}', which is neither the name nor the address of a host",
                "Give hosts, separated by commas, such as git.example.com, or example.com for all below it; ports, * and networks are not "
                + "supported");
    }

    private static string RequireCertificates(string text)
    {
        const string Remedy = "Give certificates in PEM, from BEGIN CERTIFICATE to END CERTIFICATE, such as the file of the authority";
        if (text.Length > MostCharacters)
            throw ActionException.BadInput($"The input 'ca-certificates' has more than {MostCharacters:#,0} characters", Remedy);
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw ActionException.BadInput("The input 'ca-certificates' has a private key", "Give the certificates alone");
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(text);
            foreach (var certificate in found) certificate.Dispose();
            if (found.Count > 0) return text;
        }
        catch (CryptographicException e)
        {
            throw ActionException.BadInput($"The input 'ca-certificates' cannot be read: {PlainText.Inert(e.Message)}", Remedy);
        }

        throw ActionException.BadInput("The input 'ca-certificates' has no certificate", Remedy);
    }
}
