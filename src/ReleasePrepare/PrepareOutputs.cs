using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

internal sealed class PrepareOutputs(Outputs outputs)
{
    private readonly Output _version = outputs.Declare("version", "The version that was prepared, without the tag prefix.");

    private readonly Output _previousVersion = outputs.Declare(
        "previous-version",
        "The version that it follows: of a stable one the highest stable one below it, of a prerelease the highest of any kind; empty for a"
        + " first release.");

    private readonly Output _tag = outputs.Declare("tag", "The tag of the version, whether it is made now or later.");

    private readonly Output _bump = outputs.Declare(
        "bump", "What went up: patch, minor, major or post-release; first for a first release, given where the version was given.");

    /// <summary>The commit that was made.</summary>
    public Output Commit { get; } = outputs.Declare(
        "commit",
        "The commit that was made, now or by the earlier run that this one continues, 40 hex digits; empty in a dry run.");

    private readonly Output _branch = outputs.Declare("branch", "The branch that the commit is on.");

    /// <summary>The address of the pull request.</summary>
    public Output PullRequest { get; } = outputs.Declare("pull-request", "The address of the pull request; empty where there is none.");

    /// <summary>Sets what the plan decides.</summary>
    public void Set(PreparePlan plan)
    {
        _version.Set(plan.Release.Version.Text);
        _previousVersion.Set(plan.Choice.Old?.Text ?? "");
        _tag.Set(plan.Release.Name);
        _bump.Set(plan.Choice.Bump);
        _branch.Set(plan.Pull?.Head ?? (plan.Branches.Count > 0 ? plan.Branches[^1].Name : ""));
        Commit.Set("");
        PullRequest.Set("");
    }
}
