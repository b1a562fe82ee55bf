using Microsoft.Extensions.FileSystemGlobbing;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.BranchCleanup;

/// <summary>The first beat. Cheap questions come first, and GitHub is asked only about branches that nothing else keeps.</summary>
internal sealed class FactsReading(BranchCleanupInputs inputs, World world)
{
    public async Task<CleanupFacts> ReadAsync(CancellationToken cancellation)
    {
        var production = Git.RequireSafeName("branch", inputs.Production ?? world.Policy.Branches.Production);
        var succeeded = inputs.ReleaseSucceeded is "true" or "success";
        var remote = await world.Git.ListRemoteBranchesAsync(cancellation);
        var names = inputs.Branches.Count > 0 ? Matching(remote.Keys) : [Git.RequireSafeName("branch", NamedBranch())];
        var present = names.Where(remote.ContainsKey).ToList();
        if (present.Count == 0 || !succeeded)
            return Facts(production, succeeded, names.Select(n => new BranchFacts(n, remote.GetValueOrDefault(n), false, null, false, [])));

        var tip = await FetchAsync(production, present, cancellation);
        var proof = new ContentProof(await world.Git.ApartAsync($"{world.Workspace.Scratch}/proof", cancellation), tip);
        var standing = new HashSet<string>(StringComparer.Ordinal) { production, await world.GitHub.DefaultBranchAsync(cancellation) };
        var branches = new List<BranchFacts>();
        foreach (var name in names) branches.Add(await ReadBranchAsync(name, remote.GetValueOrDefault(name), standing.Contains(name), proof, cancellation));
        return Facts(production, succeeded, branches);
    }

    private CleanupFacts Facts(string production, bool succeeded, IEnumerable<BranchFacts> branches) =>
        new(production, succeeded, AreNamed: inputs.Branches.Count == 0, [.. branches]);

    private async Task<BranchFacts> ReadBranchAsync(string name, string? commit, bool isDefault, ContentProof proof, CancellationToken cancellation)
    {
        var facts = new BranchFacts(name, commit, isDefault, null, false, []);
        if (commit is null || isDefault) return facts;
        facts = facts with { Search = await proof.SearchAsync(commit, cancellation) };
        if (facts.Search.Proof is null) return facts;
        return facts with
        {
            IsProtected = await world.GitHub.FindBranchAsync(name, cancellation) is { Protected: true } || await world.GitHub.HasDeletionRuleAsync(name, cancellation),
            PullRequests = await world.GitHub.ListOpenPullRequestsFromAsync(name, cancellation),
        };
    }

    /// <summary>Brings the branches and production here, with their history.</summary>
    /// <returns>The tip of production.</returns>
    private async Task<string> FetchAsync(string production, IReadOnlyList<string> branches, CancellationToken cancellation)
    {
        var local = $"refs/remotes/origin/{production}";
        var refspecs = branches.Append(production).Distinct(StringComparer.Ordinal).Select(b => $"+refs/heads/{b}:refs/remotes/origin/{b}").ToList();
        if (await world.Git.FetchAsync(refspecs, cancellation) && await world.Git.FindCommitAsync(local, cancellation) is { } tip) return tip;
        throw ActionException.Remote(
            $"The branches could not be fetched from origin: {string.Join(", ", branches.Append(production).Distinct(StringComparer.Ordinal))}", "See that the production branch exists (the policy's branches.production), then run it again");
    }

    private IReadOnlyList<string> Matching(IEnumerable<string> branches)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        foreach (var glob in inputs.Branches) _ = glob.StartsWith('!') ? matcher.AddExclude(glob[1..]) : matcher.AddInclude(glob);
        // A branch whose name is not one to work with is left to a person.
        return [.. matcher.Match(branches.Where(Git.IsSafeName)).Files.Select(f => f.Path).Order(StringComparer.Ordinal)];
    }

    private string NamedBranch()
    {
        var name = inputs.Branch ?? world.Policy.Branches.Release;
        // Who names the branch itself need not say which version it was.
        return name.Contains('{', StringComparison.Ordinal) ? ReleaseTag.OfRun(inputs.Version, world.Runner, world.Policy.Version.TagPrefix).Fill(name) : name;
    }
}
