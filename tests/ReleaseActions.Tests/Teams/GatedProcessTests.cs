using System.Globalization;
using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Rehearse;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.Sandbox;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Teams;

/// <summary>What the policies of the examples demand before a release: gates, recovery, hotfixes.</summary>
public sealed class GatedProcessTests
{
    [Fact]
    [Trait("Rule", "OPS-03"), Trait("Rule", "OPS-04"), Trait("Rule", "OPS-05"), Trait("Rule", "OPS-06")]
    public async Task Ops_releases_nothing_without_checks_approvals_and_a_proper_tag_message()
    {
        await using var ground = await OpsAsync("1.2.3", "Release v1.2.3");

        var refused = await ValidateOpsAsync(ground, "v1.2.3", "2026-06-01T12:00:00Z");
        Grant(ground, "v1.2.3");
        var gated = await ValidateOpsAsync(ground, "v1.2.3", "2026-06-01T12:00:00Z");

        refused.Errors.Should().HaveCount(7, "three checks, three teams and the message")
            .And.Contain(e => e.StartsWith("Nobody of the team 'operations' approved", StringComparison.Ordinal));
        refused.Errors.Should().NotContain(e => e.Contains("management", StringComparison.Ordinal), "1.2.3 is no major");
        gated.Errors.Should().ContainSingle().Which.Should()
            .StartWith("The message of the tag 'v1.2.3' begins with 'Release v1.2.3'. Its first line must look like `Release v1.2.3: *`");
    }

    [Fact]
    [Trait("Rule", "OPS-01"), Trait("Rule", "OPS-08")]
    public async Task Ops_releases_a_hotfix_as_the_latest_and_in_a_blackout_only_as_an_emergency()
    {
        await using var ground = await OpsAsync("1.2.3-hotfix.1", "Release v1.2.3-hotfix.1: alerts fire again", "v1.2.3");
        Grant(ground, "v1.2.3-hotfix.1");

        var ordinary = await ValidateOpsAsync(ground, "v1.2.3-hotfix.1", "2026-06-01T12:00:00Z");
        var christmas = await ValidateOpsAsync(ground, "v1.2.3-hotfix.1", "2026-12-24T12:00:00Z");
        var emergency = await ValidateOpsAsync(
            ground, "v1.2.3-hotfix.1", "2026-12-24T12:00:00Z", ("inputs.emergency_reason", "alerts are dead"));

        ordinary.ExitCode.Should().Be(ExitCode.Done, ordinary.Log);
        ordinary.Outputs.Should().Contain("is-latest", "true").And.Contain("is-prerelease", "false")
            .And.Contain("python-version", "1.2.3.post1");
        christmas.Errors.Should().ContainSingle().Which.Should().Contain("is in the blackout 'holidays, 12-20 to 01-05'");
        emergency.Log.Should().Contain("step=emergency version=1.2.3-hotfix.1");
    }

    [Fact]
    [Trait("Rule", "AEG-02"), Trait("Rule", "AEG-05"), Trait("Rule", "AEG-06")]
    public async Task Aegis_cuts_from_develop_and_a_recovery_only_when_it_is_confirmed()
    {
        await using var ground = await AegisAsync();
        (await PrepareAsync(ground, ("inputs.version", "1.3.0-preview"))).ExitCode.Should().Be(ExitCode.Done);

        (string, string)[] recovery =
        [
            ("inputs.version", "1.3.0-preview.1"), ("inputs.recovery_release", "true"), ("inputs.recovery_issue", "42"),
            ("inputs.recovery_reason", "npm has a broken file"),
        ];
        var unconfirmed = await PrepareAsync(ground, recovery);
        var confirmed = await PrepareAsync(ground, [.. recovery, ("inputs.recovery_confirmation", "RECOVERY 1.3.0-preview.1")]);

        unconfirmed.Errors.Should().Equal("`recovery-confirmation` is ''. Give exactly: RECOVERY 1.3.0-preview.1.");
        confirmed.ExitCode.Should().Be(ExitCode.Done, confirmed.Log);
        ground.GitHub.PullRequests.Select(p => p.Title).Should()
            .Equal("chore(release): release 1.3.0-preview", "chore(release): release 1.3.0-preview.1");
    }

    [Fact]
    [Trait("Rule", "AEG-05")]
    public async Task Aegis_cuts_nothing_while_main_holds_a_hotfix_that_develop_lacks()
    {
        await using var ground = await AegisAsync();
        ground.Checkout.Switch("main").Write("hotfix", "1").Commit("fix: stop the bleeding");
        ground.Checkout.Push();

        (await PrepareAsync(ground, ("inputs.version", "1.3.0"))).Errors.Should().ContainSingle()
            .Which.Should().StartWith("main holds what develop lacks: ");
    }

