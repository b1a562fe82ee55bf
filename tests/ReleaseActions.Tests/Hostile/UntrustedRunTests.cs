using ReleaseActions.Core;
using ReleaseActions.Tests.ReleasePrepare;

namespace ReleaseActions.Tests.Hostile;

/// <summary>Every action in every untrusted run: those that write outside the job are refused, those that read work.</summary>
[Trait("Row", "S24"), Trait("Row", "S25"), Trait("Row", "S43")]
public sealed class UntrustedRunTests
{
    private static readonly string[] Writing = ["image-build-push", "release-publish", "branch-cleanup", "release-prepare"];

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task Nothing_is_written_outside_the_job(string name)
    {
        await using var ground = await NewAsync();
        var before = Refs(ground);

        // What only reads never asks for the payload: one of each event is enough.
        var runs = Writing.Contains(name) ? Events.Untrusted : Events.Untrusted.DistinctBy(e => e.Event);
        foreach (var (started, reference, payload) in runs)
        {
            var run = await Rig(ground, name).OnEvent(started, payload).With("GITHUB_REF", reference).RunAsync(AllActions.Named(name));
            run.ExitCode.Should().Be(Writing.Contains(name) ? ExitCode.Refused : ExitCode.Done, "{0} {1}: {2}", started, payload, run.Log);
        }

        (ground.Writes, Refs(ground)).Should().BeEquivalentTo((Array.Empty<string>(), before));
    }

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task A_dry_run_lists_the_refusal_and_writes_nothing(string name)
    {
        await using var ground = await NewAsync();
        var before = Refs(ground);
        const string Fork = """{"pull_request":{"head":{"repo":{"full_name":"eve/shop"}}}}""";

        var run = await Rig(ground, name).OnEvent("pull_request", Fork).Input("dry-run", "true").RunAsync(AllActions.Named(name));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Contains("::warning::refusing to publish from pull_request: it works for a fork, 'eve/shop'", StringComparison.Ordinal)
            .Should().Be(Writing.Contains(name), run.Log);
        (ground.Writes, Refs(ground)).Should().BeEquivalentTo((Array.Empty<string>(), before));
    }

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task The_same_step_works_in_a_trusted_run_also_of_a_repository_that_is_a_fork(string name)
    {
        await using var ground = await NewAsync();
        var before = Refs(ground);
        const string Payload = """{"ref":"refs/heads/main","repository":{"full_name":"acme/shop","fork":true}}""";

        var run = await Rig(ground, name).OnEvent("push", Payload).RunAsync(AllActions.Named(name));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (ground.Writes.Count > 0 || Refs(ground) != before).Should().Be(Writing.Contains(name), run.Log);
    }

    [Fact]
    public async Task Images_that_are_not_pushed_are_built_in_any_run()
    {
        await using var ground = await NewAsync();

        var run = await Rig(ground, "image-build-push").OnEvent("pull_request_target", "{}").Input("push", "false")
            .RunAsync(AllActions.Named("image-build-push"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Writes.Should().BeEmpty();
    }

    // A repository in which each action has something to do.
    private static async Task<ReleaseGround> NewAsync()
    {
        var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Write("CHANGELOG.md", Shop.Changelog + "\n").Write("dist/shop.tgz", "shop").Write("package.json", "{}");
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(ground.Checkout.Root, "image.tar"));
        ground.Checkout.Commit("feat: begin");
        ground.Checkout.Push().Tag("v1.2.2").Branch("release/1.2.2").Commit("fix: round prices");
        ground.Checkout.Push().Switch("main").Git("merge", "--quiet", "--no-ff", "release/1.2.2");
        ground.Checkout.Push();
        return ground;
    }

    private static Rig Rig(ReleaseGround ground, string action)
    {
        var registry = new Uri(ground.GitHub.ServerUrl).Authority;
        (string Name, string Value)[] inputs = action switch
        {
            "image-build-push" => [("version", "1.2.3"), ("image", $"{registry}/acme/shop"), ("archive", "image.tar")],
            "release-publish" => [("version", "1.2.3"), ("body", "Notes"), ("files", "dist/*")],
            "branch-cleanup" => [("branch", "release/1.2.2"), ("release-succeeded", "true")],
            "release-prepare" => [("version", "1.2.3"), ("flow", "tag")],
            "sbom-checksum" => [("version", "1.2.3"), ("files", "dist/*")],
            "changelog-extract" => [("version", "1.2.2")],
            _ => [("version", "1.2.3")],
        };
        return inputs.Aggregate(ground.Rig().OnBranch("main"), (rig, input) => rig.Input(input.Name, input.Value));
    }

    private static string Refs(ReleaseGround ground) => ground.Checkout.Git("ls-remote", "origin");
}
