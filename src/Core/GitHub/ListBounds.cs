using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ReleaseActions.Core.GitHub;

/// <summary>What the pages of one list may hold together. Every list is read within it: a server may send pages that never end.</summary>
internal sealed class ListBounds<T>(JsonTypeInfo<List<T>> type)
{
    // A hundred items a page.
    private const int MostPages = 1_000;
    // More than any repository has of anything that is asked for.
    private const int MostItems = 100_000;
    // Of what a caller keeps. In memory a text takes twice as much.
    private const int MostBytes = 32 * 1024 * 1024;

    private int _pages;
    private int _items;
    private long _bytes;

    /// <summary>Counts a page before it is asked for.</summary>
    /// <returns>What was exceeded, to go after "does not end: "; null where nothing was.</returns>
    public string? TakePage() => ++_pages > MostPages ? $"{MostPages:#,0} pages were read" : null;

    /// <summary>Counts the items of a page, and the texts of those that are kept.</summary>
    /// <returns>What was exceeded, to go after "does not end: "; null where nothing was.</returns>
    public string? TakeItems(int items, IReadOnlyList<T> kept)
    {
        if ((_items += items) > MostItems) return $"more than {MostItems:#,0} items were read";
        if (kept.Count > 0) _bytes += JsonSerializer.SerializeToUtf8Bytes([.. kept], type).Length;
        return _bytes > MostBytes ? $"its items have more than {MostBytes:#,0} bytes of text" : null;
    }
}
