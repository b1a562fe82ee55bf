using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>How docker builds an image; the names are those of a bake file.</summary>
internal sealed record BuildRecipe(string Context, string Dockerfile, string? Target, IReadOnlyList<string> Arguments, IReadOnlyList<string> Platforms);

/// <summary>One image as policy and inputs want it.</summary>
/// <param name="Name">What the team calls it.</param>
/// <param name="Repository">Where it is published.</param>
/// <param name="Archive">The archive it is taken from, or null where it is built.</param>
/// <param name="Recipe">How it is built where it is.</param>
/// <param name="VersionFrom">Where the component's own version lives, or null.</param>
/// <param name="Labels"><c>name=value</c> each.</param>
internal sealed record ImageOrder(string Name, ImageReference Repository, string? Archive, BuildRecipe Recipe, string? VersionFrom, IReadOnlyList<string> Labels)
{
    /// <summary>The images of a run, in the policy's order.</summary>
    /// <param name="policy">The team's images and registry.</param>
    /// <param name="inputs">What overrides them.</param>
    /// <param name="repository">The repository's owner and name; empty where they are not known.</param>
    /// <exception cref="ActionException">A name is wrong, or inputs for one image meet several (exit 2).</exception>
    public static IReadOnlyList<ImageOrder> For(ReleasePolicy policy, ImageBuildPushInputs inputs, (string Owner, string Name) repository)
    {
        // Asked only for names that have no registry of their own: on a laptop the owner may not be known.
        string Registry() => RegistryOf(inputs.Registry ?? policy.Registry, repository.Owner);
        var orders = policy.Images.Count > 0 && inputs.Image is null
            ? Chosen(policy.Images, inputs.Only).Select(i => OfPolicy(i, inputs, Registry)).ToList()
            : [OfInputs(inputs, Registry, repository.Name)];
        if (orders.Count > 1 && inputs.SpeaksOfOneImage)
            throw ActionException.BadInput($"The inputs context, file, target and archive are for one image, and this run has {orders.Count}", "Choose one with `only`, or write them into the policy");
        if (orders.GroupBy(o => o.Repository.Repository).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw ActionException.BadInput($"Two images are called '{twice.Key}'", "Give each image of the policy a name of its own");
        return orders;
    }

    private static IEnumerable<ImagePolicy> Chosen(IReadOnlyList<ImagePolicy> images, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(n => images.All(i => i.Name != n)) is { } unknown)
            throw ActionException.BadInput($"The policy has no image '{PlainText.Inert(unknown)}'", $"Its images are: {string.Join(", ", images.Select(i => i.Name))}");
        return names.Count == 0 ? images : images.Where(i => names.Contains(i.Name));
    }

    private static ImageOrder OfPolicy(ImagePolicy image, ImageBuildPushInputs inputs, Func<string> registry) => new(
        image.Name, Place(image.Name, registry), inputs.Archive ?? image.Archive,
        new BuildRecipe(
            inputs.Context ?? image.Context, inputs.File ?? image.Dockerfile, inputs.Target ?? image.Target,
            [.. image.BuildArguments, .. inputs.BuildArguments], inputs.Platforms.Count > 0 ? inputs.Platforms : image.Platforms),
        image.VersionFrom, [.. image.Labels, .. inputs.Labels]);

    private static ImageOrder OfInputs(ImageBuildPushInputs inputs, Func<string> registry, string repositoryName)
    {
        var name = inputs.Image ?? (repositoryName.Length > 0 ? repositoryName : throw ActionException.BadInput("There is no image to build", "Name one with the input `image`, or list the images in the policy"));
        var place = Place(name, registry);
        var recipe = new BuildRecipe(inputs.Context ?? ".", inputs.File ?? "Dockerfile", inputs.Target, inputs.BuildArguments, inputs.Platforms);
        return new ImageOrder(place.ShortName, place, inputs.Archive, recipe, null, inputs.Labels);
    }

    private static string RegistryOf(string text, string owner)
    {
        if (!text.Contains("{owner}", StringComparison.Ordinal)) return text.TrimEnd('/');
        if (owner.Length > 0) return text.Replace("{owner}", owner, StringComparison.Ordinal).TrimEnd('/');
        throw ActionException.BadInput($"The registry '{text}' needs the repository's owner, which is not known here", "Give the input `registry`, such as ghcr.io/myorg");
    }

    // In lower case always: owners and repositories have capitals on GitHub, and no registry takes them.
    private static ImageReference Place(string name, Func<string> registry)
    {
        var lower = name.ToLowerInvariant();
        var whole = ImageReference.NamesRegistry(lower) ? lower : $"{registry().ToLowerInvariant()}/{lower}";
        if (!ImageReference.TryParseShort(whole, out var place))
            throw ActionException.BadInput($"'{PlainText.Inert(whole)}' is no name for an image: {ImageReference.Complaint(whole) ?? "64 hex digits mean a digest"}", "A name has the form registry/owner/name, with a-z, 0-9 and single . _ - inside each part");
        if (place.Tag is not null || place.Digest is not null)
            throw ActionException.BadInput($"The image name '{PlainText.Inert(whole)}' has a tag or a digest", "Leave it off: the version and `tags` decide it");
        return place;
    }
}
