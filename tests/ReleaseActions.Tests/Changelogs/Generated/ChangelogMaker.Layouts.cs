using System.Globalization;

namespace ReleaseActions.Tests.Changelogs.Generated;

/// <summary>The forms that need more than a way to write a heading.</summary>
internal sealed partial class ChangelogMaker
{
    private static readonly string[] NamesOfUnreleased =
    [
        "[Unreleased]", "Unreleased", "main", "master", "HEAD", "Next", "vNext", "Upcoming", "TBD", "In development", "**Unreleased**",
        "(unreleased)", "Unreleased changes", "Next release", "Upcoming release", "develop", "[Unreleased] - yyyy-mm-dd",
    ];

    private void Pairs()
    {
        Title();
        var between = Any(", ", " / ", " & ", " and ");
        for (var i = 0; i < _versions.Count; i += 2)
        {
            if (i + 1 == _versions.Count)
            {
                Section(_versions[i]);
                continue;
            }

            Section(_versions[i], $"{_versions[i]}{between}{_versions[i + 1]}");
            _sections.Add(new MadeSection(_versions[i + 1], _sections[^1].Words));
        }
    }

    private void Prereleases()
    {
        Title();
        Func<string, int, string>[] forms =
        [
            (v, n) => $"{v} Beta {n}", (v, n) => $"{v} beta{n}", (v, n) => $"{v}-beta.{n}", (v, n) => $"{v}b{n}",
            (v, n) => $"v{v} BETA {n}",
            (v, n) => $"Version {v} Beta {n} ({NextDate()})",
        ];
        var form = Any(forms);
        foreach (var version in _versions)
        {
            Section(version);
            for (var n = _random.Next(0, 3); n > 0; n--) Section($"{version}-beta.{n}", form(version, n));
        }
    }

    private void OfGitHub()
    {
        Title();
        foreach (var version in _versions) Section(version, _words2(version, PreviousOf(version)), GitHubBody);
    }

    private void OldestOfGitHub()
    {
        Title();
        foreach (var version in _versions)
            Section(version, _words2(version, PreviousOf(version)), version == _versions[^1] ? GitHubBody : Body);
    }

    private void GitHubBody(List<string> words)
    {
        foreach (var heading in (string[])["What's Changed", "New Contributors"])
        {
            Add(_heading(heading));
            Entries(words);
        }

        if (Chance(50)) Add("**Full Changelog**: https://github.com/acme/shop/compare/v1.0.0...v1.2.0\n\n");
    }

    private void RepeatedTitle()
    {
        _isMarkdown = Chance(50);
        if (!_isMarkdown)
        {
            (_path, _heading) = ("NEWS.rst", t => HeadingForm.Underlined('-', t));
            (_inner, _words2) = (t => HeadingForm.Underlined('~', t), (v, _) => $"Acme {v} ({NextDate()})");
        }

        foreach (var version in _versions)
        {
            Add(_isMarkdown ? HeadingForm.Atx(1, "Release notes") : HeadingForm.Underlined('=', "Release notes"));
            Section(version);
        }
    }

    private void Topics()
    {
        (_heading, _inner) = (t => HeadingForm.Atx(3, t), t => HeadingForm.Atx(4, t));
        Worded((v, _) => $"v{v}: {Any("Faster scales", "the drawer, again", "3 new tills", "API v2 and more", "Python 3 only")}");
    }

    private void WithUnreleased()
    {
        Title();
        if (Chance(20)) (_heading, _inner) = (HeadingForm.Bold, t => $"*{t}*\n\n");
        Section(null, Any(NamesOfUnreleased));
        All();
    }

    private void WithPending()
    {
        Title();
        var next = $"9.{_random.Next(9)}";
        var heading = Any(
            $"{next}.x", $"{next}.0-dev", $"{next}.0 (unreleased)", $"[{next}.0] - TBD", $"{next}.0-SNAPSHOT", $"{next}.0 - Unreleased",
            $"{next}.0 (in development)", $"v{next}.0 (TBA)", $"{next}.0 - YYYY-MM-DD", $"{next}.0.dev0", $"{next}.0 (not yet released)");
        Section(null, heading);
        // Whoever asks for it must not get it.
        if (!heading.Contains(".x", StringComparison.Ordinal)) _sections[^1] = new MadeSection($"!{next}.0", _sections[^1].Words);
        All();
    }

