using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.VersionValidate;

/// <summary>Says which version a run releases, and whether it may be released.</summary>
internal sealed class VersionValidateAction : IAction
{
    public string Name => "version-validate";

    public string Description => "Says which version a tag or a manual run releases, and refuses it where the release policy does.";

    public IReadOnlyList<string> Permissions => ["contents: read"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new VersionValidateInputs(inputs), new VersionValidateOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(VersionValidateInputs inputs, VersionValidateOutputs outputs, World world, CancellationToken cancellation)
    {
        var facts = await new FactsReading(inputs, world).ReadAsync(cancellation);
        var plan = ValidationPlan.For(facts);
        world.Summary.Add(plan.ToMarkdown());
        world.Log.Step("validate", ("version", facts.Release.Version), ("commit", facts.Commit[..12]), ("broken", plan.Broken.Count), ("status", plan.Broken.Count == 0 ? "ok" : "refused"));
        if (plan.IsEmergency) Record(facts, world);
        outputs.Set(plan);
        if (plan.Broken.Count == 0) return;
        if (!inputs.DryRun) throw new ActionException(plan.Cause, [.. plan.Broken.Select(v => v.Finding!)]);
        foreach (var verdict in plan.Broken) world.Log.Warning(verdict.Finding!);
    }

    private static void Record(ValidationFacts facts, World world)
    {
        var who = world.Runner.Actor ?? "somebody";
        world.Log.Step("emergency", ("version", facts.Release.Version), ("day", $"{facts.Today:yyyy-MM-dd}"), ("actor", who), ("reason", facts.EmergencyReason), ("status", "recorded"));
        world.Log.Notice($"{facts.Release.Version} goes out in a blackout, as an emergency of {who}: {facts.EmergencyReason}");
    }
}
