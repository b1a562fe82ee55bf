using ReleaseActions.Core;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.ImageBuildPush;

/// <summary>One image that is requested; how it is built has the names of a bake file.</summary>
/// <param name="Name">What the team calls it.</param>
/// <param name="Repository">Where it is published.</param>
internal sealed record RequestedImage(string Name, ImageReference Repository)
{
    /// <summary>The archive that holds it, or null where it is built.</summary>
    public string? Archive { get; init; }

    /// <summary>The folder that docker builds from.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile, relative to the context.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>The stage to build, or null for the last.</summary>
    public string? Target { get; init; }

    /// <summary>The build arguments, <c>NAME=value</c> each.</summary>
    public IReadOnlyList<string> BuildArguments { get; init; } = [];

    /// <summary>The platforms to build for; the builder's own where empty.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The team's labels, <c>name=value</c> each.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The file and key of the component's own version, or null.</summary>
    public string? VersionFrom { get; init; }

    /// <summary>The repository of an image, in lower case: names on GitHub may have capitals, which no registry accepts.</summary>
    /// <param name="name">The image's name, with or without a registry.</param>
    /// <param name="registry">The registry and path for names without one.</param>
    /// <exception cref="ActionException">It cannot be the name of an image (exit 2).</exception>
    public static ImageReference RepositoryOf(string name, Func<string> registry)
    {
        var lower = name.ToLowerInvariant();
        var whole = ImageReference.NamesRegistry(lower) ? lower : $"{registry().ToLowerInvariant()}/{lower}";
        if (!ImageGrammar.TryParseShort(whole, out var repository))
            throw ActionException.BadInput(
                $"'{PlainText.Inert(whole)}' is not a name for an image: {ImageGrammar.ProblemOf(whole) ?? "64 hex digits mean a digest"}",
                "A name has the form registry/owner/name, with a-z, 0-9 and single . _ - inside each part");
        if (repository.Tag is not null || repository.Digest is not null)
            throw ActionException.BadInput(
                $"The image name '{PlainText.Inert(whole)}' has a tag or a digest", "Omit it: the version and `tags` decide it");
        return repository;
    }
}
