using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Which registries are signed in to with what.</summary>
internal static class RegistryAccounts
{
    /// <summary>
    /// The account for each registry. A password that was given is for the one registry of the run; the job's own token goes to GitHub's
    /// own registry and to no other.
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
        return world.Token is { } token
            ? all.Where(d => IsGitHubs(d, new Uri(world.Runner.ServerUrl).Host)).ToDictionary(d => d, _ => new RegistryAccount(user, token))
            : new Dictionary<string, RegistryAccount>();
    }

    // ghcr.io is github.com's; an Enterprise Server has its own below its name.
    private static bool IsGitHubs(string domain, string server)
    {
        var host = new Uri($"https://{domain}").Host;
        return server == "github.com" ? host == "ghcr.io" : host == server || host.EndsWith($".{server}", StringComparison.Ordinal);
    }
}
