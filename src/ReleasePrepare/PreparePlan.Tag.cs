using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>One commit on the branch, its annotated tag, and one push of both.</summary>
internal sealed partial record PreparePlan
{
    private static PreparePlan ForTag(PrepareFacts facts)
    {
        var (request, choice) = (facts.Request, VersionChoice.For(facts));
        var release = request.TagOf(choice.Version);
        var (files, message) = (NewFiles.For(facts, release), MessageOfTag(facts, release, request.Description));
        Finding?[] first =
        [
            PrepareRefusals.NotClean(facts), PrepareRefusals.OnOtherBranch(facts), PrepareRefusals.Outdated(facts),
            PrepareRefusals.StartedByTag(facts), PrepareRefusals.Tagged(facts, release),
        ];
        Finding?[] last =
        [
            PrepareRefusals.BehindManifests(facts, choice.Version), PrepareRefusals.UnfitTagMessage(facts, release, message),
            files.Unlinked(facts, release),
        ];
        return new PreparePlan
        {
            Request = request, Release = release, Choice = choice, ChangelogSource = files.ChangelogSource,
            MovesCheckout = !facts.IsRunner, UpdatesFiles = facts.IsRunner,
            Commit = new PlannedCommit(facts.Base, [facts.Base], files.Changes, request.MessageOfCommit(release)),
            Branches = [RefChange.OfBranch(request.From, facts.Branches.GetValueOrDefault(request.From, ""))],
            TagMessage = message,
            Refusals = All(first, PrepareRefusals.IllegalVersion(facts, release), last, PrepareRefusals.Recovery(facts, choice.Version),
                SiblingRanges.Refusals(facts, choice.Version)),
            Along = facts.Ahead,
        };
    }

    // By the policy; a recovery release adds the lines that version-validate wants.
    private static string MessageOfTag(PrepareFacts facts, ReleaseTag release, string? description)
    {
        var policy = facts.Request.Policy;
        var message = PrepareRequest.MessageOf(release, policy.Prepare.TagMessage, "tag", description);
        if (!policy.Version.IsRecovery(release.Version)) return message;
        return $"{message}\n\n{string.Join('\n', facts.Request.Recovery.TagLines(release.Version))}";
    }
}
