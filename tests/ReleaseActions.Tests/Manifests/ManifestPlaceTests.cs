using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Manifests;

/// <summary>Where each kind of file has its version, and on which line.</summary>
public sealed class ManifestPlaceTests
{
    [Theory]
    [InlineData(
        "package.json", "{\n  \"name\": \"x\",\n  \"dependencies\": {\"version\": \"9.9.9\"},\n  \"version\": \"1.2.3\"\n}", "version", 4)]
    [InlineData("sub/package.json", "{\"engines\": [\"a\", {\"version\": \"9\"}], \"version\": \"1.2.3\"}", "version", 1)]
    [InlineData(".release-please-manifest.json", "{\n  \".\": \"1.2.3\"\n}", ".", 2)]
    [InlineData("composer.json", "\uFEFF{ // why\n \"version\": \"1.2.3\", }", "version", 2)]
    [InlineData("state.json#a.b.c", "{\"a\": {\"b\": {\n\"c\": \"1.2.3\"}}}", "a.b.c", 2)]
    [InlineData("odd.json#version", "{\"[]\": \"x\", \"a\": [[1], []], \"version\": \"1.2.3\"}", "version", 1)]
    [InlineData("values.yaml#image.tag", "image:\n  repository: x\n  tag: \"1.2.3\" # why\n", "image.tag", 3)]
    [InlineData("state.yml", "version: 1.2.3\n", "version", 1)]
    [InlineData(
        "pyproject.toml",
        "[build-system]\nrequires = [\"x\"]\n\n[project]\nname = \"x\"\nversion = \"1.2.3\" # why\n",
        "project.version",
        6)]
    [InlineData("pyproject.toml", "[tool.poetry]\r\nname = 'x'\r\nversion = '1.2.3'\r\n", "tool.poetry.version", 3)]
    [InlineData("pyproject.toml", "project.version = \"1.2.3\"\n", "project.version", 1)]
    [InlineData(
        "pyproject.toml",
        "[project]\ndescription = \"\"\"\nversion = \"9.9.9\"\n[tool.x]\n\"\"\"\nversion = \"1.2.3\"\n",
        "project.version",
        6)]
    [InlineData(
        "pyproject.toml",
        "[project]\nmatrix = [\n  [\"a\", \"b\"],\n  'version = \"9.9.9\"',\n]\nversion = \"1.2.3\"\n",
        "project.version",
        6)]
    [InlineData("pyproject.toml", "project = { name = \"x\", version = \"1.2.3\" }\n", "project.version", 1)]
    [InlineData(
        "pyproject.toml", "[[tool.x]]\n[tool.x.y]\nversion = \"9.9.9\"\n[project]\nversion = \"\"\"1.2.3\"\"\"\n", "project.version", 5)]
    [InlineData("Cargo.toml", "[package]\nname = \"x\"\nversion = \"1.2.3\"\n[dependencies.y]\nversion = \"9\"\n", "package.version", 3)]
    [InlineData("Cargo.toml", "[workspace.package]\nversion = \"1.2.3\"\n", "workspace.package.version", 2)]
    [InlineData("mkdocs.toml#tool.x.version", "[tool.\"x\"]\nversion = \"1.2.3\"\n", "tool.x.version", 2)]
    [InlineData(
        "Shop.csproj",
        "<Project>\n  <ItemGroup><PackageReference Include=\"x\"><Version>9.9.9</Version></PackageReference></ItemGroup>\n  "
        + "<PropertyGroup>\n    <Version>1.2.3</Version>\n  </PropertyGroup>\n</Project>",
        "Version",
        4)]
    [InlineData(
        "Directory.Build.props",
        "<Project><PropertyGroup>\n<VersionPrefix> 1.2.3 </VersionPrefix></PropertyGroup></Project>",
        "VersionPrefix",
        2)]
    [InlineData(
        "pom.xml",
        "<?xml version=\"1.0\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n<parent><version>9.9.9</version></parent>\n"
        + "<dependencies><dependency><version>8</version></dependency></dependencies>\n<version>1.2.3</version>\n</project>",
        "project.version",
        5)]
    [InlineData(
        "core/pom.xml#project.parent.version",
        "<project><parent>\n<version>1.2.3</version></parent></project>",
        "project.parent.version",
        2)]
    [InlineData("plugin.xml#plugin.info.release", "<plugin><info><release>1.2.3</release></info></plugin>", "plugin.info.release", 1)]
    [InlineData("Makefile", "all:\n\tVERSION = 9.9.9\nVERSION := 1.2.3 # why\n", "VERSION", 3)]
    [InlineData("Makefile#RUNNER_VERSION", "export RUNNER_VERSION ?= \"1.2.3\"\n", "RUNNER_VERSION", 1)]
    [InlineData("VERSION", "1.2.3\n", "*", 1)]
    [InlineData("release.env#APP_VERSION", "# x\nAPP_VERSION='1.2.3'\r\n", "APP_VERSION", 2)]
    public void A_version_is_found_with_its_line(string place, string text, string key, int line) =>
        ManifestPlace.Parse(place).Read(text).Should().Equal(new ManifestVersion(key, "1.2.3", line, null));

