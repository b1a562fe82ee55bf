using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

public sealed class NotesTextTests
{
    [Theory]
    [Trait("Row", "S30")]
    [InlineData("Thanks @org/team and @ada.", "Thanks @\u200borg/team and @\u200bada.")]
    [InlineData("`@ref` stays, @ada does not", "`@ref` stays, @\u200bada does not")]
    [InlineData("```\n@ref\n```", "```\n@ref\n```")]
    [InlineData("    @ref", "    @ref")]
    [InlineData("<code>@ref</code> and @ada", "<code>@ref</code> and @\u200bada")]
    [InlineData("mail a@example.com, [x](https://example.com/@ada)", "mail a@example.com, [x](https://example.com/@ada)")]
    [InlineData("<p>\n@ada\n</p>", "<p>\n@\u200bada\n</p>")]
    [InlineData("see https://npm.example.com/package/@scope/name.", "see https://npm.example.com/package/@scope/name.")]
    [InlineData("(http://a.example.com/~x/@b)", "(http://a.example.com/~x/@b)")]
    [InlineData("https://@ada", "https://@\u200bada")]
    [InlineData("https://example/@ada", "https://example/@\u200bada")]
    [InlineData("xhttps://example.com/@ada", "xhttps://example.com/@\u200bada")]
    [InlineData("https://example.com/ @ada", "https://example.com/ @\u200bada")]
    [InlineData("https://example.com/<@ada", "https://example.com/<@\u200bada")]
    [InlineData("https://example.com/&#64;ada", "https://example.com/@\u200bada")]
    [InlineData("<p>\nhttps://example.com/@ada\n</p>", "<p>\nhttps://example.com/@\u200bada\n</p>")]
    public void A_mention_notifies_nobody_outside_code(string notes, string neutral) => NotesText.WithoutMentions(notes)
        .Should().Be(neutral);

    [Theory]
    [Trait("Row", "S31")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\u200bb\u2066c", "a\\u200bb\\u2066c")]
    [InlineData("a\u001b[31mb\0", "a\\x1b[31mb\\x00")]
    [InlineData("tab\there\r\nand 👩\u200d🚀 fly", "tab\there\r\nand 👩\u200d🚀 fly")]
    public void What_nobody_sees_is_escaped(string notes, string shown) => NotesText.ShowHidden(notes).Should().Be(shown);

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
