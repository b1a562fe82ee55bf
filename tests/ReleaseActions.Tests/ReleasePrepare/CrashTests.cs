using ReleaseActions.Core;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>The program is killed at each request, its git with it, and the next run ends where an undisturbed one does.</summary>
[Trait("Row", "F33")]
public sealed class CrashTests
{
    /// <summary>Each way to cut a release, with its inputs.</summary>
    public static TheoryData<string, string> Flows => new()
    {
        { "branch", "INPUT_VERSION=1.3.0" },
        { "from main", "INPUT_BUMP=patch" },
        { "tag", "INPUT_BUMP=patch INPUT_FLOW=tag" },
        { "promotion", "INPUT_VERSION=1.3.0 INPUT_FLOW=promote" },
        { "divergent promotion", "INPUT_VERSION=1.3.0 INPUT_FLOW=promote" },
        { "rollback", "INPUT_FLOW=rollback INPUT_REASON=burns" },
    };

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task A_run_that_is_killed_at_any_request_is_finished_by_the_next(string flow, string inputs)
    {
        var (wanted, methods) = await UndisturbedAsync(flow, inputs);
        methods.Should().NotBeEmpty();
        foreach (var (request, method) in methods.Index())
        {
            await KilledAsync(flow, inputs, wanted, ground => AtRequest(ground, request, isDone: false));
            // Killed before or after it reads is the same.
            if (method != "GET") await KilledAsync(flow, inputs, wanted, ground => AtRequest(ground, request, isDone: true));
        }
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public async Task A_run_that_is_killed_while_it_pushes_is_finished_by_the_next(string flow, string inputs)
    {
        if (flow == "promotion") return; // It pushes nothing.
        var (wanted, _) = await UndisturbedAsync(flow, inputs);
        foreach (var hook in (string[])["pre-receive", "post-receive"])
            await KilledAsync(flow, inputs, wanted, ground => AtPush(ground, hook));
    }

    // Kills it, and gives what is to be done before the next run.
    private static Func<Task> AtRequest(BranchGround ground, int request, bool isDone)
    {
        async Task Kill()
        {
            (await ground.Ground.Client.Task).KillAll();
            if (!isDone) throw new IOException("killed");
        }

        ground.Ground.Fault("*", "**", isDone ? FaultKind.After(Kill) : FaultKind.Before(Kill), skip: request);
        return () => Task.CompletedTask;
    }

    // A hook of origin waits until the program is gone: before anything of the push is done, or after all of it.
    private static Func<Task> AtPush(BranchGround ground, string hook)
    {
        var (begun, killed) = (Path.Combine(ground.Checkout.Aside("hook"), "begun"), Path.Combine(ground.Checkout.Aside("hook"), "killed"));
        var ended = Path.Combine(ground.Checkout.Aside("hook"), "ended");
        var hooks = Directory.CreateDirectory(Path.Combine(ground.Checkout.Origin, "hooks")).FullName;
        var result = hook == "pre-receive" ? 1 : 0;
        const string Wait = "sleep 0.02; n=$((n+1))";
        Script.Write(
            hooks, hook,
            $"touch {begun}; n=0; until test -e {killed} || test $n = 500; do {Wait}; done; touch {ended}; exit {result}");
        var kill = Task.Run(async () =>
        {
            while (!File.Exists(begun)) await Task.Delay(10);
            try
            {
                (await ground.Ground.Client.Task).KillAll();
            }
            // Its end was seen elsewhere first.
            catch (InvalidOperationException)
            {
            }

            File.WriteAllText(killed, "");
        });
        return async () =>
        {
            await kill;
            while (!File.Exists(ended)) await Task.Delay(10);
            File.Delete(Path.Combine(hooks, hook));
        };
    }

    private static async Task KilledAsync(string flow, string inputs, string wanted, Func<BranchGround, Func<Task>> killer)
    {
        await using var ground = await NewAsync(flow);
        var clear = killer(ground);
        (await RunAsync(ground, inputs)).Should().Be(137, flow);
        await clear();
        ground.Ground.GitHub.Faults.AllPlayed.Should().BeTrue();

        var exit = (ExitCode)await RunAsync(ground, inputs);

        // A tag that the killed run pushed is a release that was made: nothing has changed since, and the next run says so.
        if (flow != "tag" || exit != ExitCode.Refused) exit.Should().Be(ExitCode.Done, flow);
        StateOf(ground).Should().Be(wanted, flow);
    }

    private static async Task<(string State, IReadOnlyList<string> Methods)> UndisturbedAsync(string flow, string inputs)
    {
        await using var ground = await NewAsync(flow);
        var before = ground.Ground.GitHub.Traffic.Entries.Count;
        (await RunAsync(ground, inputs)).Should().Be(0, flow);
        return (StateOf(ground), [.. ground.Ground.GitHub.Traffic.Entries.Skip(before).Select(e => e.Method)]);
    }

    private static async Task<int> RunAsync(BranchGround ground, string inputs)
    {
        var variables = inputs.Split(' ').Select(i => (i.Split('=')[0], i.Split('=')[1]));
        (string, string)[] none = [("INPUT_VERSION", ""), ("INPUT_FILES", ""), ("INPUT_BODY", "")];
        using var process = new ReleaseProcess(
            ground.Ground, "dotnet", ReleaseProcess.Program("ReleasePrepare", "release-prepare"), [.. none, .. variables]);
        return (await process.EndAsync()).ExitCode;
    }

    private static async Task<BranchGround> NewAsync(string flow)
    {
        var isFromMain = flow is "from main" or "tag" or "rollback";
        var ground = await BranchGround.NewAsync(isFromMain ? BranchGround.FromMain : BranchGround.FromDevelop);
        if (flow == "promotion") await ground.CutAsync();
        if (flow == "divergent promotion") await ground.DivergeAsync();
        if (isFromMain) ground.Checkout.Switch("main").Write("app", "3").Commit("fix: third");
        ground.Checkout.Push();
        if (flow == "rollback") ground.Checkout.Tag("v1.3.0");
        ground.Checkout.Switch("main");
        return ground;
    }

    // Trees, not commits: the next run makes its commit at another second.
    private static string StateOf(BranchGround ground)
    {
        const string Format = "--format=%(refname) %(objecttype) %(tree)%(*tree)";
        var refs = ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "for-each-ref", Format, "refs/heads", "refs/tags");
        return string.Join('\n', [refs, .. ground.Ground.GitHub.PullRequests.Select(p => $"{p.Title}: {p.Head} → {p.Base}")]);
    }
}
