using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ReleaseActions.Tests.Support;

/// <summary>
/// A company's network: a host that no DNS knows, whose certificate is the company's own, and a proxy that leads there. Behind the host is
/// a server on loopback.
/// </summary>
public sealed class CompanyNetwork : IDisposable
{
    public const string Host = "ghes.company.example";

    private readonly TcpListener _proxy = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _server;
    private readonly Uri _behind;
    private readonly List<string> _requests = [];

    /// <param name="behind">The server on loopback.</param>
    public CompanyNetwork(string behind)
    {
        _behind = new Uri(behind);
        (_authority, _server) = Certificates();
        _proxy.Start();
        _ = AcceptAsync();
    }

    /// <summary>The certificate of the company's authority, as PEM.</summary>
    public string Authority => _authority.ExportCertificatePem();

    /// <summary>The proxy's host and port.</summary>
    public string Proxy => _proxy.LocalEndpoint.ToString()!;

    /// <summary>What the proxy asks for, as <c>user:password</c>; null for nothing.</summary>
    public string? Credential { get; init; }

    /// <summary>The heads of all requests to the proxy so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _authority.Dispose();
        _server.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await _proxy.AcceptTcpClientAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var head = await HeadAsync(stream);
                lock (_requests) _requests.Add(head);
                var basic = Credential is null ? "" : Convert.ToBase64String(Encoding.UTF8.GetBytes(Credential));
                if (!head.Contains(basic, StringComparison.Ordinal))
                {
                    await AnswerAsync(stream, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"company\"");
                    return;
                }

                if (!head.StartsWith($"CONNECT {Host}:443 ", StringComparison.Ordinal))
                {
                    await AnswerAsync(stream, "502 Bad Gateway");
                    return;
                }

                await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
                await ServeAsync(stream);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // A client that trusts nobody, or that has what it came for.
        }
    }

    private async Task ServeAsync(Stream tunnel)
    {
        await using var secure = new SslStream(tunnel);
        await secure.AuthenticateAsServerAsync(_server);
        using var behind = new TcpClient();
        await behind.ConnectAsync(_behind.Host, _behind.Port);
        var there = behind.GetStream();
        await Task.WhenAny(secure.CopyToAsync(there), there.CopyToAsync(secure));
    }

    private static async Task<string> HeadAsync(Stream stream)
    {
        var (head, next) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(next) > 0)
            head.Append((char)next[0]);
        return head.ToString();
    }

    private static Task AnswerAsync(Stream stream, string status) => stream.WriteAsync(
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")).AsTask();

    private static (X509Certificate2 Authority, X509Certificate2 Server) Certificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Company", key, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest($"CN={Host}", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var authority = root.CreateSelfSigned(from, to);
        using var signed = leaf.Create(authority, from, to, [1, 2, 3, 4]);
        return (authority, signed.CopyWithPrivateKey(serverKey));
    }
}
