using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.VersionValidate;

// What GitHub knows, asked only where the policy has gates. A question that fails is reported beside the others.
internal sealed partial class ValidationGathering
{
    private async Task<ValidationFacts> WithGatesAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        var approvals = request.Policy.Gates.Approvals;
        if (approvals.Any(a => a.MajorOnly)) facts = await WithMajorAsync(facts, cancellation);
        var issues = new List<(string, Asked<IReadOnlyList<BlockingIssue>> Open)>();
        foreach (var label in request.BlockingLabels)
            issues.Add((label, await AskAsync(() => ListOpenIssuesAsync(label, cancellation), [])));
        // An issue proves that its label exists; a label without one may be misspelt.
        var needsLabels = issues.Any(i => i.Open is { Trouble: null, Answer.Count: 0 });
        var teams = new List<(ApprovalPolicy, Asked<IReadOnlyList<string>>)>();
        foreach (var team in approvals.Where(a => !a.MajorOnly || facts.IsMajor))
            teams.Add((team, await AskAsync(() => ListMembersAsync(team, cancellation), [])));
        return facts with
        {
            Published = await ReadPublishedAsync(facts, cancellation),
            Checks = request.Checks.Count == 0 ? null
                : await AskAsync(() => readers.GitHub.ListChecksAsync(facts.Commit, cancellation), new CommitChecks(facts.Commit, [])),
            Issues = issues,
            Labels = needsLabels ? await AskAsync(() => ListLabelsAsync(cancellation), []) : null,
            Teams = teams,
            Approvals = teams.Count == 0 ? null : await ReadApprovalsAsync(facts.Commit, cancellation),
        };
    }

    private async Task<Asked<Release?>?> ReadPublishedAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        if (facts.TagCommit is null && !request.ChecksRelease) return new Asked<Release?>(null);
        if (readers.Token is null || readers.Runner.Repository is null) return null;
        return await AskAsync(() => readers.GitHub.FindPublishedReleaseAsync(facts.Release.Name, cancellation), null);
    }

    // Highest first: the first answer is usually yes. Where GitHub does not answer, no release is known to be public.
    private async Task<ValidationFacts> WithMajorAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        Finding? trouble = null;
        foreach (var tag in facts.TagsOfMajor)
        {
            var asked = await AskAsync(() => readers.GitHub.FindPublishedReleaseAsync(tag.Name, cancellation), null);
            if (asked.Answer is not null) return facts with { FollowsPublished = true };
            trouble ??= asked.Trouble;
        }

        return facts with { FollowsPublished = false, MajorTrouble = trouble };
    }

    private async Task<IReadOnlyList<string>> ListMembersAsync(ApprovalPolicy policy, CancellationToken cancellation)
    {
        if (policy.Members.Count > 0) return policy.Members;
        var team = policy.Team;
        const string Remedy = "Give `team-token`, a token with the organisation's permission `Members: read` (classic: `read:org`), "
            + "which a job's own token cannot have; or list the team's members in the policy";
        if (request.TeamToken is not { } token)
            throw ActionException.Remote($"The members of the team '{team}' are not known: there is no `team-token`", Remedy);
        return await FindTeamMembersAsync(readers.GitHub.As(token), team, cancellation)
            ?? throw ActionException.Remote($"GitHub knows no team '{team}', or `team-token` may not see it", Remedy);
    }

    // Two places: what one of them lacks, or does not let us read, the other may have.
    private async Task<Asked<IReadOnlyList<Approval>>> ReadApprovalsAsync(string commit, CancellationToken cancellation)
    {
        var reviews = await AskAsync(() => ReadReviewsAsync(commit, cancellation), []);
        var run = readers.Runner.RunId is { } id ? await AskAsync(() => ReadRunApprovalsAsync(id, cancellation), []) : new([]);
        return new Asked<IReadOnlyList<Approval>>([.. reviews.Answer, .. run.Answer], reviews.Trouble ?? run.Trouble);
    }

    private async Task<IReadOnlyList<Approval>> ReadReviewsAsync(string commit, CancellationToken cancellation)
    {
        var approvals = new List<Approval>();
        // What was merged into another branch was not approved for production.
        foreach (var pull in await ListPullRequestsAsync(commit, cancellation))
            if (pull.MergedAt is not null && pull.Base.Ref == request.Branch)
                approvals.AddRange(Approval.Of(pull, await ListReviewsAsync(pull.Number, cancellation)));
        return approvals;
    }

    private async Task<IReadOnlyList<Approval>> ReadRunApprovalsAsync(long run, CancellationToken cancellation)
    {
        var approvals = await ListRunApprovalsAsync(run, cancellation);
        return [.. approvals.Where(a => a.State == "approved").Select(a => Approval.Of(a, request))];
    }

    private static async Task<Asked<T>> AskAsync<T>(Func<Task<T>> question, T nothing)
    {
        try
        {
            return new Asked<T>(await question());
        }
        catch (ActionException e)
        {
            return new Asked<T>(nothing, e.Findings[0]);
        }
    }
}
