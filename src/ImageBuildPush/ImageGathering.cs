using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Versions;
using ReleaseActions.ImageBuildPush.Archives;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.ImageBuildPush;

/// <summary>Looks up in git, the checkout, the registry and docker what a request needs.</summary>
internal sealed class ImageGathering(ImageRequest request, Readers readers)
{
    public async Task<ImageFacts> GatherAsync(CancellationToken cancellation)
    {
        var images = request.Images;
        var facts = await ReleaseAsync(cancellation);
        var tags = ImageTag.For(request, facts);
        var docker = new Docker(readers);
        var accounts = RegistryAccount.ForAll(request, readers, docker);
        foreach (var (domain, account) in accounts) readers.Registry.SignIn(domain, account.User, account.Password);

        var states = new List<ImageState>();
        foreach (var image in images) states.Add(await StateAsync(image, tags, cancellation));
        return await WithDockerAsync(facts with { Images = states, Accounts = accounts }, docker, cancellation);
    }

    private async Task<ImageFacts> ReleaseAsync(CancellationToken cancellation)
    {
        var version = request.FindVersion();
        var commit = await readers.Git.RequireCommitOfRunAsync(null, cancellation);
        var date = await readers.Git.CommitDateAsync(commit, cancellation);
        return new ImageFacts(version, commit, date) { MovesLatest = await MovesLatestAsync(version, cancellation) };
    }

    private async Task<bool> MovesLatestAsync(ReleaseVersion? version, CancellationToken cancellation)
    {
        if (request.Latest != LatestRule.Auto) return request.Latest == LatestRule.True;
        if (version is null || request.Order.IsPrerelease(version)) return false;
        // The remote's tags: a checkout has all of them only with fetch-depth 0.
        var tags = (await readers.Git.ListRemoteTagsAsync(cancellation)).Keys;
        return RegistryNames.IsLatest(version, ReleaseTag.Among(tags, request.TagPrefix, request.Order), request.Order);
    }

    private async Task<ImageState> StateAsync(RequestedImage image, IReadOnlyList<ImageTag> tags, CancellationToken cancellation)
    {
        var archive = image.Archive is null ? null : await ImageArchive.ReadAsync(image.Archive, readers.Files, cancellation);
        var remote = new Dictionary<string, (string Digest, string? Revision)>();
        foreach (var tag in request.Push ? tags : [])
        {
            if (await readers.Registry.FindDigestAsync(image.Repository.WithTag(tag.Name), cancellation) is not { } digest) continue;
            var mayBeKept = archive is null && tag.Meaning != TagMeaning.Channel;
            remote[tag.Name] = (digest, mayBeKept ? await FindRevisionAsync(image.Repository.WithDigest(digest), cancellation) : null);
        }

        return new ImageState(image, ComponentVersion(image), archive) { Remote = remote };
    }

    private string? ComponentVersion(RequestedImage image)
    {
        if (image.VersionFrom is null) return null;
        var place = ManifestPlace.Parse(image.VersionFrom);
        var found = readers.Files.ReadText(place.File) is { } text
            ? place.Read(text)[0]
            : new ManifestVersion("", null, null, "the file is not there");
        if (found.Version is not null) return found.Version;
        var problem = $"The version of the component '{image.Name}' cannot be read from {place}: {found.Problem}";
        var finding = new Finding(problem, "Fix the file, or `version-from` of the policy", place.File, found.Line);
        throw new ActionException(ExitCode.BadInput, [finding]);
    }

    /// <summary>The commit that a published image names as its source; of an index, the one that its first image names.</summary>
    private async Task<string?> FindRevisionAsync(ImageReference reference, CancellationToken cancellation)
    {
        try
        {
            if (await readers.Registry.FindManifestAsync(reference, cancellation) is not { } manifest) return null;
            if (RegistryManifest.IsIndex(manifest.MediaType))
                return ImageIndex.Parse(manifest.Bytes).Manifests is [var first, ..]
                    ? await FindRevisionAsync(reference.WithDigest(first.Digest), cancellation)
                    : null;
            var config = reference.WithDigest(ImageManifest.Parse(manifest.Bytes).Config.Digest);
            var labels = ImageConfig.Parse(await readers.Registry.ReadBlobAsync(config, cancellation)).Labels;
            return labels.GetValueOrDefault(ImageLabels.Revision);
        }
        catch (FormatException)
        {
            // Not an image as docker makes it, so this action did not build it.
            return null;
        }
    }

    private async Task<ImageFacts> WithDockerAsync(ImageFacts facts, Docker docker, CancellationToken cancellation)
    {
        var builds = ImagePlan.For(request, facts).Builds.Select(i => i.Request).ToList();
        if (builds.Count == 0) return facts;
        // docker follows links in the path of a context by itself.
        foreach (var build in builds) readers.Files.Resolve(build.Context);
        var withoutDockerfile = builds.Where(i => !readers.Files.HasFile(Path.Combine(i.Context, i.Dockerfile))).ToList();
        return withoutDockerfile.Count > 0
            ? facts with { WithoutDockerfile = withoutDockerfile }
            : facts with { Docker = await docker.InspectAsync(cancellation) };
    }
}
