using System.Net.Http.Json;
using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Teams;

/// <summary>Dojo's example, played from its files: a push to master, the local release command, the tag, and the tag once more.</summary>
public sealed class DojoProcessTests : IAsyncLifetime
{
    private const string Example = "workflows-examples/dojo/.github";

    private readonly TestRegistry _registry = TestRegistry.Require();
    private readonly string _owner = TestRegistry.NewName("team");
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        const string Begin = "# Changelog\n\n## [Unreleased]\n\n";
        const string First = "## v0.1.0 – 2025-12-01\n\n### Added\n\n- First\n";
        var policy = File.ReadAllText(Path.Combine(Golden.Root, Example, "release-actions.yml"));
        Checkout.Branch("master").Policy(policy.Replace("ghcr.io/{owner}", $"{_registry.Host}/{_owner}", StringComparison.Ordinal));
        Checkout.Write(".gitignore", "dist/\n")
            .Write("pyproject.toml", "[project]\nname = \"dojo\"\nversion = \"0.1.0\" # the only place\n")
            .Write("CHANGELOG.md", Begin + First).Commit("feat: begin");
        Checkout.Tag("v0.1.0").Write("dojo.py", "1")
            .Write("CHANGELOG.md", $"{Begin}### Fixed\n\n- Mats lie flat\n\n{First}").Commit("fix: lay mats flat");
        Checkout.Push().Git("--git-dir", Checkout.Origin, "symbolic-ref", "HEAD", "refs/heads/master");
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    [Trait("Rule", "DOJ-01"), Trait("Rule", "DOJ-02"), Trait("Rule", "DOJ-07")]
    public async Task Every_push_publishes_its_commit_and_staging_follows()
    {
        var first = await PushAsync("one");
        Checkout.Write("dojo.py", "2").Commit("feat: second");
        Checkout.Push();
        var second = await PushAsync("two");

        second.Log.Should().MatchRegex("step=push .*tag=staging .*status=ok");
        (await DigestAsync("staging")).Should().Be(second.Outputs["digest"]).And.NotBe(first.Outputs["digest"]);
        (await DigestAsync(Checkout.Git("rev-parse", "HEAD~1")[..12])).Should().Be(first.Outputs["digest"]);
    }

    [Fact]
    [Trait("Rule", "DOJ-03"), Trait("Rule", "DOJ-04"), Trait("Rule", "DOJ-05"), Trait("Rule", "DOJ-08"), Trait("Rule", "DOJ-10")]
    public async Task A_release_is_cut_tagged_and_published_and_a_rerun_rewrites_only_its_notes()
    {
        await PushAsync("mats");
        var cut = await _ground.Rig().OnBranch("master").Input("bump", "patch").RunAsync(new ReleasePrepareAction());
        cut.ExitCode.Should().Be(ExitCode.Done, cut.Log);
        cut.Outputs["tag"].Should().Be("v0.1.1");
        CheckOutWhatWasPushed();
        var pushed = await PushAsync("mats");

        var released = await ReleaseAsync();

        released["image-build-push"].Outputs["digest"].Should().Be(pushed.Outputs["digest"], "the same commit gives the same digest");
        (await DigestAsync("v0.1.1")).Should().Be(await DigestAsync(Checkout.Head[..12]));
        var release = _ground.GitHub.Releases.Single();
        release.Should().BeEquivalentTo(new { TagName = "v0.1.1", Name = "0.1.1", Draft = false, Prerelease = false });
        release.Body.Should().StartWith("### Fixed\n\n- Mats lie flat\n").And.NotContain("First").And.NotContain("Unreleased");
        Checkout.Git("show", "v0.1.1:pyproject.toml").Should().Contain("version = \"0.1.1\" # the only place");

        await EditAsync(release.Id, "A person's words");
        var again = await ReleaseAsync();

        again["image-build-push"].Outputs.Should().BeEquivalentTo(released["image-build-push"].Outputs);
        again["image-build-push"].Log.Should().Contain("status=unchanged").And.NotContain("status=ok");
        _ground.GitHub.Releases.Should().ContainSingle().Which.Body.Should().Be(release.Body, "the notes live in the changelog alone");
        (await DigestAsync("latest")).Should().BeNull("these users name a version or a commit");
    }

    [Fact]
    [Trait("Rule", "DOJ-04"), Trait("Rule", "DOJ-08")]
    public async Task Another_image_under_the_version_is_refused_before_the_release_is_touched()
    {
        await _ground.Rig().OnBranch("master").Input("bump", "patch").RunAsync(new ReleasePrepareAction());
        CheckOutWhatWasPushed();
        await ReleaseAsync("mats");
        _ground.GitHub.Traffic.Clear();

        var runs = await PlayAsync("release.yml", () => _ground.Rig().OnTag("v0.1.1"), "other");

        runs["image-build-push"].ExitCode.Should().Be(ExitCode.Refused, runs["image-build-push"].Log);
        runs.Should().NotContainKey("release-publish");
        _ground.Writes.Should().BeEmpty();
    }

    private async Task<RunResult> PushAsync(string layer)
    {
        Rig OnPush() => _ground.Rig().OnBranch("master").With("GITHUB_EVENT_NAME", "push");
        var run = (await PlayAsync("publish.yml", OnPush, layer))["image-build-push"];
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        return run;
    }

    private async Task<IReadOnlyDictionary<string, RunResult>> ReleaseAsync(string layer = "mats")
    {
        var runs = await PlayAsync("release.yml", () => _ground.Rig().OnTag("v0.1.1"), layer);
        runs.Keys.Should().Equal("version-validate", "changelog-extract", "image-build-push", "release-publish");
        foreach (var (action, run) in runs) run.ExitCode.Should().Be(ExitCode.Done, "{0} said {1}", action, run.Log);
        return runs;
    }

    // As `make dist/image.tar.gz` would: the same sources give the same archive.
    private Task<IReadOnlyDictionary<string, RunResult>> PlayAsync(string workflow, Func<Rig> rig, string layer)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Checkout.Root, "dist")).FullName;
        ImageFiles.DockerSave("base", layer).WriteGzip(Path.Combine(folder, "image.tar.gz"));
        return new WorkflowPlay($"{Example}/workflows/{workflow}", rig).RunAsync();
    }

    // The next run's checkout: release-prepare leaves its own at the commit that it began with.
    private void CheckOutWhatWasPushed()
    {
        Checkout.Git("fetch", "--quiet", "origin");
        Checkout.Git("reset", "--quiet", "--hard", "origin/master");
    }

    private async Task EditAsync(long id, string body)
    {
        using var http = new HttpClient();
        var address = $"{_ground.GitHub.ApiUrl}/repos/acme/shop/releases/{id}";
        using var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = JsonContent.Create(new { body }) };
        request.Headers.Add("Authorization", "Bearer sandbox-token");
        request.Headers.Add("User-Agent", "a-person");
        request.Headers.Add("Accept", "application/vnd.github+json");
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        (await http.SendAsync(request, TestContext.Current.CancellationToken)).IsSuccessStatusCode.Should().BeTrue();
        _ground.GitHub.Releases.Single().Body.Should().Be(body);
    }

    private Task<string?> DigestAsync(string tag) => _registry.DigestAsync($"{_owner}/dojo", tag);
}
