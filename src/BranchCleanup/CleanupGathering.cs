using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.BranchCleanup;

/// <summary>Gathers the facts. Cheap questions come first, and GitHub is asked only about branches that nothing else keeps.</summary>
internal sealed class CleanupGathering(CleanupRequest request, Readers readers)
{
    public async Task<CleanupFacts> GatherAsync(CancellationToken cancellation)
    {
        var production = request.Production;
        var remote = await readers.Git.ListRemoteBranchesAsync(cancellation);
        var names = request.BranchesAmong(remote.Keys);
        var present = names.Where(remote.ContainsKey).ToList();
        if (present.Count == 0 || !request.ReleaseSucceeded)
            return new CleanupFacts([.. names.Select(n => new BranchFacts(n, remote.GetValueOrDefault(n)))]);

        if (!remote.ContainsKey(production))
            throw ActionException.Remote(
                $"There is no branch '{PlainText.Inert(production)}' on origin, which should hold what the others hold",
                "Name the production branch (the policy's branches.production), then run it again");
        var named = new NamedBranches(await PoliciesAsync(cancellation));
        var defaultBranch = await readers.GitHub.DefaultBranchAsync(cancellation);
        BranchFacts Of(string name) => new(name, remote.GetValueOrDefault(name))
        {
            IsLongLived = name == production || name == defaultBranch, NamedBy = named.KeyOf(name),
        };
        var branches = names.Select(Of).ToList();
        var longLived = remote.Keys.Where(n => n != production && (n == defaultBranch || named.KeyOf(n) is not null)).ToList();
        var proof = new ContentProof(await readers.Git.ApartAsync(cancellation), remote, production, longLived);
        var searches = await proof.SearchAsync([.. branches.Where(MayGo).Select(b => b.Name)], cancellation);
        var judged = branches.Select(b => MayGo(b) ? b with { Search = searches[b.Commit!] } : b);
        return new CleanupFacts(await WithGitHubAsync([.. judged], cancellation));
    }

    private static bool MayGo(BranchFacts branch) => branch is { Commit: not null, IsLongLived: false, NamedBy: null };

    // On a runner the default branch's too: a commit that is older may lack what names a branch by now.
    private async Task<IReadOnlyList<ReleasePolicy>> PoliciesAsync(CancellationToken cancellation) => readers.Runner.IsRunner
        ? [request.PolicyOfAll, (await readers.PolicyOfDefaultBranchAsync(cancellation)).AsWritten] : [request.PolicyOfAll];

    // Few lists instead of questions about each branch; not even these where nothing would be deleted.
    private async Task<IReadOnlyList<BranchFacts>> WithGitHubAsync(IReadOnlyList<BranchFacts> branches, CancellationToken cancellation)
    {
        if (!branches.Any(b => b.Search?.Proof is not null)) return branches;
        var isProtected = (await readers.GitHub.ListProtectedBranchesAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var pulls = await readers.GitHub.ListOpenPullRequestsAsync(cancellation);
        var newlyCut = branches.Where(b => b.Search is { HasOwnCommits: false } && !request.IsOfRelease(b.Name)).ToList();
        var merged = await readers.GitHub.ListMergedAsync(
            readers.Runner.RequireRepository().Owner, [.. newlyCut.Select(b => (b.Name, b.Commit))], cancellation);
        // A runner's checkout goes away with the job.
        var local = readers.Runner.IsRunner
            ? new Dictionary<string, LocalBranch>() : await readers.Git.ListLocalBranchesAsync(cancellation);
        var (heads, bases) = (pulls.ToLookup(p => p.Head.Ref), pulls.ToLookup(p => p.Base.Ref));
        return [.. branches.Select(b => b with
        {
            IsProtected = isProtected.Contains(b.Name),
            WasMerged = merged.Contains(b.Name),
            Local = local.GetValueOrDefault(b.Name),
            PullRequests = [.. heads[b.Name].Where(p => readers.GitHub.IsFrom(p, b.Name)).Concat(bases[b.Name])],
        })];
    }
}
