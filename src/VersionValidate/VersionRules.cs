using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>The rules about the version itself, one method each: facts in, verdict out.</summary>
internal static class VersionRules
{
    public static Verdict Legal(ValidationFacts facts)
    {
        const string Rule = "legal version";
        if (LegalVersion.Complaint(facts.Terms.Policy, facts.Release, facts.Tags) is { } complaint) return new Verdict(Rule, "", complaint);
        var (version, policy) = (facts.Release.Version, facts.Terms.Policy.Version);
        return Verdict.Kept(Rule, !version.IsPrerelease ? "a stable version"
            : facts.Terms.Order.IsPostRelease(version) ? $"a post-release, {Markdown.Code(version.Label)}"
            : !policy.Recovery.Contains(version.Label) ? $"a prerelease, {Markdown.Code(version.Label)}"
            : facts.IsRecovery ? $"a recovery release, {Markdown.Code(version.Prerelease)}" : $"a planned prerelease, {Markdown.Code(version.Label)}");
    }

    public static Verdict Increasing(ValidationFacts facts)
    {
        const string Rule = "higher than its line";
        var line = VersionLine.Of(facts.Release, facts.Tags, facts.Terms.Order);
        if (line.Complaint(facts.Release.Version) is { } complaint)
            return Verdict.Broken(Rule, complaint, "Release a higher version, or set the input `increasing: false` for this run", facts.Terms.Policy.PlaceOf("version.increasing"));
        return Verdict.Kept(Rule, line.Others.Count == 0 ? $"the first of {line.Name}" : $"after {Markdown.Code(line.Others[0].Name)}");
    }

    public static IEnumerable<Verdict> Recovery(ValidationFacts facts)
    {
        if (!facts.IsRecovery)
            return facts.Recovery.IsAsked ? [new Verdict("recovery release", "", RecoveryRequest.NotOne(facts.Release.Version, facts.Terms.Policy.Version.Recovery))] : [];
        var verdicts = facts.IsByTag ? RecoveryByTag(facts) : facts.Recovery.TermsOf(facts.Release.Version).Select(t => new Verdict($"recovery: {t.Name}", t.Found, t.Wrong));
        return facts.IsAhead ? verdicts.Select(v => v.NotYet()) : verdicts;
    }

    private static IEnumerable<Verdict> RecoveryByTag(ValidationFacts facts)
    {
        var lines = facts.TagObject?.Lines ?? [];
        var (asked, confirmation) = (RecoveryRequest.AskedLine, RecoveryRequest.ConfirmationLine(facts.Release.Version));
        yield return Line(facts, "recovery: asked for", asked, lines.Contains(asked) ? asked : null);
        yield return Line(facts, "recovery: issue", "recovery-issue: #123", lines.FirstOrDefault(RecoveryRequest.IsIssueLine));
        yield return Line(facts, "recovery: confirmation", confirmation, lines.Contains(confirmation) ? confirmation : null);
    }

    private static Verdict Line(ValidationFacts facts, string rule, string wanted, string? found)
    {
        if (found is not null) return Verdict.Kept(rule, Markdown.Code(found));
        var tag = facts.Release.Name;
        return Verdict.Broken(
            rule, facts.TagObject is null ? $"The tag '{tag}' is not annotated, so it says nothing of the recovery" : $"The message of the tag '{tag}' has no line '{wanted}'",
            $"If nothing is published under it, delete the tag, and push it annotated with the exact line `{wanted}` in its message");
    }
}
