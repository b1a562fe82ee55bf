using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// A release branch. Cut from production, it carries the version itself and goes back by a pull request. Cut from another branch, it begins
/// as that branch is, and the version comes by a pull request into it. Pure.
/// </summary>
internal static class BranchFlow
{
    public static PreparePlan Plan(PrepareFacts facts)
    {
        var (settings, choice) = (facts.Settings, VersionChoice.For(facts));
        var release = ReleaseTag.Of(choice.Version, settings.TagPrefix);
        var branch = settings.ReleaseBranch(release);
        var isFromProduction = settings.From == settings.Production;
        var head = isFromProduction ? branch : $"chore/release-{Slug(settings, release)}";
        var isPushed = facts.Branches.ContainsKey(branch) && facts.Branches.ContainsKey(head);
        var files = isPushed ? new NewFiles([], "none") : NewFiles.For(facts, release);
        var message = release.Fill(settings.Policy.Prepare.CommitMessage);
        return new PreparePlan
        {
            Settings = settings, Release = release, Choice = choice, ChangelogSource = files.ChangelogSource,
            Commit = isPushed ? null : new PlannedCommit(facts.Base, [facts.Base], files.Changes, message),
            Branches = isPushed ? [] : isFromProduction ? [new PlannedBranch(head, "")] : [new PlannedBranch(branch, "", facts.Base), new PlannedBranch(head, "")],
            Pull = new PlannedPull(Title(message, release), head, isFromProduction ? settings.Production : branch, Body(settings, release)),
            Broken = Guards.Broken(
                Guards.OnOrigin(facts, settings.From), Guards.OnOrigin(facts, settings.Production), isPushed ? null : Guards.NotOnOrigin(facts, branch), isPushed ? null : Guards.NotOnOrigin(facts, head),
                Guards.OnlyBranch(facts, branch), Guards.NoHotfixLost(facts), Guards.NotByTag(facts), Guards.MayOpenPulls(facts),
                Guards.NotTagged(facts, release), Guards.HigherThanItsLine(facts, release), Guards.LegalPrerelease(facts, choice.Version), Guards.AfterManifests(facts, choice.Version)),
            Next = isFromProduction ? $"merge the pull request, and tag {settings.Production} with {release.Name}" : $"merge the pull request, then run release-prepare with flow promote and version {release.Version}",
        };
    }

    /// <summary>What stands for the release in the name of a branch.</summary>
    public static string Slug(Settings settings, ReleaseTag release) => settings.Product is null ? release.Version.Text : $"{settings.Product}-{release.Version}";

    /// <summary>The first line of a message; the version goes behind it where a team's message leaves it out.</summary>
    public static string Title(string message, ReleaseTag release)
    {
        var line = message.Split('\n')[0].Trim();
        return line.Contains(release.Version.Text, StringComparison.Ordinal) ? line : $"{line} {release.Version}";
    }

    private static string Body(Settings settings, ReleaseTag release) =>
        $"Version {release.Version}. Only these files may change:\n\n{string.Concat(settings.MetadataFiles.Select(f => $"- `{f}`\n"))}";
}
