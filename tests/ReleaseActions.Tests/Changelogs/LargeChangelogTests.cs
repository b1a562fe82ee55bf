using System.Text;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>Sizes that no person reads and programs must handle. A test that hangs has found what grows faster than its input.</summary>
public sealed class LargeChangelogTests
{
    [Fact]
    [Trait("Row", "L8")]
    public void Ten_megabytes_of_ten_thousand_sections_are_read()
    {
        var text = new StringBuilder("# Changelog\n\n");
        for (var i = 9_999; i >= 0; i--)
            text.Append($"## [1.{i}.0] - 2026-01-02\n\n### Fixed\n\n- ").Append('x', 960).Append($" [#{i}]\n\n");
        text.Append("[#7]: https://example.com/7\n");

        var (all, before) = (text.ToString(), GC.GetAllocatedBytesForCurrentThread());
        var changelog = Changelog.Parse(all);
        var first = changelog.Sections[9_992].Body;

        // The text itself is 20 MB; measured here is what comes on top of it, collected in between or not.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(60_000_000);
        text.Length.Should().BeGreaterThan(10_000_000);
        changelog.Sections.Should().HaveCount(10_000).And.OnlyContain(s => s.Refusal == null && !s.IsEmpty);
        first.Should().EndWith(" [#7]\n\n[#7]: https://example.com/7");
    }

    [Fact]
    [Trait("Row", "L9")]
    public void One_line_of_ten_megabytes_is_read() =>
        Changelog.Parse($"## 1.0.0\n\n{new string('x', 10_000_000)}\n").Sections.Single().Body.Should().HaveLength(10_000_000);

    [Theory]
    [Trait("Row", "L9")]
    [InlineData("## ")]
    [InlineData("## 1.0.0 ")]
    [InlineData("## [1.0.0](")]
    [InlineData("<h2>1.0.0")]
    [InlineData("**1.0.0**")]
    [InlineData("1.0.0-")]
    public void A_heading_without_end_is_read(string begin)
    {
        foreach (var more in (string[])["a", "1.", "(", "- ", "1.0.0 ", ":a", "<a ", "{#"])
            Changelog.Parse(begin + string.Concat(Enumerable.Repeat(more, 20_000)) + "\n\n- Text\n").Sections.Count.Should().BeLessThan(2);
    }
}
