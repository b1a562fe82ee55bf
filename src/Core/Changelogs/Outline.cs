using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Where each section of a changelog begins and ends, and what says so.</summary>
internal sealed partial class Outline
{
    private static readonly HashSet<string> Feet = new(StringComparer.OrdinalIgnoreCase)
    {
        "license", "licence", "contributors", "contributing", "credits", "thanks", "links", "references", "footnotes", "about", "authors",
        "acknowledgements", "acknowledgments", "see also", "support", "copyright", "versioning", "legend", "glossary", "resources",
    };

    private readonly string _text;
    private readonly IReadOnlyList<DocumentHeading> _headings;
    private readonly IReadOnlyList<FoldTag> _folds;
    private readonly Likeness _likeness;
    private readonly List<(Role Role, Evidence? Evidence)> _roles;
    private readonly int[] _nextSection;
    private readonly bool[] _isSilentUpToSection;
    private readonly int[] _ranks;
    private readonly HashSet<string> _inside = new(StringComparer.OrdinalIgnoreCase);

    public Outline(string text, IReadOnlyList<DocumentHeading> headings, IReadOnlyList<FoldTag> folds)
    {
        (_text, _headings, _folds) = (text, headings, folds);
        _likeness = new Likeness(headings);
        _roles = [.. headings.Select(_likeness.RoleOf)];
        Merge();
        (_nextSection, _isSilentUpToSection) = (new int[headings.Count + 1], new bool[headings.Count + 1]);
        _nextSection[headings.Count] = headings.Count;
        for (var i = headings.Count - 1; i >= 0; i--)
        {
            _nextSection[i] = _roles[i].Role == Role.Section ? i : _nextSection[i + 1];
            _isSilentUpToSection[i] = _roles[i].Role == Role.Section || (_isSilentUpToSection[i + 1] && IsSilentBelow(i));
        }

        _ranks = Ranks();
    }

    /// <summary>The sections in the order of the file.</summary>
    public IEnumerable<SectionPlace> Sections()
    {
        for (var i = 0; i < _headings.Count; i++)
            if (_roles[i].Role == Role.Section) yield return PlaceOf(i);
    }

    /// <summary>The headings that may begin a section, or not, with what says so.</summary>
    public IEnumerable<(DocumentHeading Heading, Evidence? Evidence)> Doubtful =>
        _headings.Index().Where(h => _roles[h.Index].Role == Role.Unsure).Select(h => (h.Item, _roles[h.Index].Evidence));

    /// <summary>Every heading that names a version, whatever it is.</summary>
    public IEnumerable<DocumentHeading> Named => _headings.Where(h => h.Version is { Versions.Count: > 0 });

    // `# Release 1.4.0` right above `## 1.4.0 (2025-12-01)`: one section, of the second; and `## 1.2` above `## 1.2.3` is a group.
    private void Merge()
    {
        for (var i = 0; i + 1 < _headings.Count; i++)
        {
            if (_roles[i].Role != Role.Section || !IsSilentBelow(i) || _headings[i].Version!.Versions is not [var first, ..]) continue;
            if (_headings[i + 1].Version?.Versions is not [var second, ..] || _roles[i + 1].Role == Role.Inside) continue;
            var isSame = first.Equals(second) && _headings[i + 1].Rank > _headings[i].Rank;
            if (isSame || (first.Contains(second) && _headings[i].IsTitle)) _roles[i] = (Role.Inside, null);
        }
    }

    private SectionPlace PlaceOf(int at)
    {
        var (heading, refusal, next) = (_headings[at], default(Finding), default(DocumentHeading));
        for (var i = at + 1; i < _headings.Count && next is null; i++)
        {
            if (_roles[i].Role == Role.Section) next = _headings[i];
            else if (_roles[i].Role == Role.Unsure) refusal ??= Doubt(i, heading);
            else if (EndsAt(at, i) is not { } ends) refusal ??= DoubtOfRank(at, i);
            else if (ends) next = _headings[i];
        }

        var end = next?.Begin ?? _text.Length;
        var (cut, fold) = Unfolded(BodyOf(heading), end);
        return new SectionPlace(heading, cut, refusal ?? fold, _roles[at].Evidence, next);
    }

