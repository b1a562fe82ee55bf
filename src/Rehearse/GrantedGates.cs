using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>What only GitHub knows, a rehearsal takes for granted: checks are green, labels are there and no issue bears them, and each team has approved. The calendar is not: a blackout is one here too.</summary>
internal static class GrantedGates
{
    private const string Approver = "rehearsal-approver";

    /// <summary>Tells the sandbox what the policy's gates ask for.</summary>
    /// <param name="sandbox">The stand-in of GitHub.</param>
    /// <param name="facts">What is known before the first step.</param>
    /// <param name="run">The number of the workflow's run.</param>
    /// <returns>Whether there was anything to grant.</returns>
    public static bool Grant(SandboxServer sandbox, RehearsalFacts facts, long run)
    {
        var gates = facts.Policy.Gates;
        foreach (var check in gates.Checks) sandbox.Put(new CheckRun(facts.Commit, check));
        sandbox.PutLabels([.. gates.BlockingLabels]);
        foreach (var approval in gates.Approvals)
        {
            if (approval.Members.Count == 0) sandbox.PutTeam(approval.Team, Approver);
            sandbox.Put(new RunApproval(run, approval.Members is [var member, ..] ? member : Approver, gates.Environments is [var environment, ..] ? environment : "production"));
        }

        return gates.Checks.Count + gates.BlockingLabels.Count + gates.Approvals.Count > 0;
    }
}
