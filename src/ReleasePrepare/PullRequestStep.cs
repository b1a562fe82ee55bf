using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Opens the pull request, unless there is one.</summary>
internal sealed class PullRequestStep(PreparePlan plan, Writers writers, Screen screen)
{
    /// <returns>The pull request's address; empty where the plan has none.</returns>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        if (plan.Pull is not { } pull) return "";
        var (found, status) = (await FindAsync(pull, cancellation), "there");
        if (found is null)
        {
            found = await TryOpenAsync(pull, cancellation) ?? await FindAsync(pull, cancellation);
            status = "ok";
        }

        if (found is null)
            throw ActionException.Remote(
                $"GitHub was asked to open a pull request from {pull.Head} into {pull.Into}, and no answer came",
                "Run it again: the branches are pushed, and the pull request is opened then");
        screen.Step("pull-request", ("number", found.Number), ("url", found.HtmlUrl), ("status", status));
        return found.HtmlUrl;
    }

    private async Task<PullRequest?> FindAsync(PlannedPull pull, CancellationToken cancellation)
    {
        var open = await writers.GitHub.ListOpenPullRequestsAsync(cancellation);
        return open.FirstOrDefault(p => p.Base.Ref == pull.Into && writers.GitHub.IsFrom(p, pull.Head));
    }

    // Null where nobody knows what became of it: look before asking again.
    private async Task<PullRequest?> TryOpenAsync(PlannedPull pull, CancellationToken cancellation)
    {
        var purpose = $"open a pull request from {pull.Head} into {pull.Into}";
        var request = new ApiRequest(HttpMethod.Post, writers.GitHub.Repository($"/pulls"), purpose, "pull-requests: write")
        {
            Body = new JsonObject { ["title"] = pull.Title, ["head"] = pull.Head, ["base"] = pull.Into, ["body"] = pull.Body },
        };
        return (await writers.GitHub.TrySendAsync(request, cancellation))?.Read(request, PullRequestJson.Default.PullRequest);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(PullRequest))]
internal sealed partial class PullRequestJson : JsonSerializerContext;
