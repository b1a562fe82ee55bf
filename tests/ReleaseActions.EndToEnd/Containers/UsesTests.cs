using System.Text.RegularExpressions;
using ReleaseActions.Sandbox;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>
/// <c>uses: OWNER/release-actions/NAME@v1</c> as a runner resolves it: from a fork's repository over HTTP, and images of a registry.
/// </summary>
public sealed partial class UsesTests
{
    [Theory]
    [InlineData("v1")]
    [InlineData("v1.0")]
    [InlineData("v1.0.0")]
    [InlineData("the commit")]
    public async Task Every_action_resolves_and_runs(string reference)
    {
        await using var release = await PublishedSuite.StartAsync();
        var commit = release.Publish("1.0.0");

        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Sample);
        job.Actions = release.Resolve(reference == "the commit" ? commit : reference);
        var next = job.Checkout.Write("dist/tool.txt", "2").Commit("fix: second");
        job.Checkout.Git("push", "--quiet", job.Checkout.Origin, "main");
        job.GiveCheckoutToRunner();
        ContainerRun[] runs =
        [
            await job.RunAsync("version-validate"),
            await job.RunAsync("changelog-extract", ("version", "1.0.0")),
            await job.RunAsync("image-build-push", ("version", "1.0.0"), ("image", "shop"), ("context", "app"),
                ("registry", $"{job.GitHub.Registry}/acme"), ("password", ContainerJob.Token)),
            await job.RunAsync("sbom-checksum", ("version", "1.0.0")),
            await job.RunAsync("release-publish", ("tag", "v1.0.0"), ("files", "dist/tool.txt")),
            await job.RunAsync("branch-cleanup", ("branch", "release/1.0.0"), ("release-succeeded", "true")),
            await PrepareAsync(job, next),
        ];