    [Fact]
    [Trait("Rule", "AEG-08")]
    public async Task Aegis_releases_nothing_without_its_section_and_its_compare_link()
    {
        await using var ground = await AegisAsync();
        AegisFiles(ground.Checkout.Switch("main"), "1.3.0").Write("CHANGELOG.md", "## [1.3.0]\n\n- Second\n")
            .Commit("chore(release): promote 1.3.0 to main");
        ground.GitHub.Put(new CheckRun(ground.Checkout.Head, "rehearse"));
        ground.Checkout.Push().Tag("v1.3.0");

        var run = await ground.RunOnTagAsync(new VersionValidateAction(), "v1.3.0");

        run.Errors.Should().Equal("The section of 1.3.0 has no compare link. Add one that ends with /compare/v1.2.2...v1.3.0.");
    }

    private static string PolicyOf(string team) =>
        File.ReadAllText(Path.Combine(Golden.Root, $"workflows-examples/{team}/.github/release-actions.yml"));

    private static async Task<ReleaseGround> OpsAsync(string version, string message, params string[] before)
    {
        var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Policy(PolicyOf("ops")).Write("package.json", $"{{\"version\": \"{version}\"}}\n")
            .Write("CHANGELOG.md", $"## [{version}]\n\n- Alerts fire again\n").Commit("Prepare");
        ground.Checkout.Push();
        foreach (var tag in (string[])["v1.2.2", .. before]) ground.Checkout.Tag(tag);
        await ground.GitHub.PutAsync(new Release { TagName = "v1.2.2", TargetCommitish = "main" });
        ground.Checkout.Git("tag", "--annotate", "--message", message, $"v{version}");
        ground.Checkout.Git("push", "--quiet", "origin", $"v{version}");
        foreach (var team in (string[])["platform", "security", "operations", "management"]) ground.GitHub.PutTeam(team, "nobody");
        return ground;
    }

    private static void Grant(ReleaseGround ground, string tag)
    {
        var policy = ReleasePolicy.Read(PolicyOf("ops"), "policy");
        Playing.Grant(ground.GitHub, new RehearseFacts("acme/shop", tag, ground.Checkout.Head, policy), Stage.RunId);
    }

    // The workflow is played up to its first refusal; its later steps are not of interest here.
    private static async Task<RunResult> ValidateOpsAsync(
        ReleaseGround ground, string tag, string now, params (string Name, string Value)[] values)
    {
        ground.Clock.Set(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        Rig OnTag() => ground.Rig().OnTag(tag).With("GITHUB_RUN_ID", $"{Stage.RunId}");
        var play = new WorkflowPlay("workflows-examples/ops/.github/workflows/release.yml", OnTag) { Until = "version-validate" };
        return (await play.RunAsync([("secrets.TEAM_TOKEN", "sandbox-organization-token"), .. values]))["version-validate"];
    }

    private static async Task<ReleaseGround> AegisAsync()
    {
        var ground = await ReleaseGround.NewAsync();
        const string Sections = "# Changelog\n\n## [Unreleased]\n\n- Second\n\n## [1.2.2]\n\n- First\n\n";
        const string Link = "[Unreleased]: https://github.com/acme/shop/compare/v1.2.2...HEAD\n";
        var checkout = AegisFiles(ground.Checkout.Policy(PolicyOf("aegis")), "1.2.2");
        checkout.Write("CHANGELOG.md", Sections + Link).Commit("feat: begin");
        checkout.Push().Tag("v1.2.2").Branch("develop").Write("app", "2").Commit("feat: second");
        ground.GitHub.Put(new CheckRun(checkout.Head, "rehearse"));
        checkout.Push().Switch("main");
        return ground;
    }

    private static Checkout AegisFiles(Checkout checkout, string version) => checkout
        .Write("package.json", $"{{\"version\": \"{version}\"}}\n")
        .Write("package-lock.json", $"{{\"version\": \"{version}\", \"packages\": {{\"\": {{\"version\": \"{version}\"}}}}}}\n")
        .Write("charts/aegis/Chart.yaml", $"version: {version}\nappVersion: {version}\n")
        .Write(".release-please-manifest.json", $"{{\".\": \"{version}\"}}\n");

    private static async Task<RunResult> PrepareAsync(ReleaseGround ground, params (string Name, string Value)[] values)
    {
        var play = new WorkflowPlay("workflows-examples/aegis/.github/workflows/prepare.yml", () => ground.Rig().OnBranch("main"));
        return (await play.RunAsync([.. values, ("secrets.RELEASE_TOKEN", "sandbox-token")]))["release-prepare"];
    }
}
