namespace ReleaseActions.Core.Running;

/// <summary>The inputs that every action has; <see cref="ActionHost"/> declares them after the action's own.</summary>
internal sealed class StandardInputs(Inputs inputs)
{
    public string PolicyFile { get; } = inputs.Text(
        "policy-file", "The team's release policy, relative to the workspace. Without the file, inputs and defaults decide.", fallback: ".github/release-actions.yml");

    public TimeSpan MaxWait { get; } = TimeSpan.FromMinutes(inputs.Number(
        "max-wait", "How many minutes the step may wait in all for rate limits and failing servers. Beyond it the step ends and tells when to run it again.", fallback: 15, least: 0, most: 360));

    public Secret? Token { get; } = OneLine(inputs, inputs.Secret(
        "token", "The token for GitHub's API, git and the registry of the repository's owner.", actionDefault: "${{ github.token }}"));

    // It travels in an HTTP header, which holds printable ASCII only.
    private static Secret? OneLine(Inputs inputs, Secret? token)
    {
        if (token is null || token.Reveal().All(c => c is > ' ' and <= '~')) return token;
        inputs.Reject("The input 'token' holds a space, a line break or a character that no token has", "Give the token alone, such as ${{ github.token }}");
        return null;
    }
}
