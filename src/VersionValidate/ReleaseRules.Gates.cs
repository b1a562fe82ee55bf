using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

// The rules about what is outside the files: checks, issues, people, the calendar.
internal static partial class ReleaseRules
{
    public static IEnumerable<RuleResult> Gates(ValidationFacts facts)
    {
        var checks = facts.Checks is null ? [] : facts.Request.Checks.Select(name => Check(name, facts.Checks, facts));
        var issues = facts.Issues.Select(i => Blockers(i.Label, i.Issues, facts));
        var approvals = facts.Approvals is null ? [] : facts.Teams.Select(t => Approved(t.Policy, t.Members, facts.Approvals, facts));
        // The run of a strict one may itself be one of them.
        if (facts.Request.IsStrict) checks = checks.Select(r => r.NotYet(facts.IsAhead));
        return checks.Concat(issues).Concat(approvals.Select(r => r.NotYet(facts.IsAhead)));
    }

    public static RuleResult NoBlackout(ValidationFacts facts)
    {
        const string Rule = "no blackout";
        const string Remedy = "Release after it; an emergency passes with the input `emergency-reason`, "
            + "or a line `emergency-reason: …` in the annotated tag's message";
        var (policy, today) = (facts.Request.Policy, $"{facts.Today:yyyy-MM-dd}");
        var zone = policy.Gates.TimeZone;
        if (facts.Blackout is not { } blackout) return RuleResult.Kept(Rule, $"{today} ({Markdown.Text(zone)}) is in none");
        if (facts.EmergencyReason is { } reason)
            return RuleResult.Kept(Rule, $"**an emergency** in the blackout {Markdown.Text($"{blackout}")}: {Markdown.Text(reason)}");
        var message = $"Today, {today} ({zone}), is in the blackout '{blackout}'";
        return RuleResult.Broken(Rule, message, Remedy, policy.PlaceOf("gates.blackouts")).NotYet(facts.IsAhead);
    }

    private static RuleResult Check(string name, Asked<CommitChecks> asked, ValidationFacts facts)
    {
        var rule = $"check {name}";
        if (asked.Trouble is { } trouble) return RuleResult.Unknown(rule, trouble);
        return asked.Answer.Refusal(name, facts.Request.Policy.PlaceOf("gates.checks")) is { } refusal
            ? new RuleResult(rule, "", refusal) : RuleResult.Kept(rule, "success");
    }

    private static RuleResult Blockers(string label, Asked<IReadOnlyList<BlockingIssue>> asked, ValidationFacts facts)
    {
        var rule = $"no open {label}";
        if (asked.Trouble is { } trouble) return RuleResult.Unknown(rule, trouble);
        if (asked.Answer.Count == 0) return WithoutIssue(rule, label, facts);
        var more = asked.Answer.Count > 10 ? $" and {asked.Answer.Count - 10} more" : "";
        var issues = string.Join(", ", asked.Answer.Take(10).Select(i => $"#{i.Number} '{i.Title}'"));
        return RuleResult.Broken(
            rule, $"Open issues with the label '{label}': {issues}{more}", "Close each, or remove the label",
            facts.Request.Policy.PlaceOf("gates.blocking-labels"));
    }

    // A misspelt label would never block anything.
    private static RuleResult WithoutIssue(string rule, string label, ValidationFacts facts)
    {
        if (facts.Labels?.Trouble is { } trouble) return RuleResult.Unknown(rule, trouble);
        if (facts.Labels is not { Answer: var labels } || labels.Contains(label, StringComparer.OrdinalIgnoreCase))
            return RuleResult.Kept(rule, "no open issue has the label");
        return RuleResult.Broken(
            rule, $"The repository has no label '{label}', so no issue can have it",
            $"{Spelling.Question(label, labels)}Correct `gates.blocking-labels` of the policy, or create the label",
            facts.Request.Policy.PlaceOf("gates.blocking-labels")) with
        { ExitCode = ExitCode.BadInput };
    }

    private static RuleResult Approved(
        ApprovalPolicy policy, Asked<IReadOnlyList<string>> members, Asked<IReadOnlyList<Approval>> asked, ValidationFacts facts)
    {
        var rule = $"approval of {policy.Team}";
        if (members.Trouble is { } trouble) return RuleResult.Unknown(rule, trouble);
        bool IsOfTeam(Approval approval) =>
            approval.Flaw is null && members.Answer.Contains(approval.Login, StringComparer.OrdinalIgnoreCase);
        if (asked.Answer.FirstOrDefault(IsOfTeam) is { } approval)
            return RuleResult.Kept(rule, $"{Markdown.Text(approval.Login)}, on {Markdown.Text(approval.Place)}");
        // What could not be read may hold the missing approval.
        if (asked.Trouble is { } unread) return RuleResult.Unknown(rule, unread);
        // Perhaps nobody of this team need approve.
        if (policy.MajorOnly && facts.MajorTrouble is { } unknown) return RuleResult.Unknown(rule, unknown);
        var release = facts.IsMajor ? "major release" : "release";
        return RuleResult.Broken(
            rule, $"Nobody of the team '{policy.Team}' approved this {release}: {Others(asked.Answer)}",
            "Let one of the team approve the pull request of the commit, or the run's environment, then run this again",
            facts.Request.Policy.PlaceOf("gates.approvals"));
    }

    private static string Others(IReadOnlyList<Approval> approvals)
    {
        var counting = approvals.Where(a => a.Flaw is null).Select(a => a.Login).Distinct().ToList();
        var others = counting.Count == 0 ? "nobody approved" : $"approved by {string.Join(", ", counting)}";
        var flawed = approvals.Where(a => a.Flaw is not null).Select(a => $"{a.Login} approved {a.Flaw}").Distinct();
        return string.Join("; ", [others, .. flawed]);
    }
}
