using System.Net.Http.Headers;
using System.Security.Cryptography;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Support;

/// <summary>
/// A checkout whose origin is behind a sandbox GitHub, and a clock on which waits are over at once. When it ends, no request may have
/// been made that GitHub's manual forbids.
/// </summary>
public sealed class ReleaseGround : IAsyncDisposable
{
    private const string Token = "sandbox-token";

    private static readonly HttpClient Browser = new();

    private bool _isForgiven;

    private ReleaseGround(Checkout checkout, SandboxServer gitHub, PromptClock clock) =>
        (Checkout, GitHub, Clock) = (checkout, gitHub, clock);

    public Checkout Checkout { get; }

    public SandboxServer GitHub { get; }

    public PromptClock Clock { get; }

    /// <summary>The program that was started on this ground. Its first request may come before the test has it.</summary>
    public TaskCompletionSource<ReleaseProcess> Client { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="change">Changes the options of the sandbox.</param>
    /// <param name="clock">The clock of the runs; a new one where null.</param>
    public static async Task<ReleaseGround> NewAsync(Func<SandboxOptions, SandboxOptions>? change = null, PromptClock? clock = null)
    {
        var checkout = new Checkout();
        var options = new SandboxOptions { BareRepository = checkout.Origin, StateFolder = checkout.Aside("sandbox") };
        var gitHub = await SandboxServer.StartAsync(change is null ? options : change(options));
        return new ReleaseGround(checkout, gitHub, clock ?? new PromptClock());
    }

    /// <summary>A rig whose GitHub is the sandbox.</summary>
    /// <param name="transport">What HTTP goes through; the machine's network where null.</param>
    /// <param name="outputFile">The file that outputs are appended to; a new one where null.</param>
    /// <param name="summaryFile">The file that the job summary is appended to; a new one where null.</param>
    /// <param name="cancellation">Stops the run; the test's own where null.</param>
    public Rig Rig(
        HttpMessageHandler? transport = null, string? outputFile = null, string? summaryFile = null,
        CancellationToken? cancellation = null) =>
        new Rig(Checkout)
        {
            Clock = Clock, Transport = transport, OutputFile = outputFile, SummaryFile = summaryFile,
            Cancellation = cancellation ?? TestContext.Current.CancellationToken,
        }
        .With("GITHUB_API_URL", GitHub.ApiUrl).With("GITHUB_SERVER_URL", GitHub.ServerUrl).Input("token", Token);

    /// <summary>The requests that changed something, as <c>POST releases</c>.</summary>
    public IReadOnlyList<string> Writes => [.. GitHub.Traffic.Writes.Select(e => $"{e.Method} {e.Path.Split("/acme/shop/")[^1]}")];

    /// <summary>Puts a fault on requests to come.</summary>
    public ReleaseGround Fault(string method, string path, FaultKind kind, int times = 1, int skip = 0)
    {
        GitHub.Faults.Add(new Fault(method, path, kind, times, skip));
        return this;
    }

    /// <summary>Runs an action for a pushed tag. However it ends, the token is shown nowhere.</summary>
    public async Task<RunResult> RunOnTagAsync(ReleaseAction action, string tag, params (string Name, string Value)[] inputs)
    {
        var run = await inputs.Aggregate(Rig().OnTag(tag), (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(action);
        run.Log.Replace($"::add-mask::{Token}", "", StringComparison.Ordinal).Should().NotContain(Token);
        string.Concat([run.Summary, .. run.Outputs.Values]).Should().NotContain(Token);
        return run;
    }

    /// <summary>Expects one public release whose files are the checkout's byte for byte, by their digests and as downloaded.</summary>
    /// <param name="folder">Where the files are, from the checkout's root.</param>
    public Release ExpectWhole(string folder = "dist")
    {
        var release = GitHub.Releases.Should().ContainSingle().Subject;
        release.Draft.Should().BeFalse();
        release.Assets.Select(a => a.Name).Should().OnlyHaveUniqueItems();
        foreach (var asset in release.Assets)
        {
            asset.State.Should().Be("uploaded", asset.Name);
            var digest = SHA256.HashData(File.ReadAllBytes(Path.Combine(Checkout.Root, folder, asset.Name)));
            asset.Digest.Should().Be($"sha256:{Convert.ToHexStringLower(digest)}", asset.Name);
            var address = $"{GitHub.ServerUrl}/acme/shop/releases/download/{release.TagName}/{Uri.EscapeDataString(asset.Name)}";
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = Browser.Send(request);
            SHA256.HashData(answer.Content.ReadAsStream()).Should().Equal(digest, asset.Name);
        }

        return release;
    }

    /// <summary>Asks the sandbox's API for something as another client would, with the job's token.</summary>
    /// <returns>The answer's head; its body is yet to be read.</returns>
    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, $"{GitHub.ApiUrl}/repos/acme/shop/{path}");
        AsAnotherClient(request);
        return await Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Changes something as another client would, with the job's token.</summary>
    /// <returns>The status of the answer.</returns>
    public Task<int> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    /// <inheritdoc cref="PatchAsync"/>
    public async Task<int> SendAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, $"{GitHub.ApiUrl}/repos/acme/shop/{path}");
        request.Content = new StringContent(json, null, "application/json");
        AsAnotherClient(request);
        using var answer = await Browser.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static void AsAnotherClient(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.UserAgent.ParseAdd("another-client");
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    /// <summary>Sends a file to a release as another client would, with the job's token.</summary>
    public async Task<HttpResponseMessage> UploadAsync(long release, string name, string text)
    {
        var address = $"{GitHub.ServerUrl}/api/uploads/repos/acme/shop/releases/{release}/assets?name={Uri.EscapeDataString(name)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(text) };
        AsAnotherClient(request);
        return await Browser.SendAsync(request);
    }

    /// <summary>The client was another program, whose requests are not checked.</summary>
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
