using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Manifests;

/// <summary>Replaces the texts at some keys of a document where they stand; every other character stays, and so does what every other key says.</summary>
public static class KeyedEdits
{
    /// <summary>Whether the text stands in the document as it reads: on one line, without escapes.</summary>
    public static bool StandsThere(string document, KeyedText text) =>
        text.Start >= 0 && string.CompareOrdinal(document, text.Start, text.Text, 0, text.Text.Length) == 0;

    /// <summary>Replaces them, and reads the document again.</summary>
    /// <param name="document">The document.</param>
    /// <param name="keys">What it says at each of its keys.</param>
    /// <param name="wanted">New texts for keys that are there and <see cref="StandsThere">stand there</see>.</param>
    /// <param name="read">Reads a document's keys.</param>
    /// <returns>The new document, and a key that says something else than it should there, as one that an alias leads to; null where none does.</returns>
    public static (string Document, string? Spoilt) Write(
        string document, IReadOnlyDictionary<string, KeyedText> keys, IReadOnlyDictionary<string, string> wanted, Func<string, IReadOnlyDictionary<string, KeyedText>> read)
    {
        var edits = new SliceEdits(document);
        foreach (var (key, by) in wanted) edits.Replace(keys[key].Start, keys[key].Text.Length, keys[key].IsNothing ? InPlaceOfNothing(keys[key], by) : by);
        var written = edits.ToString();
        var now = read(written);
        return (written, keys.Keys.FirstOrDefault(key => !now.TryGetValue(key, out var says) || says.Text != wanted.GetValueOrDefault(key, keys[key].Text)));
    }

    // In quotes it is a text, whatever it looks like. Nothing at all stands right behind the colon.
    private static string InPlaceOfNothing(KeyedText nothing, string by) => nothing.Text.Length == 0 ? $" \"{by}\"" : $"\"{by}\"";
}
