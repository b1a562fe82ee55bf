using System.Text.RegularExpressions;

namespace ReleaseActions.EndToEnd;

/// <summary>
/// The rules of the first release process (three images under one version), kept and broken, by the programs as they are shipped.
/// </summary>
public sealed class AofReleaseTests(ReleasedSample sample) : IClassFixture<ReleasedSample>
{
    private static readonly string[] Images = ["aof-coordinator", "aof-runner", "aof-dashboard"];

    [Fact]
    [Trait("Rule", "AOF-01")]
    public async Task A_tag_without_the_v_is_refused_and_told_which_tag_to_push()
    {
        await sample.RequireAsync();

        var released = await sample.StartAsync("version-validate", ("GITHUB_REF", "refs/tags/v1.0.0"));
        var refused = await sample.StartAsync("version-validate", ("GITHUB_REF", "refs/tags/1.0.0"));

        released.Outputs.Should().Contain("version", "1.0.0");
        refused.Run.ExitCode.Should().Be(2);
        refused.Run.Output.Should().Contain("git push origin v1.0.0");
    }

    [Fact]
    [Trait("Rule", "AOF-02")]
    public async Task A_manual_run_takes_the_version_without_v_and_releases_the_same_way()
    {
        await sample.RequireAsync();

        var byTag = await sample.StartAsync("version-validate", ("GITHUB_REF", "refs/tags/v1.0.0"));
        var byHand = await sample.StartAsync("version-validate", ("GITHUB_REF", "refs/heads/main"), ("INPUT_VERSION", "1.0.0"));

        byHand.Run.ExitCode.Should().Be(0, byHand.Run.Output);
        byHand.Outputs.Should().Equal(byTag.Outputs);
    }

    [Fact]
    [Trait("Rule", "AOF-03")]
    [Trait("Rule", "AOF-07")]
    [Trait("Rule", "AOF-10")]
    public async Task All_images_carry_the_one_version_and_latest_and_what_was_reported_is_in_the_registry()
    {
        await sample.RequireAsync();

        foreach (var image in Images)
        {
            var digest = await TestRegistry.DigestAsync(sample.Registry, image, "1.0.0");
            digest.Should().StartWith("sha256:").And.Be(await TestRegistry.DigestAsync(sample.Registry, image, "latest"));
            sample.Text("runner/file_commands/image-build-push.output").Should().Contain($"{image}:1.0.0@{digest}");
        }
    }

    [Fact]
    [Trait("Rule", "AOF-04")]
    public async Task A_components_own_version_is_a_label_and_no_tag()
    {
        await sample.RequireAsync();

        (await TestRegistry.LabelsAsync(sample.Registry, "aof-coordinator", "1.0.0")).Should()
            .Contain("org.release-actions.component.version", "0.7.1").And.Contain("org.opencontainers.image.version", "1.0.0");
        (await TestRegistry.LabelsAsync(sample.Registry, "aof-runner", "1.0.0")).Should()
            .Contain("org.release-actions.component.version", "0.4.2");
        (await TestRegistry.DigestAsync(sample.Registry, "aof-runner", "0.4.2")).Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AOF-05")]
    public async Task One_image_can_be_built_alone_and_nothing_pushed()
    {
        await sample.RequireAsync();
        var registry = $"{Machine.Registry}/alone-{Guid.NewGuid():n}";

        var run = await sample.StartAsync(
            "image-build-push", ("INPUT_VERSION", "1.0.0"), ("INPUT_ONLY", "aof-runner"), ("INPUT_PUSH", "false"),
            ("INPUT_REGISTRY", registry));

        run.Run.ExitCode.Should().Be(0, run.Run.Output);
        run.Summary.Should().Contain("aof-runner").And.NotContain("aof-coordinator");
        (await TestRegistry.DigestAsync(registry, "aof-runner", "1.0.0")).Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AOF-06")]
    public async Task Nothing_of_the_sign_in_remains()
    {
        await sample.RequireAsync();

        Directory.EnumerateFileSystemEntries(sample.PathOf("runner/home")).Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(sample.PathOf("runner/temp")).Should().BeEmpty();
    }

    [Theory]
    [Trait("Rule", "AOF-07")]
    [InlineData("0.9.1")]
    [InlineData("1.1.0-rc.1")]
    public async Task A_patch_of_an_old_line_and_a_prerelease_do_not_move_latest(string version)
    {
        await sample.RequireAsync();
        var before = await TestRegistry.DigestAsync(sample.Registry, "aof-dashboard", "latest");

        var run = await sample.StartAsync(
            "image-build-push", ("INPUT_VERSION", version), ("INPUT_ONLY", "aof-dashboard"), ("INPUT_REGISTRY", sample.Registry),
            ("INPUT_LABELS", $"of={version}"));

        run.Run.ExitCode.Should().Be(0, run.Run.Output);
        (await TestRegistry.DigestAsync(sample.Registry, "aof-dashboard", version)).Should().NotBeEmpty();
        run.Outputs["images"].Should().NotContain(":latest");
        (await TestRegistry.DigestAsync(sample.Registry, "aof-dashboard", "latest")).Should().Be(before);
    }

    [Fact]
    [Trait("Rule", "AOF-08")]
    public async Task The_summary_has_digests_and_commands_to_copy()
    {
        await sample.RequireAsync();

        var summary = sample.Text("runner/file_commands/image-build-push.summary");

        foreach (var image in Images)
            summary.Should()
                .Contain($"docker pull {sample.Registry}/{image}:1.0.0").And.MatchRegex(
                    $"docker pull {Regex.Escape(sample.Registry)}/{image}@sha256:[0-9a-f]{{64}}");
    }

    [Fact]
    [Trait("Rule", "AOF-09")]
    public async Task The_release_is_made_from_the_notes()
    {
        await sample.RequireAsync();

        sample.Text("public/notes.md").Should().StartWith("The first stable release: one version for all three images, tested together.");
        sample.Text("public/index.html").Should().Contain("<span class=\"badge latest\">Latest</span>");
    }
}
