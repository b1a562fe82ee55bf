using ReleaseActions.Core;
using ReleaseActions.Core.Versions;
using ReleaseActions.SbomChecksum;

namespace ReleaseActions.Tests.SbomChecksum;

/// <summary>Signing with the real cosign, and what happens if it is missing, too old, or given a wrong key.</summary>
public sealed class SigningTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    [Trait("Rule", "AEG-09")]
    public async Task Whoever_downloads_the_files_can_verify_them_as_the_summary_says()
    {
        var run = await _shop.SignAsync();

        run.Summary.Should().Contain(
            "cosign verify-blob --key cosign.pub --bundle checksums.txt.sigstore.json --insecure-ignore-tlog=true checksums.txt");
        Shop.Verify(_shop.Checkout, "checksums.txt").Should().Be(0);
        Shop.Verify(_shop.Checkout, "sbom.json").Should().NotBe(0, "it is not what was signed");
    }

    [Fact]
    public async Task The_summary_of_a_signed_release_shows_how_to_verify_it()
    {
        var run = await Shop.RunAsync(_shop.OfGitHub, ("cosign-key", _shop.Key()), ("cosign-password", Shop.Password));

        var key = _shop.Made("cosign.pub").TrimEnd();
        Golden.Matches(run.Summary.Replace(key, "(the public key)", StringComparison.Ordinal), "signed-summary");
    }

    [Fact]
    [Trait("Row", "F51")]
    public async Task A_wrong_password_leaves_no_partial_bundle()
    {
        var run = await _shop.RunAsync(("cosign-key", _shop.Key()), ("cosign-password", "wrong"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("cosign cannot open the signing key: ")
            .And.EndWith("Check that `cosign-password` is the password of `cosign-key`.");
        _shop.AllMade.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F51")]
    public async Task Without_cosign_the_remedy_is_named()
    {
        var rig = new Rig(_shop.Checkout).OnTag("v1.2.3").With("PATH", _shop.Only("git"));

        var run = await Shop.RunAsync(rig, ("cosign-key", FakeKey), ("cosign-password", "not tried"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().Equal("'cosign' could not be started. Install cosign and check that it is on PATH.");
        _shop.AllMade.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S27")]
    [Trait("Row", "F51")]
    public async Task A_cosign_with_a_known_flaw_is_refused()
    {
        var old = _shop.Stand("cosign", """echo '{"gitVersion":"v2.5.0"}'""");
        var rig = new Rig(_shop.Checkout).OnTag("v1.2.3").With("PATH", $"{_shop.Only("git")}:{old}");

        var run = await Shop.RunAsync(rig, ("cosign-key", FakeKey), ("cosign-password", "not tried"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle()
            .Which.Should().StartWith("cosign 2.5.0 is affected by CVE-2026-22703; need >= 3.0.4 (or 2.6.2+). ");
    }

    [Theory]
    [Trait("Row", "S27")]
    [InlineData("1.13.6", false)]
    [InlineData("2.6.1", false)]
    [InlineData("2.6.2-rc.1", false)]
    [InlineData("3.0.4-rc.1", false)]
    [InlineData("3.0.5-rc.1", true)]
    [InlineData("2.6.2", true)]
    [InlineData("2.7.0", true)]
    [InlineData("3.0.0", false)]
    [InlineData("3.0.3", false)]
    [InlineData("3.0.4", true)]
    [InlineData("3.1.1", true)]
    [InlineData("4.0.0", true)]
    public void The_range_of_the_flaw_is_known(string version, bool isSafe)
    {
        SemanticVersion.TryParse(version, out var cosign).Should().BeTrue();

        (CosignKey.FlawOf(cosign!) is null).Should().Be(isSafe);
    }

    [Fact]
    [Trait("Row", "F51")]
    public async Task If_the_new_signature_does_not_verify_nothing_is_written()
    {
        var real = Programs.Require("cosign");
        var bad = _shop.Stand("cosign", $"""[ "$1" = verify-blob ] && exit 1; exec {real} "$@" """);
        var rig = new Rig(_shop.Checkout).OnTag("v1.2.3").With("PATH", $"{bad}:{_shop.Only("git")}");

        var run = await Shop.RunAsync(rig, ("cosign-key", _shop.Key()), ("cosign-password", Shop.Password));

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        _shop.AllMade.Should().BeEmpty();
    }

    [Theory]
    [Trait("Row", "S28")]
    [InlineData("dist/shop-1.2.3.tgz", "The files are not those that '*.sigstore.json' signed: sbom.json, shop-1.2.3.tgz changed since*")]
    [InlineData("release-artifacts/checksums.txt", "The bundle '*' does not verify '*/checksums.txt': one of them was changed, *")]
    [InlineData("release-artifacts/checksums.txt.sigstore.json", "The bundle '*/checksums.txt.sigstore.json' does not verify*")]
    public async Task A_change_after_signing_is_an_error(string path, string error)
    {
        await _shop.SignAsync();
        var file = Path.Combine(_shop.Checkout.Root, path);
        File.WriteAllText(file, File.ReadAllText(file).Replace("a", "b", StringComparison.Ordinal));
        var before = _shop.AllMade.Select(_shop.Made).ToList();

        var run = await _shop.SignAsync();

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Match(error);
        _shop.AllMade.Select(_shop.Made).Should().Equal(before);
    }

    [Fact]
    [Trait("Row", "S28")]
    public async Task The_bundle_of_another_key_is_an_error()
    {
        await _shop.RunAsync(("cosign-key", _shop.Key("stranger")), ("cosign-password", Shop.Password));

        (await _shop.SignAsync()).ExitCode.Should().Be(ExitCode.VerificationFailed);
    }

    [Fact]
    [Trait("Row", "S29")]
    public async Task An_unencrypted_key_is_refused_unless_it_is_allowed()
    {
        Programs.Require("cosign");
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

        var refused = await _shop.RunAsync(("cosign-key", key.ExportPkcs8PrivateKeyPem()));
        var allowed = await _shop.RunAsync(("cosign-key", key.ExportECPrivateKeyPem()), ("allow-unencrypted-key", "true"));

        refused.ExitCode.Should().Be(ExitCode.Refused);
        refused.Errors.Should().ContainSingle()
            .Which.Should().StartWith("The signing key is not encrypted: whoever sees it can sign with it. ");
        allowed.ExitCode.Should().Be(ExitCode.Done, allowed.Log);
        _shop.Made("cosign.pub").Trim().Should().Be(key.ExportSubjectPublicKeyInfoPem().Trim());
        Shop.Verify(_shop.Checkout, "checksums.txt").Should().Be(0);
    }

    [Fact]
    [Trait("Row", "S29")]
    public async Task A_key_with_an_empty_password_is_refused_too()
    {
        var run = await _shop.RunAsync(("cosign-key", FakeKey));

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle()
            .Which.Should().StartWith("The signing key's password is empty: whoever sees the key can sign with it. ");
        _shop.AllMade.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S29")]
    public async Task A_dry_run_warns_about_an_unencrypted_key()
    {
        var run = await _shop.RunAsync(("cosign-key", FakeKey), ("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::warning").And.Contain("The signing key's password is empty");
        run.Summary.Should().Contain("**The signing key's password is empty: whoever sees the key can sign with it**");
        run.Outputs.Should().BeEmpty();
    }

    [Theory]
    [InlineData("key", null, ExitCode.BadInput, "The input 'sign' is 'key', and 'cosign-key' was not given. *")]
    [InlineData("auto", "ssh-ed25519 AAAA", ExitCode.BadInput, "The signing key is not a private key that cosign reads. *")]
    public async Task A_missing_or_invalid_key_is_refused(string sign, string? key, ExitCode exitCode, string error)
    {
        var run = await _shop.RunAsync(("sign", sign), ("cosign-key", key ?? ""), ("cosign-password", "not tried"));

        run.ExitCode.Should().Be(exitCode);
        run.Errors.Should().ContainSingle().Which.Should().Match(error);
    }

    [Fact]
    public async Task Sign_none_makes_no_signature_even_with_a_key()
    {
        var run = await _shop.RunAsync(("sign", "none"), ("cosign-key", FakeKey));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _shop.AllMade.Should().Equal("checksums.txt", "sbom.json");
    }

    private const string FakeKey = "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----";
}
