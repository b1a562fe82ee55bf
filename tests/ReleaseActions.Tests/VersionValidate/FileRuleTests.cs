using ReleaseActions.Core;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>What the files of the released commit must contain.</summary>
public sealed class FileRuleTests : IDisposable
{
    private const string Aegis =
        "version:\n  manifests: [package.json, package-lock.json, .release-please-manifest.json, "
        + "deploy/helm/aegis/Chart.yaml]\nchangelog:\n  required: true\n  compare-links: true\n";

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "AEG-08")]
    [Trait("Rule", "ORC-04")]
    [Trait("Rule", "OPS-04")]
    public async Task Manifests_and_changelog_with_the_version_are_released()
    {
        WriteAegis("0.6.6-preview").Tag("v0.6.5");

        var summary = (await _checkout.ValidateAsync("0.6.6-preview")).Content();

        string[] places =
        [
            "package.json\\#version", "package-lock.json\\#version", "package-lock.json\\#packages..version",
            ".release-please-manifest.json\\#.", "deploy/helm/aegis/Chart.yaml\\#version", "deploy/helm/aegis/Chart.yaml\\#appVersion",
        ];
        foreach (var place in places)
            summary.Should().Contain($"| {place} agrees | `0.6.6-preview` | ✅ |");
        summary.Should().Contain("| changelog section | `0.6.6-preview (2026-01-02)`, line 3 | ✅ |")
            .And.Contain("| tag not at another commit | `v0.6.6-preview` is not on the remote yet | ✅ |");
    }

    [Theory]
    [Trait("Rule", "AEG-08")]
    [Trait("Rule", "OPS-04")]
    [InlineData("package.json", "{\n  \"version\": \"0.6.5\"\n}\n", 2)]
    [InlineData(
        "package-lock.json", "{\n  \"version\": \"0.6.6-preview\",\n  \"packages\": {\"\": {\n    \"version\": \"0.6.5\"\n} } }\n", 4)]
    [InlineData(".release-please-manifest.json", "{\".\": \"0.6.5\"}\n", 1)]
    [InlineData("deploy/helm/aegis/Chart.yaml", "version: 0.6.6-preview\nappVersion: \"0.6.5\"\n", 2)]
    [InlineData("CHANGELOG.md", "# Changelog\n\n## 0.6.5\n\n- Fixed\n", 1)]
    public async Task A_file_with_another_version_is_refused_on_its_line(string file, string text, int line)
    {
        WriteAegis("0.6.6-preview").Write(
            ".github/release-actions.yml",
            Aegis.Replace("  compare-links: true\n", "", StringComparison.Ordinal)).Write(file, text).Tag("v0.6.5");

        var run = await _checkout.ValidateAsync("0.6.6-preview");

        run.Refusal().Should().Contain("0.6.6-preview");
        run.Log.Should().Contain($"::error file={file},line={line}::");
    }

    [Theory]
    [Trait("Rule", "AEG-08")]
    [InlineData("<package><name>shop</name><version>1.0.0</version></package>", "package.version")]
    [InlineData("<package><name>shop</name></package>", "root.version")]
    public async Task The_error_of_another_XML_file_says_how_to_name_the_key(string xml, string key)
    {
        _checkout.Policy("version: {manifests: [package.xml]}\n").Write("package.xml", xml).Commit("feat: begin");
        _checkout.Push();

        var run = await _checkout.ValidateAsync("1.0.0");

        run.Refusal(ExitCode.BadInput)
            .Should().Be(
                $"package.xml#version: it has no 'version'. Name the key from the root on, as package.xml#{key}, under "
                + "`version.manifests` of the policy.");
    }

    [Theory]
    [Trait("Rule", "ORC-04")]
    [InlineData("1.2.3")]
    [InlineData("v1.2.4")]
    [InlineData("1.2.4-rc.1")]
    public async Task A_package_json_with_another_version_is_refused(string version)
    {
        _checkout.Policy("version: {manifests: package.json}\n").Write("package.json", $$"""{"version": "{{version}}"}""");

        (await _checkout.ValidateAsync("1.2.4")).Refusal()
            .Should().Be(
                $"package.json#version has '{version}', and the release is '1.2.4'. Set it to 1.2.4 in the commit that is tagged.");
    }

    [Theory]
    [Trait("Rule", "OPS-04")]
    [InlineData("pyproject.toml", "[project]\nversion = \"1.2.3.post1\"\n")]
    [InlineData("python/pyproject.toml", "[tool.poetry]\nversion = \"1.2.3.post1\"\n")]
    [InlineData("Cargo.toml", "[package]\nversion = \"1.2.3-hotfix.1\"\n")]
    [InlineData("src/App.csproj", "<Project><PropertyGroup><Version>1.2.3-hotfix.1</Version></PropertyGroup></Project>")]
    [InlineData("src/Lib.fsproj", "<Project><PropertyGroup><Version>1.2.3.0-hotfix.1</Version></PropertyGroup></Project>")]
    [InlineData("Directory.Build.props", "<Project><PropertyGroup><VersionPrefix>1.2.3-hotfix.1</VersionPrefix></PropertyGroup></Project>")]
    [InlineData("Makefile", "VERSION := 1.2.3-hotfix.1\n")]
    [InlineData("VERSION", "1.2.3-hotfix.1\n")]
    [InlineData("deploy/values.yaml#image.tag", "image:\n  tag: 1.2.3-hotfix.1\n")]
    [InlineData("mk/settings.env#AGENT_VERSION", "AGENT_VERSION=1.2.3-hotfix.1\n")]
    public async Task Every_kind_of_manifest_agrees_also_as_Python_or_NuGet_spells_the_version(string place, string text)
    {
        _checkout.Policy($"version:\n  post-releases: hotfix\n  manifests: [\"{place}\"]\n").Write(place.Split('#')[0], text).Tag("v1.2.3");

        (await _checkout.ValidateAsync("1.2.3-hotfix.1")).Content().Should().Contain("agrees | `1.2.3");
        (await _checkout.ValidateAsync("1.2.3-hotfix.2")).Refusal().Should().Contain("and the release is '1.2.3-hotfix.2'");
    }

    [Theory]
    [Trait("Rule", "AEG-06")]
    [InlineData("## [1.2.3](https://github.com/acme/shop/compare/v1.2.2...v1.2.3) (2026-01-02)\n\n- New\n")]
    [InlineData("## [1.2.3] - 2026-01-02\n\n- New\n\n[1.2.3]: https://github.com/acme/shop/compare/v1.2.2...v1.2.3\n")]
    [InlineData(
        "## 1.2.3\n\n- New\n\n**Full Changelog**: https://github.com/acme/shop/compare/v1.2.2...v1.2.3\n\n## 1.2.2\n\n- Old "
        + "https://github.com/acme/shop/compare/v1.2.0...v1.2.2\n")]
    public async Task A_compare_link_that_starts_at_the_latest_tag_is_kept(string changelog)
    {
        _checkout.Policy("changelog: {compare-links: true}\n").Write(
            "CHANGELOG.md", $"# Changelog\n\n{changelog}").Tag("v1.2.1").Tag("v1.2.2");

        (await _checkout.ValidateAsync("1.2.3")).Content().Should().Contain("| compare link | `v1.2.2...v1.2.3` | ✅ |");
    }

    [Theory]
    [Trait("Rule", "AEG-06")]
    [Trait("Rule", "ORC-01")]
    [InlineData(
        "## [1.2.3](https://github.com/acme/shop/compare/v1.2.1...v1.2.3)\n\n- New\n",
        "The compare link of 1.2.3 starts at 'v1.2.1'. Let it start at v1.2.2, the release before it.", 3)]
    [InlineData(
        "## [1.2.3](https://github.com/acme/shop/compare/v1.2.2...v1.2.4)\n\n- New\n",
        "The compare link of 1.2.3 ends at 'v1.2.4'. Let it end at v1.2.3.", 3)]
    [InlineData(
        "## 1.2.3\n\n- New\n\n## 1.2.2\n\n- See https://github.com/acme/shop/compare/v1.2.2...v1.2.3\n",
        "The section of 1.2.3 has no compare link. Add one that ends with /compare/v1.2.2...v1.2.3.", 3)]
    [InlineData(
        "## [1.2.3]\n\n- New\n\n[1.2.3]: https://github.com/acme/shop/compare/v0.0.1...v1.2.3\n",
        "The compare link of 1.2.3 starts at 'v0.0.1'. *", 7)]
    public async Task Another_compare_link_is_refused(string changelog, string message, int line)
    {
        _checkout.Policy("changelog: {compare-links: true}\n").Write(
            "CHANGELOG.md", $"# Changelog\n\n{changelog}").Tag("v1.2.1").Tag("v1.2.2");

        var run = await _checkout.ValidateAsync("1.2.3");

        run.Refusal().Should().Match(message);
        run.Log.Should().Contain($"::error file=CHANGELOG.md,line={line}::");
    }

    [Theory]
    [Trait("Rule", "AEG-06")]
    [InlineData("## [1.3.0](R/compare/v1.2.2...v1.3.0)\n\n- New\n\n## [1.2.2]\n\n- Old\n", "v1.2.2...v1.3.0")]
    [InlineData(
        "## [1.3.0](R/compare/v1.3.0-rc.1...v1.3.0)\n\n- New\n\n## [1.3.0-rc.1]\n\n- Newer\n\n## [1.2.2]\n\n- Old\n",
        "v1.3.0-rc.1...v1.3.0")]
    public async Task A_prerelease_counts_for_the_compare_link_where_it_has_a_section(string changelog, string range)
    {
        _checkout.Policy("changelog: {compare-links: true}\n").Write(
            "CHANGELOG.md",
            changelog.Replace("R/", "https://github.com/acme/shop/", StringComparison.Ordinal)).Tag("v1.2.2").Tag("v1.3.0-rc.1");

        var run = await _checkout.ValidateAsync("1.3.0");

        run.Content().Should().Contain($"| compare link | `{range}` | ✅ |");
        run.Outputs["previous-tag"].Should().Be("v1.2.2");
    }

    [Theory]
    [Trait("Rule", "AEG-06")]
    [InlineData("v1.2.3", true)]
    [InlineData("v1.2.4", true)]
    [InlineData("v1.2.2", false)]
    public async Task A_later_hotfix_of_a_lower_line_does_not_make_a_right_link_wrong(string begin, bool isRight)
    {
        _checkout.Policy("changelog: {compare-links: true}\n").Tag("v1.2.2").Commit("1.2.3");
        _checkout.Tag("v1.2.3").Write(
            "CHANGELOG.md", $"## [1.3.0](https://github.com/acme/shop/compare/{begin}...v1.3.0)\n\n- New\n").Commit("1.3.0");
        _checkout.Push().Tag("v1.3.0").Git("switch", "--quiet", "--create", "1.2.x", "v1.2.3");
        _checkout.Commit("Hotfix");
        _checkout.Tag("v1.2.4").Switch("main");

        var run = await _checkout.ValidateTagAsync("v1.3.0");

        if (isRight) run.Content().Should().Contain($"| compare link | `{begin}...v1.3.0` | ✅ |");
        else run.Refusal().Should().StartWith("The compare link of 1.3.0 starts at 'v1.2.2'. Let it start at v1.2.4");
    }

    [Theory]
    [Trait("Rule", "ORC-01")]
    [InlineData(null, "There is no changelog at 'CHANGELOG.md'. *")]
    [InlineData(
        "# Changelog\n\n## [Unreleased]\n\n- New\n",
        "CHANGELOG.md has no section for 1.2.3. Add `## [[]1.2.3] - YYYY-MM-DD` with what changed.")]
    [InlineData("## 1.2.3\n\n### Added\n\n<!-- soon -->\n\n## 1.2.2\n\n- Old\n", "The section of 1.2.3 in CHANGELOG.md is empty. *")]
    [InlineData("## 1.2.3\n\n- A\n\n## 1.2.3\n\n- B\n", "CHANGELOG.md has 2 sections for 1.2.3, on the lines 1, 5. Keep one of them.")]
    public async Task Without_a_section_that_is_not_empty_it_is_refused(string? changelog, string message)
    {
        _checkout.Policy("changelog: {required: true}\n");
        if (changelog is not null) _checkout.Write("CHANGELOG.md", changelog);

        (await _checkout.ValidateAsync("1.2.3")).Refusal().Should().Match(message.Replace("[[]", "[", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_input_names_another_changelog_and_requires_the_section()
    {
        _checkout.Write("docs/1.2.3.md", "What is new\n");

        (await _checkout.ValidateAsync("1.2.3", ("changelog", "docs/{version}.md"))).Content().Should().Contain("| changelog section |");
        (await _checkout.ValidateAsync("1.2.4", ("changelog", "docs/{version}.md"))).Refusal()
            .Should().StartWith("There is no changelog at 'docs/1.2.4.md'.");
    }

    private Checkout WriteAegis(string version) => _checkout.Policy(Aegis)
        .Write("package.json", $$"""{"version": "{{version}}"}""")
        .Write("package-lock.json", $$"""{"version": "{{version}}", "packages": {"": {"version": "{{version}}"} } }""")
        .Write(".release-please-manifest.json", $$"""{".": "{{version}}"}""")
        .Write("deploy/helm/aegis/Chart.yaml", $"version: {version}\nappVersion: {version}\n")
        .Write(
            "CHANGELOG.md",
            $"# Changelog\n\n## [{version}](https://github.com/acme/shop/compare/v0.6.5...v{version}) (2026-01-02)\n\n### Fixes\n\n- "
            + "A fix\n");
}
