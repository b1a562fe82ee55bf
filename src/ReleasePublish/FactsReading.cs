using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>The first beat: what is asked for, and what is there.</summary>
internal sealed class FactsReading(ReleasePublishInputs inputs, World world)
{
    private const int HashesAtOnce = 4;

    private IReadOnlyDictionary<string, string>? _remoteTags;

    /// <summary>Inputs and policy, made definite by the version and the tags on origin.</summary>
    public async Task<PublishWish> ReadWishAsync(CancellationToken cancellation)
    {
        var prefix = world.Policy.Version.TagPrefix;
        var tag = RequireTag(prefix);
        var commit = await RequireCommitAsync(cancellation);
        var isHighest = RegistryNames.IsLatest(tag.Version, ReleaseTag.Among((await RemoteTagsAsync(cancellation)).Keys, prefix));
        var isPrerelease = inputs.Prerelease == Choice.Auto ? tag.Version.IsPrerelease : inputs.Prerelease == Choice.True;
        return new PublishWish(
            tag, commit, TitleOf(tag), Notes(), NotesLink(commit), inputs.BodyMode, inputs.Draft ?? world.Policy.Release.Draft, isPrerelease,
            // GitHub: drafts and prereleases cannot be the latest.
            !isPrerelease && (inputs.MakeLatest == Choice.Auto ? isHighest : inputs.MakeLatest == Choice.True), inputs.OnExisting);
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

    private ReleaseTag RequireTag(string prefix)
    {
        if (inputs.Version is { } version) return ReleaseTag.Of(ReleaseTag.RequireVersion(version, prefix), prefix);
        var tag = inputs.Tag ?? world.Runner.Tag ?? throw ActionException.BadInput(
            $"There is no tag to release: the run was started by '{Log.Inert(world.Runner.Ref ?? "a laptop")}', which is no tag", $"Push a tag such as {prefix}1.2.3, or give the input `tag` or `version`");
        return ReleaseTag.Require(Git.RequireSafeName("tag", tag), prefix);
    }

    private async Task<string> RequireCommitAsync(CancellationToken cancellation)
    {
        var revision = inputs.Target ?? world.Runner.Sha ?? "HEAD";
        return await world.Git.FindCommitAsync(revision, cancellation)
            ?? throw ActionException.BadInput($"The commit '{Log.Inert(revision)}' is not in the checkout", "Check out the commit to release, with `fetch-depth: 0`");
    }

    // Asked once for the wish and the facts; asked again right before publication.
    private async Task<IReadOnlyDictionary<string, string>> RemoteTagsAsync(CancellationToken cancellation) =>
        _remoteTags ??= await world.Git.ListRemoteTagsAsync(cancellation);

    private string TitleOf(ReleaseTag tag) => (inputs.Name ?? world.Policy.Release.Title)
        .Replace("{version}", tag.Version.Text, StringComparison.Ordinal).Replace("{tag}", tag.Name, StringComparison.Ordinal);

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
        var digests = new string[found.Count];
        await Parallel.ForAsync(0, found.Count, new ParallelOptions { MaxDegreeOfParallelism = HashesAtOnce, CancellationToken = cancellation },
            async (i, token) => digests[i] = await world.Workspace.Sha256Async(found[i].Path, token));
        return [.. found.Select((file, i) => new LocalFile(file, digests[i]))];
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
