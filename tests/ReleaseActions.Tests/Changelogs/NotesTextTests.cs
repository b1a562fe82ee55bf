using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

public sealed class NotesTextTests
{
    private const string Repository = "https://github.com/acme/shop";

    [Theory]
    [InlineData("[guide](docs/guide.md)", "[guide](https://github.com/acme/shop/blob/v1.2.3/docs/guide.md)")]
    [InlineData("[guide](./docs/guide.md#top \"Title\")", "[guide](https://github.com/acme/shop/blob/v1.2.3/docs/guide.md#top \"Title\")")]
    [InlineData("![scale](docs/scale.png)", "![scale](https://github.com/acme/shop/raw/v1.2.3/docs/scale.png)")]
    [InlineData("[![scale](a.png)](b.md)", "[![scale](https://github.com/acme/shop/raw/v1.2.3/a.png)](https://github.com/acme/shop/blob/v1.2.3/b.md)")]
    [InlineData("[root](/docs/guide.md)", "[root](https://github.com/acme/shop/blob/v1.2.3/docs/guide.md)")]
    [InlineData("[here](#added)", "[here](https://github.com/acme/shop/blob/v1.2.3/CHANGELOG.md#added)")]
    [InlineData("[#5](../../issues/5)", "[#5](https://github.com/acme/shop/issues/5)")]
    [InlineData("[g]\n\n[g]: docs/guide.md", "[g]\n\n[g]: https://github.com/acme/shop/blob/v1.2.3/docs/guide.md")]
    [InlineData("![p]\n\n[p]: docs/p.png 'P'", "![p]\n\n[p]: https://github.com/acme/shop/raw/v1.2.3/docs/p.png 'P'")]
    [InlineData("<img src=\"docs/p.png\" width=\"9\">", "<img src=\"https://github.com/acme/shop/raw/v1.2.3/docs/p.png\" width=\"9\">")]
    [InlineData("text <a href='b.md'>b</a>", "text <a href='https://github.com/acme/shop/blob/v1.2.3/b.md'>b</a>")]
    public void A_relative_address_leads_to_the_tag(string notes, string absolute) =>
        NotesLinks.ToAbsolute(notes, Repository, "v1.2.3", "CHANGELOG.md").Should().Be(absolute);

    [Theory]
    [InlineData("[a](https://example.com/x) <https://example.com> https://example.com [m](mailto:a@example.com)")]
    [InlineData("[a](//example.com/x)")]
    [InlineData("`[a](docs/guide.md)`")]
    [InlineData("```\n[a](docs/guide.md)\n```")]
    [InlineData("<!-- <img src=\"a.png\"> -->")]
    [InlineData("[out](../../../../other/place)")]
    [InlineData("plain  text \r\n* with   odd spaces\t\r\n")]
    public void What_is_absolute_or_code_stays_byte_for_byte(string notes) =>
        NotesLinks.ToAbsolute(notes, Repository, "v1.2.3", "CHANGELOG.md").Should().Be(notes);

    [Fact]
    public void A_link_counts_from_the_folder_of_the_changelog() =>
        NotesLinks.ToAbsolute("[a](b.md) [c](../c.md)", Repository, "till/v1.2.3", "till/CHANGELOG.md")
            .Should().Be("[a](https://github.com/acme/shop/blob/till/v1.2.3/till/b.md) [c](https://github.com/acme/shop/blob/till/v1.2.3/c.md)");

    [Theory]
    [Trait("Row", "S30")]
    [InlineData("Thanks @org/team and @ada.", "Thanks @\u200borg/team and @\u200bada.")]
    [InlineData("`@ref` stays, @ada does not", "`@ref` stays, @\u200bada does not")]
    [InlineData("```\n@ref\n```", "```\n@ref\n```")]
    [InlineData("    @ref", "    @ref")]
    [InlineData("<code>@ref</code> and @ada", "<code>@ref</code> and @\u200bada")]
    [InlineData("mail a@example.com, [x](https://example.com/@ada)", "mail a@example.com, [x](https://example.com/@ada)")]
    [InlineData("<p>\n@ada\n</p>", "<p>\n@\u200bada\n</p>")]
    public void A_mention_calls_nobody_outside_code(string notes, string neutral) => NotesText.WithoutMentions(notes).Should().Be(neutral);

    [Theory]
    [Trait("Row", "S31")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\u200bb\u2066c", "a\\u200bb\\u2066c")]
    [InlineData("a\u001b[31mb\0", "a\\x1b[31mb\\x00")]
    [InlineData("tab\there\r\nand 👩\u200d🚀 fly", "tab\there\r\nand 👩\u200d🚀 fly")]
    public void What_nobody_sees_is_written_out(string notes, string shown) => NotesText.ShowHidden(notes).Should().Be(shown);

    [Fact]
    public void Long_notes_are_cut_at_a_lines_end_with_a_link_to_all_of_them()
    {
        var notes = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"- Entry {i}\n"));

        var cut = NotesText.Shortened(notes, NotesText.MostCharacters, "https://example.com/all");

        cut.Length.Should().BeLessThanOrEqualTo(NotesText.MostCharacters).And.BeGreaterThan(NotesText.MostCharacters - 300);
        cut.Should().MatchRegex(@"\n- Entry \d+\n\n_The notes were cut here: .* \[All of them\]\(https://example.com/all\)_$");
        NotesText.Shortened("short", NotesText.MostCharacters, null).Should().Be("short");
    }
}
