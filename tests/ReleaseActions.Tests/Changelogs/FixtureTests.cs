using System.Globalization;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>A file for each way of keeping a changelog, <c>NAME@VERSION.md</c>, and its section, <c>NAME@VERSION.golden</c>.</summary>
public sealed class FixtureTests
{
    private static readonly string Folder = Path.Combine(Golden.Root, "tests/ReleaseActions.Tests/Changelogs/Fixtures");

    public static TheoryData<string> Fixtures =>
        [.. Directory.GetFiles(Folder, "*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [Trait("Row", "F49")]
    [Trait("Rule", "DOJ-04")]
    [MemberData(nameof(Fixtures))]
    public void A_section_comes_out_exactly(string name)
    {
        var version = SemanticVersion.TryParse(name.Split('@')[1], out var parsed) ? parsed : throw new ArgumentException(name);
        var sections = Changelog.Parse(TextOf(name)).Find(version);

        Golden.Matches(sections.Count == 0 ? "no section\n" : string.Concat(sections.Select(Shown)), $"Fixtures/{name}");
    }

    [Fact]
    public void There_are_at_least_forty_ways_to_keep_a_changelog() => Fixtures.Count.Should().BeGreaterThanOrEqualTo(40);

    internal static string TextOf(string name) => File.ReadAllText(Path.Combine(Folder, $"{name}.md"));

    internal static string Shown(ChangelogSection section)
    {
        var facts = new[]
        {
            $"line {section.Line}",
            section.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                ?? (section.DateText is { } date ? $"unclear date {date}" : null),
            section.Product is { } product ? $"product {product}" : null,
            section.IsYanked ? "yanked" : null,
            section.IsEmpty ? "empty" : null,
            section.Refusal is { } refusal ? $"unclear at line {refusal.Line}: {refusal.Message}. {refusal.Remedy}" : null,
        };
        return $"{section.Heading} | {string.Join(" | ", facts.OfType<string>())}\n----\n{section.Body}\n----\n";
    }
}
