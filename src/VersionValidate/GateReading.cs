using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.VersionValidate;

/// <summary>Asks GitHub what the policy's gates need to know, and nothing where it has none. A question that fails is told beside the others.</summary>
internal sealed class GateReading(VersionValidateInputs inputs, World world)
{
    public async Task<ValidationFacts> ReadAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        var terms = facts.Terms;
        if (terms.Policy.Gates.Approvals.Any(a => a.MajorOnly)) facts = await WithMajorAsync(facts, cancellation);
        var teams = terms.Policy.Gates.Approvals.Where(a => !a.MajorOnly || facts.IsMajor).ToList();
        var issues = new List<(string, Asked<IReadOnlyList<Issue>>)>();
        foreach (var label in terms.BlockingLabels) issues.Add((label, await AskAsync(() => world.GitHub.ListOpenIssuesAsync(label, cancellation), [])));
        // An issue proves its label; what no issue bears may be misspelt.
        var isInDoubt = issues.Any(i => i.Item2 is { Trouble: null, Answer.Count: 0 });
        var members = new List<(ApprovalPolicy, Asked<IReadOnlyList<string>>)>();
        foreach (var team in teams) members.Add((team, team.Members.Count > 0 ? new Asked<IReadOnlyList<string>>(team.Members) : await AskAsync(() => MembersAsync(team.Team, cancellation), [])));
        return facts with
        {
            Published = await ReadPublishedAsync(facts, cancellation),
            Checks = terms.Checks.Count == 0 ? null : await AskAsync(() => ReadChecksAsync(facts.Commit, cancellation), []),
            Issues = issues,
            Labels = isInDoubt ? await AskAsync(() => world.GitHub.ListLabelsAsync(cancellation), []) : null,
            Teams = members,
            Approvals = teams.Count == 0 ? null : await ReadApprovalsAsync(facts, cancellation),
        };
    }

    private async Task<Asked<PublishedRelease?>?> ReadPublishedAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        if (facts.TagCommit is null) return new Asked<PublishedRelease?>(null);
        if (world.Token is null || world.Runner.Repository is null) return null;
        return await AskAsync(async () => await world.GitHub.FindPublishedReleaseAsync(facts.Release.Name, cancellation) is { } release
            ? new PublishedRelease(IsCommit(release.TargetCommitish) ? release.TargetCommitish : null)
            : null, null);
    }

    // Highest first: as a rule the first answer is yes. Where GitHub does not answer, nothing is known to be public, and one approval more is asked for.
    private async Task<ValidationFacts> WithMajorAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        Finding? trouble = null;
        foreach (var tag in facts.TagsOfMajor)
        {
            var asked = await AskAsync(() => world.GitHub.FindPublishedReleaseAsync(tag.Name, cancellation), null);
            if (asked.Answer is not null) return facts with { FollowsPublished = true };
            trouble ??= asked.Trouble;
        }

        return facts with { FollowsPublished = false, MajorTrouble = trouble };
    }

    private async Task<IReadOnlyList<CheckFact>> ReadChecksAsync(string commit, CancellationToken cancellation)
    {
        var runs = (await world.GitHub.ListCheckRunsAsync(commit, cancellation)).Select(r => new CheckFact(r.Name, r.Conclusion ?? r.Status));
        return [.. runs, .. (await world.GitHub.ListStatusesAsync(commit, cancellation)).Select(s => new CheckFact(s.Context, s.State))];
    }

    private async Task<IReadOnlyList<string>> MembersAsync(string team, CancellationToken cancellation)
    {
        const string Remedy = "Give `team-token`, a token with the organisation's permission `Members: read` (classic: `read:org`), which a job's own token cannot have; or list the team's members in the policy";
        if (inputs.TeamToken is not { } token) throw ActionException.Remote($"The members of the team '{team}' are not known: there is no `team-token`", Remedy);
        return await world.GitHub.As(token).FindTeamMembersAsync(team, cancellation)
            ?? throw ActionException.Remote($"GitHub knows no team '{team}', or `team-token` may not see it", Remedy);
    }

    // Two places; what one of them lacks, or does not let us read, the other may have.
    private async Task<Asked<IReadOnlyList<Approval>>> ReadApprovalsAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        var reviews = await AskAsync(() => ReadReviewsAsync(facts, cancellation), []);
        var run = world.Runner.RunId is { } id ? await AskAsync(() => ReadRunApprovalsAsync(facts, id, cancellation), []) : new Asked<IReadOnlyList<Approval>>([]);
        return new Asked<IReadOnlyList<Approval>>([.. reviews.Answer, .. run.Answer], reviews.Trouble ?? run.Trouble);
    }

    private async Task<IReadOnlyList<Approval>> ReadReviewsAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        var approvals = new List<Approval>();
        // What was merged into another branch was not approved for production.
        foreach (var pull in (await world.GitHub.ListPullRequestsOfAsync(facts.Commit, cancellation)).Where(p => p.MergedAt is not null && p.Base.Ref == facts.Terms.Branch))
        {
            // Of each person the last word counts; a comment takes nothing back.
            var words = (await world.GitHub.ListReviewsAsync(pull.Number, cancellation)).Where(r => r.User is not null && r.State is "APPROVED" or "CHANGES_REQUESTED" or "DISMISSED").GroupBy(r => r.User!.Login);
            approvals.AddRange(words.Select(w => w.Last()).Where(w => w.State == "APPROVED" && w.User!.Login != pull.User?.Login)
                .Select(w => new Approval(w.User!.Login, $"pull request {pull.Number}", w.CommitId == pull.Head.Sha ? null : $"an earlier state of pull request {pull.Number}")));
        }

        return approvals;
    }

    private async Task<IReadOnlyList<Approval>> ReadRunApprovalsAsync(ValidationFacts facts, long run, CancellationToken cancellation)
    {
        var counting = facts.Terms.Policy.Gates.Environments;
        var approvals = new List<Approval>();
        foreach (var approval in (await world.GitHub.ListRunApprovalsAsync(run, cancellation)).Where(a => a.State == "approved"))
        {
            var place = $"environment {string.Join(", ", approval.Environments.Select(e => e.Name))}";
            // GitHub takes Production and production for one.
            var counts = counting.Count == 0 || approval.Environments.Any(e => counting.Contains(e.Name ?? "", StringComparer.OrdinalIgnoreCase));
            var isOwn = string.Equals(approval.User.Login, world.Runner.Actor, StringComparison.OrdinalIgnoreCase);
            approvals.Add(new Approval(approval.User.Login, place, isOwn ? "a run of their own" : counts ? null : $"{place}, and `gates.environments` names {string.Join(", ", counting)}"));
        }

        return approvals;
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

    private static bool IsCommit(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);
}
