using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>Every rule's verdict, and what follows from the version. Pure: the same facts give the same plan.</summary>
internal sealed record ValidationPlan(ValidationFacts Facts, bool IsLatest, ReleaseTag? PreviousTag, IReadOnlyList<Verdict> Verdicts)
{
    public IReadOnlyList<Verdict> Broken => [.. Verdicts.Where(v => v.Finding is not null)];

    /// <summary>Whether the release passes a blackout for a reason that was given.</summary>
    public bool IsEmergency => Facts.EmergencyReason is not null && GateRules.Blackout(Facts.Terms.Policy.Gates, Facts.Today) is not null;

    /// <summary>How the program ends where something is broken: a file that cannot be read is mended before any rule counts, and what nobody could tell is asked again.</summary>
    public ExitCode Cause => Broken.Any(v => v.Cause == ExitCode.BadInput) ? ExitCode.BadInput : Broken.Any(v => v.Cause == ExitCode.RemoteFailed) ? ExitCode.RemoteFailed : ExitCode.Refused;

    public static ValidationPlan For(ValidationFacts facts)
    {
        var (version, order) = (facts.Release.Version, facts.Terms.Order);
        return new ValidationPlan(facts, RegistryNames.IsLatest(version, facts.Tags, order), ReleaseTag.Before(version, facts.Tags, order), [.. Verdicted(facts)]);
    }

    public string ToMarkdown()
    {
        var release = Facts.Release;
        var verdict = Broken.Count == 0 ? "may be released" : Broken.Count == 1 ? "must not be released: one rule is broken" : $"must not be released: {Broken.Count} rules are broken";
        var product = Facts.Terms.Product is { } p ? $"{Markdown.Text(p)} " : "";
        var rows = Verdicts.Select(v => (string[])[Markdown.Text(v.Rule), v.Finding is null ? v.Found : $"{Markdown.Text(v.Finding.Message)}. **{Markdown.Text(v.Finding.Remedy)}**", v.Sign]);
        return $"""
            ## {product}{Markdown.Text(release.Version.Text)} {verdict}

            {Markdown.Table(["rule", "what was found", "verdict"], rows)}
            Tag {Markdown.Code(release.Name)} at commit {Markdown.Code(Facts.Commit[..12])}; previous release {(PreviousTag is null ? "none" : Markdown.Code(PreviousTag.Name))}; {(IsLatest ? "this is" : "this is not")} the latest.
            """;
    }

    // The order in which a reader asks: which version, which commit, what is in it, who and when.
    private static IEnumerable<Verdict> Verdicted(ValidationFacts facts)
    {
        yield return VersionRules.Legal(facts);
        foreach (var verdict in VersionRules.Recovery(facts)) yield return verdict;
        if (facts.Terms.IsIncreasing) yield return facts.IsAhead ? VersionRules.Increasing(facts).NotYet() : VersionRules.Increasing(facts);
        yield return TagRules.NotElsewhere(facts);
        if (facts.Published is { } published) yield return TagRules.NotMoved(facts, published);
        if (facts.Terms.NeedsAnnotatedTag) yield return TagRules.Annotated(facts);
        if (TagLine.Of(facts.Terms.Policy.Version, facts.Release) is { } wanted) yield return TagRules.Message(facts, wanted);
        yield return TagRules.OnBranch(facts);
        foreach (var manifest in facts.Manifests) yield return FileRules.Manifest(manifest, facts);
        if (facts is { Changelog: { } changelog, Terms.NeedsSection: true }) yield return FileRules.Section(changelog, facts);
        // Without a section there is no link either, and the section's rule has said so.
        if (facts is { Changelog: { } linked, Terms.Policy.Changelog.CompareLinks: true } && (linked.Sections.Count > 0 || !facts.Terms.NeedsSection)) yield return FileRules.Link(linked, facts);
        foreach (var verdict in GateRules.Checks(facts).Concat(GateRules.Issues(facts)).Concat(GateRules.Approvals(facts))) yield return verdict;
        if (facts.Terms.Policy.Gates.Blackouts.Count > 0) yield return GateRules.Blackouts(facts);
    }
}
