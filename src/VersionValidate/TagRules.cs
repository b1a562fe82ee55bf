using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

/// <summary>The rules about the tag and the branch.</summary>
internal static class TagRules
{
    public static Verdict NotElsewhere(ValidationFacts facts)
    {
        const string Rule = "tag not at another commit";
        var tag = facts.Release.Name;
        if (facts.TagCommit is null) return Verdict.Kept(Rule, $"{Markdown.Code(tag)} is not on the remote yet");
        if (facts.TagCommit == facts.Commit) return Verdict.Kept(Rule, $"{Markdown.Code(tag)} is at this commit");
        var verdict = Verdict.Broken(
            Rule, $"The tag '{tag}' is at commit {facts.TagCommit[..12]}, and this is {facts.Commit[..12]}", "A published version is never moved: release this commit under the next version");
        return facts.IsAhead ? verdict.NotYet() : verdict;
    }

    public static Verdict NotMoved(ValidationFacts facts, Asked<PublishedRelease?> asked)
    {
        const string Rule = "not published elsewhere";
        if (asked.Trouble is { } trouble) return Verdict.Unknown(Rule, trouble);
        if (asked.Answer is not { } published) return Verdict.Kept(Rule, facts.MovedFrom is null ? "nothing is public under this tag" : "the tag was moved, and nothing was public under it");
        // What the release says of its commit goes before where the tag came from: the tag may have been put back.
        var before = published.Commit is { } made ? (made == facts.Commit ? null : made) : facts.MovedFrom;
        return before is null
            ? Verdict.Kept(Rule, published.Commit is null ? "published; it does not say from which commit" : "published, from this commit")
            : Verdict.Broken(
                Rule, $"'{facts.Release.Name}' was published at commit {before[..12]}, and the tag has been moved to {facts.Commit[..12]} since",
                $"A published tag is never moved: put it back (git push --force origin {before[..12]}:refs/tags/{facts.Release.Name}), and release this commit under the next version");
    }

    public static Verdict Annotated(ValidationFacts facts)
    {
        const string Rule = "annotated tag";
        var tag = facts.Release.Name;
        var command = $"git tag -a {tag} {facts.Commit[..12]} && git push origin {tag}";
        var place = facts.Terms.Policy.PlaceOf("version.annotated-tags");
        if (facts.TagObject is not null) return Verdict.Kept(Rule, $"{Markdown.Code(tag)} is annotated");
        if (facts.TagCommit is not null)
            return Verdict.Broken(Rule, $"The tag '{tag}' is lightweight: it has no message, no author and no date", $"If nothing is published under it, delete it and push it annotated: {command}", place);
        var verdict = Verdict.Broken(Rule, $"The tag '{tag}' is not on the remote, and a run would make it lightweight", $"Push it annotated: {command}", place);
        return facts.IsAhead ? verdict.NotYet() : verdict;
    }

    public static Verdict Message(ValidationFacts facts, TagLine wanted)
    {
        const string Rule = "tag message";
        var line = facts.TagObject?.Lines[0] ?? "";
        if (wanted.Fits(line)) return Verdict.Kept(Rule, Markdown.Code(line));
        var verdict = Verdict.Broken(
            Rule, facts.TagObject is null ? $"The tag '{facts.Release.Name}' has no message" : $"The message of the tag '{facts.Release.Name}' begins with '{line}'",
            $"Its first line must look like `{wanted.Wanted}`, where * is any text", facts.Terms.Policy.PlaceOf("version.tag-message"));
        return facts.IsAhead ? verdict.NotYet() : verdict;
    }

    public static Verdict OnBranch(ValidationFacts facts)
    {
        var (branch, commit) = (facts.Terms.Branch, facts.Commit[..12]);
        var rule = facts.Terms.IsTipOnly ? $"last of {branch}" : $"on {branch}";
        var place = facts.Terms.Policy.PlaceOf(facts.Terms.IsTipOnly ? "branches.tip-only" : "branches.production");
        if (facts.BranchHolds is null)
            return Verdict.Broken(rule, $"The branch '{branch}' could not be fetched from origin", "Name the production branch in the policy, or check out with `fetch-depth: 0`", place);
        var verdict = facts.BranchHolds == false ? Verdict.Broken(rule, $"The commit {commit} is not in 'origin/{branch}'", $"Merge it into {branch} and tag the commit that is there", place)
            : facts.Terms.IsTipOnly && facts.BranchTip != facts.Commit ? Verdict.Broken(
                rule, $"The commit {commit} is not the last of 'origin/{branch}', which is {facts.BranchTip?[..12]}", $"Tag the last commit; or, to run an older release again, set the input `tip-only: false`", place)
            : Verdict.Kept(rule, $"{Markdown.Code($"origin/{branch}")} {(facts.Terms.IsTipOnly ? "ends with" : "holds")} the commit");
        return facts.IsAhead ? verdict.NotYet() : verdict;
    }
}
