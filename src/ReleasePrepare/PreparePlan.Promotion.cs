using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// The pull request of the release branch into production; or, where that one would conflict and production has the code already, of a
/// branch that begins at production, with the version's files of the release branch.
/// </summary>
internal sealed partial record PreparePlan
{
    private static PreparePlan ForPromotion(PrepareFacts facts)
    {
        var (request, choice) = (facts.Request, VersionChoice.For(facts));
        var release = request.TagOf(choice.Version);
        var (branch, production, merge) = (request.ReleaseBranch(release), request.Production, facts.Merge!);
        if (merge.IsNothing)
            throw ActionException.Refused(
                $"{production} has everything that '{branch}' has", "There is nothing to promote: go on with the tag");
        var message = release.Fill(request.Policy.Prepare.PromoteMessage);
        var plan = new PreparePlan
        {
            Request = request, Release = release,
            Choice = choice with { Reason = merge.IsClean ? $"from {branch}" : $"from {branch}, which {merge.InWords(production)}" },
            Refusals = All(
                [
                    PrepareRefusals.StartedByTag(facts), PrepareRefusals.NoPulls(facts), PrepareRefusals.Tagged(facts, release),
                    merge.Refusal(branch, production, path => request.IsMetadataOf(release, path)),
                ],
                PrepareRefusals.IllegalVersion(facts, release), PrepareRefusals.Recovery(facts, release.Version),
                Unreadable(facts.Files, branch), Unfinished(facts, release, branch), WithoutSection(facts, release, branch)),
            Next = $"merge the pull request, and {TagIt(request, release)}",
        };
        return merge.IsClean ? ByMerge(plan, facts, branch, message) : WithMetadataAlone(plan, facts, branch, message);
    }

    // The ordinary way: what the release branch has is merged, and nothing is made.
    private static PreparePlan ByMerge(PreparePlan plan, PrepareFacts facts, string branch, string message) => plan with
    {
        Pushed = facts.Branches[branch],
        Pull = new PlannedPull(
            TitleOf(message, plan.Release), branch, plan.Request.Production,
            $"Version {plan.Release.Version}, as `{branch}` has it.\n{WhyRecovery(facts)}"),
    };

    // A squash merge before this one left two histories that git cannot join, though production has all but the version.
    private static PreparePlan WithMetadataAlone(PreparePlan plan, PrepareFacts facts, string branch, string message)
    {
        var (request, release, production) = (plan.Request, plan.Release, plan.Request.Production);
        var (head, changes) = (request.Policy.PromotionBranch(release), Promoted(facts));
        var refusal = RefusalOfPromoted(facts, release, message);
        var isPushed = facts.Earlier is { } earlier && refusal is null && earlier.Tip != facts.Base;
        var files = string.Concat(changes.Select(c => $"- `{c.Path}`\n"));
        var body = $"`{branch}` {facts.Merge!.InWords(production)}, and `{production}` has everything else of it. The version's files,"
            + $" and nothing else:\n\n{files}{WhyRecovery(facts)}";
        return plan with
        {
            Pushed = isPushed ? facts.Earlier!.Tip : null,
            Commit = isPushed ? null : new PlannedCommit(facts.Base, [facts.Base], changes, message),
            Branches = isPushed ? [] : [RefChange.OfBranch(head, refusal is null ? facts.Earlier?.Tip ?? "" : "")],
            Pull = new PlannedPull(TitleOf(message, release), head, production, body),
            Refusals = All([refusal], plan.Refusals, Unreadable(facts.Promoted, production)),
        };
    }

    // The release branch may have gone on since an earlier run took its files.
    private static Finding? RefusalOfPromoted(PrepareFacts facts, ReleaseTag release, string message)
    {
        if (facts.Earlier is not { } earlier) return null;
        if (earlier.Refusal(facts, release, [facts.Base], message) is { } refusal) return refusal;
        bool IsStale(string name) => !earlier.HasAs(name, facts.Files.GetValueOrDefault(name) ?? facts.Promoted.GetValueOrDefault(name));
        if (earlier.Tip == facts.Base || !facts.Files.Keys.Union(earlier.Files.Keys).Any(IsStale)) return null;
        return earlier.Unlike(facts.Base, $"its files are not those of '{facts.Request.ReleaseBranch(release)}'");
    }

    private static IReadOnlyList<SourceFile> Promoted(PrepareFacts facts)
    {
        bool IsNew(SourceFile file) => facts.Promoted.GetValueOrDefault(file.Path) is not { } now
            || (now.Problem is null && (now.Text, now.Mode) != (file.Text, file.Mode));
        return [.. facts.Files.Values.Where(f => f.Problem is null && IsNew(f))];
    }

    // What could not be read has no text: promoted, it would be emptied.
    private static IEnumerable<Finding> Unreadable(IReadOnlyDictionary<string, SourceFile> files, string branch) =>
        files.Values.Select(f => f.Problem).OfType<Finding>().Select(p => p with { Message = $"On '{branch}', {p.Message}" });

    // Where each version has a changelog of its own, that is the section.
    private static IEnumerable<Finding> WithoutSection(PrepareFacts facts, ReleaseTag release, string branch)
    {
        const string Remedy = "Write there what changed, and merge it into the release branch first";
        if (!facts.Request.HasChangelogPerVersion) yield break;
        var path = release.Fill(facts.Request.ChangelogPath);
        if (!facts.Files.TryGetValue(path, out var file)) yield return new Finding($"{path} is not on '{branch}'", Remedy);
        else if (file.Problem is null && !facts.Request.Sections(file.Text).OfFile(release.Version).Any(s => !s.IsEmpty))
            yield return new Finding($"{path} says nothing about {release.Version} on '{branch}'", Remedy);
    }

    // Whether files have the version, where any would.
    private static bool Says(PrepareFacts facts, ReleaseTag release, string branch) =>
        (facts.Request.Manifests.Count > 0 || facts.Changelog is not null) && !Unfinished(facts, release, branch).Any();

    /// <summary>Files without the version: promoted, production would have one that was never released.</summary>
    public static IEnumerable<Finding> Unfinished(PrepareFacts facts, ReleaseTag release, string branch)
    {
        const string Remedy = "Merge the pull request into the release branch first";
        foreach (var place in facts.Manifests)
        {
            if (!facts.Files.TryGetValue(place.File, out var file)) yield return new Finding($"{place} is not on '{branch}'", Remedy);
            else if (file.Problem is null)
                foreach (var said in place.Read(file.Text).DistinctBy(s => s.Version))
                    if (said.Version is null || !place.Means(said.Version, release.Version, facts.Request.Order))
                    {
                        var text = PlainText.Inert(said.Version ?? said.Problem ?? "");
                        yield return new Finding($"{place} says '{text}' on '{branch}', and {release.Version} is to be promoted", Remedy);
                    }
        }

        if (facts.Changelog is { Problem: null } changelog && facts.Request.Sections(changelog.Text).Find(release.Version).Count == 0)
            yield return new Finding($"{changelog.Path} has no section for {release.Version} on '{branch}'", Remedy);
    }
}
