using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>The rules, one method each: facts in, verdict out.</summary>
internal static class ReleaseRules
{
    public static Verdict Prerelease(SemanticVersion version, VersionPolicy policy)
    {
        const string Rule = "legal version";
        if (!version.IsPrerelease) return new Verdict(Rule, "a stable version", null);
        if (policy.Prereleases.Contains(version.Label)) return new Verdict(Rule, $"a prerelease, {Markdown.Code(version.Label)}", null);
        var legal = policy.Prereleases.Count == 0 ? "this team releases stable versions only" : $"the legal words are {string.Join(", ", policy.Prereleases)}";
        return new Verdict(Rule, "", new Finding($"The prerelease word '{version.Label}' of {version} is not legal here", $"Choose another version ({legal}), or add the word to `version.prereleases` of the policy"));
    }

    public static Verdict NotElsewhere(ValidationFacts facts)
    {
        const string Rule = "tag not at another commit";
        var tag = facts.Release.Name;
        if (facts.TagCommit is null) return new Verdict(Rule, $"{Markdown.Code(tag)} is not on the remote yet", null);
        if (facts.TagCommit == facts.Commit) return new Verdict(Rule, $"{Markdown.Code(tag)} is at this commit", null);
        return new Verdict(Rule, "", new Finding(
            $"The tag '{tag}' is at commit {facts.TagCommit[..12]}, and this is {facts.Commit[..12]}", "A published version is never moved: release this commit under the next version"));
    }

    public static Verdict OnBranch(ValidationFacts facts)
    {
        var rule = $"on {facts.Branch}";
        return facts.BranchHolds switch
        {
            true => new Verdict(rule, $"{Markdown.Code($"origin/{facts.Branch}")} holds the commit", null),
            false => new Verdict(rule, "", new Finding(
                $"The commit {facts.Commit[..12]} is not in 'origin/{facts.Branch}'", $"Merge it into {facts.Branch} and tag the commit that is there")),
            null => new Verdict(rule, "", new Finding(
                $"The branch '{facts.Branch}' could not be fetched from origin", "Name the production branch in the policy, or check out with `fetch-depth: 0`")),
        };
    }

    public static Verdict Manifest(ManifestFact fact, SemanticVersion version)
    {
        var rule = $"{fact.Place} agrees";
        if (fact.Version is null)
            return new Verdict(rule, "", new Finding($"{fact.Place}: {fact.Problem}", "Mend the file, or take it off `version.manifests` of the policy", fact.File, fact.Line)) { IsUndecided = true };
        if (fact.Version == version.Text || fact.Version == RegistryNames.Python(version))
            return new Verdict(rule, Markdown.Code(fact.Version), null);
        return new Verdict(rule, "", new Finding(
            $"{fact.Place} says '{fact.Version}', and the release is '{version}'", $"Set it to {version} in the commit that is tagged", fact.File, fact.Line));
    }
}
