using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>Makes the tag of the release where it is missing. An answer may be lost: what is there decides.</summary>
internal sealed class TagCreation(Writers writers, PublishPlan plan)
{
    private const int MostAttempts = 4;

    /// <summary>The tag points to the commit on origin, now.</summary>
    /// <exception cref="ActionException">It points elsewhere (exit 3), or cannot be made (exit 4).</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var tags = await ReadAsync(cancellation);
        for (var attempt = 1; !tags.ContainsKey(plan.Tag.Name) && attempt <= MostAttempts; attempt++)
        {
            var isMade = await writers.GitHub.CreateTagAsync(plan.Tag.Name, plan.Commit, cancellation);
            // What was just written may be missing from the list for some seconds.
            tags = await Lag.SettleAsync(ReadAsync, shown => shown.ContainsKey(plan.Tag.Name), writers.Clock, cancellation);
            var status = (isMade, tags.ContainsKey(plan.Tag.Name)) switch
            {
                (true, _) => "ok", (false, _) => "there", (null, true) => "answer-lost", (null, false) => "failed",
            };
            writers.Log.Step("tag", ("tag", plan.Tag.Name), ("commit", plan.Commit), ("status", status));
            // GitHub has it: asking for it again would change nothing.
            if (isMade is not null) break;
        }

        if (!tags.TryGetValue(plan.Tag.Name, out var commit))
        {
            throw ActionException.Remote(
                $"GitHub was asked to make the tag '{plan.Tag.Name}', and it is not on origin",
                "Run it again: it continues from what is there; the draft is kept");
        }

        if (commit == plan.Commit) return;
        throw ActionException.Refused(
            $"The tag '{plan.Tag.Name}' points to commit {commit[..12]} on origin, and not to {plan.Commit[..12]}",
            "See who moved it; this run has published nothing and leaves its draft unchanged");
    }

    private Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellation) =>
        writers.Readers.Git.ListRemoteTagsAsync(cancellation);
}
