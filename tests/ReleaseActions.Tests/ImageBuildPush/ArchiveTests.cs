using System.Text;
using ReleaseActions.Core;
using ReleaseActions.ImageBuildPush;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Images that another build system made, pushed to a real registry without docker.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly TestRegistry _registry = TestRegistry.Require();
    private readonly string _name = TestRegistry.NewName("dojo");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "DOJ-02")]
    public async Task A_tarball_as_Nix_makes_it_is_pushed_without_docker()
    {
        ImageFiles.DockerSave("base", "app").WriteGzip(Path.Combine(_checkout.Root, "image.tar.gz"));

        var run = await RunAsync("image.tar.gz");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var manifest = await _registry.ManifestAsync($"acme/{_name}", "1.2.0");
        manifest["layers"]!.AsArray().Should().HaveCount(2);
        manifest["layers"]![0]!["mediaType"]!.GetValue<string>().Should().Be("application/vnd.oci.image.layer.v1.tar");
        run.Outputs["digest"].Should().Be(await _registry.DigestAsync($"acme/{_name}", "1.2.0"));
    }

    [Fact]
    [Trait("Rule", "DOJ-10")]
    public async Task The_same_archive_has_the_same_digest_gzipped_or_not_and_on_every_run()
    {
        ImageFiles.DockerSave("base", "app").WriteGzip(Path.Combine(_checkout.Root, "a.tar.gz"));
        ImageFiles.DockerSave("base", "app").WriteTar(Path.Combine(_checkout.Root, "b.tar"));

        var (first, second) = (await RunAsync("a.tar.gz"), await RunAsync("b.tar"));

        second.ExitCode.Should().Be(ExitCode.Done, second.Log);
        second.Outputs["digest"].Should().Be(first.Outputs["digest"]);
    }

    [Fact]
    [Trait("Rule", "DOJ-03")]
    [Trait("Rule", "DOJ-08")]
    public async Task A_tag_publishes_its_commit_and_its_version_again_and_again_with_the_same_result()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));
        _checkout.Tag("v1.2.0");
        Rig Rig() => InputsOn(new Rig(_checkout).OnTag("v1.2.0"), "image.tar").Input("tags", "{sha}\nv{version}");

        var (first, second) = (await Rig().RunAsync(new ImageBuildPushAction()), await Rig().RunAsync(new ImageBuildPushAction()));

        first.ExitCode.Should().Be(ExitCode.Done, first.Log);
        var image = $"{_registry.Host}/acme/{_name}";
        first.Outputs["tags"].Should().Be($"{image}:{_checkout.Head[..12]}\n{image}:v1.2.0\n{image}:latest");

        second.ExitCode.Should().Be(ExitCode.Done, second.Log);
        second.Outputs.Should().BeEquivalentTo(first.Outputs);
        (await _registry.DigestAsync($"acme/{_name}", _checkout.Head[..12])).Should().Be(first.Outputs["digest"]);
        (await _registry.DigestAsync($"acme/{_name}", "v1.2.0")).Should().Be(first.Outputs["digest"]);
        second.Log.Should().Contain("tag=v1.2.0").And.Contain("status=unchanged").And.NotContain("status=ok");
    }

    [Fact]
    [Trait("Rule", "DOJ-08")]
    [Trait("Row", "F41")]
    public async Task A_version_that_is_published_is_not_moved_to_another_image()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));
        var first = await RunAsync("image.tar");
        ImageFiles.DockerSave("changed").WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        var second = await RunAsync("image.tar");

        second.ExitCode.Should().Be(ExitCode.Refused);
        second.Errors.Should().ContainSingle().Which.Should()
            .Contain($"{_registry.Host}/acme/{_name}:1.2.0 is published as {first.Outputs["digest"]}")
            .And.Contain("release this under the next version");
        (await _registry.DigestAsync($"acme/{_name}", "1.2.0")).Should().Be(first.Outputs["digest"]);
    }

    [Fact]
    [Trait("Rule", "DOJ-07")]
    public async Task Each_tag_leaves_one_logfmt_line()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        var run = await RunAsync("image.tar");

        run.Log.Split('\n').Where(l => l.StartsWith("step=push", StringComparison.Ordinal)).Should().Equal(
            $"step=push registry={_registry.Host} image=acme/{_name} tag=1.2.0 digest={run.Outputs["digest"]} status=ok",
            $"step=push registry={_registry.Host} image=acme/{_name} tag=latest digest={run.Outputs["digest"]} status=ok");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Row", "F42")]
    public async Task An_OCI_layout_for_two_platforms_keeps_its_digest(bool isFolder)
    {
        var image = ImageFiles.OciLayout("amd64", "arm64");
        if (isFolder) image.WriteFolder(Path.Combine(_checkout.Root, "image"));
        else image.WriteTar(Path.Combine(_checkout.Root, "image"));

        var run = await RunAsync("image");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["digest"].Should().Be(image.RootDigest);
        (await _registry.ManifestAsync($"acme/{_name}", "latest"))["manifests"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task A_layer_that_is_not_what_the_configuration_says_is_never_tagged()
    {
        var image = ImageFiles.DockerSave("app").With("0/layer.tar", Encoding.UTF8.GetBytes("other bytes"));
        image.WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        var run = await RunAsync("image.tar");

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("does not match its digest");
        (await _registry.DigestAsync($"acme/{_name}", "1.2.0")).Should().BeNull();
    }

    [Fact]
    [Trait("Rule", "DOJ-01")]
    public async Task A_push_to_the_branch_publishes_its_commit_and_may_move_staging()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));
        var rig = InputsOn(new Rig(_checkout).OnBranch("main"), "image.tar").Input("tags", "{sha}\nstaging");

        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var image = $"{_registry.Host}/acme/{_name}";
        run.Outputs["tags"].Should().Be($"{image}:{_checkout.Head[..12]}\n{image}:staging");
        (await _registry.DigestAsync($"acme/{_name}", "staging")).Should().Be(run.Outputs["digest"]);
    }

    [Fact]
    [Trait("Rule", "AOF-05")]
    public async Task A_dry_run_shows_the_plan_and_pushes_nothing()
    {
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        var run = await Rig("image.tar").Input("dry-run", "true").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("sent from `image.tar`");
        (await _registry.DigestAsync($"acme/{_name}", "1.2.0")).Should().BeNull();
    }

    private Task<RunResult> RunAsync(string archive) => Rig(archive).RunAsync(new ImageBuildPushAction());

    private Rig Rig(string archive) => InputsOn(new Rig(_checkout).OnBranch("main"), archive).Input("version", "1.2.0");

    private Rig InputsOn(Rig rig, string archive) =>
        rig.Input("archive", archive).Input("registry", $"{_registry.Host}/Acme").Input("image", _name);
}
