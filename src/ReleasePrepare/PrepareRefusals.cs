using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What forbids a release. Each method gives a finding where something does, and null where nothing does. Pure.</summary>
internal static class PrepareRefusals
{
    private const int MostShown = 5;

    // A release that a release starts would never end.
    public static Finding? StartedByTag(PrepareFacts facts) => facts.StartedBy is null ? null : new Finding(
        $"The tag '{PlainText.Inert(facts.StartedBy)}' started this run, and a release is cut from a branch",
        "Start the workflow manually (workflow_dispatch) on a branch");

    // Known before anything is pushed, not after.
    public static Finding? NoPulls(PrepareFacts facts) => facts.MayOpenPulls ? null : new Finding(
        "A pull request is to be opened, and the repository's name or the token is not known",
        "Set GITHUB_REPOSITORY to owner/name, and INPUT_TOKEN to a token that may open pull requests");

    public static Finding? NotClean(PrepareFacts facts) => facts.Uncommitted.Count == 0 ? null : new Finding(
        $"The work tree is not clean: {Shown(facts.Uncommitted)}",
        "Commit, stash or ignore these files first: a release holds what is committed");

    public static Finding? OnOtherBranch(PrepareFacts facts)
    {
        var from = facts.Request.From;
        if (facts.CheckedOut == from) return null;
        var now = facts.CheckedOut is { } other ? $"The branch '{PlainText.Inert(other)}' is checked out" : "No branch is checked out";
        return new Finding($"{now}, and releases are cut from '{from}'", $"git switch {from}");
    }

    public static Finding? Outdated(PrepareFacts facts)
    {
        if (facts.Behind == 0) return null;
        var own = facts.Ahead > 0 ? $", and has {Counted(facts.Ahead, "commit")} of its own" : "";
        return new Finding(
            $"The checkout lacks {Counted(facts.Behind, "commit")} of origin/{facts.Request.From}{own}",
            $"git pull {(facts.Ahead > 0 ? "--rebase" : "--ff-only")} origin {facts.Request.From}");
    }

    public static Finding? Tagged(PrepareFacts facts, ReleaseTag release)
    {
        if (facts.Tags.Any(t => t.Name == release.Name))
            return new Finding(
                $"The tag '{release.Name}' is on origin already", "A published version is never made again: release the next one");
        return !facts.LocalTags.Contains(release.Name) ? null : new Finding(
            $"The tag '{release.Name}' is in this checkout already, and not on origin",
            $"If it was a mistake: git tag --delete {release.Name}");
    }

    /// <summary>What version-validate would refuse about the version, once the tag is pushed.</summary>
    public static IEnumerable<Finding?> IllegalVersion(PrepareFacts facts, ReleaseTag release) =>
        [facts.Misfit, LowerThanItsLine(facts, release), IllegalWord(facts, release)];

    /// <summary>A prerelease or post-release that the policy does not allow.</summary>
    public static Finding? IllegalWord(PrepareFacts facts, ReleaseTag release) =>
        facts.Request.Policy.RefusalOf(release, facts.Tags);

    private static Finding? LowerThanItsLine(PrepareFacts facts, ReleaseTag release)
    {
        if (!facts.Request.Policy.Version.Increasing) return null;
        return VersionLine.Of(release, facts.Tags, facts.Request.Order).Complaint(release.Version) is { } complaint
            ? new Finding(complaint, "Release a higher version; `version.increasing` of the policy says whether it must be") : null;
    }

    /// <summary>What a recovery release lacks.</summary>
    public static IEnumerable<Finding?> Recovery(PrepareFacts facts, ReleaseVersion version)
    {
        var (request, policy) = (facts.Request.Recovery, facts.Request.Policy.Version);
        if (policy.IsRecovery(version)) return request.TermsOf(version).Select(t => t.Wrong);
        return request.IsAsked ? [RecoveryRequest.NotOne(version, policy.Recovery, policy.Scheme)] : [];
    }

    /// <summary>A tag's message that version-validate would refuse, once the tag is pushed.</summary>
    public static Finding? UnfitTagMessage(PrepareFacts facts, ReleaseTag release, string? message)
    {
        if (message is null || facts.Request.Policy.Version.TagLineOf(release) is not { } wanted) return null;
        var line = message.Trim('\n').Split('\n')[0].TrimEnd();
        var (begin, form) = (PlainText.Inert(line), PlainText.Inert(wanted));
        return VersionPolicy.IsTagLine(wanted, line) ? null : new Finding(
            $"The message of the tag '{release.Name}' would begin with '{begin}',"
            + $" and its first line must look like `{form}`, where * is any text",
            "Let `prepare.tag-message` of the policy fit that, as 'Release {tag}: {description}' does 'Release {tag}: *'");
    }

    // A version that goes backwards in a file was a mistake, or somebody raised the file's.
    public static Finding? BehindManifests(PrepareFacts facts, ReleaseVersion version)
    {
        if (facts.Request.Version is not null) return null;
        var order = facts.Request.Order;
        foreach (var place in facts.Manifests)
            if (facts.Files.GetValueOrDefault(place.File) is { Problem: null } file)
                foreach (var said in place.Read(file.Text))
                    if (order.Scheme.Find(said.Version ?? "") is { } theirs && order.Compare(theirs, version) > 0)
                        return new Finding(
                            $"{place} says {theirs}, and the next version would be {version}",
                            "Name the version with `version`", place.File, said.Line);
        return null;
    }

    public static Finding? OtherReleaseBranch(PrepareFacts facts, string branch)
    {
        if (facts.Request.Recovery.IsAsked) return null;
        var others = facts.Branches.Keys.Where(b => b != branch && facts.Request.IsReleaseBranch(b)).Order(StringComparer.Ordinal).ToList();
        return others.Count == 0 ? null : new Finding(
            $"Another release is being prepared: {Shown(others)}",
            "Finish it and delete its branch; a recovery release may be cut beside it with `recovery-release: true`");
    }

    public static Finding? LostHotfix(PrepareFacts facts)
    {
        if (facts.Hotfixes.Count == 0) return null;
        var (production, from) = (facts.Request.Production, facts.Request.From);
        return new Finding(
            $"{production} holds what {from} lacks: {Shown([.. facts.Hotfixes.Select(c => $"{c.Sha[..7]} {c.Subject}")])}",
            $"Bring it to {from} first, by a merge of {production} or with git cherry-pick -x");
    }

    public static Finding? NotOnOrigin(PrepareFacts facts, string branch) => facts.Branches.ContainsKey(branch) ? null : new Finding(
        $"There is no branch '{branch}' on origin", "Push it first, or name another one under `branches` and `prepare` of the policy");

    public static Finding? OnOrigin(PrepareFacts facts, string branch) => !facts.Branches.ContainsKey(branch) ? null : new Finding(
        $"The branch '{branch}' is on origin already", "If nobody needs it: delete it there, and run this again");

    public static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    /// <summary>The first few of some names.</summary>
    public static string Shown(IReadOnlyList<string> names)
    {
        var more = names.Count > MostShown ? $" and {names.Count - MostShown} more" : "";
        return string.Join(", ", names.Take(MostShown).Select(PlainText.Inert)) + more;
    }
}
