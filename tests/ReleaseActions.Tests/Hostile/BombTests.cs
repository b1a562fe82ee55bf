using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using ReleaseActions.SbomChecksum.Lockfiles;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Hostile;

/// <summary>Small texts that would unfold, nest or backtrack without end. A test that hangs or ends the process has found one.</summary>
public sealed class BombTests
{
    private const int Many = 100_000;

    [Theory]
    [Trait("Row", "S34")]
    [InlineData("DEEP")]
    [InlineData("{\"version\": \"1.0.0\", \"version\": \"1.0.0\"}")]
    [InlineData("{}")]
    public async Task A_broken_manifest_is_a_wrong_file_and_no_broken_rule(string json)
    {
        using var checkout = new Checkout();
        checkout.Write("package.json", json.Replace("DEEP", Repeat("[", 10_000), StringComparison.Ordinal))
            .Policy("version:\n  manifests: [package.json]\n").Commit("feat: first");
        checkout.Push().Tag("v1.0.0");

        var run = await HostileRig.Offline(checkout).OnTag("v1.0.0").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("package.json");
    }

    [Theory]
    [Trait("Row", "S34")]
    [InlineData("[", "")]
    [InlineData("{\"a\":", "")]
    [InlineData("[", "]")]
    public void Deep_JSON_is_a_problem_and_no_crash(string begin, string end) =>
        ManifestPlace.Parse("package.json").Read(Repeat(begin, 10_000) + "1" + Repeat(end, 10_000)).Should()
        .ContainSingle().Which.Problem.Should().StartWith("it cannot be read");

    [Fact]
    [Trait("Row", "S34")]
    public void A_key_that_is_there_twice_is_a_problem_on_its_line()
    {
        ManifestPlace.Parse("package.json").Read("{\n\"version\": \"1.0.0\",\n\"version\": \"2.0.0\"\n}").Should()
            .Equal(new ManifestVersion("version", null, 2, "it has 'version' more than once"));
        ManifestPlace.Parse("Chart.yaml").Read("version: 1.0.0\nversion: 2.0.0\n").Should().ContainSingle().Which.Problem.Should()
            .Contain("Duplicate key");
        ManifestPlace.Parse("pyproject.toml").Read("[project]\nversion = \"1.0.0\"\nversion = \"2.0.0\"\n").Should()
            .Equal(new ManifestVersion("project.version", null, 2, "it has 'project.version' more than once"));
    }

    [Theory]
    [Trait("Row", "S34")]
    [InlineData("[project]\nversion = \"1.0.0\\")]
    [InlineData("[project]\nversion = \"1.0.0\"\n\"a\\")]
    [InlineData("[project]\nversion = \"\"\"1.0.0\\")]
    public void A_TOML_file_that_ends_in_the_middle_of_an_escape_is_a_problem_and_no_crash(string text)
    {
        ManifestPlace.Parse("pyproject.toml").Read(text).Should().ContainSingle().Which.Problem.Should().StartWith("it cannot be read");
        FluentActions.Invoking(() => JsonTree.ReadToml(text)).Should().Throw<FormatException>();
    }

    [Fact]
    [Trait("Row", "S34")]
    public void A_number_without_end_is_a_problem() =>
        ManifestPlace.Parse("package.json").Read($"{{\"n\": {Repeat("9", 1_000_000)}, \"version\": \"1.0.0\"}}").Should()
        .ContainSingle().Which.Problem.Should().Be("it cannot be read: a number has 1,000,000 characters, and 100 are the most");

