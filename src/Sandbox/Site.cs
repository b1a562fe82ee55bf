using System.Globalization;

namespace ReleaseActions.Sandbox;

/// <summary>The addresses of a running sandbox; the port is known once the server listens.</summary>
internal sealed class Site
{
    public int Port { get; set; }

    public string Registry => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public string Server => $"http://{Registry}";

    public string Api => $"{Server}/api/v3";

    public string Uploads => $"{Server}/api/uploads";

    /// <summary>Another host name for the same loopback: what github.com's object storage is to api.github.com.</summary>
    public string Storage => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/storage");
}
