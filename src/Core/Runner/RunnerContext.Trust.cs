using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Runner;

/// <summary>Whether a stranger may have a say in what a run publishes: decided by its event, for all actions alike.</summary>
public sealed partial class RunnerContext
{
    private const string Otherwise = "Publish on a pushed tag or by workflow_dispatch; this run may build and check, or start that one";

    // Only people and apps that may write start these, and the commit is one of the repository.
    private static readonly string[] Trusted =
    [
        "branch_protection_rule", "create", "delete", "deployment", "deployment_status", "label", "milestone", "page_build", "public",
        "push", "registry_package", "release", "repository_dispatch", "schedule", "workflow_dispatch",
    ];

    // Whoever may read the repository starts these. An author's association with it is not a permission to write.
    private static readonly string[] OfAnybody =
        ["discussion", "discussion_comment", "fork", "gollum", "issue_comment", "issues", "pull_request_comment", "watch"];

    // The decision for every event; null where it is trusted. An event that is not here is refused.
    // Source: GitHub's "Events that trigger workflows" (payloads and GITHUB_REF of each) and its webhook payloads. A reusable workflow
    // (workflow_call) sees the event of its caller.
    private static readonly Dictionary<string, Func<RunnerContext, string?>> Decisions = new(
    [
        .. Trusted.Select(e => KeyValuePair.Create(e, (RunnerContext r) => r.ReasonOfRef())),
        .. OfAnybody.Select(e => KeyValuePair.Create(e, (RunnerContext _) => (string?)"anybody may start it")),
        KeyValuePair.Create("check_run", (RunnerContext r) => r.ReasonOfSuite(r.Required("check_run")["check_suite"])),
        KeyValuePair.Create("check_suite", (RunnerContext r) => r.ReasonOfSuite(r.Required("check_suite"))),
        KeyValuePair.Create("merge_group", (RunnerContext _) => (string?)"what it tests is not merged yet"),
        KeyValuePair.Create("pull_request", (RunnerContext r) => r.ReasonOfPullRequest()),
        KeyValuePair.Create("pull_request_review", (RunnerContext r) => r.ReasonOfPullRequest()),
        KeyValuePair.Create("pull_request_review_comment", (RunnerContext r) => r.ReasonOfPullRequest()),
        KeyValuePair.Create(
            "pull_request_target", (RunnerContext _) => (string?)"it runs with a write token on what a stranger proposes"),
        KeyValuePair.Create("status", (RunnerContext r) => r.ReasonOfStatus()),
        KeyValuePair.Create("workflow_run", (RunnerContext r) => r.ReasonOfWorkflowRun()),
    ], StringComparer.Ordinal);

    /// <summary>Requires that no stranger has a say in what this run publishes. On a laptop, whoever starts the program decides.</summary>
    /// <exception cref="ActionException">
    /// One may have (exit 3), or the event's file is needed and missing, or wrong (exit 2).
    /// </exception>
    public void RequireTrust()
    {
        if (!IsRunner && EventName is null) return;
        var name = EventName ?? "";
        var reason = Contradiction()
            ?? (Decisions.TryGetValue(name, out var decide) ? decide(this) : "it is not known who can start this event") ?? ReasonOfHeads();
        if (reason is null) return;
        var shown = name.Length == 0 ? "a run without GITHUB_EVENT_NAME" : PlainText.Inert(name);
        throw ActionException.Refused($"refusing to publish from {shown}: {PlainText.Inert(reason)}", Otherwise);
    }

    // The runner sets all of these from one event; where they disagree, something else did.
    private string? Contradiction()
    {
        var isOfPullRequest = EventName?.StartsWith("pull_request", StringComparison.Ordinal) == true;
        if (!isOfPullRequest && (HeadBranch ?? BaseBranch) is { } branch)
            return $"GITHUB_HEAD_REF or GITHUB_BASE_REF names '{branch}', and the event is not about a pull request";
        if (Event["repository"] is { } repository && !IsSame(repository, Get("GITHUB_REPOSITORY_ID")))
            return $"its event is about '{NameOf(repository)}', and GITHUB_REPOSITORY is '{Repository}'";
        return EventName == "push" && Event["ref"] is { } pushed && TextOf(pushed) != Ref
            ? $"its event is about '{TextOf(pushed)}', and GITHUB_REF is '{Ref}'" : null;
    }