    private void Folded()
    {
        Title();
        var at = _random.Next(1, _versions.Count);
        foreach (var version in _versions[..at]) Section(version);
        Add("<details>\n<summary>Older versions</summary>\n\n");
        foreach (var version in _versions[at..]) Section(version);
        Add("</details>\n");
    }

    private void FoldedEach()
    {
        Title();
        var at = _random.Next(0, _versions.Count);
        foreach (var version in _versions[..at]) Section(version);
        _inner = t => HeadingForm.Atx(4, t);
        _heading = t => $"<details>\n<summary>{t}</summary>\n\n";
        foreach (var version in _versions[at..])
        {
            Section(version, Any(version, $"v{version}", $"<b>{version}</b>"));
            Add("</details>\n\n");
        }
    }

    private void HigherInside()
    {
        Title();
        foreach (var version in _versions)
            Section(version, _words2(version, PreviousOf(version)), words =>
            {
                Body(words);
                if (!Chance(50) || version == _versions[^1]) return;
                Add(HeadingForm.Atx(1, Any("Breaking Changes", "Features", "Highlights", "What's Changed", "Upgrade notes")));
                Entries(words);
            });
    }

    private void DigitsInside()
    {
        Title();
        string[] headings = ["Top 5", "Support for Python 3", "The 2 new tills", "Requires Node 18", "HTTP/2", "10 years of tills"];
        foreach (var version in _versions)
            Section(version, _words2(version, PreviousOf(version)), words =>
            {
                Entries(words);
                if (!Chance(60) || version == _versions[^1]) return;
                Add(_heading(Any(headings)));
                Entries(words);
            });
    }

    private void PerVersion()
    {
        _isPerVersion = true;
        _versions = [_versions[0]];
        (_path, _heading) = ($"releases/{_versions[0]}.md", t => HeadingForm.Atx(1, t));
        if (Chance(50)) _inner = t => HeadingForm.Atx(Any(1, 2), t);
        var heading = Any(_versions[0], $"Release notes for {_versions[0]}", $"v{_versions[0]}", "Sell by weight", $"Acme {_versions[0]}");
        if (Chance(20)) _heading = _ => "";
        Section(_versions[0], heading);
        if (!Chance(30)) return;
        Add(HeadingForm.Atx(2, "Upgrading from 0.0.9"));
        Entries((List<string>)_sections[^1].Words);
    }

    private void MixedRanks()
    {
        Title();
        _words2 = (v, p) => $"[{v}](https://example.com/acme/shop/compare/v{p}...v{v}) ({NextDate()})";
        foreach (var version in _versions)
        {
            _heading = t => HeadingForm.Atx(version.EndsWith(".0", StringComparison.Ordinal) ? 1 : 2, t);
            Section(version);
        }
    }

    private void Calendar()
    {
        _versions = [.. Enumerable.Range(0, 4).Select(_ => NextDate().Replace('-', '.'))];
        Worded(Any<Func<string, string, string>>((v, _) => v, (v, _) => $"v{v}", (v, _) => $"Version {v}"), _versions);
    }

    private void DeeperTitle()
    {
        (_heading, _inner) = (t => HeadingForm.Atx(1, t), t => HeadingForm.Atx(2, t));
        Add(HeadingForm.Atx(Any(2, 3), "Changelog"));
        All();
    }

    private void WithFoot()
    {
        Title();
        All();
        Add(Any(
            "## License\n\nMIT\n", "[1.0.0]: https://example.com/1.0.0\n", "# Older versions\n\nSee the wiki.\n", "## Links\n\n- [a](b)\n",
            "---\n\nThis file was made by a program.\n\n## About this file\n\nText.\n"));
    }

    private void Grouped()
    {
        Title();
        (_heading, _inner) = (t => HeadingForm.Atx(3, t), t => HeadingForm.Atx(4, t));
        var (group, isSeries) = ("", Chance(50));
        foreach (var version in _versions)
        {
            var mine = isSeries ? $"{version.Split('.')[0]}.x" : $"{2000 + int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture)}";
            if (mine != group) Add(HeadingForm.Atx(2, mine));
            group = mine;
            Section(version);
        }
    }
}