        runs.Should().OnlyContain(r => r.ExitCode == 0, string.Join('\n', runs.Select(r => r.Log)));
    }

    [Fact]
    public async Task A_second_release_moves_v1_and_leaves_what_was_released()
    {
        await using var release = await PublishedSuite.StartAsync();
        var first = release.Publish("1.0.0");
        release.Suite.Continue();

        var second = release.Publish("1.1.0");

        release.Suite.Published().Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["releases"] = second, ["v1"] = second, ["v1.1"] = second, ["v1.1.0"] = second, ["v1.0"] = first, ["v1.0.0"] = first,
        });
        release.Suite.Checkout.Git("rev-parse", $"{second}^1", $"{second}^2").Split('\n').Should().Equal(first, release.Suite.Commit);
    }

    [Fact]
    public async Task A_release_of_an_older_line_moves_only_the_tag_of_its_line_and_a_preview_none()
    {
        await using var release = await PublishedSuite.StartAsync();
        release.Publish("1.0.0");
        release.Suite.Continue();
        var newest = release.Publish("1.1.0");
        release.Suite.Continue();

        var fix = release.Publish("1.0.1");
        release.Suite.Continue();
        release.Publish("2.0.0-rc.1");

        release.Suite.Published().Should().Contain("v1", newest).And.Contain("v1.1", newest).And.Contain("v1.0", fix)
            .And.NotContainKey("v2");
    }

    [Fact]
    public async Task A_rerun_changes_nothing()
    {
        await using var release = await PublishedSuite.StartAsync();
        var commit = release.Publish("1.0.0");
        var before = release.Suite.Published();

        release.Publish("1.0.0").Should().Be(commit);

        release.Suite.Published().Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task A_tag_is_never_given_other_content()
    {
        await using var release = await PublishedSuite.StartAsync();
        release.Publish("1.0.0");
        var before = release.Suite.Published();
        release.Suite.Continue();

        var run = release.Suite.Release("publish", "1.0.0");

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("v1.0.0 is published, with other content");
        release.Suite.Published().Should().BeEquivalentTo(before);
    }

    public static TheoryData<int, bool> Deaths
    {
        get
        {
            var deaths = new TheoryData<int, bool>();
            foreach (var push in Enumerable.Range(1, 3))
                foreach (var isBefore in (bool[])[true, false]) deaths.Add(push, isBefore);
            return deaths;
        }
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_run_that_was_killed_at_a_push_is_finished_by_the_next(int push, bool isBefore)
    {
        await using var release = await PublishedSuite.StartAsync();
        var programs = release.Suite.Checkout.Aside("programs");
        var (count, kill) = (Path.Combine(programs, "pushes"), "kill -9 $PPID; exit 1");
        Script.Write(programs, "git",
            $"""
            git=$(PATH=$(printf %s "$PATH" | cut -d: -f2-) command -v git)
            [ "$1" = push ] || exec "$git" "$@"
            echo x >> {count}
            [ "$(wc -l < {count})" -eq {push} ] || exec "$git" "$@"
            {(isBefore ? kill : $"\"$git\" \"$@\"; {kill}")}
            """);

        release.Suite.ReleaseThrough(programs, "publish", "1.0.0").ExitCode.Should().NotBe(0);
        var commit = release.Publish("1.0.0");

        release.Suite.Published().Should().BeEquivalentTo(
            new[] { "releases", "v1", "v1.0", "v1.0.0" }.ToDictionary(name => name, _ => commit));
    }

    [Fact]
    public async Task Images_that_ask_for_credentials_are_refused_before_anything_is_published()
    {
        await using var release = await PublishedSuite.StartAsync();
        release.Suite.Registry = Environment.GetEnvironmentVariable("TEST_REGISTRY_AUTH") ?? release.Suite.Registry;

        var refused = release.Suite.Release("publish", "1.0.0");
        refused.ExitCode.Should().NotBe(0);
        refused.Error.Should().Contain("cannot be pulled without credentials").And.Contain("--private");
        release.Suite.Published().Should().BeEmpty();

        release.Suite.Release("publish", "1.0.0", "--private").ExitCode.Should().Be(0);
        release.Suite.Published().Should().ContainKey("v1");
    }

    private static void Sample(Checkout checkout)
    {
        checkout.Write("app/Dockerfile", "FROM scratch\nCOPY tool.txt /\n").Write("app/tool.txt", "tool\n");
        ContainerTests.Sample(checkout);
    }

    private static async Task<ContainerRun> PrepareAsync(ContainerJob job, string commit)
    {
        (job.Branch, job.Commit) = ("main", commit);
        return await job.RunAsync("release-prepare", ("bump", "patch"));
    }

    /// <summary>The suite's repository as a fork has it, on a server, with its images in a registry.</summary>
    private sealed partial class PublishedSuite : IAsyncDisposable
    {
        private SandboxServer _server = null!;

        public SuiteRepository Suite { get; } = new();

        public static async Task<PublishedSuite> StartAsync()
        {
            Machine.RequireImages();
            var release = new PublishedSuite();
            var git = release.Suite.Checkout;
            release._server = await SandboxServer.StartAsync(new SandboxOptions
            {
                BareRepository = git.Origin, StateFolder = git.Aside("server"), Owner = "Fork-Owner", Repository = "release-actions",
            });
            release.Suite.Remote = release._server.GitUrl;
            release.Suite.Registry = Machine.Registry;
            release.Suite.UseImages(await PushAsync(""), await PushAsync("-docker"), await PushAsync("-cosign"));
            return release;
        }

        public string Publish(string version)
        {
            var run = Suite.Release("publish", version);
            run.ExitCode.Should().Be(0, run.Error);
            return run.Output;
        }

        /// <summary>What the runner does with a reference: it takes the tree from the server, by name or by commit.</summary>
        public string Resolve(string reference)
        {
            var folder = Suite.Checkout.Aside($"_actions/{reference}");
            Suite.Checkout.Git("init", "--quiet", folder);
            Suite.Checkout.Git("-C", folder, "fetch", "--quiet", "--depth", "1", Suite.Remote, reference);
            Suite.Checkout.Git("-C", folder, "checkout", "--quiet", "FETCH_HEAD");
            return folder;
        }

        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync();
            Suite.Dispose();
        }

        private static async Task<string> PushAsync(string suffix)
        {
            var name = $"{Machine.Registry}/fork-owner/release-actions:pushed{suffix}";
            await Docker.RequireAsync("tag", Machine.Images + suffix, name);
            return Digest().Match((await Docker.RequireAsync("push", name)).Output).Value;
        }

        [GeneratedRegex("sha256:[0-9a-f]{64}")]
        private static partial Regex Digest();
    }
}
