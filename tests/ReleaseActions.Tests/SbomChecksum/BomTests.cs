using System.Text.Json;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Versions;
using ReleaseActions.SbomChecksum;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.Tests.SbomChecksum;

public sealed class BomTests
{
    private static readonly DateTimeOffset Date = new(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1));
    private static readonly string Commit = new('c', 40);

    [Fact]
    [Trait("Row", "B8")]
    public void Every_ecosystem_gives_a_valid_document()
    {
        var schema = JsonSchemaTests.CycloneDx("1.6");

        foreach (var (name, text) in All) schema.Errors(Written(LockFile.Read(name, text))).Should().BeEmpty(name);
    }

    [Fact]
    public void The_order_of_lock_files_makes_no_difference()
    {
        var files = All.Select(f => LockFile.Read(f.Name, f.Text)).ToList();

        CycloneDx.Write(Bom.Of(Shop, [], files)).Should().Be(CycloneDx.Write(Bom.Of(Shop, [], [.. files.AsEnumerable().Reverse()])));
    }

    [Fact]
    public void Different_content_has_a_different_serial_number()
    {
        var one = Written().GetProperty("serialNumber").GetString();
        var other = Written(LockFile.Read("go.mod", Lockfiles.Go)).GetProperty("serialNumber").GetString();

        one.Should().MatchRegex("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$").And.NotBe(other);
    }

    [Fact]
    public void A_package_of_two_lock_files_is_listed_once_and_required_if_either_requires_it()
    {
        var url = new PackageUrl("npm", null, "a", "1.0.0");
        var development = new LockFile([new Component(url) { Scope = Scope.Excluded, License = "MIT" }], []);
        var production = new LockFile([new Component(url) { Hashes = [new Hash("SHA-1", new string('0', 40))] }], [url.ToString()]);

        var merged = Bom.Of(Shop, [], [development, production]).Components.Should().ContainSingle().Subject;

        (merged.Scope, merged.License, merged.Hashes.Count).Should().Be((Scope.Required, "MIT", 1));
    }

    [Fact]
    public void The_product_is_known_by_its_tag_on_github_and_by_its_address_elsewhere()
    {
        Shop.Url.ToString().Should().Be("pkg:github/acme/shop@v1.2.3");
        UrlOf("acme/shop", "https://github.com", null).Should().Be($"pkg:github/acme/shop@{Commit}");
        UrlOf("acme/shop", "https://git.example.com", Release)
            .Should().Be($"pkg:generic/shop@1.2.3?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Facme%2Fshop%40{Commit}");
        UrlOf(null, "https://github.com", null).Should().Be("pkg:generic/work@cccccccccccc");
    }

    [Theory]
    [InlineData("MIT", """{"license":{"id":"MIT"}}""")]
    [InlineData("mit", """{"license":{"name":"mit"}}""")]
    [InlineData("MIT OR Apache-2.0", """{"expression":"MIT OR Apache-2.0"}""")]
    [InlineData("ask AND <b>", """{"license":{"name":"ask AND <b>"}}""")]
    public void A_licence_is_an_id_an_expression_or_only_a_name(string license, string json)
    {
        var sbom = Written(new LockFile([new Component(new PackageUrl("npm", null, "a", "1")) { License = license }], []));

        var written = sbom.GetProperty("components")[0].GetProperty("licenses")[0];
        JsonElement.DeepEquals(written, JsonDocument.Parse(json).RootElement).Should().BeTrue();
    }

    [Fact]
    [Trait("Row", "L10")]
    public void Twenty_thousand_packages_give_a_valid_document()
    {
        static string Package(int i) =>
            $$"""
            "node_modules/p{{i}}": { "version": "1.0.{{i}}", "dependencies": { "p{{i / 2}}": "1", "p{{(i / 2) + 1}}": "1" } }
            """;
        var packages = string.Join(',', Enumerable.Range(0, 20_000).Select(Package));

        var sbom = Written(LockFile.Read("package-lock.json", $$"""{ "packages": { {{packages}} } }"""));

        sbom.GetProperty("components").GetArrayLength().Should().Be(20_000);
        JsonSchemaTests.CycloneDx("1.6").Errors(sbom).Should().BeEmpty();
    }

    private static readonly ReleaseTag Release = ReleaseTag.Require("v1.2.3", "v", VersionSchemes.SemVer);

    private static readonly Product Shop = Product.Of("acme/shop", "work", "https://github.com", Release, Commit, Date);

    private static readonly (string Name, string Text)[] All =
    [
        ("package-lock.json", Lockfiles.Npm), ("npm-shrinkwrap.json", Lockfiles.NpmVersion1), ("packages.lock.json", Lockfiles.NuGet),
        ("uv.lock", Lockfiles.Uv), ("poetry.lock", Lockfiles.Poetry), ("Pipfile.lock", Lockfiles.Pipfile),
        ("requirements.txt", Lockfiles.Requirements), ("Cargo.lock", Lockfiles.Cargo), ("go.mod", Lockfiles.Go),
    ];

    private static string UrlOf(string? repository, string server, ReleaseTag? release) =>
        Product.Of(repository, "work", server, release, Commit, Date).Url.ToString();

    private static JsonElement Written(params LockFile[] files) =>
        JsonDocument.Parse(CycloneDx.Write(Bom.Of(Shop, [new HashedFile("dist/a", "a", 1, new string('0', 64))], files))).RootElement;
}
