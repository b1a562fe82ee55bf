using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Moves the tags of a plan, each only from where it was read. Where another run was faster, it reads again and decides again:
/// the tag may belong to a higher version by now.
/// </summary>
internal sealed class TagMoving(World world, PublishPlan plan)
{
    private const int MostAttempts = 3;

    /// <summary>What became of the tags, and of those that could not be moved a finding each; the others are moved all the same.</summary>
    public async Task<(IReadOnlyList<TagMove> Moves, IReadOnlyList<Finding> Findings)> RunAsync(CancellationToken cancellation)
    {
        var (moves, findings) = (new List<TagMove>(), new List<Finding>());
        foreach (var move in plan.TagMoves)
        {
            var (outcome, problems) = await TryMoveAsync(move, cancellation);
            moves.Add(outcome);
            findings.AddRange(problems);
        }

        return (moves, findings);
    }

    private async Task<(TagMove Outcome, IReadOnlyList<Finding> Problems)> TryMoveAsync(TagMove move, CancellationToken cancellation)
    {
        try
        {
            var (outcome, refusal) = await MoveAsync(move, cancellation);
            return (outcome, refusal is null ? [] : [new Finding($"The release is published, and its moving tag '{move.Tag.Name}' was not moved: {refusal}", "Let the job's token pass the rule, then run it again: it moves the tag and nothing else")]);
        }
        catch (ActionException e)
        {
            // Where even the tags cannot be read, nobody knows whether a push came through.
            return (move with { Reason = "⚠️ may not have been moved" }, e.Findings);
        }
    }

    private async Task<(TagMove Outcome, string? Refusal)> MoveAsync(TagMove move, CancellationToken cancellation)
    {
        string? refusal = null;
        for (var attempt = 1; move.Moves && attempt <= MostAttempts; attempt++)
        {
            refusal = await world.Git.MoveRemoteTagAsync(move.Tag.Name, move.From, plan.Wish.Commit, cancellation);
            if (refusal is null)
            {
                world.Log.Step("move-tag", ("tag", move.Tag.Name), ("commit", plan.Wish.Commit), ("from", move.From ?? "nothing"), ("status", "ok"));
                return (move with { Moves = false, Leads = true, Reason = $"leads to {plan.Wish.Tag.Version} now" }, null);
            }

            move = TagMove.For(move.Tag, plan.Wish, isPublished: true, await world.Git.ReadRemoteTagsAsync(cancellation), world.Policy.Version.TagPrefix);
        }

        // Not to be moved after all: it is where it should be.
        return move.Moves ? (move with { Reason = "was not moved" }, refusal) : (move, null);
    }
}
