using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// The content of the stable release before the last, under the next patch. The branch begins at that release and takes in the one it
/// leaves,
/// so that merging it takes the changes back.
/// </summary>
internal sealed partial record PreparePlan
{
    /// <summary>The branch of a rollback.</summary>
    public static string RollbackHead(RolledBack back) => $"hotfix/rollback-{back.Bad.Name}";

    private static PreparePlan ForRollback(PrepareFacts facts)
    {
        var (request, back) = (facts.Request, facts.RolledBack!);
        var release = request.TagOf(request.Version ?? request.Order.Scheme.Next(back.Bad.Version, VersionStep.Patch, null));
        var files = NewFiles.For(facts, release);
        var (head, title) = (RollbackHead(back), $"Roll back {back.Bad.Version} to {back.Good.Version}");
        var isTagged = request.Policy.Prepare.Flow == "tag";
        var tagMessage = isTagged ? MessageOfTag(facts, release, request.Description ?? $"rollback of {back.Bad.Version}") : null;
        var commit = new PlannedCommit(back.GoodCommit, [back.GoodCommit, back.BadCommit], files.Changes, $"{title}\n\n{request.Reason}");
        var pull = new PlannedPull($"{title} as {release.Version}", head, request.Production, $"{Markdown.Text(request.Reason!)}\n");
        var reason = $"the content of {back.Good.Name}: {request.Reason}";
        var earlier = isTagged ? null : facts.Earlier;
        var refusal = earlier?.Refusal(facts, release, commit.Parents, commit.Message);
        var isPushed = earlier is not null && refusal is null && earlier.Tip != facts.Base;
        Finding?[] refusals =
        [
            isTagged ? PrepareRefusals.OnOrigin(facts, head) : refusal, PrepareRefusals.StartedByTag(facts),
            isTagged ? null : PrepareRefusals.NoPulls(facts), PrepareRefusals.Tagged(facts, release), .. NotAfterBad(facts, release),
            PrepareRefusals.UnfitTagMessage(facts, release, tagMessage), files.Unlinked(facts, release),
        ];
        return new PreparePlan
        {
            Request = request, Release = release, ChangelogSource = files.ChangelogSource,
            Choice = new VersionChoice(release.Version, back.Bad.Version, request.Version is null ? "patch" : "given", reason),
            Pushed = isPushed ? earlier!.Tip : null, Commit = isPushed ? null : commit,
            Branches = isPushed ? [] : [RefChange.OfBranch(head, refusal is null ? earlier?.Tip ?? "" : "")],
            TagMessage = tagMessage,
            Pull = isTagged ? null : pull,
            Refusals = All(refusals, PrepareRefusals.Recovery(facts, release.Version)),
            Next = isTagged ? MergeIt(request, back, release) : $"merge the pull request, and {TagIt(request, release)}",
        };
    }

    private static IEnumerable<Finding?> NotAfterBad(PrepareFacts facts, ReleaseTag release)
    {
        var bad = facts.RolledBack!.Bad.Version;
        if (facts.Request.Order.Compare(release.Version, bad) > 0) return PrepareRefusals.IllegalVersion(facts, release);
        var notAfter = new Finding(
            $"The version {release.Version} is not after {bad}, and nobody would get it", "Omit `version`: the next patch is taken");
        return [notAfter, PrepareRefusals.IllegalWord(facts, release)];
    }

    private static string MergeIt(PrepareRequest request, RolledBack back, ReleaseTag release)
    {
        var production = request.Production;
        return $"merge {RollbackHead(back)} into {production} with a merge commit, which takes the changes of {back.Bad.Version} back"
            + $" there, then run the release of {release.Name}: until {production} holds its commit, version-validate refuses it";
    }
}