    [Fact]
    public void A_file_may_say_its_version_twice()
    {
        ManifestPlace.Parse("package-lock.json").Read(
            "{\n\"version\": \"1.2.3\",\n\"packages\": {\n\"\": {\n\"version\": \"1.2.4\"}, \"node_modules/x\": {\"version\": \"9\"}}}")
            .Should().Equal(new ManifestVersion("version", "1.2.3", 2, null), new ManifestVersion("packages..version", "1.2.4", 5, null));
        ManifestPlace.Parse("Chart.yaml").Read("version: 1.2.3\nappVersion: 1.2.4\n")
            .Should().Equal(new ManifestVersion("version", "1.2.3", 1, null), new ManifestVersion("appVersion", "1.2.4", 2, null));
    }

    [Theory]
    [InlineData("package.json", "{}", "it has no 'version'")]
    [InlineData("package.json", "{\"version\": 1}", "it has no 'version'")]
    [InlineData("package.json", "{\"version\": \"1.2.3\"", "it cannot be read: *")]
    [InlineData("package.json", "{\"version\": \"\\ud800\"}", "it cannot be read: *")]
    [InlineData("Chart.yaml#a", "version: [", "it cannot be read: *")]
    [InlineData("pyproject.toml", "[[project]]\nversion = \"1.2.3\"\n", "it has none of: project.version, tool.poetry.version")]
    [InlineData(
        "pyproject.toml",
        "[[project]]\nname = \"x\"\n[project.version]\na = \"1.2.3\"\n",
        "it has none of: project.version, tool.poetry.version")]
    [InlineData("pyproject.toml", "[project]\nversion = \"1.2.3\"\nversion = \"1.2.4\"\n", "it has 'project.version' more than once")]
    [InlineData("pyproject.toml", "[project]\nversion = 1.2.3\n", "it cannot be read: *")]
    [InlineData(
        "Shop.csproj",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Project><Version>&e;</Version></Project>",
        "it cannot be read: *")]
    [InlineData("Shop.csproj", "<Project>", "it cannot be read: *")]
    [InlineData("pom.xml", "<project><parent><version>1.2.3</version></parent></project>", "it has no 'project.version'")]
    [InlineData("pom.xml", "<project><version>", "it cannot be read: *")]
    [InlineData(
        "pom.xml",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><project><version>&e;</version></project>",
        "it cannot be read: *")]
    [InlineData("Makefile", "all:\n\techo\n", "it has no 'VERSION'")]
    [InlineData("notes.txt#X", "", "it has no 'X'")]
    [InlineData("VERSION", "\n", "it is empty")]
    public void Where_there_is_none_the_reason_is_reported(string place, string text, string problem)
    {
        var found = ManifestPlace.Parse(place).Read(text).Should().ContainSingle().Subject;

        found.Version.Should().BeNull();
        found.Problem.Should().Match(problem);
    }

    [Fact]
    public void A_place_is_written_as_it_was_read() =>
        ((string[])["package.json", "a.yaml#b.c", "a#b#c"]).Select(p => ManifestPlace.Parse(p).ToString()).Should()
            .Equal("package.json", "a.yaml#b.c", "a#b#c");

    [Fact]
    public void A_deeply_nested_document_is_an_error_and_no_crash()
    {
        var nested = $"a = {new string('[', 100_000)}";

        ManifestPlace.Parse("pyproject.toml").Read(nested).Should().ContainSingle().Which.Problem.Should().StartWith("it cannot be read: ");
    }

    [Theory]
    [InlineData("Shop.csproj", "1.2.3.0", true)]
    [InlineData("Directory.Build.props", "1.2.3-RC.1", false)]
    [InlineData("Shop.csproj", "1.2.3.1", false)]
    [InlineData("Shop.csproj", "1.2.3+build", false)]
    [InlineData("package.json", "1.2.3.0", false)]
    [InlineData("package.json", "1.2.3", true)]
    public void A_project_of_NET_means_what_NuGet_takes_for_the_same(string file, string text, bool expected)
    {
        SemanticVersion.TryParse("1.2.3", out var version).Should().BeTrue();

        ManifestPlace.Parse(file).Means(text, version!, VersionOrder.SemVer).Should().Be(expected);
    }
}
