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
        Finding?[] single =
        [
            CommitOfNobody(), TagMoved(), UnknownDraft(), FilesElsewhere(), TooManyFiles(), ChangesOfImmutable(), Different(), NoRoom(),
            State?.Problem,
        ];
        return single.OfType<Finding>().Concat(MovingTagsOfReleases());
    }

    private Finding? CommitOfNobody() => Facts.IsCommitOfRepository ? null : new Finding(
        $"The commit {Commit} that `target` names is on no branch of {Request.Repository}: it may be of anybody's pull request",
        "Push it to a branch first, or name a branch");

    private Finding? TagMoved()
    {
        if (Request.IsMoving) return null;
        const string Remedy = "A published version is never moved: release this commit under the next version";
        if (Facts.Tags.GetValueOrDefault(Tag.Name)?.Commit is { } at && at != Commit)
            return new Finding($"The tag '{Tag.Name}' is at commit {at[..12]}, and this is {Commit[..12]}", Remedy);
        return Facts.Release is { Draft: false } release && CommitOf(release) is { } published && published != Commit
            ? new Finding($"'{Tag.Name}' was published at commit {published[..12]}, and its tag has moved to {Commit[..12]} since", Remedy)
            : null;
    }

    // What our mark says. The target of a release that others made is no proof: GitHub ignores it where the tag is there already.
    private static string? CommitOf(Release release) => ReleaseNotes.FindMark(release.Body)?.Commit;

    private Finding? UnknownDraft()
    {
        if (Facts.Release is not null || Facts.Strangers.Count == 0) return null;
        var pages = string.Join(' ', Facts.Strangers.Select(s => s.HtmlUrl));
        return Facts.Strangers.Count == 1
            ? new Finding(
                $"There is a draft of '{Tag.Name}' that this action did not create: {pages}",
                "Set `adopt-draft: true` to continue with it; or publish or delete it manually, then run this again")
            : new Finding(
                $"There are {Facts.Strangers.Count} drafts of '{Tag.Name}' that this action did not create: {pages}",
                "Delete all but one manually; `adopt-draft: true` continues with that one");
    }

    // Published without them, the release would lack what another job sent.
    private Finding? FilesElsewhere() => Publishes && Facts.Leftovers.FirstOrDefault(l => ReasonToStay(l) is not null) is { } leftover
        ? new Finding(
            $"Another run of this action left a draft of '{Tag.Name}', and {ReasonToStay(leftover)}: {leftover.Draft.HtmlUrl}",
            "Run the job again that sends them, or delete the draft manually, then run this again")
        : null;

    private string? ReasonToStay(DraftLeftover leftover) =>
        leftover.ReasonToStay(Assets.Select(a => a.Name).ToHashSet(StringComparer.Ordinal), Commit);

    private Finding? TooManyFiles() => Assets.Count(a => a.Verb != AssetVerb.Delete) is var count && count > MostFiles && !IsKept
        ? new Finding(
            $"The release of '{Tag.Name}' would have {count:#,0} files with those that it has already, and GitHub takes {MostFiles:#,0}",
            "Put several into one archive, narrow the globs, or delete files of the release")
        : null;

    private Finding? ChangesOfImmutable()
    {
        if (Facts.Release is not { Draft: false, Immutable: true } || Request.OnExisting == OnExisting.Keep) return null;
        if (Request.IsMoving && !IsReleaseDone)
            return new Finding(
                $"The release of '{Tag.Name}' is immutable, and such a release never moves",
                "Publish each under a tag of its own, such as nightly-2026-01-31 with `unversioned-tag: publish`");
        var changed = ChangedFiles();
        var differences = changed.Count == 0 ? [] : (List<string>)[$"its files differ: {string.Join(", ", changed)}"];
        differences.AddRange(ChangedFlags());
        return differences.Count == 0 ? null : new Finding(
            $"The release of '{Tag.Name}' is immutable and {string.Join(", and ", differences)}",
            "What is published stays unchanged: release under the next version");
    }

    private Finding? Different()
    {
        if (!IsPublished || Facts.Release!.Immutable || Request.OnExisting != OnExisting.Refuse) return null;
        var differences = ChangedFiles();
        differences.AddRange(ChangedFlags());
        if (Fields.MakeLatest == true && !Facts.Release.Prerelease) differences.Add("it is not the latest release");
        return differences.Count == 0 ? null : new Finding(
            $"'{Tag.Name}' is published already and differs: {string.Join(", ", differences)}",
            "Release under the next version; or set `on-existing: update`, or `on-existing: keep`");
    }

    private IEnumerable<string> ChangedFlags() => Request.NamedPrerelease is { } named && named != Facts.Release!.Prerelease
        ? [$"it is {(named ? "not " : "")}marked as a prerelease"]
        : [];

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
