using System.Text.Json.Nodes;
using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.ReleasePublish;
using ReleaseActions.SbomChecksum;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Teams;

/// <summary>Every program reads the same scheme from the policy: one release of each kind goes through all of them.</summary>
[Trait("Row", "B22")]
public sealed class SchemeProcessTests : IAsyncLifetime
{
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync() => _ground = await ReleaseGround.NewAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    // The policy's keys; a release, a prerelease after it and the release to be made, as tags; the version of the last one.
    [Theory]
    [InlineData("scheme: semver-loose, tag-prefix: jq-", "jq-1.6 jq-1.7rc1 jq-1.7", "1.7")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.0D, tag-prefix: ''", "2024.04.30 2024.05.01-rc.1 2024.05.01", "2024.05.01")]
    [InlineData("scheme: calver, calver-format: YY.MM.MICRO", "v24.4.10 v24.5.0b1 v24.5.0", "24.5.0")]
    [InlineData("scheme: pep440", "v1.9 v1.10rc1 v1.10", "1.10")]
    [InlineData("scheme: nuget, tag-prefix: '@acme/shop@'", "@acme/shop@1.0.0.9 @acme/shop@1.0.0.10-beta1 @acme/shop@1.0.0.10", "1.0.0.10")]
    [InlineData("scheme: maven, tag-prefix: release-", "release-1.0.Final release-1.1.CR1 release-1.1.Final", "1.1.Final")]
    public async Task A_release_goes_through_every_program(string policy, string tags, string version)
    {
        var (before, prerelease, tag) = (tags.Split(' ')[0], tags.Split(' ')[1], tags.Split(' ')[2]);
        var prefix = tag[..^version.Length];
        ImageFiles.DockerSave("base").WriteTar(Path.Combine(Checkout.Root, "image.tar"));
        Checkout.Policy($"version: {{{policy}}}\n").Write("dist/a.tgz", "a").Write("CHANGELOG.md",
            $"# Changelog\n\n## [{version}] - 2026-01-02\n\n- Weights\n\n## {prerelease[prefix.Length..]}\n\n- Try\n\n"
            + $"## [{before[prefix.Length..]}]\n\n- Coins\n").Commit("All");
        Checkout.Push().Tag(before).Tag(prerelease).Tag(tag);

        var validated = await RunAsync(new VersionValidateAction(), tag);
        validated.Outputs.Should().Contain("version", version).And.Contain("previous-tag", before).And.Contain("is-latest", "true");
        var notes = await RunAsync(new ChangelogExtractAction(), tag);
        notes.Outputs.Should().Contain("notes", "- Weights").And.Contain("source", "changelog").And.Contain("date", "2026-01-02")
            .And.Contain("previous-version", before[prefix.Length..]);
        (await RunAsync(new ChangelogExtractAction(), prerelease)).Outputs["notes"].Should().Be("- Try");

        var image = await RunAsync(new ImageBuildPushAction(), tag,
            ("archive", "image.tar"), ("image", "till"), ("registry", "localhost:5000/acme"), ("push", "false"), ("dry-run", "true"));
        image.Outputs["tags"].Should().Be($"localhost:5000/acme/till:{version}\nlocalhost:5000/acme/till:latest");
        await RunAsync(new SbomChecksumAction(), tag, ("files", "dist/*"), ("sign", "none"));
        var sbom = JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "release-artifacts/sbom.json")))!;
        sbom["metadata"]!["component"]!["version"]!.ToString().Should().Be(version);

        (await RunAsync(new ReleasePublishAction(), tag, ("files", "dist/*"))).Outputs.Should().Contain("is-latest", "true");
        (await RunAsync(new ReleasePublishAction(), prerelease, ("files", "dist/*"))).Outputs.Should().Contain("is-latest", "false");
        _ground.GitHub.Releases.Select(r => (r.TagName, r.Prerelease)).Should().BeEquivalentTo([(tag, false), (prerelease, true)]);

        Checkout.Git("push", "--quiet", "origin", $"main:refs/heads/release/{version}");
        (await RunAsync(new BranchCleanupAction(), tag)).Outputs["deleted"].Should().Be($"release/{version}");
    }

    [Theory]
    [InlineData("scheme: semver-loose", "v1.6", "", "1.6.1")]
    [InlineData("scheme: semver-loose, tag-prefix: jq-", "jq-1.6", "minor", "1.7")]
    [InlineData("scheme: semver-loose, post-releases: [hotfix]", "v1.6", "post-release", "1.6-hotfix.1")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.MICRO", "v2026.06.3", "", "2026.07.0")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.MICRO", "v2026.07.3", "", "2026.07.4")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.MICRO", "v2026.06.3", "patch", "2026.06.4")]
    [InlineData("scheme: calver, calver-format: YYYY.0M.0D, tag-prefix: ''", "2026.06.30", "", "2026.07.04")]
    [InlineData("scheme: pep440", "v1.9", "post-release", "1.9.post1")]
    [InlineData("scheme: pep440", "v1.9", "minor", "1.10")]
    [InlineData("scheme: nuget", "v1.0.0.9", "minor", "1.1.0.0")]
    [InlineData("scheme: maven", "v1.0.3.Final", "", "1.0.4.Final")]
    [InlineData("scheme: maven, post-releases: [SP]", "v1.0.Final", "post-release", "1.0-sp-1")]
    public async Task The_next_version_is_cut(string policy, string last, string bump, string version)
    {
        var old = last[last.IndexOfAny([.. "0123456789"])..];
        Checkout.Policy($"version: {{{policy}}}\n").Write("CHANGELOG.md",
            $"# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- Cents\n\n## [{old}] - 2026-01-02\n\n- Coins\n").Commit("fix: cents");
        Checkout.Push().Tag(last);

        var rig = new Rig(Checkout) { Clock = new Independence() }.OnBranch("main");
        var run = await rig.Input("bump", bump).Input("description", "d").RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("version", version).And.Contain("tag", last[..^old.Length] + version);
        Checkout.Git("--git-dir", Checkout.Origin, "show", $"{last[..^old.Length]}{version}:CHANGELOG.md").Should()
            .Contain($"## [Unreleased]\n\n## [{version}] - 2026-07-04\n\n### Fixed\n\n- Cents\n\n## [{old}]");
    }

    [Fact]
    public async Task A_tag_that_moves_is_never_the_tag_of_a_version()
    {
        Checkout.Policy("version: {scheme: semver-loose}\n").Commit("All");
        Checkout.Push().Tag("v1.6.1");

        var run = await RunAsync(new ReleasePublishAction(), "v1.6.1", ("moving-tags", "major, minor"), ("files", "none"));

        run.Outputs["moving-tags"].Should().Be("v1");
        run.Summary.Should().Contain("in the scheme semver-loose it is the tag of a version");
    }

    private async Task<RunResult> RunAsync(ReleaseAction action, string tag, params (string Name, string Value)[] inputs)
    {
        var run = await _ground.RunOnTagAsync(action, tag, inputs);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        return run;
    }

    private sealed class Independence : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 7, 4, 12, 0, 0, TimeSpan.Zero);
    }
}
