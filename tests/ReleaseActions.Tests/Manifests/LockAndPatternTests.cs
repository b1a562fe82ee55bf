using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Manifests;

/// <summary>The project's own version in lock files and in any text.</summary>
public sealed class LockAndPatternTests
{
    private const string Workspace = "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"b\"\nversion = \"B\"\n";

    [Theory]
    [InlineData("Cargo.lock", "1.2.3", "a=1.2.3 b=1.2.3")]
    [InlineData("Cargo.lock", "0.9.0", "Cargo.lock: its own packages have different versions: name one as Cargo.lock#a")]
    [InlineData("Cargo.lock#b", "0.9.0", "b=0.9.0")]
    [InlineData("Cargo.lock#c", "0.9.0", "Cargo.lock: it has no 'c'")]
    public void The_packages_of_a_workspace_move_together_where_they_have_one_version(string place, string other, string expected) =>
        string.Join(' ', ManifestPlace.Parse(place).Read(Workspace.Replace("\"B\"", $"\"{other}\"", StringComparison.Ordinal))
            .Select(v => v.Version is null ? $"Cargo.lock: {v.Problem}" : $"{v.Key}={v.Version}")).Should().Be(expected);

    [Theory]
    [InlineData("Cargo.lock", "[[package]]\nname = \"x\"\nversion = \"1.2.3\"\nsource = \"registry\"\n",
        "it has no package of the project")]
    [InlineData("Cargo.lock", "version = 4\n", "it has no package of the project")]
    [InlineData("Cargo.lock", "package = \"x\"\n[other]\npackage = [{name = \"x\", version = \"1.2.3\"}]\n",
        "it has no package of the project")]
    [InlineData("uv.lock", "[[package]]\nname = \"x\"\n[package.source]\nregistry = \"r\"\n", "it has no package of the project")]
    [InlineData("Cargo.lock",
        "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n[[package]]\nname = \"x\"\nversion = \"2.0.0\"\nsource = \"r\"\n"
        + "dependencies = [\"a 1.2.3\"]\n", "it names 'a' with its version elsewhere too")]
    [InlineData("mix.exs", "version: \"1.2.3\"\nversion: \"1.2.3\"\n", "it has 'version: \"{version}\"' more than once")]
    [InlineData("mix.exs", "version: @version\n", "it has no 'version: \"{version}\"'")]
    [InlineData("a.txt#{version}", "1.2.3", "it cannot be read: '{version}' needs some text before {version}, which occurs once")]
    [InlineData("a.txt#v{version}-{version}", "v1.2.3-1.2.3",
        "it cannot be read: 'v{version}-{version}' needs some text before {version}, *")]
    [InlineData("a.txt#v={version};", "v=x; v=1.2.3, v=", "it has no 'v={version};'")]
    public void What_is_not_sure_is_a_problem(string place, string text, string problem) =>
        ManifestPlace.Parse(place).Read(text).Should().ContainSingle().Which.Problem.Should().Match(problem);

    [Theory]
    [InlineData("package.json", "YYYY.0M", "2024.05", "2024.5.0", true)]
    [InlineData("package.json", "YYYY.0M", "2024.05", "2024.05", true)]
    [InlineData("package.json", "YYYY.0M", "2024.05", "2024.5", true)]
    [InlineData("package.json", "YYYY.0M", "2024.05", "2024.5.1", false)]
    [InlineData("Cargo.toml", "pep440", "1.2rc1", "1.2.0-rc.1", true)]
    [InlineData("values.yaml#tag", "YYYY.0M", "2024.05", "2024.5.0", false)]
    [Trait("Row", "B22")]
    public void A_file_that_needs_SemVer_may_have_that_spelling(string place, string scheme, string version, string text, bool means) =>
        ManifestPlace.Parse(place).Means(text, Versions.Schemes.Of(scheme).Find(version)!, new VersionOrder([],
            Versions.Schemes.Of(scheme)))
            .Should().Be(means);
}
