using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>A branch that begins at production, with the version's files of the release branch.</summary>
internal sealed partial record PreparePlan
{
    /// <summary>The branch that goes into production.</summary>
    public static string PromotionHead(PrepareRequest request, ReleaseTag release) =>
        $"chore/promote-{SlugOf(request, release)}-{request.Production}";

    private static PreparePlan ForPromotion(PrepareFacts facts)
    {
        var (request, choice) = (facts.Request, VersionChoice.For(facts));
        var release = request.TagOf(choice.Version);
        var branch = request.ReleaseBranch(release);
        var (head, changes) = (PromotionHead(request, release), Promoted(facts));
        var message = release.Fill(request.Policy.Prepare.PromoteMessage);
        var refusal = RefusalOfPromoted(facts, release, message);
        var isPushed = facts.Earlier is { } earlier && refusal is null && earlier.Tip != facts.Base;
        List<Finding> unreadable = [.. Unreadable(facts.Files, branch), .. Unreadable(facts.Promoted, request.Production)];
        var isThere = facts.Branches.ContainsKey(branch);
        if (changes.Count == 0 && unreadable.Count == 0 && isThere && !isPushed)
            throw ActionException.Refused(
                $"{request.Production} has the version's files as '{branch}' has them", "There is nothing to promote: go on with the tag");
        var files = string.Concat(changes.Select(c => $"- `{c.Path}`\n"));
        var body = $"The version's files of `{branch}`, and nothing else:\n\n{files}{WhyRecovery(facts)}";
        Finding?[] first =
        [
            refusal, PrepareRefusals.NotOnOrigin(facts, branch), PrepareRefusals.NotOnOrigin(facts, request.Production),
            PrepareRefusals.StartedByTag(facts), PrepareRefusals.NoPulls(facts), PrepareRefusals.Tagged(facts, release),
        ];
        return new PreparePlan
        {
            Request = request, Release = release, Choice = choice with { Reason = $"from {branch}" },
            Pushed = isPushed ? facts.Earlier!.Tip : null,
            Commit = isPushed ? null : new PlannedCommit(facts.Base, [facts.Base], changes, message),
            Branches = isPushed ? [] : [RefChange.OfBranch(head, refusal is null ? facts.Earlier?.Tip ?? "" : "")],
            Pull = new PlannedPull(TitleOf(message, release), head, request.Production, body),
            Refusals = All(
                first, PrepareRefusals.IllegalVersion(facts, release), PrepareRefusals.Recovery(facts, release.Version), unreadable,
                isThere ? Unfinished(facts, release, branch) : [], isThere ? WithoutSection(facts, release, branch) : []),
            Next = $"merge the pull request, and {TagIt(request, release)}",
        };
    }

    // The release branch may have gone on since an earlier run took its files.
    private static Finding? RefusalOfPromoted(PrepareFacts facts, ReleaseTag release, string message)
    {
        if (facts.Earlier is not { } earlier) return null;
        if (earlier.Refusal(facts, release, [facts.Base], message) is { } refusal) return refusal;
        bool IsStale(string name) => !earlier.HasAs(name, facts.Files.GetValueOrDefault(name) ?? facts.Promoted.GetValueOrDefault(name));
        if (earlier.Tip == facts.Base || !facts.Request.MetadataFilesOf(release).Any(IsStale)) return null;
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
        foreach (var place in facts.Request.Manifests)
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
