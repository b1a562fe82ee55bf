using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The ways to cut a release; <c>Policy</c> is whatever the team decided.</summary>
internal enum Flow
{
    Policy,
    Tag,
    Branch,
    Promote,
    Rollback,
}

internal enum Bump
{
    Auto,
    Patch,
    Minor,
    Major,
    PostRelease,
}

internal enum LogStyle
{
    Auto,
    Logfmt,
}

internal sealed class ReleasePrepareInputs
{
    public ReleasePrepareInputs(Inputs inputs)
    {
        Bump = inputs.Choice("bump", "Which number goes up. auto works it out: breaking changes, features or fixes, from the commits and the changelog since the last release. post-release mends the last stable version under the policy's word, as 1.2.3-hotfix.1 does.", fallback: Bump.Auto);
        Version = inputs.OptionalText("version", "The version to release, without the tag prefix, in place of a bump.");
        Flow = inputs.Choice("flow", "How the release is cut; policy takes prepare.flow of the policy (tag). promote brings a release branch's files to production, rollback releases the version before the last once more.", fallback: Flow.Policy);
        NotesFile = inputs.OptionalText("notes-file", "A Markdown file that stands first in the new section of the changelog. It may be untracked; on a laptop it may lie anywhere.");
        Description = inputs.OptionalText("description", "A few words for {description} in the tag's message.");
        Reason = inputs.OptionalText("reason", "Why a release is rolled back; it is written into the changelog.");
        RecoveryRelease = inputs.Flag("recovery-release", "A recovery version, one of the words of version.recovery with a number such as 1.2.3-preview.1, is cut or promoted: it repairs a release, and its branch may be cut while another release branch is there.", fallback: false);
        RecoveryIssue = inputs.OptionalText("recovery-issue", "The number of the issue in which the recovery release was approved.");
        RecoveryReason = inputs.OptionalText("recovery-reason", "Why running the failed release again is not enough; it is written into the pull request, or into the tag's message.");
        RecoveryConfirmation = inputs.OptionalText("recovery-confirmation", "Typed by hand and to the letter: RECOVERY and the version, such as RECOVERY 1.2.3-preview.1.");
        Log = inputs.Choice("log", "auto draws tables and progress on a terminal and writes logfmt lines elsewhere; logfmt writes them everywhere.", fallback: LogStyle.Auto);
        DryRun = inputs.Flag("dry-run", "Show the plan with its diff and its commands, change nothing; what would be refused is a warning.", fallback: false);
        if (Version is not null && Bump != Bump.Auto) inputs.Reject($"Both a version ({Version}) and a bump ({VersionChoice.Word(Bump)}) were given", "Give one of them");
        if (Flow == Flow.Promote && Version is null) inputs.Reject("Which version is to be promoted was not said", "Give the input `version`");
        if (Flow == Flow.Rollback && Reason is null) inputs.Reject("A rollback needs its reason", "Give the input `reason`; it is written into the changelog");
    }

    public Bump Bump { get; }

    public string? Version { get; }

    public Flow Flow { get; }

    public string? NotesFile { get; }

    public string? Description { get; }

    public string? Reason { get; }

    public bool RecoveryRelease { get; }

    public string? RecoveryIssue { get; }

    public string? RecoveryReason { get; }

    public string? RecoveryConfirmation { get; }

    public LogStyle Log { get; }

    public bool DryRun { get; }
}

internal sealed class ReleasePrepareOutputs(Outputs outputs)
{
    public Output Version { get; } = outputs.Declare("version", "The version that was prepared, without the tag prefix.");

    public Output PreviousVersion { get; } = outputs.Declare("previous-version", "The version that it follows: of a stable one the highest stable one below it, of a prerelease the highest of any kind; empty for a first release.");

    public Output Tag { get; } = outputs.Declare("tag", "The tag of the version, whether it is made now or later.");

    public Output Bump { get; } = outputs.Declare("bump", "What went up: patch, minor, major or post-release; first for a first release, given where the version was typed.");

    public Output Commit { get; } = outputs.Declare("commit", "The commit that was made, now or by the earlier run that this one goes on from, 40 hex digits; empty in a dry run.");

    public Output Branch { get; } = outputs.Declare("branch", "The branch that the commit is on.");

    public Output PullRequest { get; } = outputs.Declare("pull-request", "The address of the pull request; empty where there is none.");
}
