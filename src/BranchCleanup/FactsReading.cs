using Microsoft.Extensions.FileSystemGlobbing;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.BranchCleanup;

/// <summary>The first beat. Cheap questions come first, and GitHub is asked only about branches that nothing else keeps.</summary>
internal sealed class FactsReading(BranchCleanupInputs inputs, World world)
{
    private const int MostNamesShown = 20;

    public async Task<CleanupFacts> ReadAsync(CancellationToken cancellation)
    {
        world.Policy.RequireUseOfProduct([inputs.Branch, .. inputs.Branches]);
        var production = RefName.Require("branch", world.Policy.Filled(inputs.Production ?? world.Policy.Branches.Production));
        var succeeded = inputs.ReleaseSucceeded is "true" or "success";
        var remote = await world.Git.ListRemoteBranchesAsync(cancellation);
        var names = inputs.Branches.Count > 0 ? Matching(remote.Keys) : [RefName.Require("branch", NamedBranch())];
        var present = names.Where(remote.ContainsKey).ToList();
        if (present.Count == 0 || !succeeded)
            return Facts(production, succeeded, names.Select(n => new BranchFacts(n, remote.GetValueOrDefault(n), false, null, false, [])));

        var tips = await FetchAsync(production, present, cancellation);
        var proof = new ContentProof(await world.Git.ApartAsync($"{world.Workspace.Scratch}/proof", cancellation), tips[production]);
        var standing = new HashSet<string>(StringComparer.Ordinal) { production, await world.GitHub.DefaultBranchAsync(cancellation) };
        var searches = await proof.SearchAsync([.. present.Where(n => !standing.Contains(n)).Select(n => tips[n])], cancellation);
        var branches = names.Select(n => tips.TryGetValue(n, out var tip)
            ? new BranchFacts(n, tip, standing.Contains(n), standing.Contains(n) ? null : searches[tip], false, [])
            : new BranchFacts(n, null, false, null, false, []));
        return Facts(production, succeeded, await WithGitHubAsync([.. branches], cancellation));
    }

    private CleanupFacts Facts(string production, bool succeeded, IEnumerable<BranchFacts> branches) =>
        new(production, succeeded, AreNamed: inputs.Branches.Count == 0, [.. branches]);

    // Two lists in place of questions about each branch; not even these where nothing would be deleted.
    private async Task<IReadOnlyList<BranchFacts>> WithGitHubAsync(IReadOnlyList<BranchFacts> branches, CancellationToken cancellation)
    {
        if (!branches.Any(b => b.Search?.Proof is not null)) return branches;
        var isProtected = (await world.GitHub.ListProtectedBranchesAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var pulls = await world.GitHub.ListOpenPullRequestsAsync(cancellation);
        var own = await world.Git.ListOwnBranchesAsync(cancellation);
        var (heads, bases) = (pulls.ToLookup(p => p.Head.Ref), pulls.ToLookup(p => p.Base.Ref));
        return [.. branches.Select(b => b with
        {
            IsProtected = isProtected.Contains(b.Name),
            Own = own.GetValueOrDefault(b.Name),
            PullRequests = [.. heads[b.Name].Where(p => world.GitHub.IsFrom(p, b.Name)).Concat(bases[b.Name])],
        })];
    }

    /// <summary>Brings the branches and production here, with their history.</summary>
    /// <returns>Their tips, by name: what came, also where a branch has moved since it was listed.</returns>
    private async Task<IReadOnlyDictionary<string, string>> FetchAsync(string production, IReadOnlyList<string> branches, CancellationToken cancellation)
    {
        const string Local = "refs/remotes/origin/";
        var wanted = branches.Append(production).ToHashSet(StringComparer.Ordinal);
        if (!await world.Git.FetchAsync([.. wanted.Select(b => $"+refs/heads/{b}:{Local}{b}")], cancellation))
        {
            throw ActionException.Remote(
                $"The branches could not be fetched from origin: {string.Join(", ", wanted.Take(MostNamesShown))}{(wanted.Count > MostNamesShown ? $" and {wanted.Count - MostNamesShown} more" : "")}", "See that the production branch exists (the policy's branches.production), then run it again");
        }

        return (await world.Git.ListRefsAsync(cancellation)).Select(line => line.Split(' ')).Where(f => f[1].StartsWith(Local, StringComparison.Ordinal) && wanted.Contains(f[1][Local.Length..]))
            .ToDictionary(f => f[1][Local.Length..], f => f[0], StringComparer.Ordinal);
    }

    private IReadOnlyList<string> Matching(IEnumerable<string> branches)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        foreach (var glob in inputs.Branches.Select(world.Policy.Filled)) _ = glob.StartsWith('!') ? matcher.AddExclude(glob[1..]) : matcher.AddInclude(glob);
        // A branch whose name is not one to work with is left to a person.
        return [.. matcher.Match(branches.Where(RefName.IsSafe)).Files.Select(f => f.Path).Order(StringComparer.Ordinal)];
    }

    private string NamedBranch()
    {
        var name = world.Policy.Filled(inputs.Branch ?? world.Policy.Branches.Release);
        // Who names the branch itself need not say which version it was.
        return name.Contains('{', StringComparison.Ordinal) ? ReleaseTag.OfRun(inputs.Version, world.Runner.Ref, world.Policy.Version.TagPrefix).Fill(name) : name;
    }
}
