using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Teams;

/// <summary>The example of Aegis from the cut to the deleted branch: its own workflow files, real git, and GitHub's own merges.</summary>
public sealed class WholeProcessTests : IAsyncLifetime
{
    private const string Folder = "workflows-examples/aegis/.github";

    private static readonly (string, string) Version = ("inputs.version", "1.3.0");
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        Checkout.Policy(File.ReadAllText(Path.Combine(Golden.Root, Folder, "release-actions.yml")));
        Checkout.Write("package.json", "{\n  \"version\": \"1.2.2\"\n}\n").Write(".release-please-manifest.json", "{\".\": \"1.2.2\"}\n")
            .Write("package-lock.json", "{\"version\": \"1.2.2\", \"packages\": {\"\": {\"version\": \"1.2.2\"}}}\n")
            .Write("charts/aegis/Chart.yaml", "version: 1.2.2\nappVersion: 1.2.2\n").Write("app", "1")
            .Write("CHANGELOG.md", ReleasePrepare.Shop.Changelog).Commit("feat: begin");
        Checkout.Push().Tag("v1.2.2").Branch("develop").Write("app", "2").Write("tool", "1").Commit("feat: second");
        Checkout.Push();
        Green("develop");
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    [Trait("Rule", "AEG-05"), Trait("Rule", "AEG-07"), Trait("Rule", "AEG-15"), Trait("Rule", "AEG-22")]
    public async Task Clean_from_the_cut_to_the_deleted_branch() => await ReleaseAsync("release/1.3.0", divergent: false);

    [Fact]
    [Trait("Rule", "AEG-05"), Trait("Rule", "AEG-07"), Trait("Rule", "AEG-15"), Trait("Rule", "AEG-22")]
    public async Task Divergent_by_a_squash_from_the_cut_to_the_deleted_branch() =>
        await ReleaseAsync("chore/promote-1.3.0-main", divergent: true);

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task With_code_missing_on_main_it_ends_at_the_promotion()
    {
        await CutAsync();
        SquashDevelop(omitted: "tool");

        var refused = await PrepareAsync("promote");

        refused.ExitCode.Should().Be(ExitCode.Refused, refused.Log);
        refused.Errors.Should().ContainSingle().Which.Should().Contain("does not have these files as 'release/1.3.0' has them: tool.");
        _ground.GitHub.PullRequests.Should().ContainSingle();
        (await LookAsync()).ExitCode.Should().Be(ExitCode.Refused, "main does not say 1.3.0");
    }

    private async Task ReleaseAsync(string head, bool divergent)
    {
        await CutAsync();
        if (divergent) SquashDevelop();
        var promoted = await PrepareAsync("promote");
        promoted.ExitCode.Should().Be(ExitCode.Done, promoted.Log);
        var pull = _ground.GitHub.PullRequests[^1];
        pull.Head.Should().Be(head);
        _ground.GitHub.Put(new CheckRun(Tip(head), "rehearse"));

        await MergeAsync(pull.Number);
        Green("main");
        (await LookAsync()).Errors.Should().ContainSingle().Which.Should().StartWith("Nobody but its author approved");
        _ground.GitHub.Put(new Review(pull.Number, "grace"));
        var look = await LookAsync();
        look.ExitCode.Should().Be(ExitCode.Done, look.Log);

        Checkout.Git("tag", "--annotate", "--message", "Release v1.3.0", "v1.3.0");
        Checkout.Git("push", "--quiet", "origin", "v1.3.0");
        await PublishAsync();
        Checkout.Git("show", "v1.3.0:app").Should().Be("2", "the code of the release is what is published");
        Checkout.Git("show", "v1.3.0:tool").Should().Be("1");
        Checkout.Git("ls-remote", "--heads", "origin").Should().NotContain("release/1.3.0");
    }

    private async Task CutAsync()
    {
        var cut = await PrepareAsync("branch");
        cut.ExitCode.Should().Be(ExitCode.Done, cut.Log);
        var pull = _ground.GitHub.PullRequests.Should().ContainSingle().Subject;
        await RehearseAsync(pull);
        await MergeAsync(pull.Number);
        Checkout.Switch("main");
    }

