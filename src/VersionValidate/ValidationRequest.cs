using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>Which version is checked, and by which rules: an input before the policy, the policy before the defaults. Pure.</summary>
internal sealed partial class ValidationRequest(Inputs inputs, ReleasePolicy policy)
{
    private readonly string? _version = inputs.OptionalText(
        "version",
        "The version to release, without the tag prefix, for manual runs. If absent, the tag that started the run decides; "
        + "in a dry run without a tag, the release branch or the first manifest.");

    private readonly string? _tagPrefix = inputs.OptionalTextOrEmpty(
        "tag-prefix", "The part of a tag before the version; \"\" on a command line means none. Overrides the policy (v).");

    private readonly string? _branch = inputs.OptionalText(
        "branch", "The production branch, which must contain the commit. Overrides the policy (main).");

    /// <summary>Whether the commit must be the production branch's last one.</summary>
    public bool IsTipOnly { get; } = inputs.OptionalFlag(
        "tip-only", "The commit must be the production branch's last one. Overrides the policy (false).") ?? policy.Branches.TipOnly;

    /// <summary>Whether the version must be the highest of its line.</summary>
    public bool IsIncreasing { get; } = inputs.OptionalFlag(
        "increasing", "The version must be the highest of its line. Overrides the policy (true).") ?? policy.Version.Increasing;

    /// <summary>Whether the tag must be annotated.</summary>
    public bool NeedsAnnotatedTag { get; } = inputs.OptionalFlag(
        "annotated-tags", "The tag must be annotated. Overrides the policy (false).") ?? policy.Version.AnnotatedTags;

    /// <summary>Whether a release that can never change is refused before anything is built.</summary>
    public bool ChecksRelease { get; } = inputs.Flag(
        "check-release",
        "The tag must have no immutable release: nothing of it can change, and whatever is built for it is built in vain.",
        fallback: false);

    /// <summary>Whether a dry run ends with an error where a rule is broken.</summary>
    public bool IsStrict { get; } = inputs.Flag(
        "strict",
        "A dry run ends with an error where a rule is broken. On the production branch it is the last look before the tag: nothing but the"
        + " tag itself is still to come, and where releases have branches, the pull request of the promotion must be approved and green.",
        fallback: false) && CanBeStrict(inputs);

    private readonly IReadOnlyList<string> _manifests = inputs.Lines(
        "manifests", "Files that must contain the version, or file#key, one per line. Overrides the policy.");

    private readonly string? _changelog = inputs.OptionalText(
        "changelog",
        "The changelog that must have a section for the version. Overrides the policy's path, and requires the section.");

    private readonly IReadOnlyList<string> _checks = inputs.Lines(
        "checks", "The checks that must be green on the commit, one per line. Overrides the policy.");

    private readonly IReadOnlyList<string> _blockingLabels = inputs.Lines(
        "blocking-labels", "No open issue may have one of these labels, one per line. Overrides the policy.");

    /// <summary>The inputs that request a recovery release.</summary>
    public RecoveryRequest Recovery { get; } = new(
        inputs.Flag("recovery-release", "This manual run releases a recovery version, such as 1.2.3-preview.1.", fallback: false),
        inputs.OptionalText("recovery-issue", "The number of the issue in which the recovery release was approved."),
        inputs.OptionalText("recovery-reason", "Why rerunning the failed release is not enough."),
        inputs.OptionalText("recovery-confirmation", "Exactly RECOVERY and the version, such as RECOVERY 1.2.3-preview.1."));

    /// <summary>Why the release cannot wait for the end of a blackout; null where no input says so.</summary>
    public string? EmergencyReason { get; } = inputs.OptionalText(
        "emergency-reason", "Why this release cannot wait for the end of a blackout. The summary and the log record it.");

    /// <summary>The token that may read the organisation's teams, or null.</summary>
    public Secret? TeamToken { get; } = inputs.Token(
        "team-token",
        "A token that may read the organisation's teams, which a job's own token cannot; for approvals by teams without listed members.");

    /// <summary>What the runner said about this run.</summary>
    public RunnerContext Runner => inputs.Runner;

    /// <summary>Whether the run only looks ahead.</summary>
    public bool IsDryRun => inputs.IsDryRun;

    /// <summary>The policy for the product of this run.</summary>
    /// <exception cref="ActionException">A product was named, and nothing depends on it (exit 2).</exception>
    public ReleasePolicy Policy => field ??= PolicyOfProduct();

    /// <summary>The order of versions.</summary>
    public VersionOrder Order => Policy.Version.Order;

