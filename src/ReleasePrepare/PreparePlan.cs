using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The commit of a release: the files of another commit, with the version's own files changed.</summary>
internal sealed record PlannedCommit(string Base, IReadOnlyList<string> Parents, IReadOnlyList<SourceFile> Changes, string Message)
{
    /// <summary>Whether it changes nothing and merges nothing: then no commit is made.</summary>
    public bool IsItsParent => Changes.Count == 0 && Parents.Count == 1;
}

/// <summary>A pull request to be opened.</summary>
internal sealed record PlannedPull(string Title, string Head, string Into, string Body);

/// <summary>How a release is cut: what is made, what is pushed, and what forbids it. Pure: the same facts give the same plan.</summary>
internal sealed partial record PreparePlan : IPlan
{
    public required PrepareRequest Request { get; init; }

    public required ReleaseTag Release { get; init; }

    public required VersionChoice Choice { get; init; }

    /// <summary>The commit; null where an earlier run has pushed it already.</summary>
    public PlannedCommit? Commit { get; init; }

    /// <summary>The commit that an earlier run pushed, 40 hex digits; null where this one makes it.</summary>
    public string? Pushed { get; init; }

    /// <summary>The branches, pushed together with the tag or not at all; the one with the commit comes last.</summary>
    public IReadOnlyList<RefChange> Branches { get; init; } = [];

    /// <summary>The message of the annotated tag; null where no tag is made.</summary>
    public string? TagMessage { get; init; }

    public PlannedPull? Pull { get; init; }

    /// <summary>Whether the checked-out branch follows.</summary>
    public bool MovesCheckout { get; init; }

    /// <summary>Whether the files that the commit changes are written into the checkout; its repository stays what it is.</summary>
    public bool UpdatesFiles { get; init; }

    /// <summary>What a person wants to know before the cut, as rows of the table.</summary>
    public IReadOnlyList<(string What, string Which)> Around { get; init; } = [];

    /// <summary>How many commits of the checkout are pushed with it because origin lacks them.</summary>
    public int Along { get; init; }

    /// <summary>Where the text of the changelog's new section comes from.</summary>
    public string ChangelogSource { get; init; } = "none";

    /// <inheritdoc/>
    public required IReadOnlyList<Finding> Refusals { get; init; }

    /// <summary>What a person does next.</summary>
    public string Next { get; init; } = "";

    /// <summary>The commit and the tag, once they are made.</summary>
    public Draft Draft { get; init; } = Draft.Nothing;

    /// <summary>Whether it is drawn on a terminal; elsewhere it is written to the log and to the job summary.</summary>
    public bool IsDrawn { get; init; }

    /// <summary>The plan of the flow that was chosen.</summary>
    /// <exception cref="ActionException">No plan can be made (exit 2 or 3).</exception>
    public static PreparePlan For(PrepareFacts facts)
    {
        var plan = facts.Request.Flow switch
        {
            Flow.Branch => ForBranch(facts),
            Flow.Promote => ForPromotion(facts),
            Flow.Rollback => ForRollback(facts),
            _ => ForTag(facts),
        };
        RefName.Require("tag", plan.Release.Name);
        foreach (var branch in plan.Branches) RefName.Require("branch", branch.Name);
        return plan with { Draft = facts.Draft, IsDrawn = facts.IsTerminal && facts.Request.DrawsOnTerminal };
    }

    /// <summary>The rows of the table that people read: what, and which.</summary>
    public IReadOnlyList<(string What, string Which)> Rows()
    {
        var rows = new List<(string, string)>
        {
            ("version", $"{Choice.Old?.Text ?? "none"} → {Release.Version}"), ("why", $"{Choice.Bump}: {Choice.Reason}"),
        };
        if (Commit is not null) rows.Add(("commit", Commit.IsItsParent ? "nothing to change" : CommitInWords(Commit)));
        if (SourceInWords is { } source) rows.Add(("changelog", source));
        rows.AddRange(Branches.Select(b => (b.From.Length == 0 ? "new branch" : "branch", b.Name)));
        if (Along > 0) rows.Add(("pushed too", $"{PrepareRefusals.Counted(Along, "commit")} of yours that origin lacks"));
        if (TagMessage is not null) rows.Add(("tag", $"{Release.Name}, annotated: {FirstLine(TagMessage)}"));
        if (Pull is not null) rows.Add(("pull request", $"{Pull.Title}: {Pull.Head} → {Pull.Into}"));
        return [.. rows, .. Around];
    }

    /// <inheritdoc/>
    public string ToMarkdown()
    {
        if (IsDrawn) return "";
        var refused = Refusals.Count switch
        {
            0 => "",
            1 => " must not be cut: one thing forbids it",
            var many => $" must not be cut: {many} things forbid it",
        };
        var refusals = Refusals.Select(b => (string[])["❌", $"{Markdown.Text(b.Message)}. **{Markdown.Text(b.Remedy)}**"]);
        var page = $"""
            ## Release {Markdown.Text(Release.Version.Text)}{refused}

            {Markdown.Table(["what", "which"], Rows().Select(r => (string[])[r.What, Markdown.Text(r.Which)]).Concat(refusals))}
            {(Next.Length == 0 ? "" : $"Then: {Markdown.Text(Next)}")}
            """;
        return Request.IsDryRun ? $"{page.TrimEnd('\n')}\n\n{DraftAsMarkdown()}" : page;
    }

    /// <inheritdoc/>
    public void WriteTo(Log log) => new Screen(log, IsDrawn).Plan(this);

    private string DraftAsMarkdown()
    {
        // Line ends are shown as the page shows them.
        var diff = string.Join('\n', Draft.Diff.Split('\n').Select(line => PlainText.Inert(line.TrimEnd('\r'))));
        var commands = string.Join('\n', Draft.Commands(this).Select(PlainText.Inert));
        var commit = Draft.Diff.Length == 0 ? "" : $"### The commit\n\n{Markdown.Block("diff", diff).TrimEnd('\n')}\n\n";
        return $"{commit}### The commands\n\n{Markdown.Block("sh", commands)}";
    }

    private string? SourceInWords => ChangelogSource switch
    {
        "unreleased" => "what was under Unreleased",
        "notes-file" => "the notes file, then what was under Unreleased",
        "commits" => "the commits since the last release",
        "reason" => "the reason of the rollback",
        "written" => "unchanged: the version has its section",
        _ => null,
    };

    private static string CommitInWords(PlannedCommit commit) =>
        $"{FirstLine(commit.Message)} ({string.Join(", ", commit.Changes.Select(c => c.Path))})";

    private static string FirstLine(string message) => message.Split('\n')[0];

    /// <summary>The findings that exist, in order.</summary>
    private static IReadOnlyList<Finding> All(params IEnumerable<Finding?>[] findings) =>
        [.. findings.SelectMany(f => f).OfType<Finding>()];
}
