using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>The policy of the action's README, with every gate, for a release that breaks most of them and one that breaks none.</summary>
public sealed class WholePolicyTests : IAsyncLifetime
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Golden.Root, "actions/version-validate/README.md"));
    private static readonly string Policy = Regex.Matches(Page, "```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline)
        .Select(m => m.Groups["yaml"].Value).Single(y => y.StartsWith("version:\n  tag-prefix", StringComparison.Ordinal));

    private const string Compare = "https://github.com/acme/shop/compare";

    private ReleaseGround _ground = null!;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        _ground.Checkout.Tag("v1.2.1").Policy(Policy).Write("package.json", """{"version": "1.2.2"}""")
            .Write("package-lock.json", """{"version": "1.2.2", "packages": {"": {"version": "1.2.2"}}}""")
            .Write(".release-please-manifest.json", """{".": "1.2.2"}""")
            .Write("deploy/chart/Chart.yaml", "version: 1.2.2\nappVersion: 1.2.2\n")
            .Write("python/pyproject.toml", "[project]\nversion = \"1.2.2\"\n")
            .Write("deploy/values.yaml", "image:\n  tag: 1.2.2\n")
            .Write("CHANGELOG.md", $"# Changelog\n\n## 1.2.2\n\n- A fix: [all changes]({Compare}/v1.2.1...v1.2.2)\n")
            .Commit("Release 1.2.2");
        _ground.Checkout.Push();
        _ground.GitHub.Put(new PullRequest(9, "gone") { Open = false, MergeCommitSha = _ground.Checkout.Head });
        _ground.GitHub.PutLabels("critical", "high");
        _ground.GitHub.PutTeam("platform", "linus");
        await _ground.GitHub.PutAsync(new Release { TagName = "v1.2.1", TargetCommitish = "main" });
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task A_version_that_keeps_every_rule_is_released()
    {
        Tag("v1.2.2", "Release v1.2.2: A fix\n\nemergency-reason: CVE-2026-1 is exploited");
        foreach (var check in (string[])["build", "alerts:validate"]) _ground.GitHub.Put(new CheckRun(_ground.Checkout.Head, check));
        foreach (var user in (string[])["linus", "ada"]) _ground.GitHub.Put(new Review(9, user));

        var run = await RunAsync("v1.2.2", "sandbox-organization-token");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Golden.Matches(Steady(run.Summary), "every-rule-kept");
    }

    [Fact]
    public async Task All_broken_rules_are_reported_together()
    {
        Tag("v1.2.2-rc.1", "Release candidate\n\nrecovery-release: true");
        _ground.GitHub.Put(new CheckRun(_ground.Checkout.Head, "build", "failure"));
        _ground.GitHub.Put(new Issue(3, "Prices are wrong", "critical"));
        _ground.GitHub.Put(new Review(9, "ada"));

        var run = await RunAsync("v1.2.2-rc.1", teamToken: "");

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        Golden.Matches(Steady(run.Summary + "\n" + string.Join('\n', run.Errors) + "\n"), "many-rules-broken");
    }

    // The commit holds the policy of the page, and is another one whenever that is edited.
    private string Steady(string text) => text.Replace(_ground.Checkout.Head[..12], "c0ffee000000", StringComparison.Ordinal);

    private Task<RunResult> RunAsync(string tag, string teamToken) =>
        _ground.Rig().OnTag(tag).With("GITHUB_RUN_ID", "7").Input("team-token", teamToken).RunAsync(new VersionValidateAction());

    private void Tag(string name, string message)
    {
        _ground.Checkout.Git("tag", "--annotate", "--message", message, name);
        _ground.Checkout.Git("push", "--quiet", "origin", name);
    }
}
