namespace ReleaseActions.Tests.Support;

/// <summary>Runs as GitHub starts them: the event, its ref and its file, and the words of the refusal; none where it is trusted.</summary>
public static class Events
{
    private const string Main = "refs/heads/main";
    private const string Merge = "refs/pull/7/merge";
    private const string Fork = """{"id":2,"full_name":"eve/shop","fork":true}""";
    private const string Same = """{"id":1,"full_name":"acme/shop"}""";

    /// <summary>Every kind of run: event, GITHUB_REF, payload, and the words of the refusal.</summary>
    public static TheoryData<string, string, string, string> All =>
    [
        // Whoever may write starts these, on a commit of the repository.
        .. Plain("push", Main), .. Plain("push", "refs/tags/v1.0.0"), .. Plain("workflow_dispatch", Main), .. Plain("schedule", Main),
        .. Plain("repository_dispatch", Main), .. Plain("release", "refs/tags/v1.0.0"), .. Plain("create", "refs/tags/v1.0.0"),
        .. Plain("delete", Main), .. Plain("deployment", Main), .. Plain("deployment_status", Main), .. Plain("milestone", Main),
        .. Plain("label", Main), .. Plain("registry_package", Main), .. Plain("page_build", Main), .. Plain("public", Main),
        .. Plain("branch_protection_rule", Main),
        ("push", Main, """{"repository":{"id":2,"full_name":"acme/shop","fork":true}}""", ""),
        ("push", Main, """{"repository":{"full_name":"ACME/Shop"}}""", ""),
        ("pull_request", Main, Pull(Same, ""","merged":true,"base":{"ref":"main"}"""), ""),
        ("workflow_run", Main, WorkflowRun(Same, "push"), ""),
        ("workflow_run", Main, WorkflowRun(Same, "workflow_dispatch"), ""),
        ("check_suite", Main, Of(""" "check_suite":{"head_branch":"main","pull_requests":[]}"""), ""),
        ("check_run", Main, CheckRun(Same), ""),
        ("status", Main, Of(""" "branches":[{"name":"main"}]"""), ""),
        // The commit is one of a fork, or is not known to be one of the repository.
        ("pull_request", Merge, Pull(Fork), "it works for a fork, 'eve/shop'"),
        ("pull_request", Merge, Pull("null"), "it works for a fork"),
        ("pull_request", Merge, Pull("""{"id":2,"full_name":"acme/shop"}"""), "it works for a fork"),
        ("pull_request", Main, Pull(Fork, ""","merged":true,"base":{"ref":"main"}"""), "it works for a fork"),
        ("pull_request_review", Merge, Pull(Fork), "it works for a fork"),
        ("pull_request_review_comment", Merge, Pull(Fork), "it works for a fork"),
        ("workflow_run", Main, WorkflowRun(Fork, "push"), "it works for a fork"),
        ("workflow_run", Main, WorkflowRun("null", "push"), "it works for a fork"),
        ("check_suite", Main, Of(""" "check_suite":{"head_branch":null,"pull_requests":[]}"""), "on no branch of the repository"),
        ("check_run", Main, CheckRun("""{"id":2}"""), "it works for a fork"),
        ("status", Main, Of(""" "branches":[]"""), "on no branch of the repository"),
        ("deployment", "", Of(), "deploys a commit"),
        ("deployment", Main, WorkflowRun(Fork, "push"), "it works for a fork"),
        ("push", Main, Pull(Fork), "it works for a fork"),
        // A pull request of the repository itself, before its merge.
        ("pull_request", Merge, Pull(Same), "its pull request is not merged"),
        ("pull_request", Merge, Pull(Same, ""","merged":true,"base":{"ref":"main"}"""), "its pull request is not merged"),
        ("pull_request", Main, Pull(Same, ""","merged":false,"base":{"ref":"main"}"""), "its pull request is not merged"),
        ("pull_request", "refs/heads/other", Pull(Same, ""","merged":true,"base":{"ref":"main"}"""), "its pull request is not merged"),
        ("pull_request_review", Merge, Pull(Same), "its pull request is not merged"),
        ("pull_request_review_comment", Merge, Pull(Same), "its pull request is not merged"),
        ("merge_group", "refs/heads/gh-readonly-queue/main/pr-7-aa", Of(), "not merged yet"),
        ("workflow_run", Main, WorkflowRun(Same, "pull_request"), "it follows a run of the event 'pull_request'"),
        ("workflow_run", Main, WorkflowRun(Same, "issue_comment"), "it follows a run of the event 'issue_comment'"),
        ("workflow_run", Main, WorkflowRun(Same, "pull_request_target"), "it follows a run of the event 'pull_request_target'"),
        // Anybody may start these.
        ("pull_request_target", Main, Pull(Same), "it runs with a write token on what a stranger proposes"),
        ("pull_request_target", Main, Pull(Fork), "it runs with a write token on what a stranger proposes"),
        .. Plain("issue_comment", Main, "anybody may start it"), .. Plain("issues", Main, "anybody may start it"),
        .. Plain("discussion", Main, "anybody may start it"), .. Plain("discussion_comment", Main, "anybody may start it"),
        .. Plain("watch", Main, "anybody may start it"), .. Plain("fork", Main, "anybody may start it"),
        .. Plain("gollum", Main, "anybody may start it"),
        // Unknown, or contradictory.
        .. Plain("workflow_call", Main, "it is not known who can start"), .. Plain("dynamic", Main, "it is not known who can start"),
        .. Plain("PUSH", Main, "it is not known who can start"), .. Plain("push ", Main, "it is not known who can start"),
        .. Plain("::error::x", Main, "it is not known who can start"), .. Plain("", Main, "it is not known who can start"),
        .. Plain("push", Merge, "which is not a branch or tag"), .. Plain("workflow_dispatch", "refs/pull/7/head", "not a branch or tag"),
        ("push", Main, """{"repository":{"full_name":"eve/shop"}}""", "GITHUB_REPOSITORY is 'acme/shop'"),
        ("push", Main, """{"repository":{"id":1}}""", "GITHUB_REPOSITORY is 'acme/shop'"),
        ("push", Main, Of(""" "ref":"refs/heads/other" """), "GITHUB_REF is 'refs/heads/main'"),
    ];

    /// <summary>The runs that no action may publish from.</summary>
    public static IEnumerable<(string Event, string Ref, string Payload)> Untrusted =>
        All.Select(row => row.Data).Where(e => e.Item4.Length > 0).Select(e => (e.Item1, e.Item2, e.Item3));

    private static IEnumerable<(string Event, string Ref, string Payload, string Refusal)> Plain(
        string name, string reference, string refusal = "") => [(name, reference, Of(), refusal)];

    private static string Pull(string head, string more = "") =>
        Of($$"""
            "pull_request":{"head":{"ref":"main","repo":{{head}} } {{more}} }
            """);

    private static string WorkflowRun(string head, string started) =>
        Of($$"""
            "workflow_run":{"event":"{{started}}","head_branch":"main","head_repository":{{head}} }
            """);

    private static string CheckRun(string head) =>
        Of($$"""
            "check_run":{"check_suite":{"head_branch":"main","pull_requests":[{"head":{"repo":{{head}} } }]} }
            """);

    private static string Of(string fields = "") =>
        $$"""{"repository":{"id":1,"full_name":"acme/shop"}{{(fields.Length > 0 ? "," : "")}}{{fields}} }""";
}