    // The same code by another commit, and a changelog that went its own way.
    private void SquashDevelop(string? omitted = null)
    {
        foreach (var file in (string[])["app", "tool"])
            if (file != omitted) Checkout.Git("checkout", "--quiet", "develop", "--", file);
        const string Unreleased = "[Unreleased]\n\n";
        var changelog = ReleasePrepare.Shop.Changelog.Replace(Unreleased, Unreleased + "- Second\n\n", StringComparison.Ordinal);
        Checkout.Write("CHANGELOG.md", changelog).Commit("feat: second (#8)");
        Checkout.Push();
    }

    private async Task<RunResult> PrepareAsync(string flow)
    {
        Checkout.Switch("main");
        var play = new WorkflowPlay($"{Folder}/workflows/prepare.yml", () => _ground.Rig().OnBranch("main"));
        (string, string)[] values =
            [("inputs.promote && 'promote' || 'branch'", flow), Version, ("secrets.RELEASE_TOKEN", "sandbox-token")];
        return (await play.RunAsync(values))["release-prepare"];
    }

    // The check of the pull request, as GitHub merges it for its run.
    private async Task RehearseAsync(PullRequest pull)
    {
        Checkout.Git("fetch", "--quiet", "origin");
        Checkout.Git("switch", "--quiet", "--detach", $"origin/{pull.Base}");
        Checkout.Git("merge", "--quiet", "--no-ff", "--no-edit", $"origin/{pull.Head}");
        Checkout.Git("push", "--quiet", "origin", $"HEAD:refs/pull/{pull.Number}/merge");
        var payload = new JsonObject
        {
            ["pull_request"] = new JsonObject
            {
                ["title"] = pull.Title, ["head"] = new JsonObject { ["repo"] = new JsonObject { ["full_name"] = "acme/shop" } },
            },
        };
        Rig OnPull() => _ground.Rig().OnEvent("pull_request", payload.ToJsonString()).With("GITHUB_REF", $"refs/pull/{pull.Number}/merge")
            .With("GITHUB_SHA", Checkout.Head).With("GITHUB_HEAD_REF", pull.Head).With("GITHUB_BASE_REF", pull.Base);
        var run = (await new WorkflowPlay($"{Folder}/workflows/rehearse.yml", OnPull) { Until = "version-validate" }.RunAsync())
            ["version-validate"];
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
    }

    private async Task<RunResult> LookAsync()
    {
        Checkout.Switch("main").Git("pull", "--quiet", "origin", "main");
        var play = new WorkflowPlay($"{Folder}/workflows/ready.yml", () => _ground.Rig().OnBranch("main"));
        return (await play.RunAsync(Version))["version-validate"];
    }

    private async Task PublishAsync()
    {
        Checkout.Write("dist/aegis-1.3.0.tgz", "built");
        var play = new WorkflowPlay($"{Folder}/workflows/release.yml", () => _ground.Rig().OnTag("v1.3.0")) { Until = "changelog-extract" };
        var runs = await play.RunAsync();
        runs.Values.Should().OnlyContain(r => r.ExitCode == ExitCode.Done, string.Join('\n', runs.Values.Select(r => r.Log)));
        var notes = runs["changelog-extract"].Outputs["notes-file"];
        (string, string)[] inputs = [("body-path", notes), ("files", "dist/*.tgz")];
        (await _ground.RunOnTagAsync(new ReleaseActions.ReleasePublish.ReleasePublishAction(), "v1.3.0", inputs)).ExitCode.Should()
            .Be(ExitCode.Done);
        var cleanup = await _ground.RunOnTagAsync(
            new ReleaseActions.BranchCleanup.BranchCleanupAction(), "v1.3.0", ("branch", "release/1.3.0"), ("release-succeeded", "true"));
        cleanup.ExitCode.Should().Be(ExitCode.Done, cleanup.Log);
        _ground.GitHub.Releases.Should().ContainSingle().Which.Should().BeEquivalentTo(new { TagName = "v1.3.0", Draft = false });
        _ground.GitHub.Releases.Single().Body.Should().Contain("Prices are rounded");
    }

    private async Task MergeAsync(int number) =>
        (await _ground.SendAsync(HttpMethod.Put, $"pulls/{number}/merge", "{}")).Should().Be(200);

    private void Green(string branch) => _ground.GitHub.Put(new CheckRun(Tip(branch), "rehearse"));

    private string Tip(string branch) => Checkout.Git("--git-dir", Checkout.Origin, "rev-parse", branch);
}
