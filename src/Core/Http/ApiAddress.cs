using System.Net;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Http;

/// <summary>Which addresses the token may travel to. Pure; every address that GitHub's edge calls went through here.</summary>
public static class ApiAddress
{
    // Names under which clouds hand out a machine's own credentials; 169.254.169.254 is among the link-local addresses below.
    private static readonly string[] MetadataHosts = ["metadata", "metadata.google.internal", "instance-data", "instance-data.ec2.internal"];

    /// <summary>The API's root, with a slash at its end.</summary>
    /// <param name="text">What <c>GITHUB_API_URL</c> says.</param>
    /// <param name="isHosted">Whether this is a runner of GitHub's own, where nothing of GitHub is on the loopback.</param>
    /// <exception cref="ActionException">The token must not be sent there (exit 2).</exception>
    public static Uri Require(string text, bool isHosted)
    {
        const string Remedy = "Leave GITHUB_API_URL as the runner sets it, such as https://api.github.com";
        var shown = PlainText.Inert(text);
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw ActionException.BadInput($"The API URL '{shown}' is not an address", Remedy);
        if (address.UserInfo.Length > 0) throw ActionException.BadInput($"The API URL of '{address.Host}' holds a user name or password", Remedy);
        if (IsMetadata(address)) throw ActionException.BadInput($"The API URL '{shown}' leads to a metadata service", Remedy);
        if (address.IsLoopback && isHosted) throw ActionException.BadInput($"The API URL '{shown}' leads to the runner itself", Remedy);
        if (!IsSafe(address)) throw ActionException.BadInput($"API URL must be https, and '{shown}' is not", Remedy);
        return address;
    }

    /// <summary>Whether what is sent there is encrypted, or never leaves the machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback);

    /// <summary>Whether two addresses are of one server: scheme, host and port.</summary>
    public static bool IsSameServer(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address that the API sent for a next page or a redirect of its own.</summary>
    /// <exception cref="ActionException">It is on another host (exit 4).</exception>
    public static Uri RequireOnApi(Uri api, Uri address) => IsSameServer(api, address) ? address
        : throw ActionException.Remote($"API host '{PlainText.Inert(address.Host)}' does not match GITHUB_API_URL ({api.Host})", "The token was not sent there; see what stands between the runner and GitHub");

    /// <summary>Where a release's files are sent: <c>upload_url</c> without its template.</summary>
    /// <remarks>The API's own host, or uploads.X beside api.X: uploads.github.com, uploads.NAME.ghe.com. GHES uses its one host.</remarks>
    /// <exception cref="ActionException">It is on another host (exit 4).</exception>
    public static Uri RequireUpload(Uri api, string template)
    {
        var text = template.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? template[..at] : template;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && (IsSameServer(api, address) || IsSameServer(UploadsOf(api), address))) return address;
        throw ActionException.Remote(
            $"The server sent an upload URL on another host: '{PlainText.Inert(text)}', and the API is on '{api.Host}'", "No file was sent there; see what stands between the runner and GitHub");
    }

    private static Uri UploadsOf(Uri api) =>
        api.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? new UriBuilder(api) { Host = "uploads." + api.Host["api.".Length..] }.Uri : api;

    private static bool IsMetadata(Uri address)
    {
        if (MetadataHosts.Contains(address.Host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)) return true;
        if (!IPAddress.TryParse(address.DnsSafeHost, out var ip)) return false;
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        return ip.IsIPv6LinkLocal || ip.Equals(IPAddress.Parse("fd00:ec2::254")) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)
            || (ip.GetAddressBytes() is [169, 254, ..] and { Length: 4 });
    }
}
