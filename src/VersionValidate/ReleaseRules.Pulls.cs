using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

// The rules about pull requests.
internal static partial class ReleaseRules
{
    private const int MostShown = 5;

    /// <summary>What the pull request of a strict dry run must keep to.</summary>
    public static IEnumerable<RuleResult> OfPull(ValidationFacts facts)
    {
        if (facts.Pull is not { } pull) yield break;
        yield return NotBack(pull, facts);
        if (pull.Kind == PullKind.Ordinary) yield return WithoutVersion(pull);
        if (pull.Kind != PullKind.Metadata) yield break;
        yield return MetadataOnly(pull, facts);
        yield return Titled(pull, facts);
    }

    /// <summary>The last look before the tag: the pull request that brought the commit to production was approved, and green.</summary>
    public static RuleResult Promoted(ValidationFacts facts, Asked<IReadOnlyList<PromotedPull>> asked)
    {
        const string Rule = "promotion";
        var commit = facts.Commit[..12];
        if (asked.Trouble is { } trouble) return RuleResult.Unknown(Rule, trouble);
        if (asked.Answer is not [var promoted, ..])
            return RuleResult.Broken(
                Rule, $"No pull request brought {commit} to '{facts.Request.Branch}'",
                "Release the commit of the merged promotion; release-prepare opens its pull request with flow promote");
        var (number, checks) = (promoted.Pull.Number, promoted.Checks.States);
        if (promoted.Approvals.FirstOrDefault(a => a.Flaw is null) is not { } approval)
            return RuleResult.Broken(
                Rule, $"Nobody but its author approved the last state of pull request #{number}",
                $"Let somebody review and approve #{number}, also after its merge, then run this again");
        if (checks.FirstOrDefault(c => c.State is not ("success" or "skipped" or "neutral")) is { Name: { } name, State: var state })
            return RuleResult.Broken(
                Rule, $"The check '{name}' is '{state}' on the last commit of pull request #{number}",
                "Let it end, or fix what it reports and release the next commit");
        var green = checks.Count == 1 ? "1 check" : $"{checks.Count} checks";
        return RuleResult.Kept(Rule, $"\\#{number}, approved by {Markdown.Text(approval.Login)}, {green} green");
    }

    private static RuleResult NotBack(PullFacts pull, ValidationFacts facts)
    {
        const string Rule = "no version goes back";
        var order = facts.Request.Order;
        foreach (var (place, before, after) in pull.Versions)
            if (order.Scheme.Find(before ?? "") is { } old && order.Scheme.Find(after ?? "") is { } now && order.Compare(now, old) < 0)
                return RuleResult.Broken(
                    Rule, $"The pull request sets {place} back from {old} to {now}", $"Leave it at {old}, or merge its base first");
        return RuleResult.Kept(Rule, pull.Versions.Count == 0 ? "no manifest is changed" : "no manifest is set back");
    }

    private static RuleResult WithoutVersion(PullFacts pull)
    {
        const string Rule = "no version changes";
        const string Remedy = "Leave that to the pull requests of release-prepare, which are made for a release";
        if (pull.Versions.FirstOrDefault(v => v.Before != v.After) is { Place: { } place } changed)
            return RuleResult.Broken(
                Rule, $"The pull request changes {place} from '{changed.Before}' to '{changed.After}', and is not a release's", Remedy);
        return pull.NewSections is [var version, ..]
            ? RuleResult.Broken(Rule, $"The pull request adds a section for {version} to the changelog, and is not a release's", Remedy)
            : RuleResult.Kept(Rule, "neither in a manifest nor in the changelog");
    }

    private static RuleResult MetadataOnly(PullFacts pull, ValidationFacts facts)
    {
        const string Rule = "only the version's files";
        List<string> files = [.. facts.Request.MetadataFilesOf(facts.Release)];
        var others = pull.Changed.Where(path => !files.Any(file => Glob.IsMatch(file, path))).ToList();
        if (others.Count == 0) return RuleResult.Kept(Rule, string.Join(", ", pull.Changed.Select(Markdown.Code)));
        var shown = string.Join(", ", others.Take(MostShown)) + (others.Count > MostShown ? $" and {others.Count - MostShown} more" : "");
        return RuleResult.Broken(
            Rule, $"The pull request of the version's files changes others too: {shown}", "Bring them in by another pull request");
    }

    private static RuleResult Titled(PullFacts pull, ValidationFacts facts)
    {
        const string Rule = "title has the version";
        var version = facts.Release.Version;
        var words = pull.Title.Split([' ', ':', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(w => w == version.Text || w == facts.Release.Name)) return RuleResult.Kept(Rule, Markdown.Text(pull.Title));
        return RuleResult.Broken(Rule, $"The title '{pull.Title}' does not name {version}", $"Put {version} into it");
    }
}
