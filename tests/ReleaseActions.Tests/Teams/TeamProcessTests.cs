using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.ReleasePublish;
using ReleaseActions.SbomChecksum;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Teams;

/// <summary>The policies of the examples, played: what a team copies does what its README says.</summary>
public sealed class TeamProcessTests
{
    [Theory]
    [Trait("Rule", "OPS-02"), Trait("Rule", "ORC-07"), Trait("Rule", "AEG-15")]
    [InlineData("ops", "release/v1.2.0", "Release v1.2.0")]
    [InlineData("orchestrator", "release/till/v1.2.0", "Till v1.2.0")]
    [InlineData("aegis", "release/1.2.0", "Aegis 1.2.0")]
    public async Task A_release_is_published_with_its_notes_and_its_merged_branch_is_deleted(string team, string branch, string title)
    {
        await using var ground = await NewAsync(team, branch, isMerged: true);

        (await RunAsync(ground, new ReleasePublishAction(), ("body", "Better scales"), FilesOf(team))).ExitCode.Should().Be(ExitCode.Done);
        var cleanup = await RunAsync(ground, new BranchCleanupAction(), ("release-succeeded", "success"));

        cleanup.ExitCode.Should().Be(ExitCode.Done, cleanup.Log);
        ground.GitHub.Releases.Single().Should().BeEquivalentTo(new { TagName = "v1.2.0", Name = title, Draft = false });
        ground.GitHub.Releases.Single().Body.Should().StartWith("Better scales");
        BranchesOf(ground).Should().NotContain(branch);
    }

    [Theory]
    [Trait("Rule", "OPS-02"), Trait("Rule", "ORC-07")]
    [InlineData("ops", "release/v1.2.0")]
    [InlineData("orchestrator", "release/till/v1.2.0")]
    public async Task A_release_branch_that_was_not_merged_back_is_kept(string team, string branch)
    {
        await using var ground = await NewAsync(team, branch, isMerged: false);
        (await RunAsync(ground, new ReleasePublishAction(), FilesOf(team))).ExitCode.Should().Be(ExitCode.Done);

        (await RunAsync(ground, new BranchCleanupAction(), ("release-succeeded", "success"))).ExitCode.Should().Be(ExitCode.Refused);

        BranchesOf(ground).Should().Contain(branch);
    }

    [Fact]
    [Trait("Rule", "OPS-02"), Trait("Rule", "ORC-07")]
    public async Task After_a_release_that_failed_the_branch_is_kept()
    {
        await using var ground = await NewAsync("ops", "release/v1.2.0", isMerged: true);

        (await RunAsync(ground, new BranchCleanupAction(), ("release-succeeded", "failure"))).ExitCode.Should().Be(ExitCode.Done);

        BranchesOf(ground).Should().Contain("release/v1.2.0");
    }

    [Fact]
    [Trait("Rule", "AEG-16")]
    public async Task A_dry_run_checks_everything_and_leaves_no_trace()
    {
        await using var ground = await NewAsync("aegis", "release/1.2.0", isMerged: true);
        ground.Checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.2.0] - 2026-01-02\n\n- Better scales\n").Commit("Prepare");
        ground.Checkout.Push();

        ReleaseAction[] actions =
        [
            new VersionValidateAction(), new ChangelogExtractAction(), new SbomChecksumAction(), new ReleasePublishAction(),
            new BranchCleanupAction(),
        ];
        foreach (var action in actions)
        {
            var run = await ground.Rig().OnBranch("develop").Input("version", "1.2.0").Input("dry-run", "true").RunAsync(action);
            run.ExitCode.Should().Be(ExitCode.Done, action.Name);
        }

        ground.Writes.Should().BeEmpty();
        BranchesOf(ground).Should().Contain("release/1.2.0");
        ground.Checkout.Git("status", "--porcelain").Should().BeEmpty();
    }

    private static async Task<ReleaseGround> NewAsync(string team, string branch, bool isMerged)
    {
        var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Policy(File.ReadAllText(Path.Combine(Golden.Root, "workflows-examples", team, ".github/release-actions.yml")))
            .Write("dist/till.tar.gz", "till").Write("dist/till.tgz", "till")
            .Write("state.yml", "products:\n  till: { phase: staging, version: 1.1.0, last_release: x, last_activity: x }\n")
            .Commit("Begin");
        ground.Checkout.Push().Branch(branch).Write("scales", "better").Commit("Release");
        ground.Checkout.Push().Switch("main");
        if (isMerged) ground.Checkout.Git("merge", "--quiet", "--no-ff", "--no-edit", branch);
        ground.Checkout.Push().Tag("v1.2.0");
        return ground;
    }

    private static Task<RunResult> RunAsync(ReleaseGround ground, ReleaseAction action, params (string Name, string Value)[] inputs) =>
        ground.RunOnTagAsync(action, "v1.2.0", inputs);

    // The orchestrator's workflow publishes notes alone; the others' policies name files.
    private static (string, string) FilesOf(string team) => ("files", team == "orchestrator" ? "none" : "");

    private static IEnumerable<string> BranchesOf(ReleaseGround ground) =>
        ground.Checkout.Git("ls-remote", "--heads", "origin").Split('\n').Select(l => l.Split("refs/heads/")[1]);
}
