using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
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
        var (branch, head) = BranchesOf(settings, release);
        var (isFromProduction, message) = (branch == head, release.Fill(settings.Policy.Prepare.CommitMessage));
        var (begin, earlier) = (isFromProduction ? facts.Base : facts.CutAt, facts.Earlier);
        var isMerged = facts.OnBranch is { } there && PromotionFlow.Says(facts with { Files = there }, release, branch);
        var doubt = isMerged ? new Finding($"The branch '{branch}' on origin says {release.Version} already", $"Run release-prepare with flow promote and version {release.Version}")
            : begin is null ? earlier?.Unlike(facts.Base, $"{settings.From} does not hold the commit of '{branch}'") : earlier?.Doubt(facts, release, [begin], message);
        var isPushed = earlier is not null && doubt is null && earlier.Tip != facts.Base;
        var mustBeFree = !isFromProduction && !isPushed && doubt is null;
        var files = isPushed || isMerged ? new NewFiles([], "none") : NewFiles.For(facts, release);
        return new PreparePlan
        {
            Settings = settings, Release = release, Choice = choice, ChangelogSource = files.ChangelogSource,
            Pushed = isPushed ? earlier!.Tip : null, Commit = isPushed ? null : new PlannedCommit(facts.Base, [facts.Base], files.Changes, message),
            Branches = isPushed ? [] : isFromProduction ? [new PlannedBranch(head, doubt is null ? earlier?.Tip ?? "" : "")] : [new PlannedBranch(branch, "", facts.Base), new PlannedBranch(head, "")],
            Pull = new PlannedPull(Title(message, release), head, isFromProduction ? settings.Production : branch, Body(facts, release)),
            Broken = [.. Guards.Broken(
                Guards.OnOrigin(facts, settings.From), Guards.OnOrigin(facts, settings.Production), doubt,
                mustBeFree ? Guards.NotOnOrigin(facts, branch) : null, mustBeFree ? Guards.NotOnOrigin(facts, head) : null,
                Guards.OnlyBranch(facts, branch), Guards.NoHotfixLost(facts), Guards.NotByTag(facts), Guards.MayOpenPulls(facts),
                Guards.NotTagged(facts, release), Guards.HigherThanItsLine(facts, release), Guards.Legal(facts, release), Guards.AfterManifests(facts, choice.Version),
                isPushed ? earlier!.WithoutNotes(facts, release) : isMerged ? null : files.Unlinked(facts, release)), .. Guards.Recovery(facts, choice.Version)],
            Next = isFromProduction ? $"merge the pull request, and {TagIt(settings, release)}" : $"merge the pull request, then run release-prepare with flow promote and version {release.Version}",
        };
    }

    /// <summary>The release branch, and the branch that the version's commit is on: the same where it is cut from production.</summary>
    public static (string Branch, string Head) BranchesOf(Settings settings, ReleaseTag release)
    {
        var branch = settings.ReleaseBranch(release);
        return (branch, settings.From == settings.Production ? branch : $"chore/release-{Slug(settings, release)}");
    }

    /// <summary>What stands for the release in the name of a branch.</summary>
    public static string Slug(Settings settings, ReleaseTag release) => settings.Product is null ? release.Version.Text : $"{settings.Product}-{release.Version}";

    /// <summary>The first line of a message; the version goes behind it where a team's message leaves it out.</summary>
    public static string Title(string message, ReleaseTag release)
    {
        var line = message.Split('\n')[0].Trim();
        return line.Contains(release.Version.Text, StringComparison.Ordinal) ? line : $"{line} {release.Version}";
    }

    /// <summary>What a person does for the tag, which release-prepare does not make here.</summary>
    public static string TagIt(Settings settings, ReleaseTag release)
    {
        var (policy, words) = (settings.Policy.Version, new List<string> { $"tag {settings.Production} with {release.Name}" });
        var (wanted, isRecovery) = (policy.TagLineOf(release), policy.IsRecovery(release.Version));
        if (policy.AnnotatedTags || wanted is not null || isRecovery) words.Add("annotated");
        if (wanted is not null) words.Add($"with a message that begins `{wanted}`, where * is any text");
        if (isRecovery) words.Add($"with the lines `{RecoveryRequest.AskedLine}`, `recovery-issue: #123` and `{RecoveryRequest.ConfirmationLine(release.Version)}` in its message");
        return string.Join(", ", words);
    }

    /// <summary>What the pull request of a recovery release says of it; empty for any other release.</summary>
    public static string WhyRecovery(PrepareFacts facts) =>
        facts.Request.Recovery is { IsAsked: true } request ? $"\nA recovery release, approved in #{request.IssueNumber}: {Markdown.Text(request.Reason ?? "")}\n" : "";

    private static string Body(PrepareFacts facts, ReleaseTag release) =>
        $"Version {release.Version}. Only these files may change:\n\n{string.Concat(facts.Settings.MetadataFilesOf(release).Select(f => $"- `{f}`\n"))}{WhyRecovery(facts)}";
}
