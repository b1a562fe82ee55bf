using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The policy as one run needs it: the flow chosen and the product's name filled in. Pure.</summary>
internal sealed record Settings(ReleasePolicy Policy, Flow Flow, string? Product)
{
    public string TagPrefix => Filled(Policy.Version.TagPrefix);

    /// <summary>How versions follow one another, post-releases among them.</summary>
    public VersionOrder Order => Policy.Version.Order;

    public string Production => Policy.Branches.Production;

    public string From => Policy.Prepare.From ?? Policy.Branches.Production;

    public string ChangelogPath => Filled(Policy.Changelog.Path);

    public IReadOnlyList<ManifestPlace> Manifests => [.. Policy.Version.Manifests.Select(m => ManifestPlace.Parse(Filled(m)))];

    /// <summary>The files that a release's own commit may change, and nothing else; perhaps with <c>{version}</c> in their names.</summary>
    public IReadOnlyList<string> MetadataFiles => [.. Manifests.Select(m => m.File).Append(ChangelogPath).Concat(Policy.Prepare.Metadata.Select(Filled)).Distinct()];

    /// <summary>The same for one release.</summary>
    public IReadOnlyList<string> MetadataFilesOf(ReleaseTag release) => [.. MetadataFiles.Select(release.Fill).Distinct()];

    /// <summary>Whether each version has a changelog of its own, which people write beside the changes it tells of.</summary>
    public bool HasChangelogPerVersion => ChangelogPath.Contains("{version}", StringComparison.Ordinal);

    public string ReleaseBranch(ReleaseTag release) => release.Fill(Filled(Policy.Branches.Release));

    /// <summary>Whether a branch is one that releases of this product are prepared on.</summary>
    public bool IsReleaseBranch(string branch) => HoldsVersion(Filled(Policy.Branches.ReleasePattern(Policy.Version.TagPrefix)), branch);

    /// <summary>Whether a file is one of a version's own, of whichever version.</summary>
    public bool IsMetadata(string path) => MetadataFiles.Any(file => file == path || HoldsVersion(file, path));

    /// <summary>A message or a name of the policy.</summary>
    public string Fill(string text, ReleaseTag release) => release.Fill(Filled(text));

    /// <summary>Settles what the inputs leave to the policy.</summary>
    /// <exception cref="ActionException">A product is missing, is one too many, or a branch's name is not one to work with (exit 2).</exception>
    public static Settings Of(ReleasePrepareInputs inputs, ReleasePolicy policy)
    {
        var flow = inputs.Flow != Flow.Policy ? inputs.Flow : policy.Prepare.Flow == "branch" ? Flow.Branch : Flow.Tag;
        var settings = new Settings(policy, flow, inputs.Product);
        string[] named = [policy.Version.TagPrefix, policy.Branches.Release, policy.Changelog.Path, .. policy.Version.Manifests];
        var needsProduct = named.Any(text => text.Contains("{product}", StringComparison.Ordinal));
        if (needsProduct && inputs.Product is null) throw ActionException.BadInput("The policy speaks of {product}, and no product was named", "Give the input `product`, such as the folder of the product");
        if (!needsProduct && inputs.Product is not null) throw ActionException.BadInput($"The product '{Log.Inert(inputs.Product)}' was named, and nothing in the policy depends on it", "Write {product} into `version.tag-prefix` and `changelog.path` of the policy, or leave the input away");
        if (inputs.Product is { } product && !product.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) throw ActionException.BadInput($"The product '{Log.Inert(product)}' is no name", "Use letters, digits and . _ -");
        foreach (var branch in (string[])[settings.Production, settings.From]) Git.RequireSafeName("branch", branch);
        return settings;
    }

    private static bool HoldsVersion(string pattern, string name)
    {
        var parts = pattern.Split("{version}", 2);
        return parts.Length == 2 && name.Length > parts[0].Length + parts[1].Length && name.StartsWith(parts[0], StringComparison.Ordinal) && name.EndsWith(parts[1], StringComparison.Ordinal)
            && SemanticVersion.TryParse(name[parts[0].Length..^parts[1].Length], out _);
    }

    private string Filled(string text) => Product is null ? text : text.Replace("{product}", Product, StringComparison.Ordinal);
}
