using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.Hosting;

/// <summary>The inputs that every action has; <see cref="ActionHost"/> declares them after the action's own.</summary>
internal sealed class StandardInputs(Inputs inputs, Func<string, string?> given)
{
    public bool DryRun { get; } = inputs.Flag(
        "dry-run", "Show the plan and change nothing. What would be refused is a warning.", fallback: false);

    public string PolicyFile { get; } = inputs.Text(
        "policy-file", "The team's release policy, relative to the workspace. Without the file, inputs and defaults decide.",
        fallback: ".github/release-actions.yml");

    public string? Product { get; } = inputs.OptionalText(
        "product",
        "The product that the run is about, in a repository of several: it fills {product} in the policy and selects the sections "
            + "of a shared changelog. If absent, the tag that started the run names it, unless a version is given.");

    /// <summary>The tag that the run is about, where the action takes one.</summary>
    public string? Tag { get; } = RunnerContext.TagOf(given("tag") ?? "") ?? given("tag");

    /// <summary>The repository that is worked on in place of the run's own, where the action takes one.</summary>
    public string? Repository { get; } = given("repository");

    /// <summary>The token for <see cref="Repository"/>; the run's own counts where it is absent.</summary>
    public Secret? RepositoryToken { get; } = given("repository-token") is { } token ? new Secret(token) : null;

    /// <summary>The version that a person gave, where the action takes one.</summary>
    public string? Version { get; } = given("version");

    /// <summary>What comes before the version in a tag, where an input overrides the policy; it may be empty.</summary>
    public string? TagPrefix { get; } = given("tag-prefix") ?? (inputs.ValueOrEmpty("tag-prefix") is "" ? "" : null);

    public TimeSpan MaxWait { get; } = TimeSpan.FromMinutes(inputs.Number(
        "max-wait",
        "How many minutes the step may wait in total for rate limits and failing servers. Beyond that it ends and reports when to run "
        + "it again.",
        fallback: 15, least: 0, most: 360));

    public NetworkSettings Network { get; } = ReadNetwork(inputs);

    public Secret? Token { get; } = inputs.Token(
        "token", "The token for GitHub's API, git and the registry of the repository's owner.", actionDefault: "${{ github.token }}");

    private static NetworkSettings ReadNetwork(Inputs inputs)
    {
        var network = NetworkSettings.Read(
            inputs.OptionalText(
                "proxy",
                "The proxy through which everything is sent, such as http://proxy.example.com:3128, with user:password@ before the host "
                + "where it asks for them. Variables such as HTTPS_PROXY name one on a laptop only."),
            inputs.OptionalText(
                "no-proxy", "The hosts that are reached without the proxy, separated by commas, each with all hosts below it."),
            inputs.OptionalText(
                "ca-certificates",
                "Certificates in PEM that are trusted besides the public ones, for servers and proxies of a company."));
        if (network.Credential?.Password is { Length: > 0 } password) inputs.Hide(new Secret(password));
        return network;
    }
}
