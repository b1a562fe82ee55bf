namespace ReleaseActions.Core.Running;

/// <summary>The inputs that every action has; <see cref="ActionHost"/> declares them after the action's own.</summary>
internal sealed class StandardInputs(Inputs inputs)
{
    public string PolicyFile { get; } = inputs.Text(
        "policy-file", "The team's release policy, relative to the workspace. Without the file, inputs and defaults decide.", fallback: ".github/release-actions.yml");

    public Secret? Token { get; } = inputs.Token(
        "token", "The token for GitHub's API, git and the registry of the repository's owner.", actionDefault: "${{ github.token }}");
}
