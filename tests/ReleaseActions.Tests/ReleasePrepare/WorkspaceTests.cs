using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>Several packages in one release: globs, and the lock file that has their versions too.</summary>
[Trait("Rule", "OPS-04")]
public sealed class WorkspaceTests : IDisposable
{
    private const string Lock = """
        {
          "name": "shop", "version": "1.2.2", "lockfileVersion": 3,
          "packages": {
            "": { "name": "shop", "version": "1.2.2", "workspaces": ["packages/*"] },
            "node_modules/@shop/till": { "resolved": "packages/till", "link": true },
            "node_modules/left": { "version": "1.2.2" },
            "packages/scales": { "name": "@shop/scales", "version": "1.2.2", "dependencies": { "left": "1.2.2" } },
            "packages/till.pos": { "name": "@shop/till", "version": "1.2.2" },
            "packages/private/tool": { "version": "0.0.0" }
          }
        }

        """;

    private readonly Shop _shop = new("version:\n  manifests: [package.json, packages/*/package.json, package-lock.json]\n");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Each_package_and_its_entry_in_the_lock_file_move_and_nothing_else()
    {
        Commit();

        var run = await _shop.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _shop.OnOrigin("main:packages/scales/package.json").Should()
            .Be(Package("scales").Replace("1.2.2", "1.2.3", StringComparison.Ordinal));
        _shop.OnOrigin("main:packages/till.pos/package.json").Should().Contain("\"version\": \"1.2.3\"");
        _shop.OnOrigin("main:packages/private/tool/package.json").Should().Contain("0.0.0", "a star is one folder");
        _shop.Checkout.Git("diff", "--numstat", "v1.2.3~1", "v1.2.3", "--", "package-lock.json").Should().StartWith("4\t4\t");
        var locked = _shop.OnOrigin("main:package-lock.json");
        locked.Should().Contain("\"node_modules/left\": { \"version\": \"1.2.2\" }").And.Contain("\"left\": \"1.2.2\"")
            .And.Contain("\"packages/private/tool\": { \"version\": \"0.0.0\" }");
        (await new Rig(_shop.Checkout).OnTag("v1.2.3").RunAsync(new VersionValidateAction())).ExitCode.Should().Be(ExitCode.Done);
    }

    [Fact]
    public async Task A_package_that_has_another_version_is_reported_once_the_tag_is_there()
    {
        Commit();
        _shop.Checkout.Write("packages/scales/package.json", Package("scales").Replace("1.2.2", "1.2.1", StringComparison.Ordinal));

        var run = await new Rig(_shop.Checkout).OnTag("v1.2.2").RunAsync(new VersionValidateAction());

        run.Errors.Should().Contain(e => e.StartsWith("packages/scales/package.json#version has '1.2.1'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_glob_that_matches_nothing_is_refused()
    {
        _shop.Checkout.Policy("version:\n  manifests: [libs/**/package.json]\n").Commit("chore: policy");
        _shop.Checkout.Push();

        (await _shop.RunAsync(("bump", "patch"))).Errors.Should().Equal(
            "libs/**/package.json: the file is not there. Commit the file, or remove it from `version.manifests` of the policy.");
    }

    [Theory]
    [InlineData("^1.2.2", "patch", "")]
    [InlineData("^1.2.2", "major", "packages/scales/package.json wants '@shop/till' as '^1.2.2', and this release makes it 2.0.0. *")]
    [InlineData("1.2.2", "patch", "packages/scales/package.json wants '@shop/till' as '1.2.2', and this release makes it 1.2.3. *")]
    [InlineData("~1.2.2", "patch", "* wants '@shop/till' as '~1.2.2', *")]
    [InlineData("workspace:^", "major", "")]
    [InlineData("*", "major", "")]
    [InlineData("file:../till.pos", "major", "")]
    public async Task A_range_of_a_sibling_that_the_version_may_not_be_in_is_refused(string range, string bump, string refusal)
    {
        Commit($", \"dependencies\": {{\"@shop/till\": \"{range}\", \"left\": \"1.2.2\"}}");

        var run = await _shop.RunAsync(("bump", bump));

        if (refusal.Length == 0) run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        else run.Errors.Should().ContainSingle().Which.Should().Match(refusal);
    }

    [Theory]
    [InlineData("{\"version\": \"1.2.2\", \"dependencies\": {\"left\": {\"version\": \"1.2.2\"}}}", "version")]
    [InlineData("{\"version\": \"1.2.2\", \"packages\": {\"\": {\"version\": \"1.2.2\"}}}", "version packages..version")]
    public void A_lock_file_of_the_first_format_has_its_version_once(string text, string keys) =>
        ManifestPlace.Parse("package-lock.json").Read(text).Select(v => v.Key).Should().Equal(keys.Split(' '));

    [Theory]
    [InlineData("version.workspace = true", 0)]
    [InlineData("version     = { workspace = true }", 0)]
    [InlineData("version = \"1.2.2\"", 1)]
    public void A_crate_of_a_glob_that_takes_the_version_of_its_workspace_has_none_to_move(string line, int versions)
    {
        string[] files = ["Cargo.toml", "crates/a/Cargo.toml"];
        var place = ManifestPlaces.Expand([ManifestPlace.Parse("crates/*/Cargo.toml")], files).Should().ContainSingle().Subject;

        var read = place.Read($"[package]\nname = \"a\"\n{line}\n");

        read.Select(v => v.Version).Should().Equal(Enumerable.Repeat("1.2.2", versions));
        ManifestPlace.Parse("crates/a/Cargo.toml").Read("[package]\nversion.workspace = true\n").Should().ContainSingle()
            .Which.Problem.Should().Be("it has none of: package.version, workspace.package.version");
    }

    private static string Package(string name, string more = "") =>
        $"{{\r\n\t\"name\": \"@shop/{name}\",\r\n\t\"version\": \"1.2.2\"{more}\r\n}}";

    private void Commit(string more = "")
    {
        _shop.Checkout.Write("package.json", "{\"name\": \"shop\", \"version\": \"1.2.2\"}\n").Write("package-lock.json", Lock)
            .Write("packages/scales/package.json", Package("scales", more)).Write("packages/till.pos/package.json", Package("till"))
            .Write("packages/private/tool/package.json", "{\"version\": \"0.0.0\"}").Commit("feat: packages");
        _shop.Checkout.Push();
    }
}
