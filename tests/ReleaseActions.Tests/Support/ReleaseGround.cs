using ReleaseActions.Core.Running;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Support;

/// <summary>A checkout whose origin is behind a sandbox GitHub, and a clock on which waits are over at once. At its end nothing may have been done that GitHub's manual forbids.</summary>
public sealed class ReleaseGround : IAsyncDisposable
{
    private const string Token = "sandbox-token";

    private bool _isForgiven;

    private ReleaseGround(Checkout checkout, SandboxServer gitHub, PromptClock clock) => (Checkout, GitHub, Clock) = (checkout, gitHub, clock);

    public Checkout Checkout { get; }

    public SandboxServer GitHub { get; }

    public PromptClock Clock { get; }

    /// <param name="change">What is special about the sandbox.</param>
    /// <param name="clock">The clock of the runs; one of the ground's own where null.</param>
    public static async Task<ReleaseGround> NewAsync(Func<SandboxOptions, SandboxOptions>? change = null, PromptClock? clock = null)
    {
        var checkout = new Checkout();
        var options = new SandboxOptions { BareRepository = checkout.Origin, StateFolder = checkout.Aside("sandbox") };
        return new ReleaseGround(checkout, await SandboxServer.StartAsync(change is null ? options : change(options)), clock ?? new PromptClock());
    }

    /// <summary>A rig whose GitHub is the sandbox.</summary>
    /// <param name="transport">What HTTP goes through; the machine's own network where null.</param>
    public Rig Rig(HttpMessageHandler? transport = null) => new Rig(Checkout) { Clock = Clock, Transport = transport }
        .With("GITHUB_API_URL", GitHub.ApiUrl).With("GITHUB_SERVER_URL", GitHub.ServerUrl).Input("token", Token);

    /// <summary>The requests that changed something, as <c>POST releases</c>.</summary>
    public IReadOnlyList<string> Writes => [.. GitHub.Traffic.Writes.Select(e => $"{e.Method} {e.Path.Split("/acme/shop/")[^1]}")];

    /// <summary>Puts a fault on requests to come.</summary>
    public ReleaseGround Fault(string method, string path, FaultKind kind, int times = 1, int skip = 0)
    {
        GitHub.Faults.Add(new Fault(method, path, kind, times, skip));
        return this;
    }

    /// <summary>Runs an action for a pushed tag. Whatever becomes of it, the token shows nowhere.</summary>
    public async Task<RunResult> RunOnTagAsync(IAction action, string tag, params (string Name, string Value)[] inputs)
    {
        var run = await inputs.Aggregate(Rig().OnTag(tag), (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(action);
        run.Log.Replace($"::add-mask::{Token}", "", StringComparison.Ordinal).Should().NotContain(Token);
        string.Concat([run.Summary, .. run.Outputs.Values]).Should().NotContain(Token);
        return run;
    }

    /// <summary>Another's program was the client: what it does is not ours to answer for.</summary>
    public void ForgiveViolations() => _isForgiven = true;

    public async ValueTask DisposeAsync()
    {
        var (violations, unknown) = (GitHub.Violations, GitHub.Traffic.Unknown.ToList());
        await GitHub.DisposeAsync();
        Checkout.Dispose();
        if (_isForgiven) return;
        violations.Should().BeEmpty();
        unknown.Should().BeEmpty();
    }
}
