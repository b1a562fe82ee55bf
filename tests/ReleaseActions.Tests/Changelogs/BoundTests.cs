using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>What no person writes is refused before it takes long.</summary>
public sealed class BoundTests
{
    [Theory]
    [Trait("Row", "L14")]
    [InlineData("## 1.0.0\n")]
    [InlineData("x\n===\n")]
    [InlineData("# Title\n")]
    public void More_headings_than_any_changelog_has_are_refused(string heading)
    {
        var read = () => Changelog.Parse(string.Concat(Enumerable.Repeat(heading, Changelog.MostHeadings + 1)));

        read.Should().Throw<ActionException>().Which.ExitCode.Should().Be(ExitCode.BadInput);
    }

    [Theory]
    [Trait("Row", "L14")]
    [InlineData("## 1.0.0\n")]
    [InlineData("# Title\n")]
    [InlineData("1.0.0\n---\n")]
    [InlineData("- 1.0.0\n  - x\n")]
    public void As_many_as_are_read_take_time_in_proportion(string heading) => Changelog.Parse(
        string.Concat(Enumerable.Repeat(heading, Changelog.MostHeadings - 1))).Sections.Count.Should().BeLessThan(Changelog.MostHeadings);

    [Theory]
    [Trait("Row", "L14"), Trait("Row", "L16")]
    [InlineData("- An entry\n", 50_000)]
    [InlineData("> A quote\r", 50_001)]
    [InlineData("A line\n\n", 25_000)]
    public void A_section_of_more_text_than_any_has_is_refused_where_it_is_used(string text, int times)
    {
        var changelog = Changelog.Parse($"""
            # Changelog

            ## 1.1.0

            - x

            ## 1.0.0

            {string.Concat(Enumerable.Repeat(text, times))}
            """);

        changelog.Sections[0].Body.Should().Be("- x");
        FluentActions.Invoking(() => changelog.Sections[1].Body).Should().Throw<ActionException>()
            .WithMessage("The section in line 7 has 50,00? lines, more than *").Which.ExitCode.Should().Be(ExitCode.BadInput);
    }

    // In a line each of them is looked for up to the end of the paragraph.
    [Theory]
    [Trait("Row", "L14")]
    [InlineData("<?")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<!X ")]
    [InlineData("<? <!-- ")]
    public void HTML_that_never_ends_is_refused(string open)
    {
        var read = () => Changelog.Parse($"## 1.0.0\n\n- x {string.Concat(Enumerable.Repeat(open, 100_000))}\n");

        read.Should().Throw<ActionException>().WithMessage("*without an end*").Which.ExitCode.Should().Be(ExitCode.BadInput);
    }

    [Theory]
    [Trait("Row", "L14")]
    [InlineData("<? x ?>")]
    [InlineData("<!-- x -->")]
    [InlineData("<!X y>")]
    [InlineData("<? x\n\n")]
    [InlineData("<!-- x\r\n\r\n")]
    public void HTML_that_ends_is_read(string text) =>
        Changelog.Parse($"## 1.0.0\n\n- x {string.Concat(Enumerable.Repeat(text, 3_000))}\n").Sections.Should().ContainSingle();

    // The whole of a row takes a minute, and more after each of them.
    [Theory]
    [Trait("Row", "L14")]
    [InlineData("[a]: b\n")]
    [InlineData("[1.0.0]: https://example.com/compare/a...b\r\n")]
    [InlineData("  [a]:\n/b\n")]
    [InlineData("[a]: b 'title'\r")]
    [InlineData("> [a]: b\n")]
    [InlineData("[a]: b\n\u2028\n")]
    public void Link_definitions_in_a_row_are_refused_where_no_changelog_has_as_many(string definition)
    {
        var read = () => Changelog.Parse("# Changelog\n\n## 1.0.0\n\n- x\n\n" + string.Concat(Enumerable.Repeat(definition, 200_000)));

        read.Should().Throw<ActionException>().WithMessage("*link definitions in a row*").Which.ExitCode.Should().Be(ExitCode.BadInput);
    }

    [Theory]
    [Trait("Row", "L14")]
    [InlineData("[a]: b\n\n")]
    [InlineData("[a]: b\r\n \t\r\n")]
    public void Link_definitions_with_blank_lines_between_them_are_read(string definition) => Changelog.Parse(
        "## 1.0.0\n\n- x\n\n" + string.Concat(Enumerable.Repeat(definition, 30_000))).Sections.Should().ContainSingle();

    [Theory]
    [InlineData("*a **b ")]
    [InlineData("_a *b ")]
    [InlineData("**_a ")]
    public void Emphasis_without_end_is_refused_or_read(string nested)
    {
        var notes = string.Concat(Enumerable.Repeat(nested, 3_000)) + "\n\n```\n" + new string('x', 200_000);
        foreach (var closed in (string[])["", string.Concat(Enumerable.Repeat("***", 3_000))])
        {
            try
            {
                NotesText.Shortened(notes + closed, NotesText.MostCharacters, null);
            }
            catch (ActionException e)
            {
                e.ExitCode.Should().Be(ExitCode.BadInput);
            }
        }

        NotesText.Shortened("<div>\n\n" + new string('x', 200_000), NotesText.MostCharacters, null).Should().NotContain("<em>");
    }
}
