using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.VersionValidate;

/// <summary>Determines which version a run releases, and whether it may be released.</summary>
internal sealed class VersionValidateAction : ReleaseAction<ValidationRequest, ValidationFacts, ValidationPlan, ValidationOutputs>
{
    public override string Name => "version-validate";

    public override string Description =>
        "Determines which version a tag or a manual run releases, and refuses it where it breaks a rule of the release policy.";

    public override IReadOnlyList<string> Permissions => ["contents: read"];

    protected override Changes Changes => Changes.None;

    protected override ValidationOutputs Declare(Outputs outputs) => new(outputs);

    protected override ValidationRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs, policy);

    protected override Task<ValidationFacts> GatherAsync(ValidationRequest request, Readers readers, CancellationToken cancellation) =>
        new ValidationGathering(request, readers).GatherAsync(cancellation);

    protected override ValidationPlan Plan(ValidationRequest request, ValidationFacts facts) => ValidationPlan.For(facts);

    protected override void Report(ValidationPlan plan, ValidationOutputs outputs) => outputs.Set(plan);

    // The plan is the result: nothing is changed.
    protected override Task ApplyAsync(ValidationPlan plan, ValidationOutputs outputs, Writers writers, CancellationToken cancellation) =>
        Task.CompletedTask;
}
