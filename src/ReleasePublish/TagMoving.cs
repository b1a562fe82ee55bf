using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Moves the tags of a plan, each only from where it was read. Where another run was faster, <see cref="TagMove"/> decides again: the tag
/// may belong to a higher version by now. This is no conflict for the host: a new plan would find the release published and notify nobody.
/// </summary>
internal static class TagMoving
{
    private const int MostAttempts = 3;

    /// <summary>Moves them; one that cannot be moved stops no other.</summary>
    public static async Task<PublicReport> RunAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        foreach (var move in report.Plan.TagMoves) report = await TryMoveAsync(move, report, writers, cancellation);
        return report;
    }

    /// <summary>Moves the tag of a release that is no version to its commit, only from where it was read.</summary>
    /// <exception cref="ActionException">Another run moved it: a conflict; or a rule forbids it (exit 4).</exception>
    public static async Task MoveOwnAsync(PublishPlan plan, Writers writers, CancellationToken cancellation)
    {
        var (name, from) = (plan.Tag.Name, plan.Facts.Tags[plan.Tag.Name]);
        var refusal = await PushAsync(new TagMove("", name, from.Id, Moves: true, ""), plan, writers.Git, cancellation);
        if (refusal is not null)
        {
            var at = (await writers.Readers.Git.ListRemoteTagsAsync(cancellation)).GetValueOrDefault(name);
            // The answer to a push may be lost.
            if (at != plan.Commit && at != from.Commit)
                throw ActionException.Conflict($"Another run moved the tag '{name}' meanwhile", "Run it again: it moves it on");
            if (at != plan.Commit)
                throw ActionException.Remote(
                    $"The tag '{name}' was not moved to {plan.Commit[..12]}: {refusal}",
                    "Let the job's token pass the rule, then run it again; nothing of the release was replaced");
        }

        writers.Log.Step("move-tag", ("tag", name), ("commit", plan.Commit), ("from", from.Id), ("status", "ok"));
    }

    private static async Task<PublicReport> TryMoveAsync(TagMove move, PublicReport report, Writers writers, CancellationToken cancellation)
    {
        try
        {
            var (outcome, refusal) = await MoveAsync(move, report.Plan, writers, cancellation);
            report = report with { TagMoves = [.. report.TagMoves, outcome] };
            return refusal is null ? report : report.With([Unmoved(move, refusal)]) with { IsWhole = false };
        }
        catch (ActionException e)
        {
            // Where even the tags cannot be read, nobody knows whether a push came through.
            var outcome = move with { Reason = "⚠️ may not have been moved" };
            return report.With(e.Findings) with { IsWhole = false, TagMoves = [.. report.TagMoves, outcome] };
        }
    }

    private static async Task<(TagMove Outcome, string? Refusal)> MoveAsync(
        TagMove move, PublishPlan plan, Writers writers, CancellationToken cancellation)
    {
        string? refusal = null;
        for (var attempt = 1; move.Moves && attempt <= MostAttempts; attempt++)
        {
            refusal = await PushAsync(move, plan, writers.Git, cancellation);
            if (refusal is null)
            {
                var from = move.From ?? "nothing";
                writers.Log.Step("move-tag", ("tag", move.Name), ("commit", plan.Commit), ("from", from), ("status", "ok"));
                return (move with { Moves = false, PointsHere = true, Reason = $"points to {plan.Tag.Version} now" }, null);
            }

            var tags = await writers.Readers.Git.ReadRemoteTagsAsync(cancellation);
            move = TagMove.For(move.Line, plan, isPublished: true, tags);
        }

        // Not to be moved after all: it is where it should be.
        return move.Moves ? (move with { Reason = "was not moved" }, refusal) : (move, null);
    }

    // The lease names the old object, and the server compares it under the ref's lock. GitHub's REST API has no such condition: `force`
    // overwrites whatever is there, so that two runs could move a tag back.
    private static async Task<string?> PushAsync(TagMove move, PublishPlan plan, GitWriter git, CancellationToken cancellation)
    {
        var name = $"refs/tags/{RefName.Require("tag", move.Name)}";
        // With the release's own tag: git knows the remote's commits by the tags that it has itself, and then sends no object.
        string[] known = [plan.Commit, plan.TagsAfterwards[plan.Tag.Name].Id];
        await git.Repository.FetchAsync(FetchScope.Commits, known.Select(id => KeyValuePair.Create(id, id)), cancellation);
        var result = await git.PushAsync([(name, move.From ?? "", plan.Commit)], isAtomic: true, cancellation);
        return result.Succeeded ? null : PlainText.Inert(result.Lines.FirstOrDefault(l => l.StartsWith('!')) ?? result.LastWords);
    }

    private static Finding Unmoved(TagMove move, string refusal) => new(
        $"The release is published, and its moving tag '{move.Name}' was not moved: {refusal}",
        "Let the job's token pass the rule, then run it again: it moves the tag and nothing else");
}