    private string? ReasonOfRef()
    {
        var isDeployment = EventName!.StartsWith("deployment", StringComparison.Ordinal);
        if (Ref is null) return isDeployment ? "it deploys a commit, not a branch or tag of the repository" : null;
        return (Branch ?? Tag) is not null ? null : $"it works on '{Ref}', which is not a branch or tag of the repository";
    }

    private string? ReasonOfPullRequest()
    {
        var pull = Required("pull_request");
        if (ReasonOfHead((pull["head"] as JsonObject)?["repo"]) is { } reason) return reason;
        var isMerged = EventName == "pull_request" && pull["merged"]?.GetValueKind() == JsonValueKind.True;
        // After the merge, the run is on the branch that it was merged into.
        return isMerged && Branch is { } branch && branch == TextOf((pull["base"] as JsonObject)?["ref"])
            ? null : "its pull request is not merged";
    }

    private string? ReasonOfWorkflowRun()
    {
        var run = Required("workflow_run");
        var started = TextOf(run["event"]);
        return ReasonOfHead(run["head_repository"])
            ?? (Trusted.Contains(started) ? ReasonOfRef() : $"it follows a run of the event '{started}'");
    }

    // Of any event: a deployment, too, can have been made by a run that worked for a fork.
    private string? ReasonOfHeads() =>
        Event["pull_request"] is JsonObject pull && ReasonOfHead((pull["head"] as JsonObject)?["repo"]) is { } reason ? reason
        : Event["workflow_run"] is JsonObject run ? ReasonOfHead(run["head_repository"]) : null;

    // "When the head branch is in a forked repository, it is null, and the list of pull requests is empty."
    private string? ReasonOfSuite(JsonNode? suite)
    {
        const string NoBranch = "the commit is on no branch of the repository";
        if (suite is not JsonObject checks || TextOf(checks["head_branch"]).Length == 0) return NoBranch;
        var pulls = checks["pull_requests"] as JsonArray ?? [];
        return pulls.Select(p => ReasonOfHead(((p as JsonObject)?["head"] as JsonObject)?["repo"])).FirstOrDefault(r => r is not null)
            ?? ReasonOfRef();
    }

    // The branches of the repository that contain the commit.
    private string? ReasonOfStatus() =>
        RequiredEvent()["branches"] is JsonArray { Count: > 0 } ? ReasonOfRef() : "the commit is on no branch of the repository";

    // A fork that was deleted is null.
    private string? ReasonOfHead(JsonNode? head)
    {
        var own = Get("GITHUB_REPOSITORY_ID") ?? IdOf(Event["repository"]);
        return IsSame(head, own) ? null
            : $"it works for a fork{(NameOf(head) is { Length: > 0 } name ? $", '{name}'" : "")}, not for {Repository} itself";
    }

    // By number where both sides have one: a name can change, and be used again.
    private bool IsSame(JsonNode? node, string? id) =>
        node is JsonObject && (id is not null && IdOf(node) is { } other
            ? id == other : string.Equals(NameOf(node), Repository, StringComparison.OrdinalIgnoreCase));

    private static string? IdOf(JsonNode? repository) =>
        (repository as JsonObject)?["id"] is JsonValue id && id.GetValueKind() == JsonValueKind.Number ? id.ToJsonString() : null;

    private static string NameOf(JsonNode? repository) => TextOf((repository as JsonObject)?["full_name"]);

    private static string TextOf(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "";

    private JsonObject Required(string key) => RequiredEvent()[key] as JsonObject
        ?? throw ActionException.BadInput(
            $"The event is '{PlainText.Inert(EventName!)}', and its file has no object '{key}'", "See what GITHUB_EVENT_PATH names");

    private JsonObject RequiredEvent() => Get("GITHUB_EVENT_PATH") is not null ? Event : throw ActionException.BadInput(
        $"The event is '{PlainText.Inert(EventName!)}', and GITHUB_EVENT_PATH does not name its file",
        "Pass on the variables of the runner, and mount the file that GITHUB_EVENT_PATH names");
}
