namespace ReleaseActions.Tests.Changelogs.Generated;

/// <summary>What misleads a reader who looks at lines: other forms in the middle, and lines that only look like headings.</summary>
internal sealed partial class ChangelogMaker
{
    /// <summary>The forms that mislead.</summary>
    public static IReadOnlyList<string> HardKinds { get; } = [.. Traps.Keys];

    private static Dictionary<string, Action<ChangelogMaker>> Traps => new()
    {
        ["underlines, then number signs"] = m => m.Changed(t => HeadingForm.Underlined('-', t), t => HeadingForm.Atx(2, t)),
        ["number signs, then underlines"] = m => m.Changed(t => HeadingForm.Atx(2, t), t => HeadingForm.Underlined('=', t)),
        ["number signs, then bold"] = m => m.Changed(t => HeadingForm.Atx(2, t), HeadingForm.Bold),
        ["number signs, then HTML"] = m => m.Changed(t => HeadingForm.Atx(2, t), t => HeadingForm.HtmlTight(2, t)),
        ["another rank from the middle on"] = m => m.Changed(
            t => HeadingForm.Atx(2, t), t => HeadingForm.Atx(m._seed % 2 == 0 ? 1 : 3, t)),
        ["other words from the middle on"] = m => m.OtherWords(),
        ["headings in a fence"] = m => m.Inside((v, w) => m.Fenced(v, "```", w)),
        ["headings in a fence of tildes"] = m => m.Inside((v, w) => m.Fenced(v, "~~~", w)),
        ["headings in indented code"] = m => m.Inside((v, w) => m.Quoted($"    ## {v}\n    1.0.0\n    -----\n\n", w)),
        ["a fence below a version's name"] = m => m.Inside((v, w) => m.Quoted($"Install it:\n\n```\nshop {v}\n```\n\n{v}\n\n", w)),
        ["headings in a comment"] = m => m.Inside((v, w) => m.Quoted($"<!--\n## {v}\n\n- none\n-->\n\n", w)),
        ["headings in a quote"] = m => m.Inside((v, w) => m.Quoted($"> ## {v}\n>\n> - none\n\n", w)),
        ["a table of versions"] = m => m.Inside((v, w) => m.Quoted($"| version | state |\n| --- | --- |\n| {v} | old |\n\n", w)),
        ["a list of versions"] = m => m.Inside((v, w) => m.Quoted($"Supported:\n\n- {v}\n- 0.0.9\n- 0.0.8\n\n", w)),
        ["a heading about another version"] = m => m.Inside((v, w) => m.Quoted($"### Upgrading from {v}\n\nRun it.\n\n", w)),
        ["a heading about another version, same rank"] = m => m.Inside(
            (v, w) => m.Quoted($"## Migrating from {v} to 99\n\nRun it.\n\n", w)),
        ["another program's version"] = m => m.Inside((_, w) => m.Quoted($"### Node {m.Any("18.0.0", "20.1.0")}\n\nIt is needed.\n\n", w)),
        ["another program's bold version"] = m => m.Inside(
            (_, w) => m.Quoted($"**Node {m.Any("18.0.0", "20.1.0")}**\n\nIt is needed.\n\n", w)),
        ["a version again, deeper"] = m => m.Inside((v, w) => m.Quoted($"### {v}\n\nThis was in it already.\n\n", w)),
        ["a version again, in bold"] = m => m.Inside((v, w) => m.Quoted($"**{v}**\n\nThis was in it already.\n\n", w)),
        ["a sentence with a version"] = m => m.Inside((v, w) => m.Quoted($"{v} is not supported any more.\n\n", w)),
        ["links of other versions"] = m => m.Inside((v, w) => m.Quoted($"See [the notes of {v}](https://example.com/{v}).\n\n", w)),
        ["a table of contents"] = m => m.Contents(),
        ["several programs"] = m => m.SeveralPrograms(),
        ["two changes of form"] = m => m.Changed(
            t => m._random.Next(2) == 0 ? HeadingForm.Atx(2, t) : HeadingForm.Underlined('-', t), t => HeadingForm.Html(2, t)),
        ["one version in bold"] = m => m.One(HeadingForm.Bold),
        ["one version deeper, with a name"] = m => m.One(t => HeadingForm.Atx(3, $"Acme {t}")),
        ["one version without a space"] = m => m.One(t => $"##{t}\n\n"),
        ["one version set in"] = m => m.One(t => $"    ## {t}\n\n"),
        ["two changelogs in one"] = m => m.UpgradeNotice(),
    };

    private void Changed(Func<string, string> first, Func<string, string> second)
    {
        Title();
        var at = _random.Next(1, _versions.Count);
        for (var i = 0; i < _versions.Count; i++)
        {
            (_heading, _inner) = (i < at ? first : second, t => HeadingForm.Atx(4, t));
            Section(_versions[i]);
        }
    }

    private void OtherWords()
    {
        Title();
        foreach (var version in _versions)
        {
            if (Chance(30)) _words2 = UsualWords();
            Section(version);
        }
    }

    // The trap is in the section of a version and names an older one.
    private void Inside(Action<string, List<string>> trap)
    {
        Title();
        foreach (var version in _versions)
            Section(version, _words2(version, PreviousOf(version)), words =>
            {
                Entries(words);
                if (!Chance(60)) return;
                trap(_versions[_random.Next(_versions.Count)], words);
                Entries(words);
            });
    }

    private void Quoted(string text, List<string> words)
    {
        words.Add(Word());
        Add($"{text}Then {words[^1]} is text.\n\n");
    }

    private void Fenced(string version, string fence, List<string> words)
    {
        words.Add(Word());
        Add($"{fence}\n## {version}\n\n{words[^1]} {version}\n{fence}\n\n");
    }

    private void Contents()
    {
        Title();
        foreach (var version in _versions) Add($"- [{version}](#{version.Replace(".", "", StringComparison.Ordinal)})\n");
        Add("\n");
        All();
    }

    private void SeveralPrograms()
    {
        Title();
        foreach (var version in _versions)
            Section(version, version, words =>
            {
                foreach (var name in (string[])["till", "scale"])
                {
                    Add(HeadingForm.Atx(3, $"{name} 0.{_random.Next(1, 9)}.{_random.Next(1, 9)}"));
                    Entries(words);
                }
            });
    }

    private void One(Func<string, string> heading)
    {
        Title();
        var (usual, odd) = (_heading, _versions[_random.Next(1, _versions.Count)]);
        foreach (var version in _versions)
        {
            _heading = version == odd ? heading : usual;
            Section(version, version == odd ? version : _words2(version, PreviousOf(version)), Entries);
        }
    }

    private void UpgradeNotice()
    {
        (_path, _isMarkdown, _heading) = ("readme.txt", false, t => HeadingForm.WikiTight(1, t));
        (_inner, _words2) = (t => $"**{t}**\n\n", (v, _) => v);
        Add("=== Acme Shop ===\nStable tag: 1.0.0\n\n== Description ==\n\nIt sells by weight.\n\n== Changelog ==\n\n");
        All();
        Add($"== Upgrade Notice ==\n\n= {_versions[0]} =\nUpgrade at once.\n");
    }
}
