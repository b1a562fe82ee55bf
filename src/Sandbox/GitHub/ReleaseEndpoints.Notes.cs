using System.Text;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Generated notes as GitHub writes them: merged pull requests since the previous tag, then a link to the comparison.</summary>
internal sealed partial class ReleaseEndpoints
{
    /// <summary>Adds generated notes to a release: its own body comes first, its own name wins (GitHub's API description).</summary>
    private async Task<Release> WithNotesAsync(Release release)
    {
        var generated = await NotesAsync(release.TagName, release.TargetCommitish, null);
        return release with
        {
            Name = release.Name ?? release.TagName,
            Body = release.Body is { Length: > 0 } own ? $"{own}\n\n{generated}" : generated,
        };
    }

    private async Task<string> NotesAsync(string tag, string? target, string? previous)
    {
        var head = await repository.Git.ResolveAsync(tag)
            ?? await repository.Git.ResolveAsync(target ?? await repository.Git.DefaultBranchAsync())
            ?? throw Refusal.Invalid(Refusal.Error("Release", "invalid", "target_commitish"));
        if (previous is not null && await repository.Git.FindRefAsync($"refs/tags/{previous}") is null)
            throw new Refusal(400, "Invalid previous_tag parameter");
        previous ??= await PreviousAsync(tag);
        var range = previous is null ? head : $"refs/tags/{previous}..{head}";
        var commits = (await repository.Git.CommitsAsync(range)).Select(commit => commit.Sha).ToHashSet();
        var text = new StringBuilder();
        foreach (var pull in repository.PullRequests.Values.OrderBy(pull => pull.Number))
            if (pull.MergeCommitSha is { } sha && commits.Contains(sha))
                text.Append("* ").Append(pull.Title).Append(" by @").Append(pull.User).Append(" in ").Append(repository.Html)
                    .Append("/pull/").Append(pull.Number).Append('\n');
        if (text.Length > 0) text.Insert(0, "## What's Changed\n").Append("\n\n");
        var link = previous is null ? $"commits/{tag}" : $"compare/{previous}...{tag}";
        return text.Append("**Full Changelog**: ").Append(repository.Html).Append('/').Append(link).ToString();
    }

    private async Task<string?> PreviousAsync(string tag)
    {
        var published = repository.Releases.State.Releases.Where(release => !release.Draft && release.TagName != tag)
            .OrderByDescending(release => release.PublishedAt).FirstOrDefault();
        return published is not null && await repository.Git.FindRefAsync($"refs/tags/{published.TagName}") is not null
            ? published.TagName
            : null;
    }
}
