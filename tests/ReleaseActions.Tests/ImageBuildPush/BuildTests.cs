using ReleaseActions.Core;
using ReleaseActions.ImageBuildPush;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Images that docker builds, with a real engine and a real registry.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly TestRegistry _registry = TestRegistry.Require();
    private readonly string _name = TestRegistry.NewName("aof");

    public BuildTests() => WithImages("coordinator", "dashboard");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "AOF-03")]
    [Trait("Rule", "AOF-07")]
    [Trait("Rule", "AOF-10")]
    public async Task A_tag_publishes_every_image_under_its_version_and_latest()
    {
        _checkout.Tag("v1.0.0");

        var run = await Rig().OnTag("v1.0.0").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        foreach (var image in (string[])["coordinator", "dashboard"])
        {
            var digest = await _registry.DigestAsync($"{_name}/{image}", "1.0.0");
            digest.Should().NotBeNull().And.Be(await _registry.DigestAsync($"{_name}/{image}", "latest"));
            run.Outputs["images"].Should().Contain($"{_registry.Host}/{_name}/{image}:1.0.0@{digest}");
            run.Summary.Should().Contain($"docker pull {_registry.Host}/{_name}/{image}:1.0.0").And.Contain($"@{digest}");
        }
    }

    [Fact]
    [Trait("Rule", "AOF-04")]
    public async Task The_components_own_version_becomes_a_label_and_not_a_tag()
    {
        var run = await Rig().Input("only", "coordinator").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var labels = await _registry.LabelsAsync($"{_name}/coordinator", "1.0.0");
        labels["org.release-actions.component.version"]!.GetValue<string>().Should().Be("0.7.3");
        labels["org.opencontainers.image.version"]!.GetValue<string>().Should().Be("1.0.0");
        labels["org.opencontainers.image.revision"]!.GetValue<string>().Should().Be(_checkout.Head);
        labels["org.opencontainers.image.created"]!.GetValue<string>().Should().Be("2026-01-02T03:04:05Z");
        (await _registry.DigestAsync($"{_name}/coordinator", "0.7.3")).Should().BeNull();
    }

    [Fact]
    [Trait("Rule", "AOF-07")]
    public async Task A_patch_of_an_old_line_does_not_move_latest()
    {
        _checkout.Tag("v1.0.0").Tag("v2.0.0");

        var run = await Rig().OnTag("v1.0.0").Input("only", "dashboard").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.DigestAsync($"{_name}/dashboard", "latest")).Should().BeNull();
    }

    [Fact]
    [Trait("Rule", "DOJ-10")]
    public async Task A_rerun_builds_only_what_is_missing_and_keeps_the_digests()
    {
        var first = await Rig().Input("only", "dashboard").RunAsync(new ImageBuildPushAction());

        var second = await Rig().RunAsync(new ImageBuildPushAction());

        second.ExitCode.Should().Be(ExitCode.Done, second.Log);
        second.Summary.Should().Contain("kept: the registry has it from this commit");
        (await _registry.DigestAsync($"{_name}/dashboard", "1.0.0")).Should().Be(first.Outputs["digest"]);
        (await _registry.DigestAsync($"{_name}/coordinator", "1.0.0")).Should().NotBeNull();
    }

    [Fact]
    [Trait("Rule", "AOF-05")]
    public async Task A_build_without_push_leaves_the_registry_alone()
    {
        var run = await Rig().Input("push", "false").Input("only", "dashboard").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.DigestAsync($"{_name}/dashboard", "1.0.0")).Should().BeNull();
    }

    [Fact]
    public async Task Two_platforms_become_one_index()
    {
        var rig = Rig().Input("only", "dashboard").Input("platforms", "linux/amd64\nlinux/arm64");

        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await _registry.ManifestAsync($"{_name}/dashboard", "1.0.0"))["manifests"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task What_looks_like_a_template_reaches_the_image_unchanged()
    {
        var rig = Rig().Input("only", "dashboard").Input("labels", "note=${HOME} %{ if true } $${x} {sha}");

        var run = await rig.RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var note = (await _registry.LabelsAsync($"{_name}/dashboard", "1.0.0"))["note"]!.GetValue<string>();
        note.Should().Be($"${{HOME}} %{{ if true }} $${{x}} {_checkout.Head[..12]}");
    }

    private Rig Rig() => new Rig(_checkout).WithDocker().OnBranch("main")
        .Input("version", "1.0.0").Input("registry", $"{_registry.Host}/{_name}");

    private void WithImages(params string[] names)
    {
        foreach (var name in names) _checkout.Write($"{name}/Dockerfile", "FROM scratch\nCOPY app /app\n").Write($"{name}/app", name);
        _checkout.Write("coordinator/pyproject.toml", "[project]\nversion = \"0.7.3\"\n");
        _checkout.Policy("""
            images:
              - { name: coordinator, context: coordinator, version-from: coordinator/pyproject.toml }
              - { name: dashboard, context: dashboard }
            """);
        _checkout.Commit("Images");
        _checkout.Push();
    }
}
