using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>What this run is held to: an input before the policy, the policy before the defaults, with the product's name filled in. Pure.</summary>
/// <param name="Policy">The team's policy, for what no input changes.</param>
/// <param name="Product">The product, or null where the repository is one.</param>
internal sealed record ReleaseTerms(ReleasePolicy Policy, string? Product)
{
    public required string TagPrefix { get; init; }

    public required string Branch { get; init; }

    public bool IsTipOnly { get; private init; }

    public bool IsIncreasing { get; private init; }

    public bool NeedsAnnotatedTag { get; private init; }

    public IReadOnlyList<string> Manifests { get; private init; } = [];

    public string ChangelogPath { get; private init; } = "";

    /// <summary>Whether several products share the changelog, so that its sections name theirs.</summary>
    public bool SharesChangelog { get; private init; }

    public bool NeedsSection { get; private init; }

    public IReadOnlyList<string> Checks { get; private init; } = [];

    public IReadOnlyList<string> BlockingLabels { get; private init; } = [];

    public string ReleaseBranch { get; private init; } = "";

    public VersionOrder Order => Policy.Version.Order;

    public static ReleaseTerms Of(VersionValidateInputs inputs, ReleasePolicy policy, RunnerContext runner)
    {
        var prefix = inputs.TagPrefix ?? policy.Version.TagPrefix;
        var manifests = inputs.Manifests.Count > 0 ? inputs.Manifests : policy.Version.Manifests;
        var changelog = inputs.Changelog ?? policy.Changelog.Path;
        var product = new ProductName([prefix, policy.Branches.ReleasePattern(prefix), changelog, .. manifests]).Of(inputs, policy, runner);
        return new ReleaseTerms(policy, product)
        {
            TagPrefix = ProductName.Fill(prefix, product),
            Branch = Git.RequireSafeName("branch", inputs.Branch ?? policy.Branches.Production),
            IsTipOnly = inputs.TipOnly ?? policy.Branches.TipOnly,
            IsIncreasing = inputs.Increasing ?? policy.Version.Increasing,
            NeedsAnnotatedTag = inputs.AnnotatedTags ?? policy.Version.AnnotatedTags,
            Manifests = [.. manifests.Select(m => ProductName.Fill(m, product))],
            ChangelogPath = ProductName.Fill(changelog, product),
            SharesChangelog = product is not null && !ProductName.IsIn(changelog),
            NeedsSection = inputs.Changelog is not null || policy.Changelog.Required,
            Checks = inputs.Checks.Count > 0 ? inputs.Checks : policy.Gates.Checks,
            BlockingLabels = inputs.BlockingLabels.Count > 0 ? inputs.BlockingLabels : policy.Gates.BlockingLabels,
            ReleaseBranch = ProductName.Fill(policy.Branches.ReleasePattern(prefix), product),
        };
    }
}
