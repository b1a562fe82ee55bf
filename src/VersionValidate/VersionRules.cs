using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>The rules about the version itself, one method each: facts in, verdict out.</summary>
internal static class VersionRules
{
    public static Verdict Legal(ValidationFacts facts)
    {
        const string Rule = "legal version";
        var (version, policy) = (facts.Release.Version, facts.Terms.Policy.Version);
        if (!version.IsPrerelease) return Verdict.Kept(Rule, "a stable version");
        var isPlain = version.Prerelease == version.Label;
        if (facts.Terms.Order.IsPostRelease(version))
            return !isPlain && !IsNumbered(version) ? Misshapen(facts, "post-releases") : HasOriginal(facts) ? Verdict.Kept(Rule, $"a post-release, {Markdown.Code(version.Label)}") : Untimely(facts);
        if (!policy.Prereleases.Contains(version.Label)) return UnknownWord(facts, policy);
        if (!policy.Recovery.Contains(version.Label)) return Verdict.Kept(Rule, $"a prerelease, {Markdown.Code(version.Label)}");
        return isPlain ? Verdict.Kept(Rule, $"a planned prerelease, {Markdown.Code(version.Label)}")
            : facts.IsRecovery ? Verdict.Kept(Rule, $"a recovery release, {Markdown.Code(version.Prerelease)}")
            : Misshapen(facts, "recovery");
    }

    public static Verdict Increasing(ValidationFacts facts)
    {
        const string Rule = "higher than its line";
        var (version, order) = (facts.Release.Version, facts.Terms.Order);
        var isPost = order.IsPostRelease(version);
        // A hotfix of 1.2.3 may come after 1.2.4: its line is 1.2.3 alone.
        var line = facts.Tags.Where(t => t.Name != facts.Release.Name && (t.Version.Major, t.Version.Minor) == (version.Major, version.Minor) && (!isPost || t.Version.Patch == version.Patch)).ToList();
        if (line.Find(t => order.Compare(t.Version, version) >= 0) is { } higher)
            return Verdict.Broken(
                Rule, $"{version} is not higher than '{higher.Name}', the last of its line", "Release a higher version, or set the input `increasing: false` for this run",
                facts.Terms.Policy.PlaceOf("version.increasing"));
        return Verdict.Kept(Rule, line.Count == 0 ? $"the first of {(isPost ? $"{version.Major}.{version.Minor}.{version.Patch}" : $"{version.Major}.{version.Minor}")}" : $"after {Markdown.Code(line[0].Name)}");
    }

    public static IEnumerable<Verdict> Recovery(ValidationFacts facts)
    {
        if (!facts.IsRecovery)
            return facts.Recovery.IsAsked
                ? [Verdict.Broken("recovery release", $"`recovery-release` is true, and {facts.Release.Version} is no recovery release", RecoveryRemedy(facts.Terms.Policy.Version))]
                : [];
        var verdicts = facts.IsByTag ? RecoveryByTag(facts) : RecoveryByHand(facts);
        return facts.IsAhead ? verdicts.Select(v => v.NotYet()) : verdicts;
    }

    /// <summary>Whether the prerelease is a word and a number, such as <c>preview.1</c>.</summary>
    public static bool IsNumbered(SemanticVersion version) => version.Prerelease.Split('.') is [_, var number] && number.All(char.IsAsciiDigit);

    // A post-release comes after the stable version of its three numbers.
    private static bool HasOriginal(ValidationFacts facts)
    {
        var version = facts.Release.Version;
        return facts.Tags.Any(t => !t.Version.IsPrerelease && (t.Version.Major, t.Version.Minor, t.Version.Patch) == (version.Major, version.Minor, version.Patch));
    }

    private static Verdict Untimely(ValidationFacts facts)
    {
        var version = facts.Release.Version;
        var original = $"{version.Major}.{version.Minor}.{version.Patch}";
        return Verdict.Broken(
            "legal version", $"{version} comes after {original}, and there is no tag '{facts.Terms.TagPrefix}{original}'", $"Release {original} first, or name the version after a release that is there",
            facts.Terms.Policy.PlaceOf("version.post-releases"));
    }