    public static TheoryData<string> Yaml =>
    [
        Repeat("[", Many), Repeat("{a: ", Many), Repeat("- ", Many), Repeat("? ", Many),
        string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "a:\n")),
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n")),
        "a0: &a0 {x: 1}\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i}: &a{i} {{l: *a{i - 1}, r: *a{i - 1}}}\n")),
        "? &a0 [x, x]\n: x\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"? &a{i} [*a{i - 1}, *a{i - 1}]\n: x\n")),
        "a: &a {b: *a}\n", "a: &a [*a]\n", "? &a [*a]\n: x\n", "a: *nobody\n", "a: \"\\0\"\n",
    ];

    [Theory]
    [Trait("Row", "S34")]
    [MemberData(nameof(Yaml))]
    public void YAML_that_nests_or_unfolds_without_end_is_refused(string bomb)
    {
        FluentActions.Invoking(() => ReleasePolicy.Read(bomb, "policy.yml")).Should()
            .Throw<ActionException>().Which.Findings[0].Message.Should().StartWith("The policy is not YAML");
        ManifestPlace.Parse("values.yaml#version").Read(bomb).Should().ContainSingle().Which.Problem.Should()
            .StartWith("it cannot be read");
    }

    [Fact]
    public void Anchors_as_people_use_them_are_followed()
    {
        var policy = ReleasePolicy.Read(
            "images:\n  - name: a\n    labels: &labels [x=y]\n  - name: b\n    labels: *labels\n", "policy.yml");

        policy.Images.Select(i => i.Labels.Single()).Should().Equal("x=y", "x=y");
        ManifestPlace.Parse("values.yaml#b.image.tag").Read("a: &a {image: {tag: 1.0.0}}\nb: *a\n").Should()
            .ContainSingle().Which.Version.Should().Be("1.0.0");
    }

    public static TheoryData<string> Markdown =>
        [Repeat(">", Many), Repeat("[", Many), Repeat("- ", Many), Repeat("*a **b ", Many), Repeat("`", Many), Repeat("![", Many),
        Repeat("<", Many), Repeat("[a](", Many), Repeat("a_", Many), Repeat("> ", Many) + "x"];

    [Theory]
    [Trait("Row", "L9")]
    [MemberData(nameof(Markdown))]
    public async Task Text_that_nests_without_end_goes_through_changelog_extract_or_is_refused(string bomb)
    {
        using var checkout = new Checkout();
        checkout.Write("CHANGELOG.md", $"# Changelog\n\n## 1.0.0\n\n{bomb}\n\n## 0.9.0\n\n- First\n").Commit("Release 1.0.0");
        checkout.Push().Tag("v1.0.0");

        var run = await HostileRig.Offline(checkout).OnTag("v1.0.0").Input("fallback", "none").Input("notes-file", "notes.md")
            .RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().BeOneOf([ExitCode.Done, ExitCode.BadInput, ExitCode.Refused], run.Log);
        if (run.ExitCode != ExitCode.Done) return;
        var notes = File.ReadAllText(Path.Combine(checkout.Root, "notes.md"));
        // Markdown of the notes stays, but for what would notify people; that the text came through shows that it reached every step.
        notes.Length.Should().BeGreaterThan(bomb.Trim().Length / 2);
    }

    [Theory]
    [Trait("Row", "L9")]
    [MemberData(nameof(Markdown))]
    public void A_changelog_that_nests_without_end_is_read_or_refused(string bomb)
    {
        try
        {
            Changelog.Parse($"# Changelog\n\n## 1.0.0\n\n{bomb}\n\n## 0.9.0\n\n- First\n").Sections[0].Version!.Text.Should().Be("1.0.0");
        }
        catch (ActionException e)
        {
            e.ExitCode.Should().Be(ExitCode.BadInput);
        }
    }

    public static TheoryData<string> Versions =>
        [Repeat("-", 1_000_000), "1.0.0-" + Repeat("-", 1_000_000), "1.0.0-" + Repeat("0", 1_000_000), "1.0.0-" + Repeat("a.", 500_000),
        Repeat("1.", 500_000), "1.0.0+" + Repeat("a", 1_000_000) + "!", Repeat("v", 1_000_000), Repeat("0", 1_000_000) + ".0.0"];

    [Theory]
    [Trait("Row", "S35")]
    [MemberData(nameof(Versions))]
    public void A_million_characters_are_no_version(string text)
    {
        SemanticVersion.TryParse(text, out _).Should().BeFalse();
        FluentActions.Invoking(() => ReleaseTag.Require("v" + text, "v", VersionSchemes.SemVer)).Should().Throw<ActionException>();
        FluentActions.Invoking(() => ReleaseTag.RequireVersion(text, "v", VersionSchemes.SemVer)).Should().Throw<ActionException>();
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
