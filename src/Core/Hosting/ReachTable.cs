using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Hosting;

/// <summary>
/// What an action can reach: permissions, hosts, secrets, and the parts of the runner's mounts that it uses. Hosts and mounts follow from
/// its <see cref="Changes"/>, without which <see cref="Writers"/> gives it no client; so they cannot fall behind the code.
/// </summary>
internal sealed class ReachTable(ReleaseAction action, IReadOnlyList<InputDeclaration> inputs)
{
    /// <summary>The permissions to copy, and the table.</summary>
    public string ToMarkdown()
    {
        var permissions = action.Permissions.Count == 0 ? ""
            : "### Permissions\n\n"
                + Markdown.Block("yaml", "permissions:\n" + string.Join('\n', action.Permissions.Select(p => $"  {p}"))) + "\n\n";
        return permissions + "### What it can reach\n\n" + Markdown.Table(["what", "which"],
        [
            ["permissions", action.Permissions.Count == 0 ? "none" : string.Join("<br>", action.Permissions.Select(Markdown.Code))],
            ["hosts", string.Join("<br>", Hosts)],
            ["secrets", string.Join("<br>", Secrets)],
            ["mounts", string.Join("<br>", Mounts)],
        ]);
    }

    private bool Has(Changes changes) => (action.Changes & changes) != 0;

    private IEnumerable<string> Hosts
    {
        get
        {
            yield return "GitHub: `GITHUB_SERVER_URL` for git and `GITHUB_API_URL`";
            if (Has(Changes.Releases)) yield return "GitHub: the host for uploads that a release names";
            if (Has(Changes.Images)) yield return "the registries of the images, and those that a Dockerfile names";
            if (Has(Changes.Channels)) yield return "the channels that the policy notifies";
            yield return "the `proxy`, where one is given";
        }
    }

    private IEnumerable<string> Secrets => inputs.Where(i => i.IsSecret).Select(i => Markdown.Code(i.Name))
        .Concat(Has(Changes.Channels) ? ["the variables that the policy names for its channels"] : []).Append("a password in `proxy`");

    // The runner mounts the same folders into every container action; these are the ones that this action uses.
    private IEnumerable<string> Mounts
    {
        get
        {
            yield return $"`/github/workspace`, the checkout: {(Has(Changes.Files) ? "read and written" : "read")}";
            yield return "`/github/workflow`, the event: read";
            yield return "`/github/file_commands`, outputs and summary: written";
            yield return "`/github/runner_temp`: a private folder, deleted at the end";
            yield return $"`/var/run/docker.sock`: {(Has(Changes.Images) ? "used to build" : "mounted by the runner, not used")}";
        }
    }
}
