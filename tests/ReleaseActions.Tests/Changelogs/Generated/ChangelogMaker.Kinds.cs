using System.Globalization;

namespace ReleaseActions.Tests.Changelogs.Generated;

/// <summary>The forms in which people keep changelogs.</summary>
internal sealed partial class ChangelogMaker
{
    /// <summary>The plain forms.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Forms.Keys];

    private static Dictionary<string, Action<ChangelogMaker>> Forms => new()
    {
        ["number signs"] = m => m.Write(level: m.Any(1, 2, 3)),
        ["closed number signs"] = m => m.Written(t => HeadingForm.ClosedAtx(2, t)),
        ["underlined in Markdown"] = m => m.Written(m.Any<Func<string, string>>(
            t => HeadingForm.Underlined('-', t), t => HeadingForm.UnderlinedLongly('-', t))),
        ["reStructuredText"] = m => m.Rst(m.Any<Func<string, string>>(
            t => HeadingForm.Underlined('-', t), t => HeadingForm.UnderlinedLongly('=', t))),
        ["reStructuredText with lines above"] = m => m.Rst(m.Any<Func<string, string>>(
            t => HeadingForm.Overlined('-', t), t => HeadingForm.OverlinedInset('*', t))),
        ["reStructuredText with tildes"] = m => m.Rst(m.OneMark()),
        ["plain text, underlined"] = m => m.Plain(t => HeadingForm.UnderlinedTightly('-', t)),
        ["plain text, underlined in other ways"] = m => m.Plain(m.Any<Func<string, string>>(
            t => HeadingForm.Underlined('~', t), t => HeadingForm.UnderlinedTightly('*', t), t => HeadingForm.UnderlinedTightly('=', t))),
        ["plain lines"] = m => m.Plain(m.Any<Func<string, string>>(HeadingForm.Line, HeadingForm.TightLine)),
        ["HTML"] = m => m.Written(t => HeadingForm.Html(2, t)),
        ["HTML above a list at once"] = m => m.Written(t => HeadingForm.HtmlTight(2, t)),
        ["HTML over several lines"] = m => m.Written(m.Any<Func<string, string>>(
            t => HeadingForm.HtmlSplit(2, t), t => HeadingForm.HtmlSplitInTag(2, t))),
        ["lines in bold"] = m => m.Written(m.Any<Func<string, string>>(HeadingForm.Bold, HeadingForm.BoldUnderscores)),
        ["a list"] = m => m.AsList(),
        ["equals signs"] = m => m.Wiki(),
        ["AsciiDoc"] = m => m.AsciiDoc(),
        ["release notes for"] = m => m.Worded((v, _) => $"{m.Any("Release notes for", "Changelog for", "Notes for")} {v}"),
        ["what's new in"] = m => m.Worded((v, _) => $"{m.Any("What's New in Version", "What’s new in", "What's new in v")} {v}"),
        ["changes in"] = m => m.Worded((v, _) => $"Changes in {v}", m.Numbers(2)),
        ["for"] = m => m.Worded((v, _) => $"for {v}"),
        ["one number"] = m => m.Worded((v, _) => m._seed % 2 == 0 ? $"v{v}" : $"Version {v} ({m.NextDate()})", m.Numbers(1)),
        ["two numbers"] = m => m.Renumbered(2),
        ["four numbers"] = m => m.Renumbered(4),
        ["the day first"] = m => m.DayFirst(),
        ["the date in words"] = m => m.Worded((v, _) => m.DateInWords(v)),
        ["two versions in a heading"] = m => m.Pairs(),
        ["between two versions"] = m => m.Worded((v, p) => $"Changes between {p} and {v}"),
        ["an arrow"] = m => m.Worded((v, p) => $"{p} {m.Any("→", "->", "to")} {v}"),
        ["three dots"] = m => m.Worded((v, p) => $"v{p}...v{v}"),
        ["prereleases in words"] = m => m.Prereleases(),
        ["headings of GitHub"] = m => m.OfGitHub(),
        ["a title that repeats"] = m => m.RepeatedTitle(),
        ["a topic"] = m => m.Topics(),
        ["unreleased"] = m => m.WithUnreleased(),
        ["unreleased by version"] = m => m.WithPending(),
        ["old versions folded"] = m => m.Folded(),
        ["each version folded"] = m => m.FoldedEach(),
        ["inner headings of higher rank"] = m => m.HigherInside(),
        ["digits in headings of the same rank"] = m => m.DigitsInside(),
        ["a file per version"] = m => m.PerVersion(),
        ["patches at a lower rank"] = m => m.MixedRanks(),
        ["a product's name"] = m => m.Worded((v, _) => m._seed % 2 == 0 ? $"Acme Shop {v}" : $"Acme {v} ({m.NextDate()})"),
        ["a package's name"] = m => m.Worded((v, _) => $"{m.Any("shop@", "@acme/shop@", "shop-v", "acme/")}{v}"),
        ["a date, a version and a person"] = m => m.Worded((v, _) => $"{m.NextDate()}, Version {v} (Current), @ada"),
        ["the calendar"] = m => m.Calendar(),
        ["a deeper title"] = m => m.DeeperTitle(),
        ["a foot"] = m => m.WithFoot(),
        ["the oldest as GitHub writes it"] = m => m.OldestOfGitHub(),
        ["yanked"] = m => m.Worded((v, _) => m.Chance(30) ? $"[{v}] - {m.NextDate()} [YANKED]" : $"[{v}] - {m.NextDate()}"),
        ["a year's groups"] = m => m.Grouped(),
    };

