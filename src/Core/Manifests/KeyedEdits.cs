using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Manifests;

/// <summary>
/// Replaces the texts at some keys of a document in place. Every other character stays, and so does the value of every other key.
/// </summary>
public static class KeyedEdits
{
    /// <summary>Whether the document holds the text as it reads: on one line, without escapes.</summary>
    public static bool StandsThere(string document, KeyedText text) =>
        text.Start >= 0 && string.CompareOrdinal(document, text.Start, text.Text, 0, text.Text.Length) == 0;

    /// <summary>Replaces the texts, and reads the document again.</summary>
    /// <param name="document">The document.</param>
    /// <param name="keys">The text at each of its keys.</param>
    /// <param name="wanted">New texts, for keys that exist and whose texts can be <see cref="StandsThere">replaced in place</see>.</param>
    /// <param name="read">Reads the keys of a document.</param>
    /// <returns>The new document, and a key that does not have the text it should have, such as one behind an alias; null where there is
    /// none.</returns>
    public static (string Document, string? Spoilt) Write(
        string document,
        IReadOnlyDictionary<string, KeyedText> keys,
        IReadOnlyDictionary<string, string> wanted,
        Func<string, IReadOnlyDictionary<string, KeyedText>> read)
    {
        var edits = new SliceEdits(document);
        foreach (var (key, by) in wanted)
        {
            var old = keys[key];
            edits.Replace(old.Start, old.Text.Length, old.IsNothing ? InPlaceOfNothing(old, by) : by);
        }

        var written = edits.ToString();
        var now = read(written);
        bool IsSpoilt(string key) => !now.TryGetValue(key, out var text) || text.Text != wanted.GetValueOrDefault(key, keys[key].Text);
        return (written, keys.Keys.FirstOrDefault(IsSpoilt));
    }

    // In quotes it is a text, whatever it looks like. A key without a value has nothing but the colon.
    private static string InPlaceOfNothing(KeyedText nothing, string by) => nothing.Text.Length == 0 ? $" \"{by}\"" : $"\"{by}\"";
}
