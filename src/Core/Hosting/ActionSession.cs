using ReleaseActions.Core.Policy;

namespace ReleaseActions.Core.Hosting;

/// <summary>One run of an action: what the host does between its steps.</summary>
internal sealed class ActionSession(Clients clients, Inputs inputs, Outputs outputs, StandardInputs standard)
{
    /// <summary>The values of the inputs.</summary>
    public Inputs Inputs => inputs;

    /// <summary>The declared outputs.</summary>
    public Outputs Outputs => outputs;

    /// <summary>The team's policy, for the product of this run.</summary>
    public ReleasePolicy Policy => clients.Policy;

    /// <summary>What facts are gathered with.</summary>
    public Readers Readers { get; } = new(clients);

    /// <summary>What a plan is applied with.</summary>
    public Writers Writers(Changes changes) =>
        standard.DryRun ? throw new InvalidOperationException("A dry run has no writers") : new(clients, changes);

    /// <summary>
    /// Refuses a run in which a stranger may have a say in what leaves the job, and a commit whose policy guards a release less than the
    /// default branch's does. In a dry run, the refusals are warnings.
    /// </summary>
    /// <exception cref="ActionException">
    /// That is so (exit 3), the event's file is wrong (exit 2), or GitHub does not send the default branch's policy (exit 4).
    /// </exception>
    public async Task RequireTrustAsync(Changes changes, CancellationToken cancellation)
    {
        if ((changes & ~Changes.Files) == 0) return;
        try
        {
            clients.Runner.RequireTrust();
            if (!clients.Runner.IsRunner) return;
            var loosened = Policy.LoosenedFrom(await clients.PolicyOfDefaultBranchAsync(cancellation), Today);
            if (loosened.Count > 0) throw new ActionException(ExitCode.Refused, loosened);
        }
        catch (ActionException e) when (standard.DryRun)
        {
            foreach (var finding in e.Findings) clients.Log.Warning(finding);
        }
    }

    /// <summary>Shows a plan on the page of the run and in the log. A later plan replaces an earlier one.</summary>
    public void Show(IPlan plan)
    {
        clients.Summary.Plan = plan.ToMarkdown() + (standard.DryRun ? "\n\n_Dry run: nothing was changed._" : "");
        plan.WriteTo(clients.Log);
    }

    /// <summary>Whether a plan is to be carried out.</summary>
    /// <exception cref="ActionException">Something forbids it, or a secret is in an output or in the summary (exit 3).</exception>
    public bool MayApply(IPlan plan)
    {
        if (plan.Refusals.Count > 0 && (!standard.DryRun || plan.IsStrict)) throw new ActionException(plan.RefusalCode, plan.Refusals);
        foreach (var refusal in plan.Refusals) clients.Log.Warning(refusal);
        CommandFiles.Check(clients.Log, outputs, clients.Summary);
        return !standard.DryRun;
    }

    /// <summary>Logs that the outside changed while a plan was applied, and that it is looked at again.</summary>
    public void ReportConflict(ActionException conflict, int attempt) =>
        clients.Log.Step("conflict", ("attempt", attempt), ("reason", conflict.Findings[0].Message), ("status", "planning-again"));

    private DateOnly Today => DateOnly.FromDateTime(clients.Clock.GetUtcNow().UtcDateTime);
}
