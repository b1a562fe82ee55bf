using System.Text.Json;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>What <see cref="RegistryNames.Python"/> writes, held against the vectors of pypa/packaging.</summary>
public sealed partial class PythonVersionTests
{
    private static readonly string[] Words =
    [
        "", "-preview", "-preview.1", "-preview.2", "-preview.10", "-alpha", "-alpha.1", "-alpha.2", "-alpha.10",
        "-beta", "-beta.1", "-beta.10", "-rc", "-rc.1", "-rc.2", "-rc.10",
    ];

    private static readonly SemanticVersion[] Versions =
        [.. from core in (string[])["0.0.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"] from word in Words select Version(core + word)];

    [Fact]
    [Trait("Row", "B4")]
    [Trait("Rule", "AEG-10")]
    public void What_is_written_is_legal_and_normalised()
    {
        // The test's own reading of PEP 440 is held against the vectors first.
        Vectors("test_invalid_versions").Select(v => v.GetString()!).Where(v => Canonical().IsMatch(v)).Should().BeEmpty();
        Vectors("test_normalized_versions").Select(v => v[1].GetString()!).Where(v => !v.Contains('!') && !v.Contains('+'))
            .Should().OnlyContain(v => Canonical().IsMatch(v));

        Versions.Select(Python).Should().OnlyContain(v => v != null && Canonical().IsMatch(v));
    }

    [Fact]
    [Trait("Row", "B4")]
    [Trait("Rule", "AEG-10")]
    public void The_order_of_the_vectors_is_the_order_we_compare_by()
    {
        var vectors = Corpora.Json("pep440/pep440-vectors.json").GetProperty("valid_in_sort_order");
        var ascending = vectors.EnumerateArray().Select(v => v.GetString()!).ToList();
        var ours = ascending.Where(v => Canonical().IsMatch(v) && !v.Contains(".post", StringComparison.Ordinal)).ToList();
        ours.Select(Key).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.HaveCountGreaterThan(10);

        // The words whose order SemVer and PEP 440 share; preview is a development release there, and sorts before alpha.
        var versions = Versions.Where(v => v.Label != "preview").Order().Select(v => Key(Python(v)!)).ToList();
        versions.Should().BeInAscendingOrder();
        Versions.Where(v => v.Label == "preview").Order().Select(v => Key(Python(v)!)).Should().BeInAscendingOrder();
    }

    [Theory]
    [Trait("Row", "B4")]
    [InlineData("1.0.0-nightly")]
    [InlineData("1.0.0-rc.1.2")]
    [InlineData("1.0.0-rc.x")]
    [InlineData("1.0.0-RC.1")]
    [InlineData("1.0.0-rc-1")]
    public void A_prerelease_without_a_counterpart_has_no_python_version(string version) => Python(Version(version)).Should().BeNull();

    // epoch and local parts left out: we write neither. Release, then dev < a < b < rc < final.
    private static string Key(string version)
    {
        var match = Canonical().Match(version);
        var release = string.Concat(
            match.Groups["release"].Value.Split('.').Concat(["0", "0", "0", "0"]).Take(4).Select(n => n.PadLeft(12, '0')));
        var rank = match.Groups["pre"].Value switch { "a" => 1, "b" => 2, "rc" => 3, _ => match.Groups["dev"].Success ? 0 : 4 };
        var dev = match.Groups["dev"] is { Success: true } d ? d.Value.PadLeft(12, '0') : "~";
        return $"{release}{rank}{match.Groups["n"].Value.PadLeft(12, '0')}{dev}";
    }

    private static string? Python(SemanticVersion version) => RegistryNames.Python(version, VersionOrder.SemVer);

    private static SemanticVersion Version(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new ArgumentException(text);

    private static JsonElement[] Vectors(string table) =>
        [.. Corpora.Json("pep440/pep440-vectors.json").GetProperty(table).GetProperty("cases").EnumerateArray()];

    // PEP 440's canonical form, without epoch and local part.
    [GeneratedRegex(@"^(?<release>(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*)((?<pre>a|b|rc)(?<n>0|[1-9][0-9]*))?"
        + @"(\.post(0|[1-9][0-9]*))?(\.dev(?<dev>0|[1-9][0-9]*))?\z")]
    private static partial Regex Canonical();
}
