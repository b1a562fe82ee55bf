using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

// The pull request that a strict dry run is about, and those that brought a commit to production.
internal sealed partial class ValidationGathering
{
    // GitHub merges a pull request for its run: the commit's first parent is the branch that it goes to.
    private async Task<ValidationFacts> WithPullAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        if (!request.IsStrict || readers.Runner is not { HeadBranch: { } head, BaseBranch: { } into }) return facts;
        await readers.Git.FetchAsync(FetchScope.Paths, [new(facts.Commit, facts.Commit)], cancellation);
        if (await readers.Git.ListFirstParentsAsync(facts.Commit, 2, cancellation) is not [var merged, var before]) return facts;
        var changed = (await readers.Git.ListChangedFilesAsync([(before.Tree, merged.Tree)], cancellation))[0];
        var pull = new PullFacts(KindOf(facts, head, into), readers.Runner.PullRequestTitle ?? "", changed, [], []);
        return facts with { Pull = await WithBeforeAsync(pull, facts, before.Commit, cancellation) };
    }

    private PullKind KindOf(ValidationFacts facts, string head, string into)
    {
        bool IsRelease(string branch) => VersionPattern.IsMatch(request.ReleaseBranch, branch, request.Order.Scheme);
        var policy = request.Policy;
        if (!readers.Runner.IsPullRequestOfOwn) return PullKind.Ordinary;
        if (head == policy.MetadataBranch(facts.Release) && IsRelease(into)) return PullKind.Metadata;
        if (head == policy.PromotionBranch(facts.Release) && into == request.Branch) return PullKind.Metadata;
        return IsRelease(head) || head == request.Branch ? PullKind.Release : PullKind.Ordinary;
    }

    private async Task<PullFacts> WithBeforeAsync(PullFacts pull, ValidationFacts facts, string commit, CancellationToken cancellation)
    {
        var versions = new List<(string, string?, string?)>();
        foreach (var place in Places.Where(p => pull.Changed.Contains(p.File)))
        {
            var text = await readers.GitHub.FindTextAsync(place.File, commit, cancellation);
            var before = text is null ? [] : place.Read(text);
            foreach (var (_, now) in ReadManifest(place))
                versions.Add(($"{place.File}#{now.Key}", before.FirstOrDefault(b => b.Key == now.Key)?.Version, now.Version));
        }

        var path = request.ChangelogPath;
        if (!pull.Changed.Contains(path)) return pull with { Versions = versions };
        IEnumerable<string> VersionsIn(string? text) =>
            Changelog.Parse(text ?? "", request.Order.Scheme).Versions.Select(v => v.Text);
        var old = VersionsIn(await readers.GitHub.FindTextAsync(path, commit, cancellation));
        return pull with { Versions = versions, NewSections = [.. VersionsIn(readers.Files.ReadText(path)).Except(old)] };
    }

    // Where releases have branches, a pull request brought the commit to production, and others have looked at it.
    private async Task<ValidationFacts> WithPromotionAsync(ValidationFacts facts, CancellationToken cancellation)
    {
        if (!facts.IsLastLook || request.Policy.Prepare.Flow != "branch") return facts;
        return facts with { Promotion = await AskAsync(() => ReadPromotionAsync(facts.Commit, cancellation), []) };
    }

    private async Task<IReadOnlyList<PromotedPull>> ReadPromotionAsync(string commit, CancellationToken cancellation)
    {
        var promoted = new List<PromotedPull>();
        foreach (var pull in await ListPullRequestsAsync(commit, cancellation))
        {
            if (pull.MergedAt is null || pull.Base.Ref != request.Branch) continue;
            var approvals = Approval.Of(pull, await ListReviewsAsync(pull.Number, cancellation)).ToList();
            promoted.Add(new PromotedPull(pull, approvals, await readers.GitHub.ListChecksAsync(pull.Head.Sha, cancellation)));
        }

        return promoted;
    }
}
