using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Rehearse;
using ReleaseActions.Tests.House;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Rehearse;

/// <summary>Each example can be rehearsed as its README says: its policy accepts the tag that a rehearsal makes in the copy.</summary>
public sealed class ExamplePolicyTests
{
    [Theory]
    [InlineData("aegis", "v1.0.0")]
    [InlineData("aegis", "v1.0.0-preview.1")]
    [InlineData("aof", "v1.0.0")]
    [InlineData("dojo", "v1.0.0")]
    [InlineData("ops", "v1.0.0")]
    [InlineData("orchestrator", "v1.0.0")]
    [Trait("Rule", "OPS-06")]
    [Trait("Rule", "AEG-03")]
    public async Task Version_validate_accepts_the_tag_that_a_rehearsal_makes(string example, string tag)
    {
        await using var ground = await ReleaseGround.NewAsync();
        var yaml = WorkflowText.OfFile($"workflows-examples/{example}/.github/release-actions.yml").Text;
        var policy = ReleasePolicy.Read(yaml, "policy");
        Product(ground.Checkout.Policy(yaml), policy, tag[1..]);
        var stage = ground.Checkout.Aside("rehearsal");

        // Without the programs of the actions it ends right after the copy is made.
        var played = await HostileRig.Offline(ground.Checkout)
            .RunAsync(new RehearseAction(), "--tag", tag, "--output", stage, "--programs", "nowhere");
        ground.Checkout.Git("fetch", "--quiet", Path.Combine(stage, "origin.git"), $"refs/tags/{tag}:refs/tags/{tag}");
        ground.Checkout.Git("push", "--quiet", "origin", $"refs/tags/{tag}");
        Playing.Grant(ground.GitHub, new RehearseFacts("acme/shop", tag, ground.Checkout.Head, policy), Stage.RunId);
        var run = await new Rig(ground.Checkout) { Clock = new OnADay() }.With("GITHUB_API_URL", ground.GitHub.ApiUrl)
            .Input("token", "sandbox-token").Input("team-token", "sandbox-organization-token")
            .With("GITHUB_RUN_ID", $"{Stage.RunId}").OnTag(tag).RunAsync(new VersionValidateAction());

        played.ExitCode.Should().NotBe(ExitCode.Done);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
    }

    // What a team of the example's kind would have committed before it tags.
    private static void Product(Checkout checkout, ReleasePolicy policy, string version)
    {
        checkout.Git("checkout", "--quiet", "-B", policy.Branches.Production);
        foreach (var manifest in policy.Version.Manifests)
            checkout.Write(manifest, manifest switch
            {
                "VERSION" => version,
                "package-lock.json" => $$"""{"version": "{{version}}", "packages": {"": {"version": "{{version}}"} } }""",
                ".release-please-manifest.json" => $"{{\".\": \"{version}\"}}",
                "pyproject.toml" => $"[project]\nversion = \"{version}\"\n",
                _ when manifest.EndsWith("Chart.yaml", StringComparison.Ordinal) => $"version: {version}\nappVersion: {version}\n",
                _ => $"{{\"version\": \"{version}\"}}",
            });
        checkout.Write("CHANGELOG.md", $"## [{version}]\n\n- First\n").Commit("feat: begin");
        checkout.Push();
    }

    // Outside of every blackout that an example has.
    private sealed class OnADay : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
