namespace ReleaseActions.Tests.House;

/// <summary>The shape of the code: a line is one idea, and a method is a screen or less.</summary>
public sealed class ShapeTests
{
    private const int MostColumns = 140;
    private const int MostLinesOfAMethod = 40;

    private static readonly string[] Files = [.. ((string[])["src", "tests", "benchmarks"]).SelectMany(In)];

    [Fact]
    public void No_line_is_wider_than_140_columns() =>
        Files.SelectMany(f => TooWide(File.ReadAllLines(f)).Select(line => $"{Relative(f)}:{line}")).Should().BeEmpty();

    [Fact]
    public void No_method_is_longer_than_40_lines() =>
        In("src").SelectMany(f => TooLong(File.ReadAllLines(f)).Select(line => $"{Relative(f)}:{line}")).Should().BeEmpty();

    [Fact]
    public void A_wide_line_is_found_but_not_in_a_text_that_is_quoted_as_it_is()
    {
        var wide = new string('x', MostColumns + 1);

        TooWide([wide, "var text = \"\"\"", wide, "    \"\"\";", wide]).Should().Equal(1, 5);
    }

    [Fact]
    public void A_long_method_is_found_by_its_first_line()
    {
        string[] body = [.. Enumerable.Repeat("        x();", MostLinesOfAMethod)];

        TooLong(["class A", "{", "    void Short()", "    {", "    }", "", "    void Long()", "    {", .. body, "    }", "}"]).Should()
            .Equal(7);
    }

    // Lines of a raw string belong to the text that is quoted.
    private static IEnumerable<int> TooWide(string[] lines)
    {
        var isQuoted = false;
        foreach (var (index, line) in lines.Index())
        {
            if (!isQuoted && line.Length > MostColumns) yield return index + 1;
            if ((line.Split("\"\"\"").Length - 1) % 2 == 1) isQuoted = !isQuoted;
        }
    }

    // A member of a type is indented by four spaces, and so are its braces.
    private static IEnumerable<int> TooLong(string[] lines)
    {
        for (var open = Array.IndexOf(lines, "    {"); open >= 0; open = Array.IndexOf(lines, "    {", open + 1))
        {
            var begin = open;
            while (begin > 0 && lines[begin - 1].StartsWith("    ", StringComparison.Ordinal) && !lines[begin - 1].TrimStart()
                .StartsWith('/')) begin--;
            var end = Array.FindIndex(lines, open, l => l.StartsWith("    }", StringComparison.Ordinal));
            if (end - begin + 1 > MostLinesOfAMethod) yield return begin + 1;
        }
    }

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Golden.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !Relative(f).Split('/').Any(part => part is "obj" or "bin" or "artifacts"));

    private static string Relative(string file) => Path.GetRelativePath(Golden.Root, file);
}
