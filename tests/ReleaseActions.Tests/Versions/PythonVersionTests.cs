using System.Text.Json;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>
/// What <see cref="RegistryNames.Python"/> writes, judged by PEP 440's rules, which the vectors of pypa/packaging judge first.
/// </summary>
[Trait("Row", "B4")]
public sealed class PythonVersionTests
{
    private static readonly string[] Labels =
    [
        "", "-preview", "-preview.1", "-preview.2", "-preview.10", "-alpha", "-alpha.1", "-alpha.2", "-alpha.10", "-beta", "-beta.1",
        "-beta.10",
        "-rc", "-rc.1", "-rc.2", "-rc.10",
    ];

    private static readonly SemanticVersion[] Versions =
        [.. from core in (string[])["0.0.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0",
        "2.0.0"] from label in Labels select Version(core + label)];

    [Fact]
    public void All_20_invalid_versions_are_none() =>
        Cases("test_invalid_versions", 20).Select(v => v.GetString()!).Where(v => Pep440.Parse(v) is not null).Should().BeEmpty();

    [Fact]
    public void All_102_versions_are_normalised_as_PyPI_does() =>
        Cases("test_normalized_versions", 102).Select(v => (Normal: v[1].GetString(), Ours: Pep440.Parse(v[0].GetString()!)?.ToString()))
            .Where(v => v.Ours != v.Normal).Should().BeEmpty();

    [Fact]
    public void All_92_versions_are_in_PyPIs_order()
    {
        var ascending = Vectors().GetProperty("valid_in_sort_order").EnumerateArray().Select(v => v.GetString()!).ToList();

        ascending.Should().HaveCount(92);
        var keys = ascending.Select(v => Pep440.Parse(v)!.Key()).ToList();
        keys.Should().Equal(keys.Order(StringComparer.Ordinal)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    [Trait("Rule", "AEG-10")]
    public void What_is_written_is_legal_and_normalised() =>
        Versions.Select(Python).Should().OnlyContain(v => v != null && Pep440.Parse(v) != null && Pep440.Parse(v)!.ToString() == v);

    [Fact]
    [Trait("Rule", "AEG-10")]
    public void What_is_written_sorts_on_PyPI_as_it_does_here()
    {
        // preview is a development release on PyPI and sorts before alpha; among themselves all labels keep their order.
        foreach (var group in Versions.GroupBy(v => v.Label == "preview"))
        {
            var keys = group.Order().Select(v => Pep440.Parse(Python(v)!)!.Key()).ToList();
            keys.Should().Equal(keys.Order(StringComparer.Ordinal)).And.OnlyHaveUniqueItems();
        }
    }

    [Theory]
    [InlineData("1.0.0-nightly")]
    [InlineData("1.0.0-rc.1.2")]
    [InlineData("1.0.0-rc.x")]
    [InlineData("1.0.0-RC.1")]
    [InlineData("1.0.0-rc-1")]
    public void A_prerelease_without_a_counterpart_has_no_python_version(string version) => Python(Version(version)).Should().BeNull();

    private static string? Python(SemanticVersion version) => RegistryNames.Python(version, VersionOrder.SemVer);

    private static SemanticVersion Version(string text) =>
        SemanticVersion.TryParse(text, out var version) ? version : throw new ArgumentException(text);

    private static JsonElement[] Cases(string table, int count)
    {
        JsonElement[] cases = [.. Vectors().GetProperty(table).GetProperty("cases").EnumerateArray()];
        cases.Should().HaveCount(count);
        return cases;
    }

    private static JsonElement Vectors() => Corpora.Json("pep440/pep440-vectors.json");
}
