using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// The content of the stable release before the last, under the next patch. The branch begins at that release and takes in the one it leaves,
/// so that merging it takes the changes back. Pure.
/// </summary>
internal static class RollbackFlow
{
    public static PreparePlan Plan(PrepareFacts facts)
    {
        var (settings, back) = (facts.Settings, facts.RolledBack!);
        var version = facts.Request.Version is { } typed ? ReleaseTag.RequireVersion(typed, settings.TagPrefix) : NextPatch(back.Bad.Version);
        var release = ReleaseTag.Of(version, settings.TagPrefix);
        var files = NewFiles.For(facts, release);
        var (head, message) = (HeadOf(back), $"Roll back {back.Bad.Version} to {back.Good.Version}\n\n{facts.Request.Reason}");
        var isTagged = settings.Policy.Prepare.Flow == "tag";
        var tag = isTagged ? new PlannedTag(release.Name, TagFlow.TagMessage(facts with { Request = facts.Request with { Description = facts.Request.Description ?? $"rollback of {back.Bad.Version}" } }, release)) : null;
        var earlier = isTagged ? null : facts.Earlier;
        var doubt = earlier?.Doubt(facts, release, [back.GoodCommit, back.BadCommit], message);
        var isPushed = earlier is not null && doubt is null && earlier.Tip != facts.Base;
        return new PreparePlan
        {
            Settings = settings, Release = release, ChangelogSource = files.ChangelogSource,
            Choice = new VersionChoice(version, back.Bad.Version, facts.Request.Version is null ? "patch" : "given", $"the content of {back.Good.Name}: {facts.Request.Reason}"),
            Pushed = isPushed ? earlier!.Tip : null, Commit = isPushed ? null : new PlannedCommit(back.GoodCommit, [back.GoodCommit, back.BadCommit], files.Changes, message),
            Branches = isPushed ? [] : [new PlannedBranch(head, doubt is null ? earlier?.Tip ?? "" : "")],
            Tag = tag,
            Pull = isTagged ? null : new PlannedPull($"Roll back {back.Bad.Version} to {back.Good.Version} as {release.Version}", head, settings.Production, $"{Markdown.Text(facts.Request.Reason!)}\n"),
            Broken = [.. Guards.Broken(
                isTagged ? Guards.NotOnOrigin(facts, head) : doubt, Guards.NotByTag(facts), isTagged ? null : Guards.MayOpenPulls(facts), Guards.NotTagged(facts, release),
                settings.Order.Compare(version, back.Bad.Version) > 0 ? Guards.HigherThanItsLine(facts, release) : new Finding($"The version {version} is not after {back.Bad.Version}, and nobody would get it", "Leave `version` away: the next patch is taken"),
                Guards.Legal(facts, release), Guards.TagFits(facts, release, tag), files.Unlinked(facts, release)), .. Guards.Recovery(facts, version)],
            Next = isTagged ? $"merge {head} into {settings.Production} with a merge commit, which takes the changes of {back.Bad.Version} back there, then run the release of {release.Name}: until {settings.Production} holds its commit, version-validate refuses it" : $"merge the pull request, and {BranchFlow.TagIt(settings, release)}",
        };
    }

    /// <summary>The branch of a rollback.</summary>
    public static string HeadOf(RolledBack back) => $"hotfix/rollback-{back.Bad.Name}";

    private static SemanticVersion NextPatch(SemanticVersion version) =>
        SemanticVersion.TryParse($"{version.Major}.{version.Minor}.{version.Patch + 1}", out var next) ? next : throw new InvalidOperationException($"{version} has a next patch");
}
