using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>Writing a version changes the version and nothing else.</summary>
public sealed class ManifestWritingTests
{
    // Where the version is in each kind of file, as OLD; everything around it must stay.
    public static TheoryData<string, string> Files { get; } = new()
    {
        { "package.json", "{\n  \"name\": \"x\",\n  \"dependencies\": {\"version\": \"9.9.9\"},\n  \"version\": \"OLD\"\n}" },
        { "package.json", "\uFEFF{\r\n\t\"description\": \"caf\u00e9 \U0001F680 1.2.3\",\r\n\t\"version\":   \"OLD\"  ,\r\n}\r\n" },
        {
            "package-lock.json",
            "{\n \"version\": \"OLD\",\n \"packages\": {\n  \"\": {\"version\": \"OLD\"},\n  \"node_modules/x\": {\"version\": "
            + "\"1.2.3\"}}}\n"
        },
        { ".release-please-manifest.json", "{\n  \".\": \"OLD\", \"lib\": \"1.2.3\"\n}\n" },
        { "state.json#a.b", "{\"a\": {\"b\" : \"OLD\", \"c\": [\"1.2.3\", {\"b\": \"1.2.3\"}]}} // 1.2.3" },
        {
            "Chart.yaml",
            "# 1.2.3\napiVersion: v2\nversion:   'OLD' # the chart\nappVersion: \"OLD\"\ndependencies:\n  - {name: x, version: 1.2.3}\n"
        },
        { "values.yaml#image.tag", "image:\r\n    tag: OLD   # \U0001F680\r\n    other: [1.2.3]\r\n" },
        { "state.yml", "phase: done\nversion: OLD" },
        { "pyproject.toml", "[build-system]\nrequires = [\"x==1.2.3\"]\n\n[project]\nname=\"x\"\nversion  =  \"OLD\"   # 1.2.3\n" },
        { "pyproject.toml", "[tool.poetry]\r\nversion = 'OLD'\r\n[tool.poetry.dependencies]\r\nversion = \"1.2.3\"\r\n" },
        { "pyproject.toml", "\uFEFF# \U0001F680 1.2.3\r\nproject = { name = '1.2.3', version = 'OLD' } # 1.2.3\r\n" },
        { "Cargo.toml", "[[bin]]\nversion = \"1.2.3\"\n[package]\nversion = \"OLD\"\nlist = [ { version = \"1.2.3\" } ]\n" },
        { "Cargo.toml", "[dependencies]\nversion = \"1.2.3\"\n\n[package]\n\tversion = \"OLD\"\n" },
        {
            "Shop.csproj",
            "\uFEFF<Project>\r\n  <ItemGroup><PackageReference Include=\"x\"><Version>1.2.3</Version></PackageReference></ItemGroup>\r\n  "
            + "<PropertyGroup>\r\n    <!-- 1.2.3 -->\r\n    <Version Condition=\"true\">\r\n      OLD </Version>\r\n  </PropertyGroup>\r\n"
            + "</Project>"
        },
        { "Directory.Build.props", "<Project><PropertyGroup><VersionPrefix>OLD</VersionPrefix></PropertyGroup></Project>\n" },
        {
            "pom.xml",
            "<project>\r\n  <parent><version>1.2.3</version></parent>\r\n  <dependencies><dependency><version>1.2.3</version></dependency>"
            + "<dependency><version>1.2.3</version></dependency></dependencies>\r\n"
            + "  <!-- <version>1.2.3</version> -->\r\n  <version> OLD </version>\r\n</project>\r\n"
        },
        { "Makefile", "# VERSION = 1.2.3\nall:\n\tVERSION = 1.2.3\nexport VERSION ?=  \"OLD\"  # 1.2.3\n" },
        { "release.env#APP_VERSION", "OTHER=1.2.3\r\nAPP_VERSION='OLD'\r\n" },
        { "gradle.properties", "# 1.2.3\ngroup=acme\nversion=OLD\nlibVersion=1.2.3\n" },
        { "setup.cfg", "[metadata]\nname = shop\nversion = OLD\n[options]\ninstall_requires = x==1.2.3\n" },
        { "pubspec.yaml", "name: shop\nversion: OLD\ndependencies:\n  x: 1.2.3\n" },
        { "mix.exs", "def project do\n  [app: :shop,\n   version: \"OLD\",\n   deps: [{:x, \"1.2.3\"}]]\nend\n" },
        { "version.go#Version = \"{version}\"", "const Old = \"1.2.3\"\nconst Version = \"OLD\"\n" },
        { "README.md#releases/download/v{version}/", "See 1.2.3: https://example.com/releases/download/vOLD/shop.tgz\r\n" },
        {
            "Cargo.lock",
            "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"OLD\"\ndependencies = [\n \"x\",\n]\n\n"
            + "[[package]]\nname = \"x\"\nversion = \"1.2.3\"\nsource = \"registry+https://example.com/index\"\n"
        },
        {
            "uv.lock",
            "version = 1\n\n[[package]]\nname = \"shop\"\nversion = \"OLD\"\nsource = { editable = \".\" }\n\n[package.metadata]\n"
            + "requires-dist = [{ name = \"x\", specifier = \">=1.2.3\" }]\n\n[[package]]\nname = \"x\"\nversion = \"1.2.3\"\n"
            + "source = { registry = \"https://example.com/simple\" }\nsdist = { url = \"x-1.2.3.tar.gz\" }\n"
        },
        { "VERSION", "OLD\r\n" },
        { "VERSION", "\uFEFF\n  OLD" },
    };

