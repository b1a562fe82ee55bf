using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// A release branch. Cut from production, it carries the version itself and goes back by a pull request. Cut from another branch, it begins
/// as that branch is, and the version comes by a pull request into it.
/// </summary>
internal sealed partial record PreparePlan
{
    /// <summary>The release branch, and the branch that the version's commit is on: the same where it is cut from production.</summary>
    public static (string Branch, string Head) BranchesOf(PrepareRequest request, ReleaseTag release)
    {
        var branch = request.ReleaseBranch(release);
        return (branch, request.From == request.Production ? branch : request.Policy.MetadataBranch(release));
    }

    private static PreparePlan ForBranch(PrepareFacts facts)
    {
        var (request, choice) = (facts.Request, VersionChoice.For(facts));
        var release = request.TagOf(choice.Version);
        var (branch, head) = BranchesOf(request, release);
        var (isFromProduction, message) = (branch == head, request.MessageOfCommit(release));
        var isMerged = facts.OnBranch is { } files && Says(facts with { Files = files }, release, branch);
        var refusal = isMerged ? SaysAlready(branch, release) : RefusalOfEarlier(facts, release, branch, message);
        var isFree = facts.Earlier is null || refusal is not null;
        var isPushed = !isFree && facts.Earlier!.Tip != facts.Base;
        var changes = isPushed || isMerged ? NewFiles.None : NewFiles.For(facts, release);
        Finding?[] notes = [isPushed ? facts.Earlier!.WithoutNotes(facts, release) : isMerged ? null : changes.Unlinked(facts, release)];
        return new PreparePlan
        {
            Request = request, Release = release, Choice = choice, ChangelogSource = changes.ChangelogSource,
            Pushed = isPushed ? facts.Earlier!.Tip : null,
            Commit = isPushed ? null : new PlannedCommit(facts.Base, [facts.Base], changes.Changes, message),
            Branches = isPushed ? []
                : isFromProduction ? [RefChange.OfBranch(head, isFree ? "" : facts.Earlier!.Tip)]
                : [RefChange.OfBranch(branch, "", facts.Base), RefChange.OfBranch(head, "")],
            Around = [.. facts.Cut!.Rows(request)],
            Pull = new PlannedPull(TitleOf(message, release), head, isFromProduction ? request.Production : branch, BodyOf(facts, release)),
            Refusals = All(
                BranchRefusals(facts, release, refusal, mustBeFree: !isFromProduction && !isPushed && refusal is null),
                [PrepareRefusals.BehindManifests(facts, choice.Version)], notes, PrepareRefusals.Recovery(facts, choice.Version),
                SiblingRanges.Refusals(facts, choice.Version)),
            Next = isFromProduction ? $"merge the pull request, and {TagIt(request, release)}"
                : $"merge the pull request, then run release-prepare with flow promote and version {release.Version}",
        };
    }

    private static Finding SaysAlready(string branch, ReleaseTag release) => new(
        $"The branch '{branch}' on origin says {release.Version} already",
        $"Run release-prepare with flow promote and version {release.Version}");

    private static Finding? RefusalOfEarlier(PrepareFacts facts, ReleaseTag release, string branch, string message)
    {
        var begin = facts.Request.From == facts.Request.Production ? facts.Base : facts.CutAt;
        if (begin is null) return facts.Earlier?.Unlike(facts.Base, $"{facts.Request.From} does not hold the commit of '{branch}'");
        return facts.Earlier?.Refusal(facts, release, [begin], message);
    }

    private static IEnumerable<Finding?> BranchRefusals(PrepareFacts facts, ReleaseTag release, Finding? ofEarlier, bool mustBeFree)
    {
        var (branch, head) = BranchesOf(facts.Request, release);
        return
        [
            PrepareRefusals.NotOnOrigin(facts, facts.Request.From), PrepareRefusals.NotOnOrigin(facts, facts.Request.Production), ofEarlier,
            mustBeFree ? PrepareRefusals.OnOrigin(facts, branch) : null, mustBeFree ? PrepareRefusals.OnOrigin(facts, head) : null,
            PrepareRefusals.OtherReleaseBranch(facts, branch), PrepareRefusals.LostHotfix(facts), PrepareRefusals.StartedByTag(facts),
            PrepareRefusals.NoPulls(facts), PrepareRefusals.Tagged(facts, release), .. PrepareRefusals.IllegalVersion(facts, release),
            .. facts.Cut!.Refusals(facts.Request),
        ];
    }

    // The first line of a message; the version follows it where a team's message omits it.
    private static string TitleOf(string message, ReleaseTag release)
    {
        var line = FirstLine(message).Trim();
        return line.Contains(release.Version.Text, StringComparison.Ordinal) ? line : $"{line} {release.Version}";
    }

    // What a person does for the tag, which release-prepare does not make here.
    private static string TagIt(PrepareRequest request, ReleaseTag release)
    {
        var (policy, version) = (request.Policy.Version, release.Version);
        var (wanted, isRecovery) = (policy.TagLineOf(release), policy.IsRecovery(version));
        var words = new List<string> { $"tag {request.Production} with {release.Name}" };
        if (policy.AnnotatedTags || wanted is not null || isRecovery) words.Add("annotated");
        if (wanted is not null) words.Add($"with a message that begins `{wanted}`, where * is any text");
        if (!isRecovery) return string.Join(", ", words);
        var lines = $"`{RecoveryRequest.AskedLine}`, `recovery-issue: #123` and `{RecoveryRequest.ConfirmationLine(version)}`";
        return string.Join(", ", [.. words, $"with the lines {lines} in its message"]);
    }

    // What the pull request of a recovery release says about it.
    private static string WhyRecovery(PrepareFacts facts) => facts.Request.Recovery is { IsAsked: true } recovery
        ? $"\nA recovery release, approved in #{recovery.IssueNumber}: {Markdown.Text(recovery.Reason ?? "")}\n" : "";

    private static string BodyOf(PrepareFacts facts, ReleaseTag release)
    {
        var files = string.Concat(facts.Request.MetadataFilesOf(release).Select(f => $"- `{f}`\n"));
        return $"Version {release.Version}. Only these files may change:\n\n{files}{WhyRecovery(facts)}";
    }
}
