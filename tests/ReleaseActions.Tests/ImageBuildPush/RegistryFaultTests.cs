using ReleaseActions.Core;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>A push to a registry with faults.</summary>
public sealed class RegistryFaultTests : IAsyncLifetime
{
    private const string Other = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    private readonly Checkout _checkout = new();
    private readonly ImageFiles _image = ImageFiles.OciLayout("amd64", "arm64");
    private readonly PromptClock _clock = new();
    private SandboxServer _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new SandboxOptions { BareRepository = _checkout.Origin, StateFolder = _checkout.Aside("state") };
        _sandbox = await SandboxServer.StartAsync(options);
        _image.WriteTar(Path.Combine(_checkout.Root, "image.tar"));
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _checkout.Dispose();
    }

    public static TheoryData<string, string, string> Passing => new()
    {
        { "POST", "blobs/uploads", "202 without Location" },
        { "POST", "blobs/uploads", "429" },
        { "PUT", "blobs/uploads/*", "500" },
        { "PUT", "blobs/uploads/*", "404" },
        { "PUT", "blobs/uploads/*", "answer lost" },
        { "PUT", "blobs/uploads/*", "reset" },
        { "PUT", "manifests/*", "answer lost" },
        { "PUT", "manifests/*", "dropped" },
        { "HEAD", "blobs/*", "503" },
        { "HEAD", "manifests/*", "429" },
        { "GET", "token", "503" },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    [Trait("Row", "F40")]
    public async Task A_fault_that_passes_leaves_the_image_with_its_own_digest(string method, string path, string fault)
    {
        _sandbox.Faults.Add(new Fault(method, path, Kind(fault)));

        var run = await Rig().RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _sandbox.Faults.AllPlayed.Should().BeTrue();
        _sandbox.ImageTags["acme/dojo:1.2.0"].Should().Be(_image.RootDigest);
        _sandbox.Traffic.Entries.Should().OnlyContain(e => e.Known);
    }

    [Fact]
    [Trait("Row", "F40")]
    public async Task A_blob_that_arrived_although_its_answer_was_lost_is_not_sent_again()
    {
        _sandbox.Faults.Add(new Fault("PUT", "blobs/uploads/*", FaultKind.LoseAnswer));

        await Rig().RunAsync(new ImageBuildPushAction());

        var writes = _sandbox.Traffic.Entries.Where(e => e.Method == "PUT");
        var uploads = writes.Where(e => e.Path.Contains("/blobs/uploads/", StringComparison.Ordinal));
        uploads.Should().HaveCount(4, "two configurations and two layers are sent once each");
    }

    [Fact]
    [Trait("Row", "F40")]
    [Trait("Rule", "AOF-10")]
    public async Task A_registry_that_serves_another_digest_afterwards_fails_the_run()
    {
        // The first two gather facts, without credentials and with them; the third comes right before the tag is given.
        _sandbox.Faults.Add(new Fault("HEAD", "manifests/1.2.0", FaultKind.Headers(("Docker-Content-Digest", Other)), Skip: 3));

        var run = await Rig().RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain(":1.2.0 is ").And.Contain($"{_image.RootDigest} was pushed");
        _sandbox.ImageTags.Should().NotContainKey("acme/dojo:latest");
    }

    [Fact]
    [Trait("Row", "F41")]
    public async Task A_version_that_another_run_published_meanwhile_is_not_moved()
    {
        // The first two gather facts, without credentials and with them; the third comes right before the tag is given.
        var published = FaultKind.Reply(200, "", ("Docker-Content-Digest", Other));
        _sandbox.Faults.Add(new Fault("HEAD", "manifests/1.2.0", published, Skip: 2, Times: 10));

        var run = await Rig().RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Log.Should().Contain("step=conflict attempt=1").And.Contain($":1.2.0 was published as {Other} while this run was at work");
        run.Errors.Should().ContainSingle().Which.Should().Contain($":1.2.0 is published as {Other}, and this is {_image.RootDigest}");
        run.Summary.Should().Contain("A published version is never moved");
        _sandbox.ImageTags.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F42"), Trait("Row", "F52")]
    public async Task A_push_that_fails_before_the_index_leaves_no_tag_and_a_rerun_completes_it()
    {
        _sandbox.Faults.Add(new Fault("PUT", $"manifests/{_image.RootDigest}", FaultKind.Reply(400)));

        var broken = await Rig().RunAsync(new ImageBuildPushAction());
        var between = _sandbox.ImageTags.Count;
        _sandbox.Traffic.Clear();
        var again = await Rig().RunAsync(new ImageBuildPushAction());

        (broken.ExitCode, between, again.ExitCode).Should().Be((ExitCode.RemoteFailed, 0, ExitCode.Done));
        _sandbox.Traffic.Entries.Should().NotContain(e => e.Method == "POST", "everything below the index was there");
        _sandbox.ImageTags["acme/dojo:latest"].Should().Be(_image.RootDigest);
    }

    [Fact]
    [Trait("Rule", "AOF-06")]
    [Trait("Row", "S23")]
    public async Task A_push_by_docker_that_is_cancelled_leaves_no_sign_in_behind()
    {
        using var stop = new CancellationTokenSource();
        _sandbox.Faults.Add(new Fault("POST", "blobs/uploads", FaultKind.Before(stop.CancelAsync), Times: 10));
        _checkout.Write("Dockerfile", $"FROM scratch\nLABEL run={Guid.NewGuid():n}\nCOPY Dockerfile /\n");

        var rig = new Rig(_checkout) { Clock = _clock, Cancellation = stop.Token }.WithDocker().OnBranch("main")
            .With("GITHUB_SERVER_URL", _sandbox.ServerUrl).Input("token", "sandbox-token")
            .Input("registry", $"{_sandbox.Registry}/acme").Input("image", "shop").Input("version", "1.2.0");
        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Cancelled, run.Log);
        Directory.EnumerateFileSystemEntries(_checkout.Aside("temp")).Should().BeEmpty();
        Directory.EnumerateFiles(_checkout.Aside("home"), "config.json", SearchOption.AllDirectories).Should().BeEmpty();
        _sandbox.ImageTags.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S26")]
    public async Task The_error_for_a_read_only_token_names_the_missing_permission()
    {
        var run = await Rig().Input("token", "sandbox-read-only-token").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().Contain("`packages: write`");
        _sandbox.ImageTags.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AOF-06")]
    [Trait("Row", "S22")]
    public async Task The_jobs_token_signs_in_to_the_registry_of_its_own_server_and_is_never_shown()
    {
        var run = await Rig().RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var log = run.Log.Split('\n').Where(l => !l.StartsWith("::add-mask::", StringComparison.Ordinal));
        (string.Join('\n', log) + run.Summary + string.Concat(run.Outputs.Values)).Should().NotContain("sandbox-token");
    }

    private Rig Rig() => new Rig(_checkout) { Clock = _clock }.OnBranch("main")
        .With("GITHUB_SERVER_URL", _sandbox.ServerUrl).Input("token", "sandbox-token")
        .Input("registry", $"{_sandbox.Registry}/{{owner}}").Input("image", "dojo").Input("archive", "image.tar").Input("version", "1.2.0");

    private static FaultKind Kind(string fault) => fault switch
    {
        "202 without Location" => FaultKind.Reply(202),
        "429" => FaultKind.Reply(429, "", ("Retry-After", "2")),
        "answer lost" => FaultKind.LoseAnswer,
        "dropped" => FaultKind.Drop,
        "reset" => FaultKind.ResetAt(50),
        var status => FaultKind.Reply(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