    [Theory]
    [Trait("Rule", "OPS-04")]
    [Trait("Rule", "ORC-04")]
    [MemberData(nameof(Files))]
    public void The_version_is_replaced_and_every_other_character_stays(string place, string template)
    {
        foreach (
            var (from, to) in ((string, string)[])[("1.2.3", "2.0.0"), ("0.1.0", "10.20.30"), ("1.2.3-rc.1", "1.2.3"), ("7.0.0", "7.0.1")])
        {
            var written = ManifestPlace.Parse(place).Write(With(template, from), Version(to), VersionOrder.SemVer);

            written.Should().Be(With(template, to), place);
            ManifestPlace.Parse(place).Read(written).Should().OnlyContain(v => v.Version == to);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Writing_what_is_there_changes_nothing(string place, string template)
    {
        var text = With(template, "1.2.3-rc.1");

        ManifestPlace.Parse(place).Write(text, Version("1.2.3-rc.1"), VersionOrder.SemVer).Should().Be(text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Whatever_a_file_looks_like_it_is_written_whole_or_refused(string place, string template)
    {
        var random = new Random(20261121);
        const string Noise = "{}[]\"'#:=<>!&*|\\\r\n\t ,-.019aV\u00e9\uFEFF\0";
        for (var i = 0; i < 400; i++)
        {
            var text = With(template, "1.2.3");
            for (var n = random.Next(1, 4); n > 0; n--) text = text.Insert(
                random.Next(text.Length + 1), Noise[random.Next(Noise.Length)].ToString());
            var before = ManifestPlace.Parse(place).Read(text);

            if (TryWrite(place, text) is not { } written) continue;

            before.Should().OnlyContain(v => v.Version != null);
            ManifestPlace.Parse(place).Read(written).Should().OnlyContain(v => v.Version == "2.0.0");
            var (head, tail) = Apart(text, written);
            text[head..(text.Length - tail)].Length.Should()
                .BeLessThanOrEqualTo(before.Sum(v => v.Version!.Length) + (before.Count > 1 ? text.Length : 0));
        }
    }

    [Fact]
    public void A_project_of_NET_keeps_what_NuGet_takes_for_the_same()
    {
        const string Text = "<Project><PropertyGroup><Version>1.2.3.0</Version></PropertyGroup></Project>";

        ManifestPlace.Parse("Shop.csproj").Write(Text, Version("1.2.3"), VersionOrder.SemVer).Should().Be(Text);
    }

    [Fact]
    public void A_pyproject_gets_the_spelling_of_PEP_440_and_keeps_one_that_means_the_same()
    {
        var place = ManifestPlace.Parse("pyproject.toml");

        place.Write("[project]\nversion = \"1.2.2\"\n", Version("1.2.3-rc.1"), VersionOrder.SemVer).Should()
            .Be("[project]\nversion = \"1.2.3rc1\"\n");
        place.Write("[project]\nversion = \"1.2.3-rc.1\"\n", Version("1.2.3-rc.1"), VersionOrder.SemVer).Should()
            .Be("[project]\nversion = \"1.2.3-rc.1\"\n");
    }

    [Theory]
    [Trait("Rule", "OPS-04")]
    [Trait("Rule", "ORC-04")]
    [InlineData("package.json", "{}", "package.json: it has no 'version'*")]
    [InlineData("package.json", "{\"version\": \"1\", \"version\": \"2\"}", "package.json: it has 'version' more than once*")]
    [InlineData(
        "package.json", "{\"version\": \"1.2\\u002e3\"}", "package.json: 'version' is written in a way that cannot be replaced in place*")]
    [InlineData(
        "Chart.yaml",
        "version: &v 1.2.3\nappVersion: 1.2.3\nother: *v\n",
        "Chart.yaml: 'version' is written in a way that cannot be replaced in place*")]
    [InlineData(
        "Chart.yaml",
        "version: &v 1.2.3\nappVersion: 1.2.3\nhistory: [*v]\n",
        "Chart.yaml: 'version' is written in a way that cannot be replaced in place*")]
    [InlineData(
        "values.yaml#image.tag",
        "image: &i {tag: 1.2.3}\nother: *i\n",
        "Writing 2.0.0 into values.yaml#image.tag would change 'other.tag' as well*")]
    [InlineData("state.yml", "version: >-\n  1.2.3\n  4\n", "state.yml: 'version' holds something other than a plain version*")]
    [InlineData(
        "pyproject.toml",
        "[project]\nversion = \"1.2\\u002e3\"\n",
        "pyproject.toml: 'project.version' is written in a way that cannot be replaced in place*")]
    [InlineData(
        "pyproject.toml",
        "[project]\nversion = \"\"\"1.2.3\"\"\"\n",
        "pyproject.toml: 'project.version' is written in a way that cannot be replaced in place*")]
    [InlineData(
        "Shop.csproj",
        "<Project><PropertyGroup><Version>1.&#50;.3</Version></PropertyGroup></Project>",
        "Shop.csproj: 'Version' is written in a way that cannot be replaced*")]
    [InlineData(
        "Shop.csproj",
        "<Project><PropertyGroup><Version Condition=\"a\">1.0.0</Version><Version>1.1.0</Version></PropertyGroup></Project>",
        "Shop.csproj: 'Version' occurs more than once*")]
    [InlineData("Makefile", "VERSION = 1\nVERSION = 2\n", "Makefile: 'VERSION' occurs more than once*")]
    [InlineData(
        "Shop.csproj",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Project><Version>&e;</Version></Project>",
        "Shop.csproj: it cannot be read*")]
    [InlineData("VERSION", "", "VERSION: it is empty*")]
    [InlineData(
        "lib/version.rb#VERSION",
        "module Shop\n  VERSION = \"1.2.3\".freeze\nend\n",
        "lib/version.rb#VERSION: 'VERSION' holds something other than a plain version*")]
    [InlineData("src/version.ts", "export const version = \"1.2.3\";\n", "src/version.ts: '*' holds something other than a plain version*")]
    [InlineData("Makefile", "VERSION := $(shell git describe)\n", "Makefile: 'VERSION' holds something other than a plain version*")]
    [InlineData(
        "Shop.csproj",
        "<Project><PropertyGroup><Version>$(ShopVersion)</Version></PropertyGroup></Project>",
        "Shop.csproj: 'Version' holds something other than a plain version*")]
    public void A_file_that_cannot_be_written_is_named_with_what_to_do(string place, string text, string message)
    {
        var refusal = FluentActions.Invoking(() => ManifestPlace.Parse(place).Write(text, Version("2.0.0"), VersionOrder.SemVer)).Should()
            .Throw<ActionException>().WithMessage(message).Which;

        refusal.ExitCode.Should().Be(ExitCode.BadInput);
        refusal.Findings.Should().OnlyContain(f => f.Remedy.Length > 0);
    }

    private static string? TryWrite(string place, string text)
    {
        try
        {
            return ManifestPlace.Parse(place).Write(text, Version("2.0.0"), VersionOrder.SemVer);
        }
        catch (ActionException e)
        {
            e.Findings.Should().OnlyContain(f => f.Message.Contains(place, StringComparison.Ordinal) && f.Remedy.Length > 0);
            return null;
        }
    }

    // How many characters the two have in common at their beginnings and ends.
    private static (int Head, int Tail) Apart(string one, string other)
    {
        var (head, tail, most) = (0, 0, Math.Min(one.Length, other.Length));
        while (head < most && one[head] == other[head]) head++;
        while (tail < most - head && one[^(tail + 1)] == other[^(tail + 1)]) tail++;
        return (head, tail);
    }

    private static string With(string template, string version) => template.Replace("OLD", version, StringComparison.Ordinal);

    private static SemanticVersion Version(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new ArgumentException(text);
}
