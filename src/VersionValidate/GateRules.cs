using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

/// <summary>The rules about what stands outside the files: checks, issues, people, the calendar.</summary>
internal static class GateRules
{
    public static IEnumerable<Verdict> Checks(ValidationFacts facts) =>
        facts.Checks is not { } checks ? [] : facts.Terms.Checks.Select(name => checks.Trouble is { } trouble ? Verdict.Unknown($"check {name}", trouble) : Check(name, checks.Answer, facts));

    public static IEnumerable<Verdict> Issues(ValidationFacts facts) => facts.Issues.Select(i => Blockers(i.Label, i.Issues, facts));

    public static IEnumerable<Verdict> Approvals(ValidationFacts facts)
    {
        if (facts.Approvals is not { } approvals) return [];
        var verdicts = facts.Teams.Select(t => Approved(t.Policy, t.Members, approvals, facts));
        return facts.IsAhead ? verdicts.Select(v => v.NotYet()) : verdicts;
    }

    public static Verdict Blackouts(ValidationFacts facts)
    {
        const string Rule = "no blackout";
        var (gates, today) = (facts.Terms.Policy.Gates, $"{facts.Today:yyyy-MM-dd}");
        if (Blackout(gates, facts.Today) is not { } blackout) return Verdict.Kept(Rule, $"{today} ({Markdown.Text(gates.TimeZone)}) is in none");
        if (facts.EmergencyReason is { } reason) return Verdict.Kept(Rule, $"**an emergency** in the blackout {Markdown.Text($"{blackout}")}: {Markdown.Text(reason)}");
        var verdict = Verdict.Broken(
            Rule, $"Today, {today} ({gates.TimeZone}), is in the blackout '{blackout}'", "Release after it; an emergency passes with the input `emergency-reason`, or a line `emergency-reason: …` in the annotated tag's message",
            facts.Terms.Policy.PlaceOf("gates.blackouts"));
        return facts.IsAhead ? verdict.NotYet() : verdict;
    }

    /// <summary>The blackout that a day is in, or null.</summary>
    public static BlackoutPolicy? Blackout(GatePolicy gates, DateOnly day) => gates.Blackouts.FirstOrDefault(b => b.Holds(day));

    private static Verdict Check(string name, IReadOnlyList<CheckFact> all, ValidationFacts facts)
    {
        var rule = $"check {name}";
        var place = facts.Terms.Policy.PlaceOf("gates.checks");
        var found = all.Where(c => c.Name == name).ToList();
        if (found.Count == 0)
            return Verdict.Broken(rule, $"The check '{name}' has not run on {facts.Commit[..12]}", Spelling.Nearest(name, all.Select(c => c.Name)) is { } nearest
                ? $"Did you mean '{nearest}'? Else let it run on this commit, then run this again" : "Let it run on this commit, then run this again", place);
        return found.Find(c => c.State != "success") is { } bad
            ? Verdict.Broken(rule, $"The check '{name}' is '{bad.State}' on {facts.Commit[..12]}", bad.State is "queued" or "in_progress" or "pending" or "waiting" or "requested" ? "Wait for its end, then run this again" : "Mend what it complains about, or run it again; it must be 'success'", place)
            : Verdict.Kept(rule, "success");
    }

    private static Verdict Blockers(string label, Asked<IReadOnlyList<Issue>> asked, ValidationFacts facts)
    {
        var rule = $"no open {label}";
        if (asked.Trouble is { } trouble) return Verdict.Unknown(rule, trouble);
        if (asked.Answer.Count == 0) return Unborne(rule, label, facts);
        var named = string.Join(", ", asked.Answer.Take(10).Select(i => $"#{i.Number} '{i.Title}'")) + (asked.Answer.Count > 10 ? $" and {asked.Answer.Count - 10} more" : "");
        return Verdict.Broken(rule, $"Open issues with the label '{label}': {named}", "Close each, or take the label off it", facts.Terms.Policy.PlaceOf("gates.blocking-labels"));
    }

    // A misspelt label would never block anything.
    private static Verdict Unborne(string rule, string label, ValidationFacts facts)
    {
        if (facts.Labels?.Trouble is { } trouble) return Verdict.Unknown(rule, trouble);
        if (facts.Labels is not { Answer: var labels } || labels.Contains(label, StringComparer.OrdinalIgnoreCase)) return Verdict.Kept(rule, "no open issue has the label");
        return Verdict.Broken(
            rule, $"The repository has no label '{label}', so no issue can carry it", $"{Spelling.Question(label, labels)}Correct `gates.blocking-labels` of the policy, or make the label",
            facts.Terms.Policy.PlaceOf("gates.blocking-labels")) with { Cause = ExitCode.BadInput };
    }

    private static Verdict Approved(ApprovalPolicy policy, Asked<IReadOnlyList<string>> members, Asked<IReadOnlyList<Approval>> asked, ValidationFacts facts)
    {
        var (team, rule, approvals) = (policy.Team, $"approval of {policy.Team}", asked.Answer);
        if (members.Trouble is { } trouble) return Verdict.Unknown(rule, trouble);
        if (approvals.FirstOrDefault(a => a.Flaw is null && members.Answer.Contains(a.Login, StringComparer.OrdinalIgnoreCase)) is { } approval)
            return Verdict.Kept(rule, $"{Markdown.Text(approval.Login)}, on {Markdown.Text(approval.Place)}");
        // What could not be read may hold the approval that is missing.
        if (asked.Trouble is { } unread) return Verdict.Unknown(rule, unread);
        // Perhaps nobody of this team need approve.
        if (policy.MajorOnly && facts.MajorTrouble is { } untold) return Verdict.Unknown(rule, untold);
        return Verdict.Broken(
            rule, $"Nobody of the team '{team}' approved this {(facts.IsMajor ? "major " : "")}release: {Others(approvals)}", "Let one of the team approve the pull request that brought the commit, or the run's environment, then run this again",
            facts.Terms.Policy.PlaceOf("gates.approvals"));
    }

    private static string Others(IReadOnlyList<Approval> approvals)
    {
        var counting = approvals.Where(a => a.Flaw is null).Select(a => a.Login).Distinct().ToList();
        var others = counting.Count == 0 ? "nobody approved" : $"approved by {string.Join(", ", counting)}";
        return string.Join("; ", [others, .. approvals.Where(a => a.Flaw is not null).Select(a => $"{a.Login} approved {a.Flaw}").Distinct()]);
    }
}