    /// <summary>The part of a tag before the version.</summary>
    /// <exception cref="ActionException">It depends on the product, and none was named (exit 2).</exception>
    public string TagPrefix
    {
        get
        {
            var prefix = ProductName.Fill(_tagPrefix ?? Policy.Version.TagPrefix, Policy.Product);
            return ProductName.RequireIn(prefix, _version is null ? Runner.Tag : null);
        }
    }

    /// <summary>The production branch.</summary>
    public string Branch => RefName.Require("branch", _branch ?? Policy.Branches.Production);

    /// <summary>The pattern of release branches, with <c>{version}</c> in it.</summary>
    public string ReleaseBranch => Policy.Filled(Policy.Branches.ReleasePattern(_tagPrefix ?? Policy.Version.TagPrefix));

    /// <summary>The files, or <c>file#key</c>, that must contain the version.</summary>
    public IReadOnlyList<string> Manifests => [.. Overridden(_manifests, Policy.Version.Manifests).Select(Policy.Filled)];

    /// <summary>The changelog's path, perhaps with <c>{version}</c> in it.</summary>
    public string ChangelogPath => Policy.Filled(_changelog ?? Policy.Changelog.Path);

    /// <summary>The files that only a release changes.</summary>
    public IEnumerable<string> MetadataFilesOf(ReleaseTag release) =>
        Manifests.Select(m => ManifestPlace.Parse(m).File).Append(ChangelogPath).Concat(Policy.Prepare.Metadata).Select(release.Fill);

    /// <summary>The product whose sections count in a changelog that products share; null where all sections count.</summary>
    public string? ProductOfSections => Policy.ProductIn(_changelog);

    /// <summary>Whether the changelog must have a section for the version.</summary>
    public bool NeedsSection => _changelog is not null || Policy.Changelog.Required;

    /// <summary>The checks that must be green.</summary>
    public IReadOnlyList<string> Checks => Overridden(_checks, Policy.Gates.Checks);

    /// <summary>The labels that no open issue may have.</summary>
    public IReadOnlyList<string> BlockingLabels => Overridden(_blockingLabels, Policy.Gates.BlockingLabels);

    /// <summary>Whether a pushed tag decides the version, rather than an input.</summary>
    public bool IsByTag => _version is null && Runner.Tag is not null;

    /// <summary>Whether an input or a tag decides the version.</summary>
    public bool HasVersion => _version is not null || Runner.Tag is not null;

    /// <summary>The release: by the input or the tag; in a dry run without both, by the release branch or the first manifest.</summary>
    /// <param name="manifests">The versions in the manifests.</param>
    /// <exception cref="ActionException">There is no version, or it is not valid (exit 2).</exception>
    public ReleaseTag ReleaseOf(IEnumerable<string?> manifests)
    {
        var isForeseen = IsDryRun && !HasVersion;
        var foreseen = isForeseen ? InBranch(ReleaseBranch)?.Version ?? manifests.Select(Parsed).FirstOrDefault(v => v is not null) : null;
        return ReleaseTag.OfRun(_version ?? foreseen?.Text, Runner.Ref, TagPrefix, policy.Version.Scheme);
    }

    private ReleasePolicy PolicyOfProduct()
    {
        // Before a release only its branch can name the product.
        var isForeseen = policy.Product is null && IsDryRun && !HasVersion;
        var found = isForeseen ? InBranch(policy.Branches.ReleasePattern(_tagPrefix ?? policy.Version.TagPrefix)) : null;
        var policyOfProduct = policy.Of(found?.Product);
        policyOfProduct.RequireUseOfProduct([_tagPrefix, _changelog, .. _manifests]);
        return policyOfProduct;
    }

    // The branch of the run; of a pull request, the one it goes to and the one it comes from.
    private (string? Product, ReleaseVersion? Version)? InBranch(string pattern) =>
        new[] { Runner.Branch, Runner.BaseBranch, Runner.HeadBranch }.OfType<string>()
            .Select(branch => VersionPattern.Match(pattern, branch, policy.Version.Scheme))
            .FirstOrDefault(m => m?.Version is not null);

    private ReleaseVersion? Parsed(string? text) => policy.Version.Scheme.Find(text ?? "");

    // There the commit of the run is the branch's, without the pull request: every rule about it would be kept.
    private static bool CanBeStrict(Inputs inputs)
    {
        if (inputs.Runner.EventName == "pull_request_target")
            inputs.Reject("The input 'strict' is true, and pull_request_target does not run on what is proposed", "Use pull_request");
        return true;
    }

    private static IReadOnlyList<string> Overridden(IReadOnlyList<string> input, IReadOnlyList<string> inPolicy) =>
        input.Count > 0 ? input : inPolicy;
}
