using System.Text.Json;
using ReleaseActions.SbomChecksum;

namespace ReleaseActions.Tests.SbomChecksum;

/// <summary>The vectors of package-url/purl-spec: each is written in its canonical form.</summary>
public sealed class PackageUrlTests
{
    [Theory]
    [Trait("Row", "B13")]
    [InlineData("npm", 17)]
    [InlineData("nuget", 7)]
    [InlineData("pypi", 16)]
    [InlineData("cargo", 9)]
    [InlineData("golang", 17)]
    [InlineData("oci", 12)]
    [InlineData("docker", 13)]
    [InlineData("github", 10)]
    [InlineData("generic", 9)]
    [InlineData("maven", 61)]
    [InlineData("deb", 19)]
    [InlineData("apk", 6)]
    public void Every_vector_of_the_ecosystem_is_written_in_its_canonical_form(string type, int count)
    {
        var vectors = Corpora.Json($"purl-spec/tests/types/{type}-test.json").GetProperty("tests").EnumerateArray().ToList();

        vectors.Should().HaveCount(count);
        foreach (var vector in vectors.Where(v => !v.GetProperty("expected_failure").GetBoolean())) Check(vector);
    }

    private static void Check(JsonElement vector)
    {
        var (input, expected) = (vector.GetProperty("input"), vector.GetProperty("expected_output"));
        var because = vector.GetProperty("description").GetString();
        switch (vector.GetProperty("test_type").GetString())
        {
            case "build": Built(input).Should().Be(expected.GetString(), because); break;
            case "validate": Parsed(input.GetString()!).ToString().Should().Be(expected.GetString(), because); break;
            // The parts and the text must mean the same package.
            default: Built(expected).Should().Be(Parsed(input.GetString()!).ToString(), because); break;
        }
    }

    private static string Built(JsonElement parts)
    {
        var qualifiers = parts.GetProperty("qualifiers");
        var isGiven = qualifiers.ValueKind == JsonValueKind.Object;
        return new PackageUrl(Part(parts, "type")!, Part(parts, "namespace"), Part(parts, "name")!, Part(parts, "version"))
        {
            Subpath = Part(parts, "subpath"),
            Qualifiers = isGiven ? qualifiers.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!) : [],
        }.ToString();
    }

    private static string? Part(JsonElement parts, string name) => parts.GetProperty(name).GetString();

    /// <summary>The parts of a package URL, split from the right as the specification says.</summary>
    private static PackageUrl Parsed(string text)
    {
        var (rest, subpath) = Last(text, '#');
        (rest, var query) = Last(rest, '?');
        rest = rest["pkg:".Length..].TrimStart('/');
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (path, version) = Last(rest[(slash + 1)..], '@');
        if (path.Length == 0) (path, version) = (rest[(slash + 1)..], null);
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        var group = parts.Count > 1 ? string.Join('/', parts[..^1]) : null;
        var qualifiers = (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2));
        return new PackageUrl(rest[..slash], group, parts[^1], version is null ? null : Uri.UnescapeDataString(version))
        {
            Subpath = subpath,
            Qualifiers = qualifiers.ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1])),
        };
    }

    private static (string Before, string? After) Last(string text, char mark) =>
        text.LastIndexOf(mark) is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);
}
