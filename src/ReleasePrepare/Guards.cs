using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What must hold before a release is cut. Each gives a finding where it does not. Pure.</summary>
internal static class Guards
{
    private const int MostShown = 5;

    /// <summary>The findings that are there, in order.</summary>
    public static IReadOnlyList<Finding> Broken(params ReadOnlySpan<Finding?> findings)
    {
        var broken = new List<Finding>();
        foreach (var finding in findings)
            if (finding is not null) broken.Add(finding);
        return broken;
    }

    // A release that a release starts would never end.
    public static Finding? NotByTag(PrepareFacts facts) => facts.StartedBy is null ? null : new Finding(
        $"The tag '{PlainText.Inert(facts.StartedBy)}' started this run, and a release is cut from a branch", "Start the workflow by hand (workflow_dispatch) on a branch");

    // Known before anything is pushed, not after.
    public static Finding? MayOpenPulls(PrepareFacts facts) => facts.MayOpenPulls ? null : new Finding(
        "A pull request is to be opened, and the repository's name or the token is not known", "Set GITHUB_REPOSITORY to owner/name, and INPUT_TOKEN to a token that may open pull requests");

    public static Finding? Clean(PrepareFacts facts) => facts.Uncommitted.Count == 0 ? null : new Finding(
        $"The work tree is not clean: {Shown(facts.Uncommitted)}", "Commit, stash or ignore these files first: a release holds what is committed");

    public static Finding? OnBranch(PrepareFacts facts) => facts.CheckedOut == facts.Settings.From ? null : new Finding(
        facts.CheckedOut is null ? $"No branch is checked out, and releases are cut from '{facts.Settings.From}'" : $"The branch '{PlainText.Inert(facts.CheckedOut)}' is checked out, and releases are cut from '{facts.Settings.From}'",
        $"git switch {facts.Settings.From}");

    public static Finding? UpToDate(PrepareFacts facts) => facts.Behind == 0 ? null : new Finding(
        $"The checkout lacks {Counted(facts.Behind, "commit")} of origin/{facts.Settings.From}{(facts.Ahead > 0 ? $", and has {Counted(facts.Ahead, "commit")} of its own" : "")}",
        facts.Ahead > 0 ? $"git pull --rebase origin {facts.Settings.From}" : $"git pull --ff-only origin {facts.Settings.From}");

    public static Finding? NotTagged(PrepareFacts facts, ReleaseTag release)
    {
        if (facts.Tags.Any(t => t.Name == release.Name)) return new Finding($"The tag '{release.Name}' is on origin already", "A published version is never made again: release the next one");
        return facts.LocalTags.Contains(release.Name) ? new Finding($"The tag '{release.Name}' is in this checkout already, and not on origin", $"If it was a mistake: git tag --delete {release.Name}") : null;
    }

    // version-validate refuses any other, once the tag is pushed.
    public static Finding? Legal(PrepareFacts facts, ReleaseTag release) => facts.Settings.Policy.RefusalOf(release, facts.Tags);

    // version-validate refuses any other, once the tag is pushed.
    public static Finding? HigherThanItsLine(PrepareFacts facts, ReleaseTag release) =>
        facts.Settings.Policy.Version.Increasing && VersionLine.Of(release, facts.Tags, facts.Settings.Order).Complaint(release.Version) is { } complaint
            ? new Finding(complaint, "Release a higher version; `version.increasing` of the policy says whether it must be") : null;

    /// <summary>What a recovery release lacks.</summary>
    public static IReadOnlyList<Finding> Recovery(PrepareFacts facts, SemanticVersion version)
    {
        var (request, policy) = (facts.Request.Recovery, facts.Settings.Policy.Version);
        if (policy.IsRecovery(version)) return [.. request.TermsOf(version).Select(t => t.Wrong).OfType<Finding>()];
        return request.IsAsked ? [RecoveryRequest.NotOne(version, policy.Recovery)] : [];
    }

    // version-validate refuses any other, once the tag is pushed.
    public static Finding? TagFits(PrepareFacts facts, ReleaseTag release, PlannedTag? tag)
    {
        if (tag is null || facts.Settings.Policy.Version.TagLineOf(release) is not { } wanted) return null;
        var line = tag.Message.Trim('\n').Split('\n')[0].TrimEnd();
        return VersionPolicy.IsTagLine(wanted, line) ? null : new Finding(
            $"The message of the tag '{release.Name}' would begin with '{PlainText.Inert(line)}', and its first line must look like `{PlainText.Inert(wanted)}`, where * is any text",
            "Let `prepare.tag-message` of the policy fit that, as 'Release {tag}: {description}' does 'Release {tag}: *'");
    }

    // A version that goes backwards in a file was mistyped, or the file was bumped by hand.
    public static Finding? AfterManifests(PrepareFacts facts, SemanticVersion version)
    {
        foreach (var place in facts.Settings.Manifests)
            if (facts.Files.GetValueOrDefault(place.File) is { Problem: null } file)
                foreach (var said in place.Read(file.Text))
                    if (said.Version is { } text && SemanticVersion.TryParse(text, out var theirs) && facts.Settings.Order.Compare(theirs, version) > 0 && facts.Request.Version is null)
                        return new Finding($"{place} says {theirs}, and the next version would be {version}", "Name the version with `version`", place.File, said.Line);
        return null;
    }

    public static Finding? OnlyBranch(PrepareFacts facts, string branch)
    {
        var others = facts.Branches.Keys.Where(b => b != branch && facts.Settings.IsReleaseBranch(b)).Order(StringComparer.Ordinal).ToList();
        return others.Count == 0 || facts.Request.Recovery.IsAsked ? null : new Finding(
            $"Another release is being prepared: {Shown(others)}", "Finish it and delete its branch; a recovery release may be cut beside it with `recovery-release: true`");
    }

    public static Finding? NoHotfixLost(PrepareFacts facts) => facts.Hotfixes.Count == 0 ? null : new Finding(
        $"{facts.Settings.Production} holds what {facts.Settings.From} lacks: {Shown([.. facts.Hotfixes.Select(c => $"{c.Sha[..7]} {c.Subject}")])}",
        $"Bring it to {facts.Settings.From} first, by a merge of {facts.Settings.Production} or with git cherry-pick -x");

    public static Finding? OnOrigin(PrepareFacts facts, string branch) => facts.Branches.ContainsKey(branch) ? null : new Finding(
        $"There is no branch '{branch}' on origin", "Push it first, or name another one under `branches` and `prepare` of the policy");

    public static Finding? NotOnOrigin(PrepareFacts facts, string branch) => !facts.Branches.ContainsKey(branch) ? null : new Finding(
        $"The branch '{branch}' is on origin already", "If it is left over: delete it there, and run this again");

    public static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Shown(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostShown).Select(PlainText.Inert)) + (names.Count > MostShown ? $" and {names.Count - MostShown} more" : "");
}
