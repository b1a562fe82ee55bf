using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.BranchCleanup;

/// <summary>Gathers the facts. Cheap questions come first, and GitHub is asked only about branches that nothing else keeps.</summary>
internal sealed class CleanupGathering(CleanupRequest request, Readers readers)
{
    private const string Fetched = "refs/remotes/origin/";
    private const int MostNamesShown = 20;

    public async Task<CleanupFacts> GatherAsync(CancellationToken cancellation)
    {
        var production = request.Production;
        var remote = await readers.Git.ListRemoteBranchesAsync(cancellation);
        var names = request.BranchesAmong(remote.Keys);
        var present = names.Where(remote.ContainsKey).ToList();
        if (present.Count == 0 || !request.ReleaseSucceeded)
            return new CleanupFacts([.. names.Select(n => new BranchFacts(n, remote.GetValueOrDefault(n)))]);

        var tips = await FetchAsync(production, present, cancellation);
        var proof = new ContentProof(await readers.Git.ApartAsync($"{readers.Files.Scratch}/proof", cancellation), tips[production]);
        var longLived = new HashSet<string>(StringComparer.Ordinal) { production, await readers.GitHub.DefaultBranchAsync(cancellation) };
        var searches = await proof.SearchAsync([.. present.Where(n => !longLived.Contains(n)).Select(n => tips[n])], cancellation);
        BranchFacts Of(string name) => !tips.TryGetValue(name, out var tip) ? new BranchFacts(name, null)
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
        var local = await readers.Git.ListLocalBranchesAsync(cancellation);
        var (heads, bases) = (pulls.ToLookup(p => p.Head.Ref), pulls.ToLookup(p => p.Base.Ref));
        return [.. branches.Select(b => b with
        {
            IsProtected = isProtected.Contains(b.Name),
            Local = local.GetValueOrDefault(b.Name),
            PullRequests = [.. heads[b.Name].Where(p => readers.GitHub.IsFrom(p, b.Name)).Concat(bases[b.Name])],
        })];
    }

    /// <summary>Fetches the branches and production, with their history.</summary>
    /// <returns>Their tips, by name, as they were fetched: a branch may have moved since it was listed.</returns>
    private async Task<IReadOnlyDictionary<string, string>> FetchAsync(
        string production, List<string> branches, CancellationToken cancellation)
    {
        var wanted = branches.Append(production).ToHashSet(StringComparer.Ordinal);
        if (!await readers.Git.FetchAsync([.. wanted.Select(b => $"+refs/heads/{b}:{Fetched}{b}")], cancellation))
        {
            var more = wanted.Count > MostNamesShown ? $" and {wanted.Count - MostNamesShown} more" : "";
            throw ActionException.Remote(
                $"The branches could not be fetched from origin: {string.Join(", ", wanted.Take(MostNamesShown))}{more}",
                "Check that the production branch exists (the policy's branches.production), then run it again");
        }

        return (await readers.Git.ListRefsAsync(cancellation)).Select(line => line.Split(' '))
            .Where(f => f[1].StartsWith(Fetched, StringComparison.Ordinal) && wanted.Contains(f[1][Fetched.Length..]))
            .ToDictionary(f => f[1][Fetched.Length..], f => f[0], StringComparer.Ordinal);
    }
}
