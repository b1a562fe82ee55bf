using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>What forbids a plan: one method per rule.</summary>
internal sealed partial record PublishPlan
{
    /// <summary>GitHub accepts less than 2 GiB per file, and no empty one; a release holds 1,000.</summary>
    internal const long LargestFile = 2_147_483_647;
    internal const int MostFiles = 1_000;

    /// <summary>What GitHub would refuse about the files, reported before anything is sent.</summary>
    public static IEnumerable<Finding> ProblemsOf(IReadOnlyList<PublishableFile> files)
    {
        foreach (var file in files.Where(f => f.Size > LargestFile))
        {
            yield return new Finding(
                $"asset '{file.Path}' has {file.Size} bytes, and GitHub takes less than 2 GiB",
                "Split it, or publish it elsewhere and link to it");
        }

        foreach (var file in files.Where(f => f.Size == 0))
        {
            yield return new Finding(
                $"asset '{file.Path}' is empty, and GitHub takes no empty file", "Build it again, or remove it from `files`");
        }

        if (files.Count > MostFiles)
        {
            yield return new Finding(
                $"The release would have {files.Count} files, and GitHub takes {MostFiles}",
                "Put several into one archive, or narrow the globs");
        }
    }

    private IEnumerable<Finding> FindRefusals()
    {
        Finding?[] single = [TagMoved(), UnknownDraft(), TooManyFiles(), FilesOfImmutable(), Different(), NoRoom(), State?.Problem];
        return single.OfType<Finding>().Concat(MovingTagsOfReleases());
    }

    private Finding? TagMoved()
    {
        const string Remedy = "A published version is never moved: release this commit under the next version";
        if (Facts.Tags.GetValueOrDefault(Tag.Name)?.Commit is { } at && at != Commit)
            return new Finding($"The tag '{Tag.Name}' is at commit {at[..12]}, and this is {Commit[..12]}", Remedy);
        return Facts.Release is { Draft: false } release && CommitOf(release) is { } published && published != Commit
            ? new Finding($"'{Tag.Name}' was published at commit {published[..12]}, and its tag has moved to {Commit[..12]} since", Remedy)
            : null;
    }

    // What our mark says; where it is gone, the target, if it is a commit and not a branch.
    private static string? CommitOf(Release release) => ReleaseNotes.FindMark(release.Body)?.Commit
        ?? (IsCommit(release.TargetCommitish) ? release.TargetCommitish : null);

    private static bool IsCommit(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    private Finding? UnknownDraft() => Facts is { Release: null, Strangers: [var first, ..] }
        ? new Finding(
            $"There is a draft of '{Tag.Name}' that this action did not create: {first.HtmlUrl}",
            "Publish or delete it manually, then run this again")
        : null;

    // Of a release that had files before.
    private Finding? TooManyFiles()
    {
        var count = Assets.Count(a => a.Verb != AssetVerb.Delete);
        return IsKept || count <= MostFiles ? null : new Finding(
            $"The release of '{Tag.Name}' would have {count} files with those that are there, and GitHub takes {MostFiles}",
            "Put several into one archive, or narrow the globs");
    }

    private Finding? FilesOfImmutable()
    {
        if (Facts.Release is not { Draft: false, Immutable: true } || Request.OnExisting == OnExisting.Keep) return null;
        var changed = ChangedFiles();
        return changed.Count == 0 ? null : new Finding(
            $"The release of '{Tag.Name}' is immutable and its files differ: {string.Join(", ", changed)}",
            "What is published stays unchanged: release under the next version");
    }

    private Finding? Different()
    {
        if (!IsPublished || Facts.Release!.Immutable || Request.OnExisting != OnExisting.Refuse) return null;
        var differences = ChangedFiles();
        if (Facts.Release.Prerelease != Request.Prerelease)
            differences.Add($"it is {(Request.Prerelease ? "not " : "")}marked as a prerelease");
        return differences.Count == 0 ? null : new Finding(
            $"'{Tag.Name}' is published already and differs: {string.Join(", ", differences)}",
            "Release under the next version; or set `on-existing: update`, or `on-existing: keep`");
    }

    private List<string> ChangedFiles() => [.. Assets.Where(a => a.Changes).Select(a => $"'{a.Name}' ({a.Reason})")];

    private Finding? NoRoom() => NotesFindNoRoom
        ? new Finding(
            $"The notes of '{Tag.Name}' have {Facts.Release!.Body?.Length ?? 0:#,0} characters, and nothing fits below them",
            $"GitHub shows at most {ReleaseNotes.MostCharacters:#,0}: shorten them manually, or set `body-mode: keep`")
        : null;

    private IEnumerable<Finding> MovingTagsOfReleases() => Facts.ReleasesOfMovingTags.Select(r => new Finding(
        $"The moving tag '{r.TagName}' has a published release of its own: {r.HtmlUrl}",
        "A published tag is never moved: omit its line from `moving-tags`"));
}
