using System.Text.Json;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.SbomChecksum;

public sealed class SbomChecksumTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("\"\"")]
    [InlineData("sbom.json")]
    [InlineData("../package.sigstore")]
    public async Task An_invalid_bundle_name_is_refused(string name)
    {
        _shop.Checkout.Policy($"artifacts:\n  files: [dist/*]\n  bundle-name: {name}\n");

        var run = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The bundle name '").And.Contain("cannot be used");
    }

    [Fact]
    [Trait("Rule", "AEG-09")]
    public async Task Checksums_SBOM_and_signature_are_written()
    {
        var run = await _shop.SignAsync(("bundle-name", "package.sigstore"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _shop.AllMade.Should().Equal("checksums.txt", "cosign.pub", "package.sigstore", "sbom.json");
        run.Outputs["files"].Split('\n').Should().Equal(
            "dist/shop-1.2.3.tgz", "dist/shop-linux-amd64", "release-artifacts/sbom.json", "release-artifacts/checksums.txt",
            "release-artifacts/package.sigstore", "release-artifacts/cosign.pub");
        run.Outputs.Should().Contain("bundle", "release-artifacts/package.sigstore").And.Contain("component-count", "9");
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed()
    {
        var run = await Shop.RunAsync(_shop.OfGitHub);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _shop.AllMade.Should().Equal("checksums.txt", "sbom.json");
        run.Outputs.Should().Contain("bundle", "").And.Contain("checksums", "release-artifacts/checksums.txt");
        Golden.Matches(run.Summary, "summary");
        Golden.Matches(_shop.Made("checksums.txt"), "checksums");
        Golden.Matches(_shop.Made("sbom.json"), "sbom");
    }

    [Fact]
    public async Task The_checksums_are_what_sha256sum_checks()
    {
        _shop.Checkout.Write("dist/with \\ and space", "x");

        await _shop.RunAsync();

        var all = _shop.Checkout.Aside("downloads");
        foreach (var folder in (string[])["dist", "release-artifacts"])
            foreach (var file in Directory.GetFiles(Path.Combine(_shop.Checkout.Root, folder)))
                File.Copy(file, Path.Combine(all, Path.GetFileName(file).Replace(@"with \ and space", "with.and.space")));
        string[] arguments = ["--check", "--strict", "checksums.txt"];
        Programs.Run(Programs.Require("sha256sum"), all, new Dictionary<string, string>(), arguments).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task The_digests_are_those_of_the_files()
    {
        var run = await _shop.RunAsync();

        var output = JsonDocument.Parse(run.Outputs["digests"]).RootElement;
        var digests = output.EnumerateObject().ToDictionary(d => d.Name, d => d.Value.GetString());
        digests.Keys.Should().Equal("sbom.json", "shop-1.2.3.tgz", "shop-linux-amd64");
        digests["shop-linux-amd64"].Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("the program"u8)));
    }

    [Fact]
    [Trait("Row", "B8")]
    public async Task The_SBOM_is_valid_CycloneDX_and_its_graph_has_no_dangling_references()
    {
        await _shop.RunAsync();

        JsonSchemaTests.CycloneDx("1.6").Errors(_shop.Sbom).Should().BeEmpty();
        var known = _shop.Sbom.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("bom-ref").GetString()).ToHashSet();
        var needed = _shop.Sbom.GetProperty("dependencies").EnumerateArray().Where(d => d.TryGetProperty("dependsOn", out _))
            .SelectMany(d => d.GetProperty("dependsOn").EnumerateArray()).Select(d => d.GetString());
        needed.Should().OnlyContain(d => known.Contains(d));
    }

    [Fact]
    [Trait("Rule", "AEG-13")]
    public async Task A_second_run_with_equal_content_has_nothing_to_do()
    {
        await _shop.SignAsync();
        var (before, at) = (_shop.Made("checksums.txt.sigstore.json"), TimesOfMade());

        var run = await _shop.SignAsync(("files", "dist/*\nrelease-artifacts/*"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("bundle=release-artifacts/checksums.txt.sigstore.json verified=true status=unchanged")
            .And.NotContain("status=ok");
        _shop.Made("checksums.txt.sigstore.json").Should().Be(before);
        TimesOfMade().Should().Equal(at);
    }

    [Fact]
    public async Task A_dry_run_shows_everything_and_writes_nothing()
    {
        var run = await _shop.RunAsync(("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("shop-linux-amd64").And.Contain("_Dry run: nothing was changed._");
        _shop.AllMade.Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_that_releases_no_version_is_named_by_its_commit()
    {
        await Shop.RunAsync(new Rig(_shop.Checkout).OnBranch("main"));

        var product = _shop.Sbom.GetProperty("metadata").GetProperty("component");
        product.GetProperty("version").GetString().Should().Be(_shop.Checkout.Head[..12]);
    }

    [Theory]
    [InlineData("nothing/*.tgz", "The glob 'nothing/*.tgz' matches no file*")]
    [InlineData("../x", "asset '../x' resolves outside the workspace*")]
    [InlineData("dist/*\nother/sbom.json", "duplicate asset name 'sbom.json': 'other/sbom.json' has the name of a file*")]
    public async Task Files_that_cannot_be_published_are_refused(string files, string error)
    {
        _shop.Checkout.Write("other/sbom.json", "{}");

        var run = await _shop.RunAsync(("files", files));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Match(error);
        _shop.AllMade.Should().BeEmpty();
    }

    private IEnumerable<DateTime> TimesOfMade() =>
        [.. _shop.AllMade.Select(f => File.GetLastWriteTimeUtc(Path.Combine(_shop.Checkout.Root, "release-artifacts", f)))];
}
