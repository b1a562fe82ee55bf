using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Tests.Hosting;

/// <summary>An action whose steps do what a test wants. It declares one input, `name`, and one output, `said`.</summary>
internal sealed class SampleAction(Changes changes = Changes.None) : ReleaseAction<SampleRequest, int, SamplePlan, Output>
{
    public Func<Readers, Task> OnGather { get; init; } = _ => Task.CompletedTask;

    public Func<Writers, Task> OnApply { get; init; } = _ => Task.CompletedTask;

    public IReadOnlyList<Finding> Refusals { get; init; } = [];

    /// <summary>The steps that the host took, in order.</summary>
    public List<string> Steps { get; } = [];

    public override string Name => "sample";

    public override string Description => "Does what the test wants.";

    public override IReadOnlyList<string> Permissions => [];

    protected internal override Changes Changes => changes;

    protected override Output Declare(Outputs outputs) => outputs.Declare("said", "What was said.");

    protected override SampleRequest Read(Inputs inputs, ReleasePolicy policy) =>
        new(inputs.OptionalText("name", "A name."), inputs.IsDryRun);

    protected override async Task<int> GatherAsync(SampleRequest request, Readers readers, CancellationToken cancellation)
    {
        Steps.Add("gather");
        readers.Log.Line($"name={request.Name} dry-run={request.IsDryRun}");
        await OnGather(readers);
        return Steps.Count;
    }

    protected override SamplePlan Plan(SampleRequest request, int facts)
    {
        Steps.Add("plan");
        return new SamplePlan(Refusals);
    }

    protected override void Report(SamplePlan plan, Output outputs) => outputs.Set("before");

    protected override Task ApplyAsync(SamplePlan plan, Output outputs, Writers writers, CancellationToken cancellation)
    {
        Steps.Add("apply");
        return OnApply(writers);
    }
}

internal sealed record SampleRequest(string? Name, bool IsDryRun);

internal sealed record SamplePlan(IReadOnlyList<Finding> Refusals) : IPlan
{
    public string ToMarkdown() => "## A plan";

    public void WriteTo(Log log)
    {
    }
}
