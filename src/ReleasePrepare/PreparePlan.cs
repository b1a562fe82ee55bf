using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The commit of a release: the files of another commit, with the version's own files changed.</summary>
internal sealed record PlannedCommit(string Base, IReadOnlyList<string> Parents, IReadOnlyList<FileChange> Changes, string Message);

/// <summary>A branch on origin that is made or moved.</summary>
/// <param name="Name">The branch.</param>
/// <param name="From">Its commit now; empty where it must not be there.</param>
/// <param name="To">The commit it gets; null for the one that is made.</param>
internal sealed record PlannedBranch(string Name, string From, string? To = null);

/// <summary>An annotated tag on the commit that is made.</summary>
internal sealed record PlannedTag(string Name, string Message);

/// <summary>A pull request to be opened.</summary>
internal sealed record PlannedPull(string Title, string Head, string Into, string Body);

/// <summary>How a release is cut: what is made, what is pushed, and what forbids it. Pure: the same facts give the same plan.</summary>
internal sealed record PreparePlan
{
    public required Settings Settings { get; init; }

    public required ReleaseTag Release { get; init; }

    public required VersionChoice Choice { get; init; }

    /// <summary>The commit; null where an earlier run has pushed it already.</summary>
    public PlannedCommit? Commit { get; init; }

    /// <summary>The commit that an earlier run pushed, 40 hex digits; null where this one makes it.</summary>
    public string? Pushed { get; init; }

    /// <summary>The branches, pushed together with the tag or not at all; the one with the commit comes last.</summary>
    public IReadOnlyList<PlannedBranch> Branches { get; init; } = [];

    public PlannedTag? Tag { get; init; }

    public PlannedPull? Pull { get; init; }

    /// <summary>Whether the checked-out branch follows.</summary>
    public bool MovesCheckout { get; init; }

    /// <summary>How many commits of the checkout are pushed with it because origin lacks them.</summary>
    public int Along { get; init; }

    /// <summary>Where the text of the changelog's new section comes from.</summary>
    public string ChangelogSource { get; init; } = "none";

    /// <summary>What forbids it; empty where nothing does.</summary>
    public IReadOnlyList<Finding> Broken { get; init; } = [];

    /// <summary>What a person does next.</summary>
    public string Next { get; init; } = "";

    /// <summary>The plan of the flow that was chosen.</summary>
    /// <exception cref="ActionException">No plan can be made (exit 2 or 3).</exception>
    public static PreparePlan For(PrepareFacts facts)
    {
        var plan = facts.Settings.Flow switch
        {
            Flow.Branch => BranchFlow.Plan(facts),
            Flow.Promote => PromotionFlow.Plan(facts),
            Flow.Rollback => RollbackFlow.Plan(facts),
            _ => TagFlow.Plan(facts),
        };
        RefName.Require("tag", plan.Release.Name);
        foreach (var branch in plan.Branches) RefName.Require("branch", branch.Name);
        return plan;
    }

    /// <summary>The rows of the table that people read: what, and which.</summary>
    public IReadOnlyList<(string What, string Which)> Rows()
    {
        var rows = new List<(string, string)> { ("version", $"{Choice.Old?.Text ?? "none"} → {Release.Version}"), ("why", $"{Choice.Bump}: {Choice.Reason}") };
        if (Commit is not null) rows.Add(("commit", Commit.Changes.Count == 0 && Commit.Parents.Count < 2 ? "nothing to change" : $"{Commit.Message.Split('\n')[0]} ({string.Join(", ", Commit.Changes.Select(c => c.Path))})"));
        if (SourceInWords is { } source) rows.Add(("changelog", source));
        rows.AddRange(Branches.Select(b => (b.From.Length == 0 ? "new branch" : "branch", b.Name)));
        if (Along > 0) rows.Add(("goes along", $"{Guards.Counted(Along, "commit")} of yours that origin lacks"));
        if (Tag is not null) rows.Add(("tag", $"{Tag.Name}, annotated: {Tag.Message.Split('\n')[0]}"));
        if (Pull is not null) rows.Add(("pull request", $"{Pull.Title}: {Pull.Head} → {Pull.Into}"));
        return rows;
    }

    private string? SourceInWords => ChangelogSource switch
    {
        "unreleased" => "what stood under Unreleased",
        "notes-file" => "the notes file, then what stood under Unreleased",
        "commits" => "the commits since the last release",
        "reason" => "the reason of the rollback",
        "written" => "left as it is: the version has its section",
        _ => null,
    };

    public string ToMarkdown()
    {
        var verdict = Broken.Count == 0 ? "" : Broken.Count == 1 ? " must not be cut: one thing forbids it" : $" must not be cut: {Broken.Count} things forbid it";
        var rows = Rows().Select(r => (string[])[r.What, Markdown.Text(r.Which)]).Concat(Broken.Select(b => (string[])["❌", $"{Markdown.Text(b.Message)}. **{Markdown.Text(b.Remedy)}**"]));
        return $"""
            ## Release {Markdown.Text(Release.Version.Text)}{verdict}

            {Markdown.Table(["what", "which"], rows)}
            {(Next.Length == 0 ? "" : $"Then: {Markdown.Text(Next)}")}
            """;
    }
}
