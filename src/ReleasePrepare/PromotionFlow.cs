using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>A branch that begins at production, with the version's files as the release branch has them. Pure.</summary>
internal static class PromotionFlow
{
    public static PreparePlan Plan(PrepareFacts facts)
    {
        var (settings, choice) = (facts.Settings, VersionChoice.For(facts));
        var release = ReleaseTag.Of(choice.Version, settings.TagPrefix);
        var branch = settings.ReleaseBranch(release);
        var (head, changes, message) = (HeadOf(settings, release), Changes(facts), release.Fill(settings.Policy.Prepare.PromoteMessage));
        var doubt = Doubt(facts, release, message);
        var isPushed = facts.Earlier is { } earlier && doubt is null && earlier.Tip != facts.Base;
        List<Finding> unreadable = [.. Unreadable(facts.Files, branch), .. Unreadable(facts.Promoted, settings.Production)];
        if (changes.Count == 0 && unreadable.Count == 0 && facts.Branches.ContainsKey(branch) && !isPushed)
            throw ActionException.Refused($"{settings.Production} has the version's files as '{branch}' has them", "There is nothing to promote: go on with the tag");
        return new PreparePlan
        {
            Settings = settings, Release = release, Choice = choice with { Reason = $"from {branch}" },
            Pushed = isPushed ? facts.Earlier!.Tip : null, Commit = isPushed ? null : new PlannedCommit(facts.Base, [facts.Base], changes, message),
            Branches = isPushed ? [] : [new PlannedBranch(head, doubt is null ? facts.Earlier?.Tip ?? "" : "")],
            Pull = new PlannedPull(BranchFlow.Title(message, release), head, settings.Production, $"The version's files of `{branch}`, and nothing else:\n\n{string.Concat(changes.Select(c => $"- `{c.Path}`\n"))}{BranchFlow.WhyRecovery(facts)}"),
            Broken = [.. Guards.Broken(doubt, Guards.OnOrigin(facts, branch), Guards.OnOrigin(facts, settings.Production), Guards.NotByTag(facts), Guards.MayOpenPulls(facts), Guards.NotTagged(facts, release), Guards.HigherThanItsLine(facts, release), Guards.Legal(facts, release)), .. Guards.Recovery(facts, release.Version), .. unreadable, .. facts.Branches.ContainsKey(branch) ? Unfinished(facts, release, branch).Concat(Untold(facts, release, branch)) : []],
            Next = $"merge the pull request, and {BranchFlow.TagIt(settings, release)}",
        };
    }

    /// <summary>The branch that goes into production.</summary>
    public static string HeadOf(Settings settings, ReleaseTag release) => $"chore/promote-{BranchFlow.Slug(settings, release)}-{settings.Production}";

    // The release branch may have gone on since an earlier run took its files.
    private static Finding? Doubt(PrepareFacts facts, ReleaseTag release, string message)
    {
        if (facts.Earlier is not { } earlier) return null;
        if (earlier.Doubt(facts, release, [facts.Base], message) is { } doubt) return doubt;
        return earlier.Tip != facts.Base && facts.Settings.MetadataFilesOf(release).Any(name => !earlier.HasAs(name, facts.Files.GetValueOrDefault(name) ?? facts.Promoted.GetValueOrDefault(name))) ? earlier.Unlike(facts.Base, $"its files are not those of '{facts.Settings.ReleaseBranch(release)}'") : null;
    }

    private static List<FileChange> Changes(PrepareFacts facts) =>
        [.. facts.Files.Values.Select(f => (File: f, Now: facts.Promoted.GetValueOrDefault(f.Path))).Where(f => f is { File.Problem: null, Now: null or { Problem: null } }).Where(f => f.Now is null || f.Now.Text != f.File.Text || f.Now.Mode != f.File.Mode)
            .Select(f => new FileChange(f.File.Path, f.File.Mode, f.Now?.Text ?? "", f.File.Text))];

    // What could not be read has no text: promoted, it would be emptied.
    private static IEnumerable<Finding> Unreadable(IReadOnlyDictionary<string, SourceFile> files, string branch) =>
        files.Values.Select(f => f.Problem).OfType<Finding>().Select(p => p with { Message = $"On '{branch}', {p.Message}" });

    // Where each version has a changelog of its own, that is the section.
    private static IEnumerable<Finding> Untold(PrepareFacts facts, ReleaseTag release, string branch)
    {
        if (!facts.Settings.HasChangelogPerVersion) yield break;
        var path = release.Fill(facts.Settings.ChangelogPath);
        if (!facts.Files.TryGetValue(path, out var file)) yield return new Finding($"{path} is not on '{branch}'", "Write there what changed, and merge it into the release branch first");
        else if (file.Problem is null && !facts.SectionsOf(file).OfFile(release.Version).Any(s => !s.IsEmpty)) yield return new Finding($"{path} tells nothing of {release.Version} on '{branch}'", "Write there what changed, and merge it into the release branch first");
    }

    /// <summary>Whether files say a version, where anything would.</summary>
    public static bool Says(PrepareFacts facts, ReleaseTag release, string branch) => (facts.Settings.Manifests.Count > 0 || facts.Changelog is not null) && !Unfinished(facts, release, branch).Any();

    // What is promoted must be the version, or production would say what was never released.
    public static IEnumerable<Finding> Unfinished(PrepareFacts facts, ReleaseTag release, string branch)
    {
        foreach (var place in facts.Settings.Manifests)
        {
            if (!facts.Files.TryGetValue(place.File, out var file)) yield return new Finding($"{place} is not on '{branch}'", "Merge the pull request into the release branch first");
            else if (file.Problem is null)
                foreach (var said in place.Read(file.Text).Where(s => s.Version != release.Version.Text && (s.Version is null || s.Version != RegistryNames.Python(release.Version, facts.Settings.Order))).DistinctBy(s => s.Version))
                    yield return new Finding($"{place} says '{PlainText.Inert(said.Version ?? said.Problem ?? "")}' on '{branch}', and {release.Version} is to be promoted", "Merge the pull request into the release branch first");
        }

        if (facts.Changelog is { Problem: null } changelog && facts.SectionsOf(changelog).Find(release.Version).Count == 0)
            yield return new Finding($"{changelog.Path} has no section for {release.Version} on '{branch}'", "Merge the pull request into the release branch first");
    }
}
