using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Cuts a release: the version into its files, the changelog rolled, then a tag or a release branch.</summary>
internal sealed class ReleasePrepareAction : IAction
{
    // The account that GitHub's own workflows commit by.
    private static readonly (string Name, string Email) Bot = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com");

    public string Name => "release-prepare";

    public string Description => "Cuts a release: bumps the version, rolls the changelog, and pushes a tag, or opens the pull request of a release branch.";

    public IReadOnlyList<string> Permissions => ["contents: write", "pull-requests: write"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new ReleasePrepareInputs(inputs), new ReleasePrepareOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(ReleasePrepareInputs inputs, ReleasePrepareOutputs outputs, World world, CancellationToken cancellation)
    {
        var screen = new Screen(world, world.IsTerminal && inputs.Log == LogStyle.Auto);
        var reading = new FactsReading(inputs, world);
        var facts = await reading.ReadAsync(cancellation);
        var plan = PreparePlan.For(facts);
        Tell(plan, outputs, screen, inputs.DryRun);
        if (plan.Broken.Count > 0 && !inputs.DryRun) throw new ActionException(ExitCode.Refused, plan.Broken);
        foreach (var finding in plan.Broken) world.Log.Warning(finding);

        var draft = await Draft.MakeAsync(plan, reading.Apart, await SignatureAsync(world, cancellation), cancellation);
        if (inputs.DryRun)
        {
            screen.Draft(draft, plan);
            screen.Nothing(plan);
            return;
        }

        if (draft.Diff.Length > 0) screen.Step("commit", ("commit", draft.Commit[..12]), ("files", plan.Commit!.Changes.Count), ("status", "ok"));
        outputs.Commit.Set(plan.Pushed ?? draft.Commit);
        outputs.PullRequest.Set(await new Publication(plan, draft, reading.Apart, world, screen).RunAsync(cancellation));
        screen.Next(plan.Next);
    }

    private static void Tell(PreparePlan plan, ReleasePrepareOutputs outputs, Screen screen, bool isDryRun)
    {
        screen.Plan(plan);
        screen.Step("preflight", ("flow", plan.Settings.Flow.ToString().ToLowerInvariant()), ("broken", plan.Broken.Count), ("status", plan.Broken.Count == 0 ? "ok" : isDryRun ? "dry-run" : "refused"));
        screen.Step("version", ("old", plan.Choice.Old?.Text ?? "none"), ("new", plan.Release.Version), ("bump", plan.Choice.Bump), ("status", "ok"));
        screen.Step("changelog", ("source", plan.ChangelogSource), ("status", plan.ChangelogSource is "none" or "written" ? "skipped" : "ok"));
        outputs.Version.Set(plan.Release.Version.Text);
        outputs.PreviousVersion.Set(plan.Choice.Old?.Text ?? "");
        outputs.Tag.Set(plan.Release.Name);
        outputs.Bump.Set(plan.Choice.Bump);
        outputs.Branch.Set(plan.Pull?.Head ?? (plan.Branches.Count > 0 ? plan.Branches[^1].Name : ""));
        outputs.Commit.Set("");
        outputs.PullRequest.Set("");
    }

    private static async Task<Signature> SignatureAsync(World world, CancellationToken cancellation)
    {
        var (name, email) = await world.Git.FindAuthorAsync(cancellation) ?? (world.Runner.IsRunner ? Bot : throw ActionException.BadInput(
            "git does not know who makes the release", "git config user.name 'Your Name' && git config user.email you@example.com"));
        return new Signature(name, email, world.Clock.GetUtcNow());
    }
}
