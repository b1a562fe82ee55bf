using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>The result of every rule, and what follows from the version. Pure: the same facts give the same plan.</summary>
/// <param name="Facts">What the rules were checked against.</param>
/// <param name="IsLatest">Whether this is the highest of all stable releases.</param>
/// <param name="PreviousTag">The release that this one follows; null for a first one.</param>
/// <param name="Results">The result of each rule.</param>
internal sealed record ValidationPlan(
    ValidationFacts Facts, bool IsLatest, ReleaseTag? PreviousTag, IReadOnlyList<RuleResult> Results) : IPlan
{
    public IReadOnlyList<RuleResult> Broken => [.. Results.Where(r => r.Refusal is not null)];

    public IReadOnlyList<Finding> Refusals => [.. Broken.Select(r => r.Refusal!)];

    /// <summary>A file that cannot be read comes before any rule, and what is not known before a broken rule.</summary>
    public ExitCode RefusalCode =>
        Broken.Any(r => r.ExitCode == ExitCode.BadInput) ? ExitCode.BadInput
        : Broken.Any(r => r.ExitCode == ExitCode.RemoteFailed) ? ExitCode.RemoteFailed : ExitCode.Refused;

    /// <inheritdoc/>
    public bool IsStrict => Facts.Request.IsStrict;

    public static ValidationPlan For(ValidationFacts facts)
    {
        var (version, order) = (facts.Release.Version, facts.Request.Order);
        var isLatest = RegistryNames.IsLatest(version, facts.Tags, order);
        return new ValidationPlan(facts, isLatest, ReleaseTag.Before(version, facts.Tags, order), [.. Checked(facts)]);
    }

    public string ToMarkdown()
    {
        var release = Facts.Release;
        var outcome = Broken.Count == 0 ? "may be released"
            : $"must not be released: {(Broken.Count == 1 ? "one rule is broken" : $"{Broken.Count} rules are broken")}";
        var product = Facts.Request.Policy.Product is { } p ? $"{Markdown.Text(p)} " : "";
        var rows = Results.Select(r => (string[])[Markdown.Text(r.Rule), Cell(r), r.Sign]);
        var previous = PreviousTag is null ? "none" : Markdown.Code(PreviousTag.Name);
        var latest = IsLatest ? "this is the latest" : "this is not the latest";
        return $"""
            ## {product}{Markdown.Text(release.Version.Text)} {outcome}

            {Markdown.Table(["rule", "what was found", "result"], rows)}
            Tag {Markdown.Code(release.Name)} at commit {Markdown.Code(Facts.Commit[..12])}; previous release {previous}; {latest}.
            """;
    }

    public void WriteTo(Log log)
    {
        var (version, commit) = (Facts.Release.Version, Facts.Commit[..12]);
        var status = Broken.Count == 0 ? "ok" : "refused";
        log.Step("validate", ("version", version), ("commit", commit), ("broken", Broken.Count), ("status", status));
        if (Facts.EmergencyReason is not { } reason || Facts.Blackout is null) return;
        var who = Facts.Request.Runner.Actor ?? "somebody";
        var day = $"{Facts.Today:yyyy-MM-dd}";
        log.Step("emergency", ("version", version), ("day", day), ("actor", who), ("reason", reason), ("status", "recorded"));
        log.Notice($"{version} is released in a blackout, as an emergency of {who}: {reason}");
    }

    // The order in which a reader asks: which version, which commit, what is in it, who and when.
    private static IEnumerable<RuleResult> Checked(ValidationFacts facts)
    {
        var (request, policy) = (facts.Request, facts.Request.Policy);
        if (facts.Misfit is { } misfit) yield return new RuleResult("version scheme", "", misfit);
        yield return ReleaseRules.Legal(facts);
        foreach (var result in ReleaseRules.Recovery(facts)) yield return result;
        if (request.IsIncreasing) yield return ReleaseRules.Increasing(facts);
        yield return ReleaseRules.NotElsewhere(facts);
        if (facts.Published is { } published) yield return ReleaseRules.NotMoved(facts, published);
        if (request.ChecksRelease && facts.Published is { } under) yield return ReleaseRules.CanBeMade(under);
        if (request.NeedsAnnotatedTag) yield return ReleaseRules.Annotated(facts);
        if (policy.Version.TagLineOf(facts.Release) is { } pattern) yield return ReleaseRules.Message(facts, pattern);
        yield return ReleaseRules.OnBranch(facts);
        foreach (var (file, found) in facts.Manifests) yield return ReleaseRules.Manifest(file, found, facts);
        if (facts.Changelog is { } changelog)
        {
            if (request.NeedsSection) yield return ReleaseRules.Section(changelog, facts);
            // Without a section there is no link either, and the section's rule has said so.
            var isLinkNext = changelog.Sections.Count > 0 || !request.NeedsSection;
            if (policy.Changelog.CompareLinks && isLinkNext) yield return ReleaseRules.Link(changelog, facts);
        }

        foreach (var result in ReleaseRules.OfPull(facts)) yield return result;
        foreach (var result in ReleaseRules.Gates(facts)) yield return result;
        if (facts.IsLastLook && facts.Promotion is { } promotion) yield return ReleaseRules.Promoted(facts, promotion);
        if (policy.Gates.Blackouts.Count > 0) yield return ReleaseRules.NoBlackout(facts);
    }

    private static string Cell(RuleResult result) => result.Refusal is not { } refusal ? result.Found
        : $"{Markdown.Text(refusal.Message)}. **{Markdown.Text(refusal.Remedy)}**";
}
