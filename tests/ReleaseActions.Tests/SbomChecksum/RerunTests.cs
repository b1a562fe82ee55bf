using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.SbomChecksum;

namespace ReleaseActions.Tests.SbomChecksum;

/// <summary>
/// A release that is run again on a new runner, which has nothing but the checkout. cosign signs differently each time.
/// </summary>
public sealed class RerunTests : IAsyncLifetime
{
    private ReleaseGround _ground = null!;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        _ground.Checkout.Write(".gitignore", "dist\nrelease-artifacts\n").Policy("artifacts:\n  files: [dist/*]\n");
        _ground.Checkout.Commit("Everything for 1.2.3");
        _ground.Checkout.Push().Tag("v1.2.3").Write("dist/shop.tgz", "the package");
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    [Trait("Rule", "AEG-13")]
    [Trait("Row", "F52")]
    public async Task The_published_signature_is_used_and_there_is_nothing_left_to_do()
    {
        await ReleaseAsync();
        var published = Bundle();
        Directory.Delete(Made(""), recursive: true);

        var (signing, publishing) = await ReleaseAsync();

        signing.Log.Should().Contain("bundle=release-artifacts/checksums.txt.sigstore.json verified=true status=published");
        signing.Summary.Should().Contain("taken from the published release, and it verifies");
        Bundle().Should().Be(published);
        publishing.Log.Should().Contain("status=nothing-to-do");
    }

    [Fact]
    [Trait("Row", "F51"), Trait("Row", "F52")]
    public async Task A_second_attempt_with_cosign_ends_in_the_signed_release()
    {
        var onlyGit = _ground.Checkout.Aside("only-git");
        Script.Write(onlyGit, "git", $"exec {Programs.Require("git")} \"$@\"");
        (string, string)[] inputs = [("cosign-key", Shop.KeyAside(_ground.Checkout, "signing")), ("cosign-password", Shop.Password)];
        var without = await Shop.RunAsync(_ground.Rig().OnTag("v1.2.3").With("PATH", onlyGit), inputs);
        without.ExitCode.Should().Be(ExitCode.RemoteFailed, without.Log);
        Directory.Exists(Made("")).Should().BeFalse();

        await ReleaseAsync();

        _ground.Checkout.Write("release-artifacts/shop.tgz", "the package");
        _ground.ExpectWhole("release-artifacts").Assets.Select(a => a.Name)
            .Should().BeEquivalentTo("shop.tgz", "checksums.txt", "checksums.txt.sigstore.json", "cosign.pub", "sbom.json");
        Shop.Verify(_ground.Checkout, "checksums.txt").Should().Be(0);
    }

    [Fact]
    public async Task The_signature_of_other_files_is_not_used()
    {
        await ReleaseAsync();
        var published = Bundle();
        Directory.Delete(Made(""), recursive: true);
        _ground.Checkout.Write("dist/shop.tgz", "another package");

        var signing = await SignAsync();

        signing.ExitCode.Should().Be(ExitCode.Done, signing.Log);
        Bundle().Should().NotBe(published);
    }

    [Fact]
    public async Task The_signature_of_another_key_is_not_used()
    {
        await ReleaseAsync();
        var published = Bundle();
        Directory.Delete(Made(""), recursive: true);

        var signing = await SignAsync("another");

        signing.Log.Should().Contain("verified=true status=ok");
        Bundle().Should().NotBe(published);
    }

    private async Task<(RunResult Signing, RunResult Publishing)> ReleaseAsync()
    {
        var signing = await SignAsync();
        signing.ExitCode.Should().Be(ExitCode.Done, signing.Log);
        var publishing = await _ground.RunOnTagAsync(new ReleasePublishAction(), "v1.2.3", ("files", signing.Outputs["files"]));
        publishing.ExitCode.Should().Be(ExitCode.Done, publishing.Log);
        return (signing, publishing);
    }

    private Task<RunResult> SignAsync(string key = "signing")
    {
        (string, string)[] inputs = [("cosign-key", Shop.KeyAside(_ground.Checkout, key)), ("cosign-password", Shop.Password)];
        return _ground.RunOnTagAsync(new SbomChecksumAction(), "v1.2.3", inputs);
    }

    private string Bundle() => File.ReadAllText(Made("checksums.txt.sigstore.json"));

    private string Made(string name) => Path.Combine(_ground.Checkout.Root, "release-artifacts", name);
}
