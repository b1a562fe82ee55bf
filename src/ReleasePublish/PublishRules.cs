using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>What forbids a plan: one method a rule.</summary>
internal static class PublishRules
{
    /// <summary>GitHub takes less than 2 GiB a file, and no empty one; a release holds 1,000.</summary>
    internal const long LargestFile = 2_147_483_647;
    internal const int MostFiles = 1_000;

    /// <summary>What is wrong with the plan, told together.</summary>
    public static IEnumerable<Finding> Check(PublishPlan plan) =>
        ((Finding?[])[TagMoved(plan), Strangers(plan), Immutable(plan), Different(plan), NoRoom(plan), plan.State?.Problem]).OfType<Finding>().Concat(MovingTagsOfReleases(plan));

    /// <summary>What GitHub would refuse about the files, told before anything is sent.</summary>
    public static IEnumerable<Finding> Check(IReadOnlyList<PublishableFile> files)
    {
        foreach (var file in files.Where(f => f.Size > LargestFile))
            yield return new Finding($"asset '{file.Path}' has {file.Size} bytes, and GitHub takes less than 2 GiB", "Split it, or publish it elsewhere and link to it");
        foreach (var file in files.Where(f => f.Size == 0))
            yield return new Finding($"asset '{file.Path}' is empty, and GitHub takes no empty file", "Build it again, or take it off `files`");
        foreach (var alike in files.GroupBy(f => AssetStep.Plain(f.Name), StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return new Finding($"assets {string.Join(" and ", alike.Select(f => $"'{f.Path}'"))} would both be called '{alike.Key}' by GitHub", "Rename one of them; letters, digits and . _ - + are kept as they are");
        if (files.Count > MostFiles)
            yield return new Finding($"The release would have {files.Count} files, and GitHub takes {MostFiles}", "Put several into one archive, or narrow the globs");
    }

    private static Finding? TagMoved(PublishPlan plan)
    {
        const string Remedy = "A published version is never moved: release this commit under the next version";
        var (tag, commit) = (plan.Wish.Tag.Name, plan.Wish.Commit);
        if (plan.Facts.Tags.GetValueOrDefault(tag)?.Commit is { } at && at != commit) return new Finding($"The tag '{tag}' is at commit {at[..12]}, and this is {commit[..12]}", Remedy);
        return plan.Facts.Release is { Draft: false } release && CommitOf(release) is { } published && published != commit
            ? new Finding($"'{tag}' was published at commit {published[..12]}, and its tag has moved to {commit[..12]} since", Remedy)
            : null;
    }

    // What our mark says; where it is gone, the target, if it is a commit and not a branch.
    private static string? CommitOf(Release release) => ReleaseNotes.FindMark(release.Body)?.Commit
        ?? (release.TargetCommitish.Length == 40 && release.TargetCommitish.All(char.IsAsciiHexDigitLower) ? release.TargetCommitish : null);

    private static Finding? Strangers(PublishPlan plan) => plan.Facts is { Release: null, Strangers: [var first, ..] }
        ? new Finding($"A draft of '{plan.Wish.Tag.Name}' is there that this action did not make: {first.HtmlUrl}", "Publish or delete it by hand, then run this again")
        : null;

    private static Finding? Immutable(PublishPlan plan)
    {
        if (plan.Facts.Release is not { Draft: false, Immutable: true } || plan.Wish.OnExisting == OnExisting.Keep) return null;
        var changed = plan.Assets.Where(a => a.Changes).Select(a => $"'{a.Name}' ({a.Reason})").ToList();
        return changed.Count == 0 ? null : new Finding(
            $"The release of '{plan.Wish.Tag.Name}' is immutable and its files differ: {string.Join(", ", changed)}", "What is published stays as it is: release under the next version");
    }

    private static Finding? NoRoom(PublishPlan plan) =>
        plan.NotesFindNoRoom
            ? new Finding($"The notes of '{plan.Wish.Tag.Name}' have {plan.Facts.Release!.Body?.Length ?? 0:#,0} characters, and nothing fits below them", $"GitHub shows at most {ReleaseNotes.MostCharacters:#,0}: shorten them by hand, or say `body-mode: keep`")
            : null;

    private static IEnumerable<Finding> MovingTagsOfReleases(PublishPlan plan) => plan.Facts.ReleasesOfMovingTags.Select(r => new Finding(
        $"The moving tag '{r.TagName}' has a published release of its own: {r.HtmlUrl}", "A published tag is never moved: leave its line out of `moving-tags`"));

    private static Finding? Different(PublishPlan plan)
    {
        if (!plan.IsPublished || plan.Facts.Release!.Immutable || plan.Wish.OnExisting != OnExisting.Refuse) return null;
        var differences = plan.Assets.Where(a => a.Changes).Select(a => $"'{a.Name}' ({a.Reason})").ToList();
        if (plan.Facts.Release.Prerelease != plan.Wish.Prerelease) differences.Add($"it is {(plan.Wish.Prerelease ? "not " : "")}marked as a prerelease");
        return differences.Count == 0 ? null : new Finding(
            $"'{plan.Wish.Tag.Name}' is published already and differs: {string.Join(", ", differences)}", "Release under the next version; or say `on-existing: update`, or `on-existing: keep`");
    }
}
