using System.Text;

namespace ReleaseActions.Core.Text;

/// <summary>Replaces slices of a text and keeps every other byte.</summary>
public sealed class SliceEdits(string text)
{
    private readonly SortedDictionary<int, (int Length, string By)> _edits = [];

    /// <summary>How many slices change.</summary>
    public int Count => _edits.Count;

    /// <summary>Replaces the slice at a place; of two at the same place, the first counts.</summary>
    public void Replace(int start, int length, string by)
    {
        if (start >= 0 && start + length <= text.Length) _edits.TryAdd(start, (length, by));
    }

    /// <summary>The text with all replacements.</summary>
    public override string ToString()
    {
        var (result, at) = (new StringBuilder(text.Length), 0);
        foreach (var (start, (length, by)) in _edits)
        {
            if (start < at) continue;
            result.Append(text, at, start - at).Append(by);
            at = start + length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
