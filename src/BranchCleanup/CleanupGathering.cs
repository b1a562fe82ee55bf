using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
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
        var proof = new ContentProof(await readers.Git.ApartAsync(cancellation), remote, production);
        var longLived = new HashSet<string>(StringComparer.Ordinal) { production, await readers.GitHub.DefaultBranchAsync(cancellation) };
        var searches = await proof.SearchAsync([.. present.Where(n => !longLived.Contains(n))], cancellation);
        BranchFacts Of(string name) => !remote.TryGetValue(name, out var tip) ? new BranchFacts(name, null)
            : longLived.Contains(name) ? new BranchFacts(name, tip) { IsLongLived = true }
            : new BranchFacts(name, tip) { Search = searches[tip] };
        return new CleanupFacts(await WithGitHubAsync([.. names.Select(Of)], cancellation));
    }

    // Two lists instead of questions about each branch; not even these where nothing would be deleted.
    private async Task<IReadOnlyList<BranchFacts>> WithGitHubAsync(IReadOnlyList<BranchFacts> branches, CancellationToken cancellation)
    {
        if (!branches.Any(b => b.Search?.Proof is not null)) return branches;
        var isProtected = (await readers.GitHub.ListProtectedBranchesAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var pulls = await readers.GitHub.ListOpenPullRequestsAsync(cancellation);
        // A runner's checkout goes away with the job.
        var local = readers.Runner.IsRunner
            ? new Dictionary<string, LocalBranch>() : await readers.Git.ListLocalBranchesAsync(cancellation);
        var (heads, bases) = (pulls.ToLookup(p => p.Head.Ref), pulls.ToLookup(p => p.Base.Ref));
        return [.. branches.Select(b => b with
        {
            IsProtected = isProtected.Contains(b.Name),
            Local = local.GetValueOrDefault(b.Name),
            PullRequests = [.. heads[b.Name].Where(p => readers.GitHub.IsFrom(p, b.Name)).Concat(bases[b.Name])],
        })];
    }
}