    // Whether a heading that begins no section ends one; null: it is unclear.
    private bool? EndsAt(int at, int i)
    {
        var (section, heading) = (_headings[at], _headings[i]);
        if (!heading.IsTitle || heading.Rank > _ranks[at]) return false;
        var next = _nextSection[i];
        var isGroup = heading.Version is { IsGroup: true } || IsGroup().IsMatch(heading.Text);
        if (isGroup || (next < _headings.Count && _isSilentUpToSection[i])) return true;
        if (next < _headings.Count)
        {
            if (heading.Rank != section.Rank && !IsKnownInside(heading)) return null;
            _inside.Add(heading.Text);
            return false;
        }

        var isRepeated = _inside.Contains(heading.Text);
        if ((Categories.Of(heading.Text) is not null || isRepeated || IsOfGitHub().IsMatch(heading.Text)) && !IsFoot(heading)) return false;
        return IsFoot(heading) || heading.Rank < section.Rank ? true : null;
    }

    private static bool IsFoot(DocumentHeading heading) => Feet.Contains(heading.Text.Trim(':', ' ', '.'));

    private static bool IsKnownInside(DocumentHeading heading) =>
        Categories.IsKnown(heading.Text) || IsOfGitHub().IsMatch(heading.Text);

    // What has no rank is below the heading above it.
    private int[] Ranks()
    {
        var (ranks, above) = (new int[_headings.Count], 0);
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = _headings[i].IsTitle ? _headings[i].Rank : above;
            if (_headings[i].IsTitle && _roles[i].Role != Role.Section) above = _headings[i].Rank;
        }

        return ranks;
    }

    // Nothing but blank lines between a heading and the next one.
    private bool IsSilentBelow(int i)
    {
        var (begin, end) = (BodyOf(_headings[i]), i + 1 < _headings.Count ? _headings[i + 1].Begin : _text.Length);
        return end <= begin || IsSilent(begin, end);
    }

    private int BodyOf(DocumentHeading heading) => heading.BodyBegin ?? LineHeadings.LineAt(_text, heading.End).Next;

    private string ShownOf(int i) => VersionHeading.WithoutMarks(_headings[i].Text);

    private Finding Doubt(int i, DocumentHeading section)
    {
        if (_headings[i].Form == HeadingForm.Broken)
            return new Finding(
                $"'{_text[_headings[i].Begin.._headings[i].End].Trim()}' looks like a version's heading, but Markdown reads it as text",
                "Write a blank line before it, and a space after #", Line: _headings[i].Line);
        return new Finding(
            $"'{ShownOf(i)}' may be the heading of a version, or belong to {section.Version!.Text}",
            "Write it like the headings of the other versions, or let it name no version", Line: _headings[i].Line);
    }

    private Finding DoubtOfRank(int at, int i) => new(
        $"'{ShownOf(i)}' is at the level of the versions' headings, and may or may not belong to {_headings[at].Version!.Text}",
        "Add one # to make it part of the section, or move it below the last version", Line: _headings[i].Line);

    // Headings that name a part of the file, not of a section: `Older versions`, `Version 1`, `0.x releases`.
    [GeneratedRegex(@"^(?:(?:older|old|previous|earlier|past|legacy|archived?)\b.{0,30}"
        + "|archive|history|change ?log|changes|release (?:notes|history)"
        + @"|(?:version|series|release) ?v?[0-9]+(?:\.[0-9x*]+)*|v?[0-9]+(?:\.[0-9x*]+)* (?:series|releases|branch|line))\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsGroup();

    [GeneratedRegex(@"^\W*(?:what[’']s (?:changed|new)|new contributors|full changelog|all changes|commits)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsOfGitHub();

    [GeneratedRegex(@"<!--[^>]{0,500}-->|<a\s+(?:name|id)=[^>]{0,300}>\s*</a>|^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$|</?details[^>]{0,100}>"
        + @"|<summary>[^<]{0,300}</summary>", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Silence();
}

/// <summary>A section's place in its file.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Refusal">Why its bounds are unclear, or null.</param>
/// <param name="Evidence">What says that it begins there; null where its name does.</param>
/// <param name="Next">The heading that ends it; null where the file does.</param>
internal sealed record SectionPlace(DocumentHeading Heading, int End, Finding? Refusal, Evidence? Evidence, DocumentHeading? Next);
