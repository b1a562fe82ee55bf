namespace ReleaseActions.Core.Changelogs;

/// <summary>Text that is folded away: a section ends where <c>details</c> open for what is below it, or close around it.</summary>
internal sealed partial class Outline
{
    private (int End, Finding? Refusal) Unfolded(int begin, int end)
    {
        var open = new List<FoldTag>();
        for (var i = FirstFoldFrom(begin); i < _folds.Count && _folds[i].Begin < end; i++)
        {
            if (!_folds[i].IsEnd) open.Add(_folds[i]);
            else if (open.Count > 0) open.RemoveAt(open.Count - 1);
            // It was opened above this section.
            else return IsSilent(_folds[i].Begin, end) ? (_folds[i].Begin, null) : (end, Split(_folds[i]));
        }

        if (open.Count == 0) return (end, null);
        return IsSilent(open[0].Begin, end) ? (open[0].Begin, null) : (end, Split(open[0]));
    }

    private int FirstFoldFrom(int at)
    {
        var (low, high) = (0, _folds.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_folds[middle].Begin < at) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    // Silent text is short, and begins with a tag, a comment or a rule.
    private bool IsSilent(int begin, int end)
    {
        var text = _text.AsSpan(begin, end - begin).Trim();
        if (text.IsEmpty) return true;
        var mayBe = text[0] == '<' || text.StartsWith("---") || text.StartsWith("***") || text.StartsWith("___");
        return mayBe && text.Length < 2_000 && Silence().Replace(text.ToString(), "").AsSpan().IsWhiteSpace();
    }

    private Finding Split(FoldTag tag) => new(
        "A section begins or ends inside of <details>, so its text would be half folded away",
        "Put the whole section inside, or all of <details> into the section", Line: LineOf(tag.Begin));

    private int LineOf(int at)
    {
        var (line, from) = (1, 0);
        while (LineHeadings.LineAt(_text, from).Next is var next && next <= at && next > from) (line, from) = (line + 1, next);
        return line;
    }
}