    private void Fill(string kind) => (Forms.TryGetValue(kind, out var form) ? form : Traps[kind])(this);

    private void All()
    {
        foreach (var version in _versions) Section(version);
    }

    private void Write(int level)
    {
        (_heading, _inner) = (t => HeadingForm.Atx(level, t), t => HeadingForm.Atx(level + 1, t));
        Title();
        All();
    }

    private void Written(Func<string, string> heading)
    {
        _heading = heading;
        Title();
        All();
    }

    private void Worded(Func<string, string, string> words, List<string>? versions = null)
    {
        (_words2, _versions) = (words, versions ?? _versions);
        Title();
        All();
    }

    private void Rst(Func<string, string> heading)
    {
        (_heading, _isMarkdown) = (heading, false);
        (_path, _inner) = (Any("CHANGES.rst", "HISTORY.rst", "NEWS"), t => HeadingForm.Underlined(Any('+', '\''), t));
        _words2 = Any<Func<string, string, string>>(
            (v, _) => v, (v, _) => $"{v} ({NextDate()})", (v, _) => $"Version {v}", (v, _) => $"Acme {v} ({NextDate()})");
        if (Chance(80)) Add(HeadingForm.Overlined('=', "Changelog"));
        All();
    }

    private Func<string, string> OneMark()
    {
        var mark = Any('~', '^', '"');
        return t => HeadingForm.Underlined(mark, t);
    }

    private void Plain(Func<string, string> heading)
    {
        (_heading, _isMarkdown) = (heading, false);
        (_path, _inner) = (Any("CHANGES", "NEWS.txt", "ChangeLog"), t => $"{t}:\n\n");
        _words2 = Any<Func<string, string, string>>(
            (v, _) => v, (v, _) => $"{v} ({NextDate()})", (v, _) => $"Version {v}", (v, _) => $"v{v}", (v, _) => $"{v} - {NextDate()}");
        All();
    }

    private void AsList()
    {
        var mark = Any('*', '-');
        (_heading, _indent) = (t => HeadingForm.Item(mark, t), Any("  ", "    "));
        _inner = t => $"{_indent}{t}:\n\n";
        _words2 = Any<Func<string, string, string>>(
            (v, _) => $"{v} ({NextDate()})", (v, _) => $"**{v}** ({NextDate()})", (v, _) => $"v{v}");
        Title();
        foreach (var version in _versions) Section(version, _words2(version, ""), Entries);
    }

    private void Wiki()
    {
        _path = Any("readme.txt", "CHANGELOG.txt", "CHANGELOG.md");
        (_heading, _isMarkdown) = (Any<Func<string, string>>(t => HeadingForm.Wiki(1, t), t => HeadingForm.WikiTight(1, t)), false);
        (_versions, _inner) = (Numbers(Any(2, 3)), t => $"**{t}**\n\n");
        _words2 = Any<Func<string, string, string>>((v, _) => v, (v, _) => $"{v} - {NextDate()}");
        if (Chance(70)) Add(HeadingForm.Wiki(2, "Changelog"));
        All();
    }

    private void AsciiDoc()
    {
        (_path, _heading) = (Any("CHANGELOG.adoc", "CHANGELOG"), t => HeadingForm.AsciiDoc(2, t));
        (_isMarkdown, _inner) = (false, t => HeadingForm.AsciiDoc(3, t));
        _words2 = Any<Func<string, string, string>>((v, _) => v, (v, _) => $"{v} - {NextDate()}", (v, _) => $"v{v}");
        Add(HeadingForm.AsciiDoc(1, "Changelog"));
        All();
    }

    private void Renumbered(int count)
    {
        _versions = Numbers(count);
        Title();
        All();
    }

    private string DateInWords(string version)
    {
        NextDate();
        var date = _date.ToString(Any("MMMM d, yyyy", "d MMM yyyy"), CultureInfo.InvariantCulture);
        return Any($"{version} ({date})", $"{date} - {version}", $"{version} / {date}");
    }

    private void DayFirst() => Worded((v, _) =>
    {
        NextDate();
        return $"{_date.ToString(Any("dd.MM.yyyy", "yyyy-MM-dd", "d/M/yyyy"), CultureInfo.InvariantCulture)} - {v}";
    });
}
