using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>The first beat: what is asked for, and what is there.</summary>
internal sealed class FactsReading(ReleasePublishInputs inputs, World world)
{
    private readonly NotesReading _notes = new(inputs, world);
    private IReadOnlyDictionary<string, RemoteTag>? _remoteTags;

    /// <summary>Inputs and policy, made definite by the version and the tags on origin.</summary>
    public async Task<PublishWish> ReadWishAsync(CancellationToken cancellation)
    {
        var (prefix, order, policy) = (world.Policy.Version.TagPrefix, world.Policy.Version.Order, world.Policy.Release);
        world.Policy.RequireUseOfProduct(inputs.Name);
        var tag = RequireTag(prefix);
        world.Policy.RequireProduct();
        var commit = await world.Git.RequireCommitOfRunAsync(inputs.Target, cancellation);
        var isHighest = RegistryNames.IsLatest(tag.Version, ReleaseTag.Among((await RemoteTagsAsync(cancellation)).Keys, prefix, order), order);
        var isPrerelease = inputs.Prerelease == Choice.Auto ? order.IsPrerelease(tag.Version) : inputs.Prerelease == Choice.True;
        return new PublishWish(tag, commit, _notes.Presentable(tag.Fill(world.Policy.Filled(inputs.Name ?? policy.Title))))
        {
            Notes = _notes.ReadGiven(),
            NotesLink = _notes.LinkTo(commit),
            BodyMode = inputs.BodyMode ?? policy.BodyMode,
            Draft = inputs.Draft ?? policy.Draft,
            Prerelease = isPrerelease,
            Order = order,
            // GitHub: drafts and prereleases cannot be the latest.
            MakeLatest = !isPrerelease && (inputs.MakeLatest == Choice.Auto ? isHighest : inputs.MakeLatest == Choice.True),
            LatestByVersion = inputs.MakeLatest == Choice.Auto,
            OnExisting = inputs.OnExisting,
            DiscussionCategory = inputs.DiscussionCategory ?? policy.DiscussionCategory,
            Channels = [.. world.Policy.Notifications.Select(n => n.Name)],
            Notify = inputs.Notify,
            MovingTags = MovingTag.Of(inputs.MovingTags ?? policy.MovingTags, tag.Version, prefix),
            ParallelUploads = inputs.ParallelUploads,
        };
    }

    /// <summary>The tags on origin, the releases of ours, and the files on both sides with their digests.</summary>
    public async Task<PublishFacts> ReadFactsAsync(PublishWish wish, CancellationToken cancellation)
    {
        var files = await ReadFilesAsync(cancellation);
        var releases = await world.GitHub.FindReleasesAsync(wish.Tag.Name, cancellation);
        var release = Drafts.Ours(releases, wish.Tag.Name);
        var assets = release is null ? [] : await world.GitHub.ListAssetsAsync(release.Id, cancellation);
        var tags = await RemoteTagsAsync(cancellation);
        var facts = new PublishFacts(tags, release, Drafts.Strangers(releases, wish.Tag.Name), await Digests.CompleteAsync(world, assets, files, cancellation), files)
        {
            ReleasesOfMovingTags = await ReadReleasesAsync(wish.MovingTags, cancellation),
            State = await ReadStateAsync(wish, isPublished: release is { Draft: false }, cancellation),
        };
        if (!GeneratesNotes || !PublishPlan.WritesNotes(wish, release) || (wish.BodyMode == BodyMode.Append && ReleaseNotes.HasGenerated(release?.Body))) return facts;
        return facts with { Generated = await _notes.GenerateAsync(wish, tags, cancellation) };
    }

    private bool GeneratesNotes => inputs.GenerateNotes ?? world.Policy.Release.GenerateNotes;

    private ReleaseTag RequireTag(string prefix) => inputs.Tag is { } tag
        ? ReleaseTag.Require(RefName.Require("tag", tag), prefix)
        : ReleaseTag.OfRun(inputs.Version, world.Runner.Ref, prefix);

    // Asked once for the wish and the facts; asked again right before publication.
    private async Task<IReadOnlyDictionary<string, RemoteTag>> RemoteTagsAsync(CancellationToken cancellation) =>
        _remoteTags ??= await world.Git.ReadRemoteTagsAsync(cancellation);

    private async Task<IReadOnlyList<Release>> ReadReleasesAsync(IReadOnlyList<MovingTag> tags, CancellationToken cancellation)
    {
        var releases = new List<Release>();
        foreach (var tag in tags)
            if (await world.GitHub.FindPublishedReleaseAsync(tag.Name, cancellation) is { } release) releases.Add(release);
        return releases;
    }

    private async Task<StateUpdate?> ReadStateAsync(PublishWish wish, bool isPublished, CancellationToken cancellation)
    {
        var policy = world.Policy.State;
        if (policy.File is null) return null;
        return StateUpdate.For(await world.Git.ReadRemoteFileAsync(policy.Branch ?? world.Policy.Branches.Production, policy.File, cancellation), policy, wish, isPublished);
    }

    private async Task<IReadOnlyList<LocalFile>> ReadFilesAsync(CancellationToken cancellation)
    {
        var found = FindFiles();
        if (PublishRules.Check(found).ToList() is { Count: > 0 } problems) throw new ActionException(ExitCode.BadInput, problems);
        var hashed = await world.Workspace.HashAsync([.. found.Select(f => f.Path)], cancellation);
        return [.. found.Zip(hashed, (file, hash) => new LocalFile(file with { Size = hash.Size }, hash.Sha256))];
    }

    private IReadOnlyList<PublishableFile> FindFiles()
    {
        if (inputs.Files.Count > 0) return world.Workspace.FindFiles(inputs.Files, inputs.FailOnUnmatched, world.Log.Notice);
        // The folder of made files is there only where sbom-checksum ran before.
        var folder = $"{world.Policy.Artifacts.Folder.TrimEnd('/')}/**";
        var made = world.Workspace.Find(folder).Count > 0 ? (string[])[folder] : [];
        return world.Workspace.FindFiles([.. world.Policy.Artifacts.Files, .. made], inputs.FailOnUnmatched, world.Log.Notice);
    }
}
