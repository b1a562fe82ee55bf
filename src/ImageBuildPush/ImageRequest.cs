using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ImageBuildPush;

/// <summary>When the tag <c>latest</c> moves.</summary>
internal enum LatestRule
{
    /// <summary>With the highest stable version of all release tags.</summary>
    Auto,

    /// <summary>Now.</summary>
    True,

    /// <summary>Not now.</summary>
    False,
}

/// <summary>Which images are requested, and what is done with them: the inputs merged with the policy.</summary>
internal sealed class ImageRequest(Inputs inputs, ReleasePolicy policy)
{
    private readonly string? _version = inputs.OptionalText(
        "version",
        "The version of all images, without the tag prefix. If absent, it comes from the tag that started the run. "
        + "Without either, `tags` must name other tags.");

    private readonly IReadOnlyList<string> _only = inputs.Lines(
        "only", "The names of the policy's images to build, one per line; all if absent.");

    private readonly string? _image = inputs.OptionalText(
        "image",
        "The name of one image, or a whole reference, instead of the policy's images. If neither is given, it is the repository's name.");

    private readonly string? _context = inputs.OptionalText(
        "context", "The folder that docker builds from; for one image. Overrides the policy (.).");

    private readonly string? _file = inputs.OptionalText(
        "file", "The Dockerfile, relative to the context; for one image. Overrides the policy (Dockerfile).");

    private readonly string? _target = inputs.OptionalText(
        "target", "The stage to build; for one image. Overrides the policy (the last one).");

    private readonly IReadOnlyList<string> _buildArguments = inputs.Lines(
        "build-args", "Build arguments for all images, as NAME=value, one per line, after the policy's. {version} and {sha} are replaced.");

    private readonly IReadOnlyList<string> _platforms = inputs.Lines(
        "platforms", "The platforms to build for, such as linux/arm64, one per line. Overrides the policy (the builder's own).");

    private readonly string? _archive = inputs.OptionalText(
        "archive",
        "An image that another build system made; for one image. A tar from docker save or Nix, gzipped or not, "
        + "or an OCI layout as a tar or a folder. It is pushed unchanged, without docker.");

    /// <summary>The tags in addition to the version; may hold <c>{version}</c> and <c>{sha}</c>.</summary>
    public IReadOnlyList<string> Tags { get; } = inputs.Lines(
        "tags",
        "Tags in addition to the version, one per line. {version} is the version, {sha} the commit's first 12 hex digits. "
        + "A line with {version} replaces the plain version.");

    private readonly IReadOnlyList<string> _labels = inputs.Lines(
        "labels", "Labels for images that are built, as name=value, one per line, after those of the policy.");

    /// <summary>Whether the images go to the registry.</summary>
    public bool Push { get; } = inputs.Flag(
        "push", "Push to the registry. Otherwise images are only built, and with `load` kept in the docker engine.", fallback: true);

    /// <summary>Whether images that are not pushed stay in the docker engine.</summary>
    public bool Load { get; } = inputs.Flag("load", "Keep the images in the docker engine; where `push` is false.", fallback: false);

    /// <summary>Whether <c>latest</c> moves.</summary>
    public LatestRule Latest { get; } = inputs.Choice(
        "latest", "Whether the tag latest moves; auto means with the highest stable version of origin's release tags.", LatestRule.Auto);

    private readonly string? _registry = inputs.OptionalText(
        "registry", "The registry and the path in it that image names start with. Overrides the policy (ghcr.io/{owner}).");

    /// <summary>The account at the registry, or null.</summary>
    public string? Username { get; } = inputs.OptionalText(
        "username", "The account at the registry. If absent, the person or app that started the run.");

    /// <summary>The account's password or token, or null.</summary>
    public Secret? Password { get; } = inputs.Secret(
        "password",
        "The account's password or token. If absent, the job's own token for GitHub's own registry; on a laptop, that of docker login.");

    /// <summary>Whether a version's tag never moves to another image.</summary>
    public bool AreVersionsImmutable { get; } = inputs.Flag(
        "immutable-tags", "Refuse to move a version's tag to another image.", fallback: true);

    /// <summary>What comes before the version in a release tag.</summary>
    public string TagPrefix => policy.Version.TagPrefix;

