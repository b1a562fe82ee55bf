using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

// The rules about the version itself.
internal static partial class ReleaseRules
{
    public static RuleResult Legal(ValidationFacts facts)
    {
        const string Rule = "legal version";
        var policy = facts.Request.Policy;
        if (policy.RefusalOf(facts.Release, facts.Tags) is { } refusal) return new RuleResult(Rule, "", refusal);
        var version = facts.Release.Version;
        var label = Markdown.Code(version.Label);
        return RuleResult.Kept(Rule, version.Label.Length == 0 ? "a stable version"
            : facts.Request.Order.IsPostRelease(version) ? $"a post-release, {label}"
            : !policy.Version.Recovery.Contains(version.Label) ? $"a prerelease, {label}"
            : facts.IsRecovery ? $"a recovery release, {Markdown.Code(version.Prerelease)}" : $"a planned prerelease, {label}");
    }

    public static RuleResult Increasing(ValidationFacts facts)
    {
        const string Rule = "higher than its line";
        const string Remedy = "Release a higher version, or set the input `increasing: false` for this run";
        var line = VersionLine.Of(facts.Release, facts.Tags, facts.Request.Order);
        var result = line.Complaint(facts.Release.Version) is { } complaint
            ? RuleResult.Broken(Rule, complaint, Remedy, facts.Request.Policy.PlaceOf("version.increasing"))
            : RuleResult.Kept(Rule, line.Others.Count == 0 ? $"the first of {line.Name}" : $"after {Markdown.Code(line.Others[0].Name)}");
        return result.NotYet(facts.IsAhead);
    }

    public static IEnumerable<RuleResult> Recovery(ValidationFacts facts)
    {
        var (recovery, version) = (facts.Request.Recovery, facts.Release.Version);
        if (facts.IsRecovery)
        {
            var terms = recovery.TermsOf(version).Select(t => new RuleResult($"recovery: {t.Name}", t.Found, t.Wrong));
            // A lightweight one that an earlier run made cannot say it, and is no error where tags need not be annotated.
            var saysNothing = facts.TagCommit is null || (facts.TagMessage is null && !facts.Request.NeedsAnnotatedTag);
            var results = facts.Request.IsByTag ? RecoveryByTag(facts, "")
                : saysNothing ? terms : terms.Concat(RecoveryByTag(facts, " of the tag"));
            return results.Select(r => r.NotYet(facts.IsAhead));
        }

        var policy = facts.Request.Policy.Version;
        return recovery.IsAsked
            ? [new RuleResult("recovery release", "", RecoveryRequest.NotOne(version, policy.Recovery, policy.Scheme))] : [];
    }

    private static IEnumerable<RuleResult> RecoveryByTag(ValidationFacts facts, string whose)
    {
        var lines = facts.TagMessage ?? [];
        var (requested, confirmation) = (RecoveryRequest.AskedLine, RecoveryRequest.ConfirmationLine(facts.Release.Version));
        yield return Line(facts, $"recovery: requested{whose}", requested, lines.Contains(requested) ? requested : null);
        yield return Line(facts, $"recovery: issue{whose}", "recovery-issue: #123", lines.FirstOrDefault(RecoveryRequest.IsIssueLine));
        yield return Line(facts, $"recovery: confirmation{whose}", confirmation, lines.Contains(confirmation) ? confirmation : null);
    }

    private static RuleResult Line(ValidationFacts facts, string rule, string wanted, string? found)
    {
        if (found is not null) return RuleResult.Kept(rule, Markdown.Code(found));
        var tag = facts.Release.Name;
        var message = facts.TagMessage is null
            ? $"The tag '{tag}' is not annotated, so it cannot request the recovery"
            : $"The message of the tag '{tag}' has no line '{wanted}'";
        const string Remedy = "If nothing is published under it, delete the tag, and push it annotated with the exact line";
        return RuleResult.Broken(rule, message, $"{Remedy} `{wanted}` in its message");
    }
}
