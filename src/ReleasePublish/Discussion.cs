using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Starts the discussion about a release. GitHub forgets the wish where it is told with a draft, and links no second one where one is linked,
/// so that it is asked once the release is public. It is a channel beside the release: where it fails, the release stands.
/// </summary>
internal sealed class Discussion(World world, PublishPlan plan)
{
    /// <summary>The discussion's page, or null where there is none.</summary>
    public async Task<string?> StartAsync(Release release, CancellationToken cancellation)
    {
        if (!plan.StartsDiscussion || release.DiscussionUrl is not null) return release.DiscussionUrl;
        try
        {
            var url = await world.GitHub.StartDiscussionAsync(release.Id, plan.Wish.DiscussionCategory!, cancellation);
            if (url is null) throw ActionException.Remote("GitHub answered, and linked none", "A GitHub Enterprise Server may not know discussions of releases: leave `discussion-category` away there");
            world.Log.Step("discussion", ("category", plan.Wish.DiscussionCategory), ("url", url), ("status", "ok"));
            return url;
        }
        catch (ActionException e)
        {
            foreach (var finding in e.Findings) world.Log.Warning(finding with { Message = $"The release is published, but without a discussion: {finding.Message}" });
            return null;
        }
    }
}
