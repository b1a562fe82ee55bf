using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Runs of one tag at the same time, such as the jobs of a matrix, share the oldest of the drafts that they made: GitHub has no lock, and
/// two creates make two drafts. A younger draft is deleted once the shared release has its files.
/// </summary>
internal static class DraftSharing
{
    /// <summary>This run works on the draft that all share.</summary>
    /// <returns>The releases as GitHub lists them now.</returns>
    /// <exception cref="ActionException">An earlier draft exists: a conflict, so that the next plan works on that one.</exception>
    public static async Task<ReleaseList> RequireSharedAsync(
        Release ours, PublishPlan plan, GitHubClient gitHub, CancellationToken cancellation)
    {
        var list = await gitHub.ListReleasesOfAsync(plan.Tag.Name, cancellation);
        // A person's draft that this run continues is the one that the user named.
        if (!ours.Draft || !ReleaseCalls.IsOurs(ours, plan.Tag.Name)) return list;
        var shared = ReleaseCalls.Ours(list.OfTag, plan.Tag.Name);
        // A list that lags may omit this run's draft.
        if (shared is null or { Draft: false } || shared.Id >= ours.Id) return list;
        throw ActionException.Conflict(
            $"Another run made a draft of '{plan.Tag.Name}' meanwhile: {shared.HtmlUrl}", "Run it again: it goes on from what is there");
    }

    /// <summary>Deletes the other drafts of the tag that runs of this action left, as far as the release has their files.</summary>
    public static async Task<PublicReport> DeleteOthersAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        var plan = report.Plan;
        if (plan.IsReleaseDone && plan.Leftovers.Count == 0) return report;
        try
        {
            var list = await writers.GitHub.ListReleasesOfAsync(plan.Tag.Name, cancellation);
            var assets = report.Assets.Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var draft in list.OfTag.Where(r => IsLeftover(r, report.Release, plan)))
                await DeleteAsync(draft, assets, plan, writers, cancellation);
            return report with { Published = list.Published };
        }
        catch (ActionException e)
        {
            return report.With(e.Findings);
        }
    }

    /// <summary>Finds this action's other drafts of the tag.</summary>
    public static async Task<IReadOnlyList<DraftLeftover>> FindAsync(
        IReadOnlyList<Release> ofTag, Release? release, string tag, GitHubClient gitHub, CancellationToken cancellation)
    {
        var leftovers = new List<DraftLeftover>();
        foreach (var draft in ofTag.Where(r => release is not null && r.Id != release.Id && r.Draft && ReleaseCalls.IsOurs(r, tag)))
            if (await FilesOfAsync(draft, gitHub, cancellation) is { } files) leftovers.Add(new DraftLeftover(draft, files));
        return leftovers;
    }

    private static bool IsLeftover(Release draft, Release release, PublishPlan plan) =>
        draft.Draft && draft.Id != release.Id && ReleaseCalls.IsOurs(draft, plan.Tag.Name);

    private static async Task DeleteAsync(
        Release draft, IReadOnlySet<string> assets, PublishPlan plan, Writers writers, CancellationToken cancellation)
    {
        if (await FilesOfAsync(draft, writers.GitHub, cancellation) is not { } files) return;
        var leftover = new DraftLeftover(draft, files);
        if (leftover.ReasonToStay(assets, plan.Commit) is { } reason)
        {
            writers.Log.Notice($"The draft {draft.HtmlUrl} of '{plan.Tag.Name}' stays: {PlainText.Inert(reason)}");
            return;
        }

        await writers.GitHub.DeleteDraftAsync(draft.Id, cancellation);
        writers.Log.Step("delete", ("draft", draft.Id), ("reason", "left by another run"), ("status", "ok"));
    }

    // Null where it is gone, or published: another run was faster.
    private static async Task<IReadOnlyList<string>?> FilesOfAsync(Release draft, GitHubClient gitHub, CancellationToken cancellation)
    {
        async Task<bool> IsThereAsync() => await gitHub.FindReleaseAsync(draft.Id, cancellation) is { Draft: true };
        if (!await IsThereAsync()) return null;
        try
        {
            return [.. (await gitHub.ListAssetsAsync(draft.Id, cancellation)).Where(a => a.IsWhole).Select(a => a.Name)];
        }
        catch (ActionException)
        {
            if (await IsThereAsync()) throw;
            return null;
        }
    }
}

/// <summary>A second draft of this action for the tag: two runs made one each, and one of them was stopped or gave way.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Files">The names of its files that are whole.</param>
internal sealed record DraftLeftover(Release Draft, IReadOnlyList<string> Files)
{
    /// <summary>Why it must not be deleted; null where nothing is lost with it.</summary>
    /// <param name="assets">The names of the files that the release has.</param>
    /// <param name="commit">The commit that is released.</param>
    public string? ReasonToStay(IReadOnlySet<string> assets, string commit)
    {
        var mark = ReleaseNotes.FindMark(Draft.Body);
        if (mark is { IsEdited: true }) return "a person edited its notes";
        var missing = mark?.Commit == commit ? Files.Where(f => !assets.Contains(f)).ToList() : [];
        return missing.Count == 0 ? null : $"the release lacks its files {string.Join(", ", missing.Select(f => $"'{f}'"))}";
    }
}
