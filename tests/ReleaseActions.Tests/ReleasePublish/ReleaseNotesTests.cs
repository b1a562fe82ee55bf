using System.Text;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.ReleasePublish;

public sealed class ReleaseNotesTests
{
    private const string Commit = "0123456789012345678901234567890123456789";

    [Fact]
    public void The_mark_is_found_at_the_end_whatever_the_line_endings()
    {
        var body = ReleaseNotes.Compose("One\nTwo\n", "v1.0.0", Commit, link: null);

        ReleaseNotes.FindMark(body).Should().Be(new Mark("v1.0.0", Commit, IsEdited: false));
        ReleaseNotes.FindMark(body.ReplaceLineEndings("\r\n") + "\r\n").Should().Be(new Mark("v1.0.0", Commit, IsEdited: false));
    }

    [Fact]
    public void An_edit_of_the_notes_is_noticed()
    {
        var body = ReleaseNotes.Compose("One", "v1.0.0", Commit, link: null);

        ReleaseNotes.FindMark(body.Replace("One", "Two", StringComparison.Ordinal))!.IsEdited.Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Notes of a person")]
    [InlineData("<!-- release-actions: tag=v1.0.0 commit=0123456789012345678901234567890123456789 notes=0123456789abcdef --> quoted")]
    public void Other_texts_bear_no_mark(string? body) => ReleaseNotes.FindMark(body).Should().BeNull();

    [Fact]
    [Trait("Row", "S32")]
    public void Notes_that_are_too_long_are_cut_at_a_line_with_a_link_to_all_of_them()
    {
        var line = new string('a', 97) + "😀\n";
        var body = ReleaseNotes.Compose(
            string.Concat(Enumerable.Repeat(line, 2_000)), "v1.0.0", Commit, "https://github.com/acme/shop/blob/x/notes.md");

        body.Length.Should().BeLessThanOrEqualTo(125_000).And.BeGreaterThan(124_000);
        body.Should().Contain("😀\n\n_The notes were cut here: GitHub shows at most 125,000 characters. "
            + "[All of them](https://github.com/acme/shop/blob/x/notes.md)_\n\n<!--");
        ReleaseNotes.FindMark(body)!.IsEdited.Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "S32")]
    public void One_line_that_is_too_long_is_cut_between_characters()
    {
        var body = ReleaseNotes.Compose("a" + string.Concat(Enumerable.Repeat("😀", 100_000)), "v1.0.0", Commit, link: null);

        body.Length.Should().BeLessThanOrEqualTo(125_000);
        FluentActions.Invoking(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(body)).Should().NotThrow();
    }

    [Fact]
    public void A_code_fence_that_the_cut_leaves_open_is_closed() =>
        ReleaseNotes.Compose("```\n" + string.Concat(Enumerable.Repeat("code\n", 50_000)) + "```", "v1.0.0", Commit, link: null)
            .Should().Contain("code\n```\n\n_The notes were cut here");
}
