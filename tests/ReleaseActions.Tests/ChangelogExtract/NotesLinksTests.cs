using ReleaseActions.ChangelogExtract;

namespace ReleaseActions.Tests.ChangelogExtract;

public sealed class NotesLinksTests
{
    private const string Repository = "https://github.com/acme/shop";

    [Theory]
    [InlineData("[guide](docs/guide.md)", "[guide](https://github.com/acme/shop/blob/v1.2.3/docs/guide.md)")]
    [InlineData("[guide](./docs/guide.md#top \"Title\")", "[guide](https://github.com/acme/shop/blob/v1.2.3/docs/guide.md#top \"Title\")")]
    [InlineData("![scale](docs/scale.png)", "![scale](https://github.com/acme/shop/raw/v1.2.3/docs/scale.png)")]
    [InlineData("[![scale](a.png)](b.md)",
        "[![scale](https://github.com/acme/shop/raw/v1.2.3/a.png)](https://github.com/acme/shop/blob/v1.2.3/b.md)")]
    [InlineData("[root](/docs/guide.md)", "[root](https://github.com/acme/shop/blob/v1.2.3/docs/guide.md)")]
    [InlineData("[here](#added)", "[here](https://github.com/acme/shop/blob/v1.2.3/CHANGELOG.md#added)")]
    [InlineData("[#5](../../issues/5)", "[#5](https://github.com/acme/shop/issues/5)")]
    [InlineData("[g]\n\n[g]: docs/guide.md", "[g]\n\n[g]: https://github.com/acme/shop/blob/v1.2.3/docs/guide.md")]
    [InlineData("![p]\n\n[p]: docs/p.png 'P'", "![p]\n\n[p]: https://github.com/acme/shop/raw/v1.2.3/docs/p.png 'P'")]
    [InlineData("<img src=\"docs/p.png\" width=\"9\">", "<img src=\"https://github.com/acme/shop/raw/v1.2.3/docs/p.png\" width=\"9\">")]
    [InlineData("text <a href='b.md'>b</a>", "text <a href='https://github.com/acme/shop/blob/v1.2.3/b.md'>b</a>")]
    public void A_relative_address_points_to_the_tag(string notes, string absolute) =>
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
            .Should().Be("[a](https://github.com/acme/shop/blob/till/v1.2.3/till/b.md) "
                + "[c](https://github.com/acme/shop/blob/till/v1.2.3/c.md)");
}
