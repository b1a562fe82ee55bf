using System.Text;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>What holds of every fix, on changelogs that were made right and then damaged in known ways.</summary>
public sealed class GeneratedFixTests
{
    private const string Page = "https://github.com/acme/shop";

    private static readonly VersionPolicy Version = ReleasePolicy.Read(null, "policy").Version;

    private static readonly string[] Tags = ["v0.9.0", .. Enumerable.Range(0, 8).Select(i => $"v1.{i}.0")];

    [Fact]
    public void A_fix_keeps_what_it_does_not_fix_and_leaves_nothing_that_it_fixes()
    {
        var random = new Random(16);
        var changed = 0;
        for (var i = 0; i < 600; i++)
        {
            var text = Made(random);
            var result = ChangelogFix.Fix(text, Changelog.Parse, Version, Page, Tags);
            var why = System.Text.Json.JsonSerializer.Serialize(text);
            if (result != text) changed++;

            ChangelogFix.Fix(result, Changelog.Parse, Version, Page, Tags).Should().Be(result, "once is enough for {0}", why);
            Lint(result).Where(m => m.Contains("link of") || m.Contains("no address")).Should().BeEmpty("of {0}", why);
            Bodies(result).Should().BeEquivalentTo(Bodies(text), "sections keep their text, of {0}", why);
            Outside(result).Should().Equal(Outside(text), "of {0}", why);
            result.StartsWith('\uFEFF').Should().Be(text.StartsWith('\uFEFF'), why);
            var hasReturns = text.Contains('\r', StringComparison.Ordinal);
            (result.Split('\n').Length == result.Split("\r\n").Length).Should().Be(hasReturns, why);
            result.EndsWith('\n').Should().Be(text.EndsWith('\n'), why);
        }

        changed.Should().BeGreaterThan(200);
    }

    [Fact]
    public void A_file_that_is_sorted_by_date_keeps_its_order()
    {
        var random = new Random(17);
        for (var i = 0; i < 100; i++)
        {
            var versions = Enumerable.Range(1, 6).ToArray();
            random.Shuffle(versions);
            var ascends = random.Next(2) == 0;
            var sections = versions.Index().Select(
                v => $"## 1.{v.Item}.0 - 2026-0{(ascends ? v.Index + 1 : 9 - v.Index)}-01\n\n- {v.Item}\n");
            var text = string.Join('\n', sections);
            ChangelogFix.Fix(text, Changelog.Parse, Version, Page, Tags).Should().Be(text);
            var undated = System.Text.RegularExpressions.Regex.Replace(text, @" - \d{4}-\d\d-\d\d", "");
            ChangelogFix.Fix(undated, Changelog.Parse, Version, Page, Tags).Should().Be(undated, "nothing says which order is meant");
        }
    }

    [Fact]
    public void No_link_is_written_to_a_tag_that_is_not_known_or_to_a_repository_that_the_file_does_not_link()
    {
        var random = new Random(18);
        for (var i = 0; i < 200; i++)
        {
            var text = Made(random);
            ChangelogFix.Fix(text, Changelog.Parse, Version, "https://github.com/fork/shop", Tags).Should().NotContain("fork/shop");
            foreach (var known in (string[][])[[], ["other-1.2.0"], ["v1.2.0"], ["v1.2.0", "v1.5.0"]])
                foreach (var link in LinksIn(ChangelogFix.Fix(text, Changelog.Parse, Version, Page, known)).Except(LinksIn(text)))
                    CompareLink.Read(link)!.From.Should().BeOneOf(known, "of {0}", link);
        }
    }

    private static IEnumerable<string> LinksIn(string text) =>
        System.Text.RegularExpressions.Regex.Matches(text, @"https://[^\s)]+/compare/[^\s)]+").Select(m => m.Value);

    private static IEnumerable<string> Lint(string text)
    {
        var changelog = Changelog.Parse(text);
        var links = new ChangelogLinks(changelog, Version, Page, Tags);
        var known = ReleaseTag.Among(Tags, "v", Version.Order);
        return new ChangelogLint(changelog, "f", known, Version, links).CheckAll().Select(f => f.Message);
    }

    // Newlines around a body come from its neighbours.
    private static Dictionary<string, string> Bodies(string text) =>
        Changelog.Parse(text).Sections.Where(s => s.Version is not null).ToDictionary(s => s.Version!.Text, s => s.Body.Trim('\r', '\n'));

    // Every line without a link, in any order, to the last blank and carriage return.
    private static IEnumerable<string> Outside(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n')
        .Where(l => !l.Contains("/compare/", StringComparison.Ordinal) && !l.Contains("/releases/tag/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Made(Random random)
    {
        var isInHeading = random.Next(4) == 0;
        var isDated = random.Next(4) > 0;
        var order = Enumerable.Range(0, 7).Reverse().ToArray();
        if (random.Next(2) == 0)
        {
            var at = random.Next(6);
            (order[at], order[at + 1]) = (order[at + 1], order[at]);
        }

        var text = new StringBuilder(random.Next(3) == 0 ? "\uFEFF" : "").Append("# Changelog\n\n## [Unreleased]\n\n- Next  \n\n");
        foreach (var minor in order) text.Append(Section(minor, isInHeading, isDated, random));
        if (!isInHeading) AddDefinitions(text, random);
        while (text[^1] == '\n') text.Length--;
        if (random.Next(3) > 0) text.Append('\n');
        return random.Next(3) == 0 ? text.ToString().Replace("\n", "\r\n", StringComparison.Ordinal) : text.ToString();
    }

    private static string Section(int minor, bool isInHeading, bool isDated, Random random)
    {
        var heading = isInHeading ? $"[1.{minor}.0]({Link(minor, random)})" : $"[1.{minor}.0]";
        var date = isDated ? $" - 2026-0{minor + 1}-10" : "";
        var fence = random.Next(3) == 0 ? "\n```\n## 9.9.9\n\ttab  \n```\n" : "";
        return $"## {heading}{date}\n\n### Fixed\n\n* Till {minor}: [a](b) é 🛒  \n{fence}\n{(random.Next(3) == 0 ? "\n" : "")}";
    }

    private static void AddDefinitions(StringBuilder text, Random random)
    {
        text.Append($"[Unreleased]: {Page}/compare/v1.{random.Next(7)}.0...HEAD\n");
        foreach (var minor in Enumerable.Range(0, 7).Reverse().Where(_ => random.Next(5) > 0))
            text.Append($"[1.{minor}.0]: {Link(minor, random)}\n");
    }

    private static string Link(int minor, Random random)
    {
        var before = minor == 0 ? "v0.9.0" : $"v1.{minor - 1}.0";
        return random.Next(3) > 0 ? $"{Page}/compare/{before}...v1.{minor}.0" : $"{Page}/compare/v1.{minor}.0...v1.{random.Next(7)}.0";
    }
}
