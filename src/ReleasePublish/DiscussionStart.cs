using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Starts the discussion about a release. GitHub forgets a category that comes with a draft, and links no second discussion,
/// so it is requested once the release is public. It is a channel beside the release: where it fails, the release stays.
/// </summary>
internal static class DiscussionStart
{
    public static async Task<PublicReport> RunAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        var (plan, release) = (report.Plan, report.Release);
        if (!plan.StartsDiscussion || release.DiscussionUrl is not null) return report with { Discussion = release.DiscussionUrl };
        var category = plan.Request.DiscussionCategory!;
        try
        {
            var url = await writers.GitHub.StartDiscussionAsync(release.Id, category, cancellation) ?? throw ActionException.Remote(
                "GitHub answered, and linked none",
                "A GitHub Enterprise Server may not know discussions of releases: omit `discussion-category` there");
            writers.Log.Step("discussion", ("category", category), ("url", url), ("status", "ok"));
            return report with { Discussion = url };
        }
        catch (ActionException e)
        {
            foreach (var finding in e.Findings)
                writers.Log.Warning(finding with { Message = $"The release is published, but without a discussion: {finding.Message}" });
            return report;
        }
    }
}
