using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;
using ReleaseActions.Tests.Hostile;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>A changelog is parsed on demand. Whatever is in it, the sections are the same as when all of it is parsed.</summary>
public sealed class MarkdownTextTests
{
    // Each hides a heading from a reader who looks at lines, or makes one where none seems to be.
    public static TheoryData<string> Traps =>
    [
        "```\n## 1.0.0\n\n```\n", "~~~ md\n## 1.0.0\n", "<!--\n## 1.0.0\n-->\n", "<pre>\n\n## 1.0.0\n</pre>\n",
        "<div>\n## 1.0.0\n</div>\n", "   ```\n## 1.0.0\n", "- ```\n## 1.0.0\n", "> ```\n## 1.0.0\n",
        "text\n===\n", "1.0.0\n-----\n", "1.0.0\n-\n", "- a\n-\n", "- - -\n", "  ## 1.0.0\n", "- a\n  ## 1.0.0\n", "\t## 1.0.0\n",
        "#1.0.0\n", "####### 1.0.0\n", "##\n", "text\r## 1.0.0\r\rtext\n", "## 1.0.0",
        "[a]: https://example.com\n", "> [a]: https://example.com\n", "- [a]:\n  https://example.com\n", "[a]: x 'one\n## 1.0.0\ntwo'\n",
        "See [a] and ![b][a]\n", "> See [a]\nlazy\n## 1.0.0\n", "1. a\n\n   b [a]\n\n## 1.0.0\n", "\0## 1.0.0\n",
        "<a name=\"1.0.0\"></a>\n",
    ];

    [Theory]
    [MemberData(nameof(Traps))]
    public void A_trap_catches_nobody(string trap) =>
        Same($"# Changelog\n\n## 2.0.0\n\n- Second [a]\n\n{trap}\n\n- After\n\n## 0.9.0\n\n- Before [a]\n\n[a]: https://example.com/a\n");

    [Fact]
    [Trait("Row", "B20")]
    public void Damage_makes_no_difference()
    {
        var random = new Random(20260106);
        var texts = FixtureTests.Fixtures.Select(f => FixtureTests.TextOf(f.Data)).Concat(Traps.Select(t => $"## 2.0.0\n\n- Text [a]\n\n"
            + $"{t.Data}\n## 1.0.0\n\n- Text\n\n[a]: x\n")).ToList();
        for (var i = 0; i < MutationTests.Cases; i++) Same(MutationTests.Damaged(texts[i % texts.Count], random));
    }

    private static void Same(string text)
    {
        var (asked, whole) = (Shown(text, MarkdownText.Read), Shown(text, MarkdownText.ReadWhole));
        // What is nested too deeply may be where nobody looks.
        if (whole is not null) asked.Should().Be(whole, "of {0}", System.Text.Json.JsonSerializer.Serialize(text));
    }

    private static string? Shown(string text, Func<string, MarkdownText> read)
    {
        try
        {
            var changelog = Changelog.Parse(text, null, VersionSchemes.SemVer, read);
            var sections = changelog.Sections.Select(s => $"{FixtureTests.Shown(s)}{string.Join('|', s.Headings)}");
            return string.Join('\n', [.. sections, .. changelog.File.Links.Select(l => $"{l.Label} {l.Url} {l.Line} {l.Span}")]);
        }
        catch (ActionException e) when (e.ExitCode == ExitCode.BadInput)
        {
            return null;
        }
    }
}
