using System.Text.Json;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>Reading and order in each scheme, judged by files that nobody here wrote.</summary>
[Trait("Row", "B22")]
public sealed class SchemeOracleTests
{
    [Theory]
    [InlineData("maven", "maven-versions.txt", 90)]
    [InlineData("maven", "maven-versions-generated.txt", 14_600)]
    [InlineData("pep440", "pypi-versions.txt", 25)]
    [InlineData("pep440", "pypi-versions-generated.txt", 12_000)]
    [InlineData("nuget", "nuget-versions.txt", 25)]
    [InlineData("semver", "semver-versions.txt", 70)]
    public void The_order_is_that_of_the_ecosystem(string scheme, string file, int least)
    {
        var lines = Comparisons(file).Select(c => (c.Text, c.Expected, Order: Compare(Schemes.Of(scheme), c.Left, c.Right))).ToList();

        lines.Where(l => l.Order is { } order && order != l.Expected).Select(l => l.Text).Should().BeEmpty();
        lines.Count(l => l.Order is not null).Should().BeGreaterThanOrEqualTo(least);
    }

    [Theory]
    [InlineData("maven", "maven-versions.txt")]
    [InlineData("pep440", "pypi-versions.txt")]
    [InlineData("nuget", "nuget-versions.txt")]
    public void What_is_equal_has_the_same_hash(string name, string file)
    {
        var scheme = Schemes.Of(name);
        var equal = Comparisons(file).Where(c => c.Expected == 0).Select(c => (c.Text, Left: scheme.Find(c.Left),
            Right: scheme.Find(c.Right)));

        equal.Where(e => e.Left is not null && e.Right is not null && e.Left.GetHashCode() != e.Right.GetHashCode()).Select(e => e.Text)
            .Should().BeEmpty();
    }

    [Fact]
    public void PEP_440_has_PyPIs_order_of_92_versions()
    {
        var ascending = Pep440Vectors().GetProperty("valid_in_sort_order").EnumerateArray().Select(v => v.GetString()!).ToList();
        var versions = ascending.ConvertAll(Schemes.Of("pep440").Version);

        foreach (var (index, version) in versions.Index())
            versions.Where((other, i) => Math.Sign(version.CompareTo(other)) != Math.Sign(index.CompareTo(i)))
                .Should().BeEmpty($"of {version}");
        versions.Count.Should().Be(92);
    }

    [Fact]
    public void PEP_440_refuses_what_PyPI_refuses() =>
        Cases("test_invalid_versions").Select(v => v.GetString()!).Where(v => Schemes.Of("pep440").Find(v) is not null).Should().BeEmpty();

    // A tag has its prefix already: the letter v and spaces around a version are not read here.
    [Fact]
    public void PEP_440_normalises_as_PyPI_does()
    {
        var cases = Cases("test_normalized_versions").Select(v => (Text: v[0].GetString()!.Trim(), Normal: v[1].GetString()))
            .Where(c => char.IsAsciiDigit(c.Text[0])).ToList();

        cases.Where(c => RegistryNames.Python(Schemes.Of("pep440").Version(c.Text), VersionOrder.SemVer) != c.Normal).Should().BeEmpty();
        cases.Count.Should().BeGreaterThan(90);
    }

    [Fact]
    public void SemVer_loose_has_node_semvers_order_where_both_read_the_versions()
    {
        var scheme = Schemes.Of("semver-loose");
        var pairs = Corpora.Json("node-semver/comparisons.json").EnumerateArray()
            .Select(c => (Higher: scheme.Find(c[0].GetString()!.TrimStart('v')), Lower: scheme.Find(c[1].GetString()!.TrimStart('v'))))
            .Where(p => p.Higher is not null && p.Lower is not null).ToList();

        pairs.Where(p => p.Higher!.CompareTo(p.Lower) <= 0).Should().BeEmpty();
        pairs.Count.Should().BeGreaterThan(25);
    }

    [Theory]
    [InlineData("semver")]
    [InlineData("semver-loose")]
    [InlineData("nuget")]
    [InlineData("maven")]
    [InlineData("pep440")]
    public void A_stable_version_is_raised_as_node_semver_raises_it(string scheme)
    {
        var steps = new Dictionary<string, VersionStep>
        {
            ["major"] = VersionStep.Major, ["minor"] = VersionStep.Minor, ["patch"] = VersionStep.Patch,
        };
        var cases = Corpora.Json("node-semver/increments.json").EnumerateArray()
            .Where(c => c.GetArrayLength() == 3 && c[2].ValueKind == JsonValueKind.String && steps.ContainsKey(c[1].GetString()!))
            .Select(c => (Old: c[0].GetString()!, Step: steps[c[1].GetString()!], New: c[2].GetString()!))
            .Where(c => c.Old.All(l => char.IsAsciiDigit(l) || l == '.')).ToList();

        cases.Where(c => Schemes.Of(scheme).Next(Schemes.Of(scheme).Version(c.Old), c.Step, null) != c.New).Should().BeEmpty();
        cases.Count.Should().BeGreaterThan(2);
    }

    // To Maven, v is a word like any other.
    private static string WithoutV(string file, string version) =>
        file.StartsWith("maven", StringComparison.Ordinal) ? version : version.TrimStart('v');

    private static int? Compare(VersionScheme scheme, string left, string right) =>
        scheme.Find(left) is { } one && scheme.Find(right) is { } other ? Math.Sign(one.CompareTo(other)) : null;

    private static IEnumerable<(string Text, string Left, string Right, int Expected)> Comparisons(string file)
    {
        foreach (var line in File.ReadLines(Corpora.Require($"osv-scalibr/version-order/{file}")))
            if (line.Trim().Split(' ') is [var left, var sign, var right] && (sign is "<" or "=" or ">"))
                yield return (line, WithoutV(file, left), WithoutV(file, right), sign switch { "<" => -1, ">" => 1, _ => 0 });
    }

    private static JsonElement[] Cases(string table) => [.. Pep440Vectors().GetProperty(table).GetProperty("cases").EnumerateArray()];

    private static JsonElement Pep440Vectors() => Corpora.Json("pep440/pep440-vectors.json");
}