    private static Verdict UnknownWord(ValidationFacts facts, VersionPolicy policy)
    {
        var words = policy.Prereleases.Concat(policy.PostReleases).ToList();
        var legal = words.Count == 0 ? "this team releases stable versions only" : $"the legal words are {string.Join(", ", words)}";
        return Verdict.Broken(
            "legal version", $"The prerelease word '{facts.Release.Version.Label}' of {facts.Release.Version} is not legal here", $"Choose another version ({legal}), or add the word to `version.prereleases` of the policy",
            facts.Terms.Policy.PlaceOf("version.prereleases"));
    }

    private static Verdict Misshapen(ValidationFacts facts, string key)
    {
        var word = facts.Release.Version.Label;
        return Verdict.Broken(
            "legal version", $"'{facts.Release.Version.Prerelease}' in {facts.Release.Version} is neither '{word}' nor '{word}' with a number", $"Name it {word}, or {word}.1",
            facts.Terms.Policy.PlaceOf($"version.{key}"));
    }

    private static string RecoveryRemedy(VersionPolicy policy) => policy.Recovery.Count == 0
        ? "Leave the input away, or list words under `version.recovery` of the policy"
        : $"Leave the input away, or give a version such as 1.2.3-{policy.Recovery[0]}.1";

    private static IEnumerable<Verdict> RecoveryByHand(ValidationFacts facts)
    {
        var (request, phrase) = (facts.Recovery, Phrase(facts));
        yield return request.IsAsked
            ? Verdict.Kept("recovery: asked for", "`recovery-release` is true")
            : Verdict.Broken("recovery: asked for", $"{facts.Release.Version} is a recovery release, and `recovery-release` is not true", "Set it, once a maintainer has approved the recovery in an issue");
        yield return IssueNumber(request.Issue) is { } number
            ? Verdict.Kept("recovery: issue", $"\\#{number}")
            : Verdict.Broken("recovery: issue", $"`recovery-issue` is '{request.Issue ?? ""}', which is no number of an issue", "Give the number of the issue that approves the recovery, such as 123");
        yield return request.Reason is { } reason
            ? Verdict.Kept("recovery: reason", Markdown.Text(reason))
            : Verdict.Broken("recovery: reason", "`recovery-reason` is empty", "Say why running the failed release again is not enough");
        yield return request.Confirmation == phrase
            ? Verdict.Kept("recovery: confirmation", Markdown.Code(phrase))
            : Verdict.Broken("recovery: confirmation", $"`recovery-confirmation` is '{request.Confirmation ?? ""}'", $"Type it to the letter: {phrase}");
    }

    private static IEnumerable<Verdict> RecoveryByTag(ValidationFacts facts)
    {
        var lines = facts.TagObject?.Lines ?? [];
        var issue = lines.FirstOrDefault(l => l.StartsWith("recovery-issue: #", StringComparison.Ordinal) && IssueNumber(l["recovery-issue: ".Length..]) is not null);
        yield return Line(facts, "recovery: asked for", "recovery-release: true", lines.Contains("recovery-release: true") ? "recovery-release: true" : null);
        yield return Line(facts, "recovery: issue", "recovery-issue: #123", issue);
        yield return Line(facts, "recovery: confirmation", $"recovery-confirmation: {Phrase(facts)}", lines.Contains($"recovery-confirmation: {Phrase(facts)}") ? $"recovery-confirmation: {Phrase(facts)}" : null);
    }

    private static Verdict Line(ValidationFacts facts, string rule, string wanted, string? found)
    {
        if (found is not null) return Verdict.Kept(rule, Markdown.Code(found));
        var tag = facts.Release.Name;
        return Verdict.Broken(
            rule, facts.TagObject is null ? $"The tag '{tag}' is not annotated, so it says nothing of the recovery" : $"The message of the tag '{tag}' has no line '{wanted}'",
            $"If nothing is published under it, delete the tag, and push it annotated with the exact line `{wanted}` in its message");
    }

    private static string Phrase(ValidationFacts facts) => $"RECOVERY {facts.Release.Version}";

    private static string? IssueNumber(string? text) =>
        text?.TrimStart('#') is { Length: > 0 and <= 10 } number && number.All(char.IsAsciiDigit) && number[0] != '0' ? number : null;
}
