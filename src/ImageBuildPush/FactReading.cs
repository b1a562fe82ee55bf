using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Versions;
using ReleaseActions.ImageBuildPush.Archives;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Everything a run is decided by.</summary>
/// <param name="Release">What is the same for all images.</param>
/// <param name="Images">What is known of each.</param>
/// <param name="Tags">The tags of each.</param>
/// <param name="Accounts">The registries to sign in to, by their names.</param>
internal sealed record RunFacts(ReleaseFacts Release, IReadOnlyList<ImageFacts> Images, IReadOnlyList<ImageTag> Tags, IReadOnlyDictionary<string, RegistryAccount> Accounts);

/// <summary>Asks git, the workspace and the registry for what a run is decided by; changes nothing.</summary>
internal sealed class FactReading(ImageBuildPushInputs inputs, World world)
{
    public async Task<RunFacts> ReadAsync(CancellationToken cancellation)
    {
        var orders = ImageOrder.For(world.Policy, inputs, RepositoryNames());
        var release = await ReadReleaseAsync(cancellation);
        var tags = ImageTag.For(release, inputs.Tags);
        var accounts = RegistryAccounts.For(orders.Select(o => o.Repository.Domain!), inputs, world);
        foreach (var (domain, account) in accounts) world.Registry.SignIn(domain, account);

        var images = new List<ImageFacts>();
        foreach (var order in orders)
        {
            var archive = order.Archive is null ? null : await ImageArchive.ReadAsync(order.Archive, world.Workspace, cancellation);
            var remote = inputs.Push ? await ReadRemoteAsync(order, tags, cancellation) : new Dictionary<string, RemoteImage>();
            images.Add(new ImageFacts(order, ComponentVersion(order), archive, remote));
        }

        return new RunFacts(release, images, tags, accounts);
    }

    private (string Owner, string Name) RepositoryNames() =>
        world.Runner.Repository?.ToLowerInvariant().Split('/') is [var owner, var name] ? (owner, name) : ("", "");

    private async Task<ReleaseFacts> ReadReleaseAsync(CancellationToken cancellation)
    {
        world.Policy.RequireUseOfProduct();
        var prefix = world.Policy.Version.TagPrefix;
        var version = ReleaseTag.FindOfRun(inputs.Version, world.Runner.Ref, prefix)?.Version;
        if (version is not null) world.Policy.RequireProduct();
        var commit = await world.Git.RequireCommitOfRunAsync(null, cancellation);
        var date = await world.Git.CommitDateAsync(commit, cancellation);
        var source = world.Runner.Repository is { } repository ? $"{world.Runner.ServerUrl}/{repository}" : null;
        return new ReleaseFacts(version, commit, date, source, await MovesLatestAsync(version, prefix, cancellation));
    }

    private async Task<bool> MovesLatestAsync(SemanticVersion? version, string prefix, CancellationToken cancellation)
    {
        if (inputs.Latest != LatestRule.Auto) return inputs.Latest == LatestRule.True;
        var order = world.Policy.Version.Order;
        if (version is null || order.IsPrerelease(version)) return false;
        // The remote's tags: a checkout has them all only with fetch-depth 0.
        return RegistryNames.IsLatest(version, ReleaseTag.Among((await world.Git.ListRemoteTagsAsync(cancellation)).Keys, prefix, order), order);
    }

    private string? ComponentVersion(ImageOrder order)
    {
        if (order.VersionFrom is null) return null;
        var place = ManifestPlace.Parse(order.VersionFrom);
        var found = world.Workspace.ReadText(place.File) is { } text ? place.Read(text)[0] : new ManifestVersion("", null, null, "the file is not there");
        return found.Version ?? throw new ActionException(ExitCode.BadInput, [
            new Finding($"The version of the component '{order.Name}' cannot be read from {place}: {found.Problem}", "Mend the file, or `version-from` of the policy", place.File, found.Line)]);
    }

    private async Task<IReadOnlyDictionary<string, RemoteImage>> ReadRemoteAsync(ImageOrder order, IReadOnlyList<ImageTag> tags, CancellationToken cancellation)
    {
        var remote = new Dictionary<string, RemoteImage>();
        foreach (var tag in tags)
        {
            var reference = order.Repository.WithTag(tag.Name);
            if (await world.Registry.FindDigestAsync(reference, cancellation) is not { } digest) continue;
            var isAsked = order.Archive is null && tag.Stands != TagMeaning.Channel;
            remote[tag.Name] = new RemoteImage(digest, isAsked ? await RevisionAsync(order.Repository.WithDigest(digest), cancellation) : null);
        }

        return remote;
    }

    /// <summary>The commit that a published image says it was built from; of an index, what its first image says.</summary>
    private async Task<string?> RevisionAsync(ImageReference reference, CancellationToken cancellation)
    {
        try
        {
            if (await world.Registry.FindManifestAsync(reference, cancellation) is not { } manifest) return null;
            if (manifest.MediaType is MediaTypes.Index or MediaTypes.DockerList)
                return ImageIndex.Parse(manifest.Bytes).Manifests is [var first, ..] ? await RevisionAsync(reference.WithDigest(first.Digest), cancellation) : null;
            var config = ImageManifest.Parse(manifest.Bytes).Config;
            return ImageConfig.Parse(await world.Registry.ReadBlobAsync(reference, config, cancellation)).Labels.GetValueOrDefault(ImageLabels.Revision);
        }
        catch (FormatException)
        {
            // Not an image as docker makes them, and so not one of ours.
            return null;
        }
    }
}