    /// <summary>The team's order of versions.</summary>
    public VersionOrder Order => policy.Version.Order;

    /// <summary>The repository's page, or null where it is not known.</summary>
    public string? Source => inputs.Runner.Repository is { } repository ? $"{inputs.Runner.ServerUrl}/{repository}" : null;

    /// <summary>The version of the release; null where a commit is published and not a version.</summary>
    /// <exception cref="ActionException">It is not a version, or the policy needs a product and none was named (exit 2).</exception>
    public ReleaseVersion? FindVersion()
    {
        policy.RequireUseOfProduct();
        var version = ReleaseTag.FindOfRun(_version, inputs.Runner.Ref, TagPrefix, Order.Scheme)?.Version;
        if (version is not null) policy.RequireProduct();
        return version;
    }

    /// <summary>The images of the run, in the policy's order.</summary>
    /// <exception cref="ActionException">A name is wrong, or inputs for one image meet several (exit 2).</exception>
    public IReadOnlyList<RequestedImage> Images => field ??= AllImages();

    private IReadOnlyList<RequestedImage> AllImages()
    {
        var isOfPolicy = policy.Images.Count > 0 && _image is null;
        IReadOnlyList<RequestedImage> images = isOfPolicy ? [.. ChosenFromPolicy().Select(OfPolicy)] : [OfInputs()];
        if (images.Count > 1 && (_context ?? _file ?? _target ?? _archive) is not null)
            throw ActionException.BadInput(
                $"The inputs context, file, target and archive are for one image, and this run has {images.Count}",
                "Choose one with `only`, or write them into the policy");
        if (images.GroupBy(i => i.Repository.Repository).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw ActionException.BadInput($"Two images are called '{twice.Key}'", "Give each image of the policy a name of its own");
        return images;
    }

    private IEnumerable<ImagePolicy> ChosenFromPolicy()
    {
        if (_only.FirstOrDefault(n => policy.Images.All(i => i.Name != n)) is { } unknown)
            throw ActionException.BadInput(
                $"The policy has no image '{PlainText.Inert(unknown)}'",
                $"Its images are: {string.Join(", ", policy.Images.Select(i => i.Name))}");
        return _only.Count == 0 ? policy.Images : policy.Images.Where(i => _only.Contains(i.Name));
    }

    private RequestedImage OfPolicy(ImagePolicy image) => new(image.Name, RequestedImage.RepositoryOf(image.Name, Registry))
    {
        Archive = _archive ?? image.Archive,
        Context = _context ?? image.Context,
        Dockerfile = _file ?? image.Dockerfile,
        Target = _target ?? image.Target,
        BuildArguments = [.. image.BuildArguments, .. _buildArguments],
        Platforms = _platforms.Count > 0 ? _platforms : image.Platforms,
        Labels = [.. image.Labels, .. _labels],
        VersionFrom = image.VersionFrom,
    };

    private RequestedImage OfInputs()
    {
        var name = _image ?? RepositoryName?.Name ?? throw ActionException.BadInput(
            "There is no image to build", "Name one with the input `image`, or list the images in the policy");
        var repository = RequestedImage.RepositoryOf(name, Registry);
        return new RequestedImage(repository.ShortName, repository)
        {
            Archive = _archive,
            Context = _context ?? ".",
            Dockerfile = _file ?? "Dockerfile",
            Target = _target,
            BuildArguments = _buildArguments,
            Platforms = _platforms,
            Labels = _labels,
        };
    }

    private (string Owner, string Name)? RepositoryName =>
        inputs.Runner.Repository?.ToLowerInvariant().Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] ? (owner, name) : null;

    // Only for names without a registry of their own: on a laptop the owner may be unknown.
    private string Registry()
    {
        var text = _registry ?? policy.Registry;
        if (!text.Contains("{owner}", StringComparison.Ordinal)) return text.TrimEnd('/');
        if (RepositoryName is { } repository) return text.Replace("{owner}", repository.Owner, StringComparison.Ordinal).TrimEnd('/');
        throw ActionException.BadInput(
            $"The registry '{text}' needs the repository's owner, which is not known here",
            "Give the input `registry`, such as ghcr.io/myorg");
    }
}
