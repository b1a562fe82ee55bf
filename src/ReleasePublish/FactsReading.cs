using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>The first beat: what is asked for, and what is there.</summary>
internal sealed class FactsReading(ReleasePublishInputs inputs, World world)
{
    private IReadOnlyDictionary<string, string>? _remoteTags;

    /// <summary>Inputs and policy, made definite by the version and the tags on origin.</summary>
    public async Task<PublishWish> ReadWishAsync(CancellationToken cancellation)
    {
        var prefix = world.Policy.Version.TagPrefix;
        var tag = RequireTag(prefix);
        var commit = await world.Git.RequireCommitOfRunAsync(inputs.Target, cancellation);
        var isHighest = RegistryNames.IsLatest(tag.Version, ReleaseTag.Among((await RemoteTagsAsync(cancellation)).Keys, prefix));
        var isPrerelease = inputs.Prerelease == Choice.Auto ? tag.Version.IsPrerelease : inputs.Prerelease == Choice.True;
        return new PublishWish(
            tag, commit, tag.Fill(inputs.Name ?? world.Policy.Release.Title), Notes(), NotesLink(commit), inputs.BodyMode, inputs.Draft ?? world.Policy.Release.Draft, isPrerelease,
            // GitHub: drafts and prereleases cannot be the latest.
            !isPrerelease && (inputs.MakeLatest == Choice.Auto ? isHighest : inputs.MakeLatest == Choice.True), inputs.OnExisting)
        {
            ParallelUploads = inputs.ParallelUploads,
        };
    }

    /// <summary>The tag on origin, the releases of it, and the files on both sides with their digests.</summary>
    public async Task<PublishFacts> ReadFactsAsync(PublishWish wish, CancellationToken cancellation)
    {
        var files = await ReadFilesAsync(cancellation);
        var releases = await world.GitHub.FindReleasesAsync(wish.Tag.Name, cancellation);
        var release = Drafts.Ours(releases, wish.Tag.Name);
        var assets = release is null ? [] : await world.GitHub.ListAssetsAsync(release.Id, cancellation);
        return new PublishFacts(
            (await RemoteTagsAsync(cancellation)).GetValueOrDefault(wish.Tag.Name), release, Drafts.Strangers(releases, wish.Tag.Name),
            await Digests.CompleteAsync(world, assets, files, cancellation), files);
    }

    private ReleaseTag RequireTag(string prefix) => inputs.Tag is { } tag
        ? ReleaseTag.Require(Git.RequireSafeName("tag", tag), prefix)
        : ReleaseTag.OfRun(inputs.Version, world.Runner, prefix);

    // Asked once for the wish and the facts; asked again right before publication.
    private async Task<IReadOnlyDictionary<string, string>> RemoteTagsAsync(CancellationToken cancellation) =>
        _remoteTags ??= await world.Git.ListRemoteTagsAsync(cancellation);

    private string? Notes()
    {
        if (inputs.BodyPath is not { } path) return inputs.Body;
        return world.Workspace.ReadText(path) ?? throw ActionException.BadInput($"The file '{path}' that `body-path` names is not there", "Write the notes to it in an earlier step, or correct the path");
    }

    private string? NotesLink(string commit) => inputs.BodyPath is { } path && world.Runner.Repository is { } repository
        ? $"{world.Runner.ServerUrl}/{repository}/blob/{commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"
        : world.Runner.RunUrl;

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
