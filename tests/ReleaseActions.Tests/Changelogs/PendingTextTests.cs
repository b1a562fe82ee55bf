using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>A section whose first line says that it is not released is refused; one that only uses such words is not.</summary>
[Trait("Row", "F68")]
public sealed class PendingTextTests
{
    [Theory]
    [InlineData("## Version 1.1.0\n\nUnreleased\n\n- Boats\n", 3)]
    [InlineData("## 1.1.0\nunreleased\n\n- Boats\n", 2)]
    [InlineData("## 1.1.0\n\n_Not yet released_\n\n- Boats\n", 3)]
    [InlineData("## 1.1.0\n\n**Release date:** TBD\n\n- Boats\n", 3)]
    [InlineData("## 1.1.0\n\nReleased: YYYY-MM-DD\n\n- Boats\n", 3)]
    [InlineData("1.1.0\n=====\n\n(in development)\n\n- Boats\n", 4)]
    [InlineData("Version 1.1.0\n~~~~~~~~~~~~~\n\nUnreleased\n\n* Boats\n", 4)]
    public void A_first_line_that_says_so_refuses_the_section(string newest, int line)
    {
        var older = newest.Replace("1.1.0", "1.0.0", StringComparison.Ordinal).Split("\n\n")[0]
            .Replace("\nunreleased", "", StringComparison.Ordinal);
        var changelog = Changelog.Parse($"{newest}\n{older}\n\n- Oars\n");

        var refusal = changelog.Find("1.1.0").Should().ContainSingle().Which.Refusal;

        refusal.Should().NotBeNull();
        refusal!.Message.Should().EndWith("says that 1.1.0 is not released");
        refusal.Line.Should().Be(line);
        changelog.Find("1.0.0").Should().ContainSingle().Which.Refusal.Should().BeNull();
    }

    [Theory]
    [InlineData("Released 2026-01-02")]
    [InlineData("Release date: 2026-01-02")]
    [InlineData("- Pending\n- WIP")]
    [InlineData("1. Draft")]
    [InlineData("Next we will look at boats.")]
    [InlineData("### Fixed\n\nUnreleased boats are found.")]
    [InlineData("- Boats\n\nUnreleased")]
    public void Other_uses_of_the_words_are_text(string body) =>
        Changelog.Parse($"## 1.1.0\n\n{body}\n\n## 1.0.0\n\n- Oars\n").Find("1.1.0").Should().ContainSingle()
            .Which.Refusal.Should().BeNull();
}
