using System.Net;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>Where the repository of a run is, by the runner's own variables. The checkout's remote could name any other place.</summary>
internal static class RemoteAddress
{
    /// <summary>The address for git over HTTPS; plain HTTP on loopback alone.</summary>
    /// <exception cref="ActionException">The variables name no such address (exit 2).</exception>
    public static Uri Of(RunnerContext runner)
    {
        var (owner, name) = runner.RequireRepository();
        if (!IsName(owner) || !IsName(name))
            throw ActionException.BadInput(
                $"GITHUB_REPOSITORY is '{PlainText.Inert(runner.Repository!)}', which is no name of a repository on GitHub",
                "Set it to owner/name: letters, digits and . _ - only");
        var server = runner.ServerUrl;
        if (Uri.TryCreate(server, UriKind.Absolute, out var uri) && IsServer(uri))
            return new Uri($"{uri.AbsoluteUri.TrimEnd('/')}/{owner}/{name}.git");
        throw ActionException.BadInput(
            $"GITHUB_SERVER_URL is '{PlainText.Inert(server)}', and git asks https servers only",
            "Set it to the server's address, such as https://github.com");
    }

    private static bool IsServer(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri)))
        && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    // By address: a name may lead anywhere.
    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsName(string name) =>
        name is not ("." or "..") && name[0] != '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
