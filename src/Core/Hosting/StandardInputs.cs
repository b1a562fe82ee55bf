namespace ReleaseActions.Core.Hosting;

/// <summary>The inputs that every action has; <see cref="ActionHost"/> declares them after the action's own.</summary>
internal sealed class StandardInputs(Inputs inputs, IAction action, Func<string, string?> given)
{
    public bool DryRun { get; } = action is ReleaseAction && inputs.Flag(
        "dry-run", "Show the plan and change nothing. What would be refused is a warning.", fallback: false);

    public bool AllowFork { get; } = action is ReleaseAction { ReachesOutside: true } && inputs.Flag(
        "allow-fork", "Publish from a run of a fork too, for a fork that makes releases of its own.", fallback: false);

    public string PolicyFile { get; } = inputs.Text(
        "policy-file", "The team's release policy, relative to the workspace. Without the file, inputs and defaults decide.", fallback: ".github/release-actions.yml");

    public string? Product { get; } = inputs.OptionalText(
        "product", "The product of several that the run is about: what {product} of the policy stands for, and whose sections count in a changelog that products share. Where absent, the tag names it that started the run, unless a version was typed.");

    /// <summary>The tag that the run is about, where the action lets a person name it.</summary>
    public string? Tag { get; } = given("tag");

    /// <summary>The version that a person typed, where the action lets them.</summary>
    public string? Version { get; } = given("version");

    /// <summary>What stands before the version in a tag, where an input overrides the policy.</summary>
    public string? TagPrefix { get; } = given("tag-prefix");

    public TimeSpan MaxWait { get; } = TimeSpan.FromMinutes(inputs.Number(
        "max-wait", "How many minutes the step may wait in all for rate limits and failing servers. Beyond it the step ends and tells when to run it again.", fallback: 15, least: 0, most: 360));

    public Secret? Token { get; } = inputs.Token(
        "token", "The token for GitHub's API, git and the registry of the repository's owner.", actionDefault: "${{ github.token }}");
}
