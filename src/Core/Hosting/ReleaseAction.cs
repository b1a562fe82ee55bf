using ReleaseActions.Core.Policy;

namespace ReleaseActions.Core.Hosting;

/// <summary>A program of the suite, as the host and the documentation see it.</summary>
/// <remarks><see cref="ReleaseAction{TRequest,TFacts,TPlan,TOutputs}"/> has its steps.</remarks>
public abstract class ReleaseAction
{
    /// <summary>The name in kebab-case; also the program's file name and the folder under <c>actions/</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence: what it does for the person who uses it.</summary>
    public abstract string Description { get; }

    /// <summary>The permissions that its token needs, as lines of a workflow's <c>permissions:</c>; for the README.</summary>
    public abstract IReadOnlyList<string> Permissions { get; }

    /// <summary>What it may change. The host checks trust by it, and hands out writers for nothing else.</summary>
    protected internal abstract Changes Changes { get; }

    /// <summary>Whether the policy of the workspace applies; without it, requests are read with the defaults.</summary>
    protected internal virtual bool UsesPolicyOfWorkspace => true;

    /// <summary>Declares inputs and outputs; nothing is run.</summary>
    internal abstract void Declare(Inputs inputs, Outputs outputs);

    /// <summary>Request, facts, plan, apply.</summary>
    internal abstract Task RunAsync(ActionSession session, CancellationToken cancellation);
}

/// <summary>An action in four steps: request, facts, plan, apply. The host owns all that must be the same everywhere.</summary>
/// <typeparam name="TRequest">The inputs merged with the policy. Pure.</typeparam>
/// <typeparam name="TFacts">What was looked up for the request.</typeparam>
/// <typeparam name="TPlan">All decisions. Pure.</typeparam>
/// <typeparam name="TOutputs">The declared outputs.</typeparam>
public abstract class ReleaseAction<TRequest, TFacts, TPlan, TOutputs> : ReleaseAction where TPlan : IPlan
{
    // A rival that is faster three times is not a race any more.
    private const int MostAttempts = 3;

    /// <summary>Declares the outputs.</summary>
    protected abstract TOutputs Declare(Outputs outputs);

    /// <summary>Merges inputs and policy. It throws nothing over inputs that are absent.</summary>
    /// <remarks>Problems go to <see cref="Inputs.Reject"/>, so that all are reported at once.</remarks>
    protected abstract TRequest Read(Inputs inputs, ReleasePolicy policy);

    /// <summary>Looks up what the request needs; it cannot write.</summary>
    protected abstract Task<TFacts> GatherAsync(TRequest request, Readers readers, CancellationToken cancellation);

    /// <summary>Decides. The same request and facts give the same plan.</summary>
    protected abstract TPlan Plan(TRequest request, TFacts facts);

    /// <summary>Sets the outputs that follow from the plan: of a dry run these stay, otherwise applying may set them again.</summary>
    protected abstract void Report(TPlan plan, TOutputs outputs);

    /// <summary>Carries the plan out.</summary>
    /// <exception cref="ActionException">
    /// One made by <see cref="ActionException.Conflict"/>: the outside changed since the facts were gathered. The host gathers and plans
    /// again.
    /// </exception>
    protected abstract Task ApplyAsync(TPlan plan, TOutputs outputs, Writers writers, CancellationToken cancellation);

    /// <summary>What this request may change; narrower than <see cref="ReleaseAction.Changes"/> where an input says so.</summary>
    protected virtual Changes ChangesOf(TRequest request) => Changes;

    internal sealed override void Declare(Inputs inputs, Outputs outputs)
    {
        Declare(outputs);
        Read(inputs, ReleasePolicy.Defaults);
    }

    internal sealed override async Task RunAsync(ActionSession session, CancellationToken cancellation)
    {
        var outputs = Declare(session.Outputs);
        var request = Read(session.Inputs, UsesPolicyOfWorkspace ? session.Policy : ReleasePolicy.Defaults);
        session.Inputs.ThrowIfWrong();
        var changes = ChangesOf(request) & Changes;
        await session.RequireTrustAsync(changes, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var plan = Plan(request, await GatherAsync(request, session.Readers, cancellation));
            session.Show(plan);
            Report(plan, outputs);
            if (!session.MayApply(plan)) return;
            try
            {
                await ApplyAsync(plan, outputs, session.Writers(changes), cancellation);
                return;
            }
            catch (ActionException e) when (e.IsConflict && attempt < MostAttempts)
            {
                session.ReportConflict(e, attempt);
            }
        }
    }
}
