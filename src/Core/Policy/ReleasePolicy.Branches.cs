using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Policy;

/// <summary>The branches of a release, and the files that only a release changes.</summary>
public sealed partial class ReleasePolicy
{
    /// <summary>The branch on which a release's version is written, for a pull request into its release branch.</summary>
    public string MetadataBranch(ReleaseTag release) => $"chore/release-{SlugOf(release)}";

    /// <summary>The branch that begins at production and takes the files of the version from the release branch.</summary>
    public string PromotionBranch(ReleaseTag release) => $"chore/promote-{SlugOf(release)}-{Branches.Production}";

    private string SlugOf(ReleaseTag release) => Product is null ? release.Version.Text : $"{Product}-{release.Version}";
}
