using ReleaseActions.Rehearse;

namespace ReleaseActions.Tests.Rehearse;

/// <summary>Notes on the page of a rehearsal have the links that GitHub will put into them.</summary>
public sealed class ReferencesTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("Fix #12", "/acme/shop/issues/12\">#12</a>")]
    [InlineData("(#12)", "(<a href=\"https://github.com/acme/shop/issues/12\">#12</a>)")]
    [InlineData("See other/tool.net#7.", "/other/tool.net/issues/7\">other/tool.net#7</a>.")]
    [InlineData("by @ada-l in #3", "<a href=\"https://github.com/ada-l\">@ada-l</a> in <a")]
    [InlineData(Commit, "/acme/shop/commit/" + Commit + "\">0123456</a>")]
    [InlineData("**#1**", "<strong><a href")]
    public void What_GitHub_links_is_linked(string notes, string html) => Html(notes).Should().Contain(html);

    [Theory]
    [InlineData("`#12` and `@ada`")]
    [InlineData("ada@example.com")]
    [InlineData("C#12, a#1, &#35;12x")]
    [InlineData("#a, # 1, @-a, defaced, accede1x")]
    public void Anything_else_stays_text(string notes) => Html(notes).Should().NotContain("issues/").And.NotContain("github.com");

    [Fact]
    public void A_link_has_no_link_in_it() => Html("[see #12](https://example.com/#12)").Split("<a ").Should().HaveCount(2);

    private static string Html(string notes) => PageMarkdown.ToHtml(notes, new References("https://github.com", "acme/shop"));
}
