using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>What this run is held to: an input before the product's keys, these before the policy's own, these before the defaults. Pure.</summary>
/// <param name="Policy">The team's policy, for what no input and no product changes.</param>
/// <param name="Product">The product, or null where the repository is one.</param>
internal sealed record ReleaseTerms(ReleasePolicy Policy, ProductPolicy? Product)
{
    public required string TagPrefix { get; init; }

    public required string Branch { get; init; }

    public bool IsTipOnly { get; private init; }

    public bool IsIncreasing { get; private init; }

    public bool NeedsAnnotatedTag { get; private init; }

    public IReadOnlyList<string> Manifests { get; private init; } = [];

    public string ChangelogPath { get; private init; } = "";

    public bool NeedsSection { get; private init; }

    public IReadOnlyList<string> Checks { get; private init; } = [];

    public IReadOnlyList<string> BlockingLabels { get; private init; } = [];

    public VersionOrder Order => Policy.Version.Order;

    public string ReleaseBranch => Product?.ReleaseBranch ?? Policy.Branches.Release;

    public static ReleaseTerms Of(VersionValidateInputs inputs, ReleasePolicy policy, RunnerContext runner)
    {
        var product = ProductOf(inputs, policy, runner);
        return new ReleaseTerms(policy, product)
        {
            TagPrefix = inputs.TagPrefix ?? product?.TagPrefix ?? policy.Version.TagPrefix,
            Branch = Git.RequireSafeName("branch", inputs.Branch ?? policy.Branches.Production),
            IsTipOnly = inputs.TipOnly ?? policy.Branches.TipOnly,
            IsIncreasing = inputs.Increasing ?? policy.Version.Increasing,
            NeedsAnnotatedTag = inputs.AnnotatedTags ?? policy.Version.AnnotatedTags,
            Manifests = inputs.Manifests.Count > 0 ? inputs.Manifests : product?.Manifests ?? policy.Version.Manifests,
            ChangelogPath = inputs.Changelog ?? product?.Changelog ?? policy.Changelog.Path,
            NeedsSection = inputs.Changelog is not null || policy.Changelog.Required,
            Checks = inputs.Checks.Count > 0 ? inputs.Checks : policy.Gates.Checks,
            BlockingLabels = inputs.BlockingLabels.Count > 0 ? inputs.BlockingLabels : policy.Gates.BlockingLabels,
        };
    }

    private static ProductPolicy? ProductOf(VersionValidateInputs inputs, ReleasePolicy policy, RunnerContext runner)
    {
        if (inputs.Product is { } name) return policy.Products.FirstOrDefault(p => p.Name == name) ?? throw UnknownProduct(name, policy.Products);
        if (inputs.Version is not null) return null;
        // Of two prefixes that fit, the longer one is meant.
        if (runner.Tag is { } tag) return policy.Products.Where(p => ReleaseTag.Find(tag, p.TagPrefix) is not null).MaxBy(p => p.TagPrefix.Length);
        return policy.Products.FirstOrDefault(p => VersionOfBranch(runner, p.ReleaseBranch) is not null);
    }

    /// <summary>The version in the name of the branch that the run, or its pull request, comes from or goes to; null where none of them is a release branch.</summary>
    /// <param name="runner">What the runner said about the run.</param>
    /// <param name="template">A release branch with <c>{version}</c> in it.</param>
    public static SemanticVersion? VersionOfBranch(RunnerContext runner, string template)
    {
        if (template.Split("{version}") is not [var before, var after]) return null;
        foreach (var branch in ((string?[])[runner.Branch, runner.BaseBranch, runner.HeadBranch]).OfType<string>())
        {
            if (branch.Length > before.Length + after.Length && branch.StartsWith(before, StringComparison.Ordinal) && branch.EndsWith(after, StringComparison.Ordinal)
                && SemanticVersion.TryParse(branch[before.Length..^after.Length], out var version)) return version;
        }

        return null;
    }

    private static ActionException UnknownProduct(string name, IReadOnlyList<ProductPolicy> products)
    {
        var names = products.Select(p => p.Name).ToList();
        var nearest = Spelling.Nearest(name, names) is { } meant ? $"Did you mean '{meant}'? " : "";
        return ActionException.BadInput(
            $"The input 'product' is '{Log.Inert(name)}', and the policy has no such product", names.Count == 0 ? "Add it under `products:` of the policy" : $"{nearest}The products are: {string.Join(", ", names)}");
    }
}
