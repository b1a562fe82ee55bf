using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// What belongs to a release once it is as it should be. Each part is tried; one that fails is told at the end, and takes nothing of the
/// report and the announcement with it.
/// </summary>
internal sealed class Finishing(World world, PublishOutcome outcome, Notifications notifications)
{
    private readonly List<Finding> _findings = [.. outcome.Findings];

    /// <summary>What could not be done or read.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Does it.</summary>
    /// <returns>The report of all that is public.</returns>
    public async Task<PublicReport> RunAsync(CancellationToken cancellation)
    {
        var (release, assets, plan) = outcome;
        var isLatest = await TriedAsync(() => new LatestReading(world, plan).ReadAsync(release, outcome.IsNew, cancellation), null);
        var discussion = await new Discussion(world, plan).StartAsync(release, cancellation);
        var (moves, unmoved) = await new TagMoving(world, plan).RunAsync(cancellation);
        var (state, unwritten) = await new StateWriting(world, plan).RunAsync(release, cancellation);
        _findings.AddRange([.. unmoved, .. unwritten]);
        var branches = await TriedAsync(() => ReadReleaseBranchesAsync(cancellation), null);
        // What could not be read is no problem of the release.
        var isWhole = unmoved.Count == 0 && unwritten.Count == 0;
        var announcement = new Announcement(plan, release, world.Runner.Repository!, world.Runner.RunUrl) { IsWhole = isWhole, IsLatest = isLatest };
        return new PublicReport(plan, release, assets)
        {
            IsLatest = isLatest,
            Discussion = discussion,
            TagMoves = moves,
            State = state,
            Channels = await notifications.TellAsync(announcement, cancellation),
            Branches = branches,
        };
    }

    private async Task<T> TriedAsync<T>(Func<Task<T>> step, T otherwise)
    {
        try
        {
            return await step();
        }
        catch (ActionException e)
        {
            _findings.AddRange(e.Findings);
            return otherwise;
        }
    }

    // What the policy's pattern has before the version: release/ in release/{version}.
    private async Task<IReadOnlyList<string>?> ReadReleaseBranchesAsync(CancellationToken cancellation)
    {
        var pattern = world.Policy.Branches.ReleasePattern(world.Policy.Version.TagPrefix);
        var (before, after) = pattern.Split("{version}") is [var b, var a] ? (b, a) : (pattern, "");
        return [.. (await world.Git.ListRemoteBranchesAsync(cancellation)).Keys.Where(n => before.Length > 0 && n.StartsWith(before, StringComparison.Ordinal) && n.EndsWith(after, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
