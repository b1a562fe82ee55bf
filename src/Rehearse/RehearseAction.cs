using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>Plays a whole release on this machine, so that nobody has to release in order to test a release.</summary>
internal sealed class RehearseAction : IAction
{
    public string Name => "rehearse";

    public string Description => "Plays the release of a repository on this machine, against a sandbox of GitHub and a registry. Nothing leaves the machine.";

    public IReadOnlyList<string> Permissions => [];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var given = new RehearseInputs(inputs);
        return (world, cancellation) => RunAsync(given, world, cancellation);
    }

    private static async Task RunAsync(RehearseInputs inputs, World world, CancellationToken cancellation)
    {
        // A dry run plans on a copy that goes away, and leaves an earlier rehearsal as it is.
        using var folder = world.Workspace.At(inputs.DryRun && !inputs.Again ? world.Workspace.Scratch : inputs.Output);
        var stage = new Stage(folder, world);
        stage.Claim();
        var (facts, options) = await ReadFactsAsync(inputs, world, folder, stage, cancellation);
        await using var sandbox = await SandboxServer.StartAsync(options);
        facts = facts with { Registry = facts.Registry.Length > 0 ? facts.Registry : $"{sandbox.Registry}/{facts.Name.Split('/')[0].ToLowerInvariant()}" };
        var plan = RehearsalPlan.For(facts);
        if (inputs.DryRun)
        {
            world.Summary.Add(plan.ToMarkdown(facts));
            return;
        }

        // A path is enough for programs; git in a container has no shell to reach it by.
        await world.Git.In(stage.Work).SetOriginAsync(inputs.ActionImages is null ? stage.Origin : sandbox.GitUrl, cancellation);
        var screen = new Screen(world.Log, world.IsTerminal);
        var secrets = new JobSecrets(Stage.Token, inputs.Registry is null ? Stage.Token : null, options.OrganizationToken, await stage.SigningKeyAsync(cancellation));
        if (GrantedGates.Grant(sandbox, facts, Stage.RunId)) world.Log.Line("the checks, labels and approvals of the policy are taken for granted");
        if (secrets.SigningKey is null) world.Log.Line("cosign is not there: the files are not signed");
        var runner = new StepRunner(world, stage, stage.Variables(facts, sandbox.ApiUrl), inputs.Programs ?? Path.Combine(AppContext.BaseDirectory, "programs"), inputs.ActionImages, secrets);
        var steps = await PlayAsync(plan, runner, sandbox, stage, world, screen, cancellation);
        var page = await new PublicFolder(folder, sandbox, facts).WriteAsync([.. steps.Select(s => s.Result)], cancellation);
        screen.Table(steps, page);
        if (steps.FirstOrDefault(s => s.Result.ExitCode != ExitCode.Done) is { Result: { } failed })
            throw new ActionException(failed.ExitCode, [new Finding($"The step {failed.Step.Action} ended with exit code {(int)failed.ExitCode}", "Its log above tells why and what to do")]);
    }

    private static async Task<(RehearsalFacts, SandboxOptions)> ReadFactsAsync(RehearseInputs inputs, World world, Workspace folder, Stage stage, CancellationToken cancellation)
    {
        var source = inputs.Sample && !inputs.Again ? await new SampleProduct(folder, world).WriteAsync(cancellation) : await FindRepositoryAsync(inputs, folder, world, cancellation);
        var tag = RefName.Require("tag", inputs.Tag ?? (inputs.Sample ? SampleProduct.Tag : throw ActionException.BadInput("No tag was given", "Say which release to play: --tag v1.2.3")));
        if (inputs.Again && !stage.IsSet) throw ActionException.BadInput($"There is no earlier rehearsal in '{folder.Root}'", "Rehearse once without --again");
        var commit = inputs.Again ? await stage.CommitAsync(cancellation) : await stage.SetAsync(source.Root, tag, cancellation);
        using var work = folder.At("work");
        var policy = world.OfProduct(ReleasePolicy.Read(work.ReadText(world.PolicyFile), world.PolicyFile), tag);
        _ = ReleaseTag.Require(tag, policy.Version.TagPrefix);
        foreach (var file in stage.CopyBuiltFiles(source, policy)) world.Log.Step("copy", ("file", file), ("status", "ok"));
        var name = inputs.Sample ? SampleProduct.Name : inputs.Name ?? RepositoryName.Of(await world.Git.In(source.Root).OriginAsync(cancellation)) ?? "rehearsal/repository";
        var options = new SandboxOptions { Owner = name.Split('/')[0], Repository = name.Split('/')[1], BareRepository = stage.Origin, StateFolder = stage.State, Token = Stage.Token };
        return (new RehearsalFacts(name, tag, commit, policy, inputs.Registry ?? ""), options);
    }

    private static async Task<Workspace> FindRepositoryAsync(RehearseInputs inputs, Workspace folder, World world, CancellationToken cancellation)
    {
        if (inputs.Sample) return folder.At(SampleProduct.Folder);
        var given = world.Workspace.At(inputs.Repo);
        var top = await world.Git.In(given.Root).FindTopAsync(cancellation)
            ?? throw ActionException.BadInput($"'{inputs.Repo}' is not a git repository", "Name the folder of a clone with --repo");
        return given.At(top);
    }

    private static async Task<IReadOnlyList<(StepResult Result, string Verdict)>> PlayAsync(
        RehearsalPlan plan, StepRunner runner, SandboxServer sandbox, Stage stage, World world, Screen screen, CancellationToken cancellation)
    {
        using var work = world.Workspace.At(stage.Work);
        var played = new List<(StepResult Result, string Verdict)>();
        var before = await PublicState.ReadAsync(world.Git.In(stage.Origin), sandbox, work, cancellation);
        foreach (var (index, step) in plan.Steps.Index())
        {
            screen.Begin(index + 1, plan.Steps.Count, step);
            if (step.Skipped is { } why)
            {
                screen.Skip(step);
                played.Add((new StepResult(step, ExitCode.Done, new Dictionary<string, string>(), "", 0), $"skipped: {why}"));
                continue;
            }

            var result = await runner.RunAsync(step, screen.Line, cancellation);
            var after = await PublicState.ReadAsync(world.Git.In(stage.Origin), sandbox, work, cancellation);
            played.Add((result, VerdictOf(result, after.ChangesSince(before))));
            screen.End(played[^1].Verdict);
            before = after;
            if (result.ExitCode != ExitCode.Done) break;
        }

        return played;
    }

    // What changed is measured on the repository, the releases, the registry and the files, not taken from the step's own word.
    private static string VerdictOf(StepResult result, IReadOnlyList<Change> changes)
    {
        if (result.ExitCode != ExitCode.Done) return "failed";
        if (changes.Count == 0) return "nothing to do";
        return string.Join(", ", changes.GroupBy(c => (c.Sign, c.Kind)).Select(g => g.Count() == 1 ? $"{g.Key.Sign} {g.Key.Kind} {g.First().Name}" : $"{g.Key.Sign} {g.Count()} {g.Key.Kind}s"));
    }
}
