using System.Text.Json.Nodes;
using static ReleaseActions.Sandbox.Web.Refusal;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>
/// GitHub's rules of releases: what may be saved, what publishing means, which release is the latest. Called within a turn of the store.
/// </summary>
internal sealed class ReleaseRules(GitHubRepository repository)
{
    private const string NoValidTag = "Published releases must have a valid tag";
    private const int LongestBody = 125_000;

    /// <summary>
    /// The release whose <c>make_latest</c> said so last; else the newest by the date of its commit (GitHub's description of
    /// <c>releases/latest</c>). A release that was published with <c>make_latest: false</c> never becomes it by itself.
    /// </summary>
    public Release? Latest()
    {
        var state = repository.Releases.State;
        var able = state.Releases.Where(release => release is { Draft: false, Prerelease: false }).ToList();
        return able.Find(release => release.Id == state.LatestId)
            ?? able.Where(release => release.MakeLatest != "false")
                .OrderByDescending(release => release.CreatedAt).ThenByDescending(release => release.Id).FirstOrDefault();
    }

    /// <summary>Saves a new release or a changed one; publishing it makes the tag.</summary>
    public async Task<Release> SaveAsync(Release release, bool publishes, bool makesLatest)
    {
        await CheckAsync(release, publishes);
        if (publishes) release = await PublishAsync(release);
        var state = repository.Releases.State;
        if (release.Id == 0)
        {
            release = release with { Id = state.NextReleaseId };
            state = state with { NextReleaseId = release.Id + 1, Releases = state.Releases.Add(release) };
        }
        else
        {
            state = state with { Releases = state.Releases.SetItem(state.Releases.FindIndex(old => old.Id == release.Id), release) };
        }

        repository.Releases.Save(makesLatest ? state with { LatestId = NewLatest(release, state.LatestId) } : state);
        return release;
    }

    public void Delete(Release release)
    {
        var state = repository.Releases.State;
        repository.Releases.Save(state with
        {
            Releases = state.Releases.RemoveAll(other => other.Id == release.Id),
            BurnedTags = release.Immutable ? state.BurnedTags.Add(release.TagName) : state.BurnedTags,
        });
        foreach (var asset in release.Assets) File.Delete(repository.Releases.AssetFile(asset.Id));
    }

    // true: this one; legacy and false: whoever Latest() finds.
    private static long? NewLatest(Release release, long? former) => release switch
    {
        { Draft: true } or { Prerelease: true } or { MakeLatest: "false" } => former == release.Id ? null : former,
        { MakeLatest: "legacy" } => null,
        _ => release.Id,
    };

    private async Task CheckAsync(Release release, bool publishes)
    {
        var errors = new List<JsonObject>();
        var tagExists = await repository.Git.FindRefAsync($"refs/tags/{release.TagName}") is not null;
        if (release.Body?.EnumerateRunes().Count() > LongestBody)
            errors.Add(Custom("Release", "body", $"body is too long (maximum is {LongestBody} characters)"));
        if (!release.Draft) errors.AddRange(await TagErrorsAsync(release, publishes, tagExists));
        if (await TargetAsync(release.TargetCommitish) is null)
            errors.Add(Error("Release", "invalid", "target_commitish"));
        if (errors.Count > 0) throw Invalid([.. errors]);
    }

    private async Task<JsonObject[]> TagErrorsAsync(Release release, bool publishes, bool tagExists)
    {
        var rival = repository.Releases.Published(release.TagName);
        if (rival is not null && rival.Id != release.Id) return [Error("Release", "already_exists", "tag_name")];
        if (publishes && repository.Releases.State.BurnedTags.Contains(release.TagName))
            return [Custom("Release", "tag_name", "tag_name was used by an immutable release"), Custom("Release", null, NoValidTag)];
        if (tagExists) return [];
        if (!await repository.Git.IsWellFormedAsync($"refs/tags/{release.TagName}"))
            return [Custom("Release", "tag_name", "tag_name is not well-formed"), Custom("Release", null, NoValidTag)];
        if (repository.RefusesNewTags)
            return [Custom("Release", "pre_receive", "pre_receive " + RefEndpoints.NoNewRefs), Custom("Release", null, NoValidTag)];
        return await TargetAsync(release.TargetCommitish) is null
            ? [Custom("Release", "tag_name", "tag_name is not a valid tag"), Custom("Release", null, NoValidTag)]
            : [];
    }

    private async Task<Release> PublishAsync(Release release)
    {
        var name = $"refs/tags/{release.TagName}";
        if (await repository.Git.FindRefAsync(name) is null)
        {
            if (await repository.IsBeyondTokenAsync((await TargetAsync(release.TargetCommitish))!)) throw NoWrite();
            await repository.Git.CreateRefAsync(name, (await TargetAsync(release.TargetCommitish))!);
        }

        var tag = await repository.Git.FindRefAsync(name);
        var commit = await repository.Git.CommitAsync(tag!.Commit);
        return release with
        {
            CreatedAt = commit.Committer.Date.ToUniversalTime(),
            PublishedAt = repository.Now,
            Immutable = repository.Options.ImmutableReleases,
        };
    }

    // A branch or a full SHA. Tag names and refs/tags/… are refused, as public reports show.
    private async Task<string?> TargetAsync(string commitish) =>
        await repository.Git.FindRefAsync($"refs/heads/{commitish}") is { } branch ? branch.Commit
        : await repository.Git.TypeAsync(commitish) == "commit" ? commitish
        : null;
}
