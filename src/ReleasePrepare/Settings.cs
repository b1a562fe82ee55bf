using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The policy as one run needs it, with the flow chosen. Pure.</summary>
internal sealed record Settings(ReleasePolicy Policy, Flow Flow)
{
    /// <summary>The product, or null where the repository is one.</summary>
    public string? Product => Policy.Product;

    public string TagPrefix => Policy.Version.TagPrefix;

    /// <summary>How versions follow one another, post-releases among them.</summary>
    public VersionOrder Order => Policy.Version.Order;

    public string Production => Policy.Branches.Production;

    public string From => Policy.Prepare.From ?? Policy.Branches.Production;

    public string ChangelogPath => Policy.Changelog.Path;

    public IReadOnlyList<ManifestPlace> Manifests => [.. Policy.Version.Manifests.Select(ManifestPlace.Parse)];

    /// <summary>The files that a release's own commit may change, and nothing else; perhaps with <c>{version}</c> in their names.</summary>
    public IReadOnlyList<string> MetadataFiles => [.. Manifests.Select(m => m.File).Append(ChangelogPath).Concat(Policy.Prepare.Metadata).Distinct()];

    /// <summary>The same for one release.</summary>
    public IReadOnlyList<string> MetadataFilesOf(ReleaseTag release) => [.. MetadataFiles.Select(release.Fill).Distinct()];

    /// <summary>Whether each version has a changelog of its own, which people write beside the changes it tells of.</summary>
    public bool HasChangelogPerVersion => ChangelogPath.Contains("{version}", StringComparison.Ordinal);

    public string ReleaseBranch(ReleaseTag release) => release.Fill(Policy.Branches.Release);

    /// <summary>Whether a branch is one that releases of this product are prepared on.</summary>
    public bool IsReleaseBranch(string branch) => HoldsVersion(Policy.Branches.ReleasePattern(Policy.Version.TagPrefix), branch);

    /// <summary>Whether a file is one of a version's own, of whichever version.</summary>
    public bool IsMetadata(string path) => MetadataFiles.Any(file => file == path || HoldsVersion(file, path));

    /// <summary>Settles what the inputs leave to the policy.</summary>
    /// <exception cref="ActionException">A product is missing, is one too many, or a branch's name is not one to work with (exit 2).</exception>
    public static Settings Of(ReleasePrepareInputs inputs, ReleasePolicy policy)
    {
        var flow = inputs.Flow != Flow.Policy ? inputs.Flow : policy.Prepare.Flow == "branch" ? Flow.Branch : Flow.Tag;
        var settings = new Settings(policy, flow);
        policy.RequireUseOfProduct();
        policy.RequireProduct();
        foreach (var branch in (string[])[settings.Production, settings.From]) RefName.Require("branch", branch);
        return settings;
    }

    private static bool HoldsVersion(string pattern, string name)
    {
        var parts = pattern.Split("{version}", 2);
        return parts.Length == 2 && name.Length > parts[0].Length + parts[1].Length && name.StartsWith(parts[0], StringComparison.Ordinal) && name.EndsWith(parts[1], StringComparison.Ordinal)
            && SemanticVersion.TryParse(name[parts[0].Length..^parts[1].Length], out _);
    }
}
