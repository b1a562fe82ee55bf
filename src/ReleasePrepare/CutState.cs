using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What a person wants to know before a cut: checks, open pull requests, and how far two branches are apart.</summary>
/// <param name="Checks">The checks of the commit that it is cut at; null where the policy names none, or GitHub cannot be asked.</param>
/// <param name="Pulls">The open pull requests into the branch that it is cut from, and into production.</param>
/// <param name="Ahead">How many commits production lacks.</param>
/// <param name="Behind">How many commits of production it lacks.</param>
internal sealed record CutState(CommitChecks? Checks, IReadOnlyList<PullRequest> Pulls, int Ahead, int Behind)
{
    private const int MostShown = 10;

    /// <summary>Asks GitHub for checks and pull requests.</summary>
    public static async Task<CutState> ReadAsync(
        PrepareFacts facts, Readers readers, int ahead, int behind, CancellationToken cancellation)
    {
        if (!facts.MayOpenPulls) return new CutState(null, [], ahead, behind);
        var request = facts.Request;
        var needsChecks = request.Policy.Gates.Checks.Count > 0;
        var checks = needsChecks ? await readers.GitHub.ListChecksAsync(facts.Branches[request.From], cancellation) : null;
        var open = await readers.GitHub.ListOpenPullRequestsAsync(cancellation);
        return new CutState(checks, [.. open.Where(p => p.Base.Ref == request.From || p.Base.Ref == request.Production)], ahead, behind);
    }

    /// <summary>The checks that are not green.</summary>
    public IEnumerable<Finding?> Refusals(PrepareRequest request) =>
        request.Policy.Gates.Checks.Select(name => Checks?.Refusal(name, request.Policy.PlaceOf("gates.checks")));

    /// <summary>The rows of the table that people read.</summary>
    public IEnumerable<(string What, string Which)> Rows(PrepareRequest request)
    {
        var (from, production) = (request.From, request.Production);
        if (Checks is not null) yield return ("checks", $"{string.Join(", ", request.Policy.Gates.Checks)} on {Checks.Commit[..12]}");
        if (from != production)
            yield return (
                "drift",
                $"{from} has {PrepareRefusals.Counted(Ahead, "commit")} that {production} lacks, and lacks {Behind} of {production}");
        foreach (var pull in Pulls.Take(MostShown)) yield return ("open pull request", $"#{pull.Number} {pull.Title} → {pull.Base.Ref}");
        if (Pulls.Count > MostShown) yield return ("open pull request", $"{Pulls.Count - MostShown} more");
    }
}
