using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>What is known of the repository and the version that is to be released.</summary>
/// <param name="Release">The tag and the version it names.</param>
/// <param name="Commit">The commit to be released.</param>
/// <param name="TagCommit">The commit that the tag points at on the remote, or null where it is not there yet.</param>
/// <param name="Tags">Every tag that names a version.</param>
/// <param name="Branch">The production branch.</param>
/// <param name="BranchHolds">Whether that branch holds the commit; null where the branch could not be had.</param>
/// <param name="Manifests">The versions that the manifests say.</param>
internal sealed record ValidationFacts(
    ReleaseTag Release, string Commit, string? TagCommit, IReadOnlyList<ReleaseTag> Tags, string Branch, bool? BranchHolds, IReadOnlyList<ManifestFact> Manifests);

/// <summary>One version that one manifest says, or the reason why it says none.</summary>
internal sealed record ManifestFact(string Place, string File, int? Line, string? Version, string? Problem);

/// <summary>One rule of the policy held against the facts.</summary>
/// <param name="Rule">The rule's name, for the table and the findings output.</param>
/// <param name="Found">What was found, as Markdown.</param>
/// <param name="Finding">What is wrong, or null where the rule is kept.</param>
internal sealed record Verdict(string Rule, string Found, Finding? Finding)
{
    /// <summary>Whether the rule could not be held against the facts, because a file that the team names says no version.</summary>
    public bool IsUndecided { get; init; }
}

/// <summary>Every rule's verdict, and what follows from the version. Pure: the same facts give the same plan.</summary>
internal sealed record ValidationPlan(ValidationFacts Facts, bool IsLatest, string? PreviousTag, IReadOnlyList<Verdict> Verdicts)
{
    public IReadOnlyList<Verdict> Broken => [.. Verdicts.Where(v => v.Finding is not null)];

    /// <summary>How the program ends where something is broken: a file that cannot be read is mended before any rule counts.</summary>
    public ExitCode Cause => Broken.Any(v => v.IsUndecided) ? ExitCode.BadInput : ExitCode.Refused;

    public static ValidationPlan For(ValidationFacts facts, VersionPolicy policy)
    {
        var version = facts.Release.Version;
        var previous = facts.Tags.FirstOrDefault(t => t.Version < version);
        var verdicts = new List<Verdict> { ReleaseRules.Prerelease(version, policy), ReleaseRules.NotElsewhere(facts), ReleaseRules.OnBranch(facts) };
        verdicts.AddRange(facts.Manifests.Select(m => ReleaseRules.Manifest(m, version)));
        return new ValidationPlan(facts, RegistryNames.IsLatest(version, facts.Tags), previous?.Name, verdicts);
    }

    public string ToMarkdown()
    {
        var release = Facts.Release;
        var verdict = Broken.Count == 0 ? "may be released" : Broken.Count == 1 ? "must not be released: one rule is broken" : $"must not be released: {Broken.Count} rules are broken";
        var rows = Verdicts.Select(v => (string[])[v.Finding is null ? "✅" : "❌", v.Rule, v.Finding is null ? v.Found : $"{Markdown.Text(v.Finding.Message)}. **{Markdown.Text(v.Finding.Remedy)}**"]);
        return $"""
            ## {Markdown.Text(release.Version.Text)} {verdict}

            {Markdown.Table(["", "rule", "what was found"], rows)}
            Tag {Markdown.Code(release.Name)} at commit {Markdown.Code(Facts.Commit[..12])}; previous release {(PreviousTag is null ? "none" : Markdown.Code(PreviousTag))}; {(IsLatest ? "this is" : "this is not")} the latest.
            """;
    }
}
