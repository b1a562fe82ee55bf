using System.Globalization;
using System.Text;

namespace ReleaseActions.Tests.Changelogs.Generated;

/// <summary>
/// Makes changelogs with known sections. It knows how people write and nothing of how the suite reads: the sections are known because they
/// are put there, and each holds words that are nowhere else.
/// </summary>
internal sealed partial class ChangelogMaker
{
    private readonly Random _random;
    private readonly string _kind;
    private readonly int _seed;
    private readonly StringBuilder _text = new();
    private readonly List<MadeSection> _sections = [];
    private int _words;
    private DateOnly _date;

    // How the file is written; a kind sets what it is about.
    private string _path = "CHANGELOG.md";
    private Func<string, string> _heading;
    private Func<string, string> _inner;
    private Func<string, string, string> _words2;
    private string _indent = "";
    private bool _isMarkdown = true;
    private bool _isPerVersion;
    private List<string> _versions;

    private ChangelogMaker(string kind, int seed)
    {
        (_kind, _seed, _random) = (kind, seed, new Random(seed));
        _date = new DateOnly(2024, 10, 12).AddDays(_random.Next(300));
        _versions = ThreeNumbers();
        _heading = text => HeadingForm.Atx(2, text);
        _inner = text => HeadingForm.Atx(3, text);
        _words2 = UsualWords();
    }

    /// <summary>Makes the file of a seed.</summary>
    public static MadeChangelog Make(string kind, int seed)
    {
        var maker = new ChangelogMaker(kind, seed);
        maker.Fill(kind);
        var text = maker.Finished();
        return new MadeChangelog(kind, seed, maker._path, text, maker._sections, maker._isPerVersion);
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Any<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private string Finished()
    {
        var text = _text.ToString();
        if (Chance(15)) text = text.TrimEnd('\n');
        if (Chance(12)) text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        else if (Chance(6)) text = text.Replace('\n', '\r');
        return Chance(8) ? "\uFEFF" + text : text;
    }

    // Descending, with gaps, each once.
    private List<string> ThreeNumbers()
    {
        var (major, minor, patch) = (_random.Next(1, 4), _random.Next(0, 4), _random.Next(0, 4));
        var versions = new List<string>();
        for (var n = _random.Next(3, 7); n > 0; n--)
        {
            versions.Insert(0, $"{major}.{minor}.{patch}");
            if (Chance(20)) (major, minor, patch) = (major + 1, 0, 0);
            else if (Chance(50)) (minor, patch) = (minor + _random.Next(1, 3), 0);
            else patch += _random.Next(1, 3);
        }

        return versions;
    }

    private List<string> Numbers(int count)
    {
        var versions = new List<string>();
        var numbers = Enumerable.Range(0, count).Select(_ => _random.Next(1, 20)).ToArray();
        for (var n = _random.Next(3, 7); n > 0; n--)
        {
            versions.Insert(0, string.Join('.', numbers));
            var at = _random.Next(count);
            numbers[at] += _random.Next(1, 3);
            for (var below = at + 1; below < count; below++) numbers[below] = _random.Next(0, 3);
        }

        return versions;
    }

    private string NextDate()
    {
        _date = _date.AddDays(-_random.Next(1, 60));
        return _date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private Func<string, string, string> UsualWords() => Any<Func<string, string, string>>(
        (v, _) => v, (v, _) => $"v{v}", (v, _) => $"[{v}] - {NextDate()}", (v, _) => $"{v} ({NextDate()})",
        (v, p) => $"[{v}](https://example.com/acme/shop/compare/v{p}...v{v}) ({NextDate()})", (v, _) => $"Version {v}",
        (v, _) => $"v{v} – {NextDate()}", (v, _) => $"Release {v}", (v, _) => $"[v{v}]");

    private string PreviousOf(string version)
    {
        var at = _versions.IndexOf(version);
        return at >= 0 && at + 1 < _versions.Count ? _versions[at + 1] : "0.0.1";
    }

    private string Word()
    {
        _words++;
        return $"zq{_words}x";
    }

    private void Add(string text) => _text.Append(text);

    private void Title(string text = "Changelog")
    {
        if (!Chance(80)) return;
        Add(_isMarkdown ? HeadingForm.Atx(1, text) : HeadingForm.Underlined('=', text));
        if (Chance(50)) Add("All notable changes are in this file.\n\n");
    }

    private void Section(string version) => Section(version, _words2(version, PreviousOf(version)));

    private void Section(string? version, string heading, Action<List<string>>? body = null)
    {
        Add(_heading(heading));
        var words = new List<string>();
        (body ?? Body)(words);
        _sections.Add(new MadeSection(version, words));
    }

    private void Body(List<string> words)
    {
        if (Chance(25)) Paragraph(words);
        if (Chance(40)) Entries(words);
        else
        {
            foreach (var category in (string[])["Added", "Fixed", "Breaking Changes"])
            {
                if (!Chance(60) && words.Count > 0) continue;
                Add(_inner(category));
                Entries(words);
            }
        }

        if (words.Count == 0) Entries(words);
    }

    private void Paragraph(List<string> words)
    {
        words.Add(Word());
        Add($"{_indent}The {words[^1]} is better now, and so is\n{_indent}the rest of it.\n\n");
    }

    private void Entries(List<string> words)
    {
        for (var n = _random.Next(1, 4); n > 0; n--)
        {
            words.Add(Word());
            Add($"{_indent}- Sell {words[^1]} by weight{Any("", " (#12)", ", thanks @ada", " since 1.0.0", " 1.2.3")}\n");
        }

        Add("\n");
    }
}
