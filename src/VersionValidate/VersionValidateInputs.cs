using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.VersionValidate;

internal sealed class VersionValidateInputs(Inputs inputs)
{
    public string? Version { get; } = inputs.OptionalText(
        "version", "The version to release, without the tag prefix; for runs started by hand. Where absent, the tag that started the run decides.");

    public string? TagPrefix { get; } = inputs.OptionalText("tag-prefix", "What stands before the version in a tag. Overrides the policy (v).");

    public string? Branch { get; } = inputs.OptionalText("branch", "The production branch that must hold the commit. Overrides the policy (main).");

    public bool? TipOnly { get; } = inputs.OptionalFlag("tip-only", "The commit must be the production branch's last one. Overrides the policy (false).");

    public bool? Increasing { get; } = inputs.OptionalFlag("increasing", "The version must be the highest of its line. Overrides the policy (true).");

    public bool? AnnotatedTags { get; } = inputs.OptionalFlag("annotated-tags", "The tag must be annotated. Overrides the policy (false).");

    public IReadOnlyList<string> Manifests { get; } = inputs.Lines(
        "manifests", "Files that must say the version, or file#key, one a line. Overrides the policy.");

    public string? Changelog { get; } = inputs.OptionalText("changelog", "The changelog that must have a section for the version. Overrides the policy's path, and demands the section.");

    public IReadOnlyList<string> Checks { get; } = inputs.Lines("checks", "The checks that must be green on the commit, one a line. Overrides the policy.");

    public IReadOnlyList<string> BlockingLabels { get; } = inputs.Lines("blocking-labels", "No open issue may carry one of these labels, one a line. Overrides the policy.");

    public bool RecoveryRelease { get; } = inputs.Flag("recovery-release", "This run releases a recovery version, such as 1.2.3-preview.1, by hand.", fallback: false);

    public string? RecoveryIssue { get; } = inputs.OptionalText("recovery-issue", "The number of the issue in which the recovery release was approved.");

    public string? RecoveryReason { get; } = inputs.OptionalText("recovery-reason", "Why running the failed release again is not enough.");

    public string? RecoveryConfirmation { get; } = inputs.OptionalText("recovery-confirmation", "Typed by hand and to the letter: RECOVERY and the version, such as RECOVERY 1.2.3-preview.1.");

    public string? EmergencyReason { get; } = inputs.OptionalText("emergency-reason", "Why this release cannot wait for the end of a blackout. It is recorded in the summary and the log.");

    public Secret? TeamToken { get; } = inputs.Token(
        "team-token", "A token that may read the organisation's teams, which a job's own token never may; needed where approvals name a team without its members.");

    public bool DryRun { get; } = inputs.Flag(
        "dry-run", "Report what is wrong as warnings and end with success. Without a tag and a version, the release branch or the first manifest says the version.", fallback: false);
}
