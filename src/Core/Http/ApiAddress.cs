using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Http;

/// <summary>Which addresses the token may travel to. Pure; every address that GitHub's edge calls went through here.</summary>
public static class ApiAddress
{
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
        if (address.UserInfo.Length > 0)
            throw ActionException.BadInput($"The API URL of '{address.Host}' holds a user name or password", Remedy);
        if (MetadataAddress.IsOne(address)) throw ActionException.BadInput($"The API URL '{shown}' leads to a metadata service", Remedy);
        if (address.IsLoopback && isHosted) throw ActionException.BadInput($"The API URL '{shown}' leads to the runner itself", Remedy);
        if (!IsSafe(address)) throw ActionException.BadInput($"API URL must be https, and '{shown}' is not", Remedy);
        return address;
    }

    /// <summary>Whether what is sent there is encrypted, or never leaves the machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback);

    /// <summary>Whether two addresses are of one server: scheme, host and port.</summary>
    public static bool IsSameServer(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port
        && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address that the API sent for a next page or a redirect of its own.</summary>
    /// <exception cref="ActionException">It is on another host (exit 4).</exception>
    public static Uri RequireOnApi(Uri api, Uri address) => IsSameServer(api, address) ? address
        : throw ActionException.Remote(
        $"API host '{PlainText.Inert(address.Host)}' does not match GITHUB_API_URL ({api.Host})",
        "The token was not sent there; see what stands between the runner and GitHub");

    /// <summary>Where a release's files are sent: <c>upload_url</c> without its template.</summary>
    /// <remarks>The API's own host, or uploads.X beside api.X: uploads.github.com, uploads.NAME.ghe.com. GHES uses its one host.</remarks>
    /// <param name="api">The API's root.</param>
    /// <param name="template">What the server sent.</param>
    /// <param name="path">How its path has to end, below <c>/repos/</c>: the token may be good for other repositories too.</param>
    /// <exception cref="ActionException">It is on another host or of another release (exit 4).</exception>
    public static Uri RequireUpload(Uri api, string template, string path)
    {
        var text = template.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? template[..at] : template;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            && (IsSameServer(api, address) || IsSameServer(UploadsOf(api), address)))
        {
            if (address.AbsolutePath.EndsWith($"/repos/{path}", StringComparison.OrdinalIgnoreCase) && address.Query.Length == 0
                && address.Fragment.Length == 0) return address;
            throw NoUpload($"The server sent an upload URL that is not of this release: '{PlainText.Inert(PlainText.Cut(text, 200))}'");
        }

        throw NoUpload($"The server sent an upload URL on another host: '{PlainText.Inert(PlainText.Cut(text, 200))}', "
            + $"and the API is on '{api.Host}'");
    }

    private static ActionException NoUpload(string message) =>
        ActionException.Remote(message, "No file was sent there; see what stands between the runner and GitHub");

    private static Uri UploadsOf(Uri api) =>
        api.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase)
        ? new UriBuilder(api) { Host = "uploads." + api.Host["api.".Length..] }.Uri : api;
}
