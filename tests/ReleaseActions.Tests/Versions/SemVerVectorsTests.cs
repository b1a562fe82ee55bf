using System.Text.Json;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>Which texts are versions and how they are ordered, by the vectors of semver.org and of npm.</summary>
public sealed class SemVerVectorsTests
{
    private static readonly string[] BeyondJavaScript = ["90071992547409910.0.0", "0.90071992547409910.0", "0.0.90071992547409910"];

    [Fact]
    [Trait("Row", "B1")]
    public void What_semver_org_calls_valid_is_read_and_written_back()
    {
        var valid = Texts(SemVerOrg("valid"));

        valid.Should().HaveCount(31);
        valid.Where(v => Parse(v)?.Text != v).Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "B1")]
    public void What_semver_org_calls_invalid_is_not_read()
    {
        var invalid = Texts(SemVerOrg("invalid"));

        invalid.Should().HaveCount(40);
        invalid.Where(v => Parse(v) is not null).Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "B1")]
    public void The_chain_of_the_specification_is_ascending_pair_by_pair()
    {
        var chain = Texts(SemVerOrg("precedence_ascending_spec_item_11")).Select(v => Parse(v)!).ToList();

        chain.Should().HaveCount(8);
        var pairs = chain.SelectMany((lower, index) => chain.Skip(index + 1).Select(higher => (Lower: lower, Higher: higher))).ToList();
        pairs.Should().HaveCount(28);
        pairs.Where(p => !(p.Higher > p.Lower) || !(p.Lower < p.Higher) || p.Higher == p.Lower).Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "B2")]
    public void What_npm_calls_valid_is_read_into_the_same_parts()
    {
        var vectors = Npm("valid-versions").Select(v => v.EnumerateArray().ToArray()).ToList();

        vectors.Should().HaveCount(22);
        foreach (var v in vectors.Where(v => !v[0].GetString()!.StartsWith('v')))
        {
            var version = Parse(v[0].GetString()!)!;
            new[] { version.Major, version.Minor, version.Patch }.Should().Equal(v[1].GetInt64(), v[2].GetInt64(), v[3].GetInt64());
            version.Prerelease.Should().Be(string.Join('.', v[4].EnumerateArray()));
            version.BuildMetadata.Should().Be(string.Join('.', v[5].EnumerateArray()));
        }
    }

    [Fact]
    [Trait("Row", "B2")]
    public void What_npm_calls_invalid_or_only_tolerates_is_not_read()
    {
        var invalid = Npm("invalid-versions").Select(v => v[0]).Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!);
        var tolerated = Npm("valid-versions").Concat(Npm("equality")).Concat(Npm("comparisons"))
            .SelectMany(v => v.EnumerateArray().Take(2)).Where(
                v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!).Where(v => v.TrimStart()[0] is 'v' or '=');

        invalid.Concat(tolerated).Where(v => Parse(v) is not null)
            .Should().Equal(BeyondJavaScript, "SemVer sets no limit to numbers, and JavaScript does");
    }

    [Fact]
    [Trait("Row", "B2")]
    public void What_npm_puts_higher_is_higher()
    {
        var pairs = Npm("comparisons").Where(v => !IsLoose(v)).Select(v => (Higher: v[0].GetString()!, Lower: v[1].GetString()!)).ToList();

        pairs.Should().HaveCount(19);
        pairs.Where(
            p => !(Parse(p.Higher)! > Parse(p.Lower)!) || !(Parse(p.Lower)! < Parse(p.Higher)!) || Parse(p.Higher)! == Parse(p.Lower)!)
            .Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "B2")]
    public void What_npm_calls_equal_is_equal_and_has_one_hash()
    {
        var pairs = Npm("equality").Where(v => !IsLoose(v) && !v[0].GetString()!.Contains('v')).Select(
            v => (Parse(v[0].GetString()!)!, Parse(v[1].GetString()!)!)).ToList();

        pairs.Should().NotBeEmpty();
        pairs.Where(p => p.Item1 != p.Item2 || p.Item1.GetHashCode() != p.Item2.GetHashCode()).Should().BeEmpty();
    }

    private static bool IsLoose(JsonElement vector) => vector.GetArrayLength() > 2 && vector[2] switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.Object } options => options.TryGetProperty("loose", out var loose) && loose.GetBoolean(),
        _ => false,
    };

    private static SemanticVersion? Parse(string text) => SemanticVersion.TryParse(text, out var version) ? version : null;

    private static JsonElement SemVerOrg(string list) => Corpora.Json("semver-org/semver-org-vectors.json").GetProperty(list);

    private static JsonElement[] Npm(string file) => [.. Corpora.Json($"node-semver/{file}.json").EnumerateArray()];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetString()!)];
}
