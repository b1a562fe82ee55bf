using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Http;

/// <summary>The proxy and the certificates of <see cref="NetworkSettings"/>, as .NET's transport takes them.</summary>
internal static class StatedNetwork
{
    // The use of a certificate by a server (RFC 5280, 4.2.1.12).
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Sets what the settings state; the rest stays.</summary>
    public static void Apply(NetworkSettings network, SocketsHttpHandler transport)
    {
        if (network.Proxy is not null) (transport.UseProxy, transport.Proxy) = (true, new ByHost(network));
        if (network.Certificates is not { } text) return;
        var own = new X509Certificate2Collection();
        own.ImportFromPem(text);
        transport.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 leaf && IsFrom(own, leaf, chain));
    }

    // Name and time were checked by the first attempt, which failed by the authority alone, or fail here again.
    private static bool IsFrom(X509Certificate2Collection own, X509Certificate2 leaf, X509Chain? sent)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                ApplicationPolicy = { new Oid(ServerAuthentication) },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(own);
        foreach (var element in sent?.ChainElements.AsEnumerable() ?? []) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }

    private sealed class ByHost(NetworkSettings network) : IWebProxy
    {
        public ICredentials? Credentials { get; set; } = network.Credential;

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : network.Proxy;

        public bool IsBypassed(Uri host) => network.IsDirect(host.Host);
    }
}
