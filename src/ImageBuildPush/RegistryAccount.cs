using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ImageBuildPush;

/// <summary>An account at a registry.</summary>
/// <param name="User">The name; registries that take a token accept any.</param>
/// <param name="Password">The password or token.</param>
internal sealed record RegistryAccount(string User, Secret Password)
{
    /// <summary>
    /// The account for each registry that is pushed to, by its name. The password from the inputs is for the only registry of the run; the
    /// job's own token goes to GitHub's own registry and to no other; for the rest, and on a laptop, <c>docker login</c> counts.
    /// </summary>
    /// <exception cref="ActionException">A password was given, and the images go to several registries (exit 2).</exception>
    public static IReadOnlyDictionary<string, RegistryAccount> ForAll(ImageRequest request, Readers readers, Docker docker)
    {
        if (!request.Push) return new Dictionary<string, RegistryAccount>();
        var domains = request.Images.Select(i => i.Repository.Domain!).Distinct().ToList();
        var user = request.Username ?? readers.Runner.Actor ?? "x-access-token";
        if (request.Password is { } password)
        {
            if (domains is [var only]) return new Dictionary<string, RegistryAccount> { [only] = new(user, password) };
            throw ActionException.BadInput(
                $"One `password` was given, and the images go to {domains.Count} registries: {string.Join(", ", domains)}",
                "Run the action once for each registry, choosing its images with `only`");
        }

        var server = Uri.TryCreate(readers.Runner.ServerUrl, UriKind.Absolute, out var web) ? web.Authority : "";
        var token = readers.Token is { } jobs ? new RegistryAccount(user, jobs) : null;
        var accounts = domains.Select(d => (Domain: d, Account: token is not null && IsGitHubs(d, server) ? token : docker.FindAccount(d)));
        return accounts.Where(a => a.Account is not null).ToDictionary(a => a.Domain, a => a.Account!);
    }

    // ghcr.io belongs to github.com; an Enterprise Server has its registry at a subdomain.
    private static bool IsGitHubs(string domain, string server)
    {
        if (server.Length == 0 || !Uri.TryCreate($"https://{domain}", UriKind.Absolute, out var registry)) return false;
        var host = registry.Authority;
        return server == "github.com" ? host == "ghcr.io" : host == server || host.EndsWith($".{server}", StringComparison.Ordinal);
    }
}
