using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>What this run is held to: an input before the policy, the policy before the defaults, with the product's name filled in. Pure.</summary>
/// <param name="Policy">The team's policy, for what no input changes.</param>
internal sealed record ReleaseTerms(ReleasePolicy Policy)
{
    /// <summary>The product, or null where the repository is one.</summary>
    public string? Product => Policy.Product;

    public required string TagPrefix { get; init; }

    public required string Branch { get; init; }

    public bool IsTipOnly { get; private init; }

    public bool IsIncreasing { get; private init; }

    public bool NeedsAnnotatedTag { get; private init; }

    public IReadOnlyList<string> Manifests { get; private init; } = [];

    public string ChangelogPath { get; private init; } = "";

    /// <summary>The product whose sections count where several share the changelog; null where all do.</summary>
    public string? ProductOfSections { get; private init; }

    public bool NeedsSection { get; private init; }

    public IReadOnlyList<string> Checks { get; private init; } = [];

    public IReadOnlyList<string> BlockingLabels { get; private init; } = [];

    public string ReleaseBranch { get; private init; } = "";

    public VersionOrder Order => Policy.Version.Order;

    public static ReleaseTerms Of(VersionValidateInputs inputs, ReleasePolicy policy, RunnerContext runner)
    {
        // Before a release nothing may name the product but the branch that the release is prepared on.
        if (policy.Product is null && inputs is { DryRun: true, Version: null } && runner.Tag is null) policy = policy.Of(ProductName.OfBranch(runner, policy.Branches.ReleasePattern(inputs.TagPrefix ?? policy.Version.TagPrefix))?.Product);
        policy.RequireUseOfProduct([inputs.TagPrefix, inputs.Changelog, .. inputs.Manifests]);
        return new ReleaseTerms(policy)
        {
            TagPrefix = ProductName.RequireIn(ProductName.Fill(inputs.TagPrefix ?? policy.Version.TagPrefix, policy.Product), inputs.Version is null ? runner.Tag : null),
            Branch = RefName.Require("branch", inputs.Branch ?? policy.Branches.Production),
            IsTipOnly = inputs.TipOnly ?? policy.Branches.TipOnly,
            IsIncreasing = inputs.Increasing ?? policy.Version.Increasing,
            NeedsAnnotatedTag = inputs.AnnotatedTags ?? policy.Version.AnnotatedTags,
            Manifests = [.. (inputs.Manifests.Count > 0 ? inputs.Manifests : policy.Version.Manifests).Select(policy.Filled)],
            ChangelogPath = policy.Filled(inputs.Changelog ?? policy.Changelog.Path),
            ProductOfSections = policy.ProductIn(inputs.Changelog),
            NeedsSection = inputs.Changelog is not null || policy.Changelog.Required,
            Checks = inputs.Checks.Count > 0 ? inputs.Checks : policy.Gates.Checks,
            BlockingLabels = inputs.BlockingLabels.Count > 0 ? inputs.BlockingLabels : policy.Gates.BlockingLabels,
            ReleaseBranch = policy.Filled(policy.Branches.ReleasePattern(inputs.TagPrefix ?? policy.Version.TagPrefix)),
        };
    }
}
