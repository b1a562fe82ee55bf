using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Registries;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Which registries are signed in to with what.</summary>
internal static class RegistryAccounts
{
    /// <summary>
    /// The account for each registry. A password that was given is for the one registry of the run; the job's own token goes to GitHub's
    /// own registry and to no other; for the rest, and on a laptop, it is what <c>docker login</c> was given.
    /// </summary>
    /// <exception cref="ActionException">A password was given, and the images go to several registries (exit 2).</exception>
    public static IReadOnlyDictionary<string, RegistryAccount> For(IEnumerable<string> domains, ImageBuildPushInputs inputs, World world)
    {
        var all = domains.Distinct().ToList();
        var user = inputs.Username ?? world.Runner.Actor ?? "x-access-token";
        if (!inputs.Push) return new Dictionary<string, RegistryAccount>();
        if (inputs.Password is { } password)
            return all is [var only] ? new Dictionary<string, RegistryAccount> { [only] = new(user, password) } : throw ActionException.BadInput(
                $"One `password` was given, and the images go to {all.Count} registries: {string.Join(", ", all)}", "Run the action once for each registry, choosing its images with `only`");
        var accounts = all.Select(d => (Domain: d, Account: Own(d, user, world) ?? world.Docker.FindAccount(d)));
        return accounts.Where(a => a.Account is not null).ToDictionary(a => a.Domain, a => a.Account!);
    }

    private static RegistryAccount? Own(string domain, string user, World world) =>
        world.Token is { } token && IsGitHubs(domain, new Uri(world.Runner.ServerUrl).Host) ? new RegistryAccount(user, token) : null;

    // ghcr.io is github.com's; an Enterprise Server has its own below its name.
    private static bool IsGitHubs(string domain, string server)
    {
        var host = new Uri($"https://{domain}").Host;
        return server == "github.com" ? host == "ghcr.io" : host == server || host.EndsWith($".{server}", StringComparison.Ordinal);
    }
}
