using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>The requests of version-validate's gates, each with something to answer.</summary>
internal static class GateTour
{
    /// <summary>The addresses, as GitHub's description has them.</summary>
    public static readonly string[] Endpoints =
    [
        "/repos/{owner}/{repo}/commits/{ref}/check-runs", "/repos/{owner}/{repo}/commits/{ref}/status", "/repos/{owner}/{repo}/issues",
        "/repos/{owner}/{repo}/labels",
        "/repos/{owner}/{repo}/commits/{commit_sha}/pulls", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
        "/repos/{owner}/{repo}/actions/runs/{run_id}/approvals", "/orgs/{org}/teams/{team_slug}/members",
    ];

    /// <summary>Requests whose answers are not empty.</summary>
    public static IEnumerable<string> Paths(string commit) =>
    [
        $"/commits/{commit}/check-runs?filter=latest&per_page=2", $"/commits/{commit}/status",
            "/issues?state=open&labels=critical", "/labels",
        $"/commits/{commit}/pulls", "/pulls/2/reviews", "/actions/runs/7/approvals",
    ];

    /// <summary>Puts one of everything on a commit, and every kind of some.</summary>
    public static void PutGates(this SandboxServer sandbox, string commit)
    {
        foreach (var conclusion in (string?[])["success", "failure", null])
            sandbox.Put(new CheckRun(commit, $"check {conclusion}", conclusion));
        foreach (var state in (string[])["success", "pending"]) sandbox.Put(new CommitStatus(commit, $"status {state}", state));
        sandbox.Put(new Issue(3, "It burns", "critical"));
        sandbox.Put(new Issue(4, "A change", "critical") { IsPullRequest = true });
        sandbox.PutLabels("a b");
        sandbox.Put(new PullRequest(2, "gone") { Open = false, MergeCommitSha = commit });
        foreach (var user in (string?[])["grace", null]) sandbox.Put(new Review(2, user));
        sandbox.Put(new RunApproval(7, "grace", "production"));
        sandbox.PutTeam("platform", "grace", "ada");
    }
}
