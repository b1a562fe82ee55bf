using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Cuts a release: the version into its files, the changelog rolled, then a tag or a release branch.</summary>
internal sealed class ReleasePrepareAction : ReleaseAction<PrepareRequest, PrepareFacts, PreparePlan, PrepareOutputs>
{
    public override string Name => "release-prepare";

    public override string Description =>
        "Cuts a release: bumps the version, rolls the changelog, and pushes a tag, or opens the pull request of a release branch.";

    public override IReadOnlyList<string> Permissions => ["contents: write", "pull-requests: write"];

    protected override Changes Changes => Changes.Files | Changes.Refs | Changes.PullRequests;

    protected override PrepareOutputs Declare(Outputs outputs) => new(outputs);

    protected override PrepareRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs, policy);

    protected override Task<PrepareFacts> GatherAsync(PrepareRequest request, Readers readers, CancellationToken cancellation) =>
        new PrepareGathering(request, readers).GatherAsync(cancellation);

    protected override PreparePlan Plan(PrepareRequest request, PrepareFacts facts) => PreparePlan.For(facts);

    protected override void Report(PreparePlan plan, PrepareOutputs outputs) => outputs.Set(plan);

    protected override async Task ApplyAsync(PreparePlan plan, PrepareOutputs outputs, Writers writers, CancellationToken cancellation)
    {
        var screen = new Screen(writers.Log, plan.IsDrawn);
        screen.Commit(plan);
        outputs.Commit.Set(plan.Pushed ?? plan.Draft.Commit);
        await new PushStep(plan, writers, screen).RunAsync(cancellation);
        await new CheckoutStep(plan, writers, screen).RunAsync();
        outputs.PullRequest.Set(await new PullRequestStep(plan, writers, screen).RunAsync(cancellation));
        screen.Next(plan);
    }
}
