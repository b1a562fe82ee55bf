using ReleaseActions.Core.Hosting;

namespace ReleaseActions.BranchCleanup;

internal sealed class BranchCleanupInputs(Inputs inputs)
{
    public string? Branch { get; } = inputs.OptionalText("branch", "The branch to delete; {version} is replaced. Overrides the policy (release/{version}).");

    public IReadOnlyList<string> Branches { get; } = inputs.Lines(
        "branches", "Globs of branches to look through in place of one, such as release/*, one a line. What must stay of them is no error.");

    public string? Version { get; } = inputs.OptionalText("version", "The version that was released, without the tag prefix. Where absent, the tag that started the run decides.");

    public string? Production { get; } = inputs.OptionalText("production", "The branch that must hold all of the content. Overrides the policy (main).");

    public string ReleaseSucceeded { get; } = inputs.TextAsGiven(
        "release-succeeded", "Whether the release went well, such as the result of the publishing job; anything but true or success, also nothing, keeps every branch.", fallback: "true");

    public bool DryRun { get; } = inputs.Flag("dry-run", "Show the plan, change nothing; what would be refused is a warning.", fallback: false);
}

internal sealed class BranchCleanupOutputs(Outputs outputs)
{
    public Output Deleted { get; } = outputs.Declare("deleted", "The branches that were deleted, one a line; of a dry run, those that would be.");

    public Output Kept { get; } = outputs.Declare("kept", "The branches that were kept, one a line.");

    public Output Report { get; } = outputs.Declare("report", "Every branch, as a JSON list of {branch, commit, deleted, reason, proof, proved-by, files}.");
}
