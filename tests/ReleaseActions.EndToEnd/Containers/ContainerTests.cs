using ReleaseActions.Core;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>The actions as users run them: containers that the runner starts as root over a checkout of its own user.</summary>
public sealed class ContainerTests
{
    private static readonly string[] Settings = ["core.fsmonitor", "core.hooksPath", "core.sshCommand", "diff.external",
        "filter.evil.smudge", "filter.evil.clean", "remote.origin.uploadpack", "credential.helper"];

    [Fact]
    [Trait("Row", "S10")]
    [Trait("Row", "S23")]
    public async Task The_checkout_stays_its_owner_s_and_nothing_is_left_in_home_or_temp()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Sample);
        job.GiveCheckoutToRunner();

        ContainerRun[] runs =
        [
            await job.RunAsync("version-validate"),
            await job.RunAsync("changelog-extract", ("version", "1.0.0")),
            await job.RunAsync("sbom-checksum", ("version", "1.0.0")),
            await job.RunAsync("release-publish", ("tag", "v1.0.0"), ("files", "dist/tool.txt")),
            await job.RunAsync("branch-cleanup", ("branch", "release/1.0.0"), ("release-succeeded", "true")),
        ];

        runs.Should().OnlyContain(r => r.ExitCode == 0, string.Join('\n', runs.Select(r => r.Log)));

        job.FilesOfRoot().Should().BeEmpty();
        job.LeftBehind.Should().BeEmpty();
        job.GitConfigIsUntouched.Should().BeTrue();
        File.Exists(Path.Combine(job.Checkout.Root, "release-artifacts/checksums.txt")).Should().BeTrue();
    }

    [Fact]
    [Trait("Row", "S10")]
    [Trait("Row", "S23")]
    public async Task An_image_is_built_by_the_engine_of_the_machine_and_the_sign_in_is_gone_afterwards()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", checkout =>
        {
            Sample(checkout);
            checkout.Write("app/Dockerfile", "FROM scratch\nCOPY tool.txt /\n").Write("app/tool.txt", "tool\n").Commit("Add an image");
        });
        job.GiveCheckoutToRunner();

        var run = await job.RunAsync(
            "image-build-push", ("version", "1.0.0"), ("image", "shop"), ("context", "app"), ("registry", $"{job.GitHub.Registry}/acme"),
            ("password", ContainerJob.Token));

        run.ExitCode.Should().Be(0, run.Log);
        job.GitHub.ImageTags.Should().ContainKey("acme/shop:1.0.0");
        job.FilesOfRoot().Should().BeEmpty();
        job.LeftBehind.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S10")]
    public async Task A_release_is_cut_without_a_shell_and_the_files_of_the_checkout_follow()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Sample);
        job.Branch = "main";
        job.Checkout.Write("dist/tool.txt", "2").Commit("fix: second");
        job.Checkout.Git("push", "--quiet", job.Checkout.Origin, "main");
        job.Commit = job.Checkout.Head;
        job.GiveCheckoutToRunner();

        var run = await job.RunAsync("release-prepare", ("bump", "patch"));

        run.ExitCode.Should().Be(0, run.Log);
        File.ReadAllText(Path.Combine(job.Checkout.Root, "VERSION")).Should().Be("1.0.1\n");
        job.FilesOfRoot().Should().BeEmpty();
        job.LeftBehind.Should().BeEmpty();
        job.Checkout.Git("--git-dir", job.Checkout.Origin, "rev-parse", "v1.0.1^{commit}^").Should().Be(job.Commit);
    }

    [Fact]
    [Trait("Rule", "OPS-08")]
    public async Task A_time_zone_is_known_by_its_name_without_the_system_s_files()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", checkout =>
        {
            Sample(checkout);
            checkout.Policy("gates:\n  blackouts: [{name: all year, from: 01-01, to: 12-31}]\n  time-zone: America/New_York\n")
                .Commit("Close the shop");
        });

        var run = await job.RunAsync("version-validate");

        run.ExitCode.Should().Be((int)ExitCode.Refused, run.Log);
        run.Log.Should().Contain(" (America/New_York), is in the blackout 'all year, 01-01 to 12-31'");
    }

    [Fact]
    public async Task Outputs_and_summary_reach_the_runner()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Sample);

        var run = await job.RunAsync("version-validate");

        run.Outputs.Should().Contain("version", "1.0.0").And.Contain("sha", job.Commit);
        run.Summary.Should().Contain("1.0.0");
    }

    [Fact]
    public async Task A_refusal_is_an_annotation_and_an_exit_code()
    {
        await using var job = await ContainerJob.OnTagAsync("v2.0.0", Sample);

        var run = await job.RunAsync("version-validate");

        run.ExitCode.Should().Be((int)ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().Contain("has '1.0.0', and the release is '2.0.0'");
    }

    [Fact]
    [Trait("Row", "S09")]
    public async Task A_program_in_the_settings_of_the_checkout_is_never_started()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Sample);
        foreach (var key in Settings) job.Checkout.Git("config", key, "touch /github/runner_temp/was-run; true");

        foreach (var action in (string[])["version-validate", "changelog-extract"])
            (await job.RunAsync(action, ("version", "1.0.0"))).ExitCode.Should().Be(0);

        job.HasTemporary("was-run").Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "S09")]
    public async Task A_checkout_cannot_change_how_the_runtime_starts_a_program()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Sample);
        foreach (var end in (string[])["runtimeconfig.json", "runtimeconfig.dev.json", "deps.json", "dll"])
            job.Checkout.Write($"version-validate.{end}", "{}");

        var run = await job.RunAsync("version-validate");

        run.ExitCode.Should().Be(0, run.Log);
    }

    [Fact]
    public async Task Files_are_signed_and_the_signature_verified_by_the_cosign_of_the_image()
    {
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", Sample);
        var keys = job.Checkout.Aside("keys");
        await Docker.RequireAsync(
            "run", "--rm", "--env", "COSIGN_PASSWORD=s3cret", "--volume", $"{keys}:/keys", "--workdir", "/keys",
            ActionDoor.Of("sbom-checksum").LocalImage, "cosign", "generate-key-pair");
        var key = File.ReadAllText(Path.Combine(keys, "cosign.key"));

        var run = await job.RunAsync("sbom-checksum", ("version", "1.0.0"), ("cosign-key", key), ("cosign-password", "s3cret"));

        run.ExitCode.Should().Be(0, run.Log);
        Directory.GetFiles(Path.Combine(job.Checkout.Root, "release-artifacts")).Should()
            .Contain(f => f.EndsWith(".sigstore.json", StringComparison.Ordinal) || f.EndsWith(".bundle", StringComparison.Ordinal));
        job.LeftBehind.Should().BeEmpty();
    }

    internal static void Sample(Checkout checkout)
    {
        checkout.Policy("version:\n  manifests: [VERSION]\nartifacts:\n  files: [dist/*.txt]\n").Write("VERSION", "1.0.0\n");
        checkout.Write("CHANGELOG.md", "## [1.0.0]\n\n- A tool\n").Write("dist/tool.txt", "tool\n").Commit("Release 1.0.0");
        checkout.Branch("release/1.0.0").Push().Switch("main");
    }
}
