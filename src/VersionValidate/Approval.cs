using ReleaseActions.Core.GitHub;

namespace ReleaseActions.VersionValidate;

/// <summary>One person's approval of the release. Pure.</summary>
/// <param name="Login">Who approved.</param>
/// <param name="Place">Where, for the reader.</param>
/// <param name="Flaw">What was approved where that does not count, for the reader; else null.</param>
internal sealed record Approval(string Login, string Place, string? Flaw = null)
{
    /// <summary>The approvals among the reviews of a pull request.</summary>
    public static IEnumerable<Approval> Of(PullRequest pull, IReadOnlyList<PullRequestReview> reviews)
    {
        // Each person's last review counts; a comment does not withdraw an approval.
        var last = reviews.Where(r => r.User is not null && r.State is "APPROVED" or "CHANGES_REQUESTED" or "DISMISSED")
            .GroupBy(r => r.User!.Login).Select(r => r.Last());
        foreach (var review in last.Where(r => r.State == "APPROVED" && r.User!.Login != pull.User?.Login))
        {
            var isCurrent = review.CommitId == pull.Head.Sha;
            var place = $"pull request {pull.Number}";
            yield return new Approval(review.User!.Login, place, isCurrent ? null : $"an earlier state of {place}");
        }
    }

    /// <summary>The approval of a run that waited for an environment.</summary>
    public static Approval Of(EnvironmentApproval approval, ValidationRequest request)
    {
        var counting = request.Policy.Gates.Environments;
        var place = $"environment {string.Join(", ", approval.Environments.Select(e => e.Name))}";
        // GitHub's environment names do not distinguish case.
        bool Counts(Named environment) => counting.Contains(environment.Name ?? "", StringComparer.OrdinalIgnoreCase);
        var counts = counting.Count == 0 || approval.Environments.Any(Counts);
        var isOwn = string.Equals(approval.User.Login, request.Runner.Actor, StringComparison.OrdinalIgnoreCase);
        var flaw = isOwn ? "their own run" : counts ? null : $"{place}, and `gates.environments` names {string.Join(", ", counting)}";
        return new Approval(approval.User.Login, place, flaw);
    }
}
