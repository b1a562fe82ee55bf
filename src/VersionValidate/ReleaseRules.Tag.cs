using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

// The rules about the tag and the branch.
internal static partial class ReleaseRules
{
    public static RuleResult NotElsewhere(ValidationFacts facts)
    {
        const string Rule = "tag not at another commit";
        var tag = facts.Release.Name;
        if (facts.TagCommit is null) return RuleResult.Kept(Rule, $"{Markdown.Code(tag)} is not on the remote yet");
        if (facts.TagCommit == facts.Commit) return RuleResult.Kept(Rule, $"{Markdown.Code(tag)} is at this commit");
        var message = $"The tag '{tag}' is at commit {facts.TagCommit[..12]}, and this is {facts.Commit[..12]}";
        const string Remedy = "A published version is never moved: release this commit under the next version";
        return RuleResult.Broken(Rule, message, Remedy).NotYet(facts.IsAhead);
    }

    public static RuleResult NotMoved(ValidationFacts facts, Asked<Release?> asked)
    {
        const string Rule = "not published elsewhere";
        if (asked.Trouble is { } trouble) return RuleResult.Unknown(Rule, trouble);
        if (asked.Answer is not { TargetCommitish: var target } release)
            return RuleResult.Kept(
                Rule, facts.MovedFrom is null ? "nothing is public under this tag" : "the tag was moved, and nothing was public under it");
        // The commit of the release counts more than where the tag was: the tag may have been put back. The target of a release that
        // others made is no proof of another commit, because GitHub ignores it where the tag is there already.
        var mark = ReleaseMark.CommitOf(release);
        var published = mark ?? (target.Length == 40 && target.All(char.IsAsciiHexDigitLower) ? target : null);
        var before = mark ?? (facts.MovedFrom is null ? null : published ?? facts.MovedFrom);
        if (published == facts.Commit) return RuleResult.Kept(Rule, "published, from this commit");
        if (before is null) return RuleResult.Kept(Rule, "published; it does not say from which commit");
        var (tag, old) = (facts.Release.Name, before[..12]);
        return RuleResult.Broken(
            Rule, $"'{tag}' was published at commit {old}, and the tag has been moved to {facts.Commit[..12]} since",
            $"A published tag is never moved: put it back (git push --force origin {old}:refs/tags/{tag}), "
            + "and release this commit under the next version");
    }

    /// <summary>Nothing of an immutable release can change, so that whatever is built for it is built in vain.</summary>
    public static RuleResult CanBeMade(Asked<Release?> asked)
    {
        const string Rule = "release can be made";
        if (asked.Trouble is { } trouble) return RuleResult.Unknown(Rule, trouble);
        if (asked.Answer is not { Immutable: true } release) return RuleResult.Kept(Rule, "no immutable release under this tag");
        return RuleResult.Broken(
            Rule, $"'{release.TagName}' has an immutable release already: {release.HtmlUrl}",
            "Nothing of it can change. Release under the next version; a rerun need not build anything");
    }

    public static RuleResult Annotated(ValidationFacts facts)
    {
        const string Rule = "annotated tag";
        var tag = facts.Release.Name;
        var command = $"git tag -a {tag} {facts.Commit[..12]} && git push origin {tag}";
        var place = facts.Request.Policy.PlaceOf("version.annotated-tags");
        if (facts.TagMessage is not null) return RuleResult.Kept(Rule, $"{Markdown.Code(tag)} is annotated");
        if (facts.TagCommit is not null)
            return RuleResult.Broken(
                Rule, $"The tag '{tag}' is lightweight: it has no message, no author and no date",
                $"If nothing is published under it, delete it and push it annotated: {command}", place);
        var message = $"The tag '{tag}' is not on the remote, and a run would make it lightweight";
        return RuleResult.Broken(Rule, message, $"Push it annotated: {command}", place).NotYet(facts.IsBeforeTag);
    }

    public static RuleResult Message(ValidationFacts facts, string pattern)
    {
        const string Rule = "tag message";
        var line = facts.TagMessage?[0] ?? "";
        if (VersionPolicy.IsTagLine(pattern, line)) return RuleResult.Kept(Rule, Markdown.Code(line));
        var tag = facts.Release.Name;
        var message = facts.TagMessage is null ? $"The tag '{tag}' has no message" : $"The message of the tag '{tag}' begins with '{line}'";
        var remedy = $"Its first line must look like `{pattern}`, where * is any text";
        return RuleResult.Broken(Rule, message, remedy, facts.Request.Policy.PlaceOf("version.tag-message"))
            .NotYet(facts.IsBeforeTag);
    }

    public static RuleResult OnBranch(ValidationFacts facts)
    {
        var (request, branch, commit) = (facts.Request, facts.Request.Branch, facts.Commit[..12]);
        var rule = request.IsTipOnly ? $"last of {branch}" : $"on {branch}";
        var place = request.Policy.PlaceOf(request.IsTipOnly ? "branches.tip-only" : "branches.production");
        if (facts.IsOnBranch is null)
            return RuleResult.Broken(
                rule, $"There is no branch '{branch}' on origin",
                "Name the production branch in the policy (`branches.production`), or push it", place);
        if (facts.IsOnBranch == false)
            return RuleResult.Broken(
                rule, $"The commit {commit} is not in 'origin/{branch}'", $"Merge it into {branch} and tag the merged commit", place)
                .NotYet(facts.IsAhead);
        if (request.IsTipOnly && facts.BranchTip != facts.Commit)
            return RuleResult.Broken(
                rule, $"The commit {commit} is not the last of 'origin/{branch}', which is {facts.BranchTip?[..12]}",
                "Tag the last commit; or, to rerun an older release, set the input `tip-only: false`", place).NotYet(facts.IsAhead);
        return RuleResult.Kept(rule, $"{Markdown.Code($"origin/{branch}")} {(request.IsTipOnly ? "ends with" : "contains")} the commit");
    }
}
