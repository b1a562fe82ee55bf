using System.Text;
using System.Text.Json;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a document by their keys, for each format.</summary>
internal static partial class ManifestKeys
{
    // Differs from a key that is called [] by being this very object.
    private static readonly string InArray = new("[]".AsSpan());

    /// <summary>The texts of a JSON document by their dotted keys. A key that is itself a dot is one; an empty key counts as one.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IReadOnlyDictionary<string, KeyedText> ReadJson(string text)
    {
        try
        {
            return ReadTokens(text);
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, written as an escape, is no text.
            throw new JsonException(e.Message, e);
        }
    }

    private static KeyedTexts ReadTokens(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var reader = new Utf8JsonReader(bytes, options);
        var found = new KeyedTexts();
        var path = new Stack<string>();
        var (at, start, line) = (0, 0, 1);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName: path.Push(reader.GetString()!); break;
                case JsonTokenType.StartArray: path.Push(InArray); path.Push(InArray); break;
                case JsonTokenType.EndArray: path.Pop(); path.Pop(); TryPop(path); break;
                case JsonTokenType.StartObject: break;
                case JsonTokenType.EndObject: TryPop(path); break;
                case JsonTokenType.String when path.Count > 0:
                    // From text to text, so that the bytes are counted once: a file may hold a hundred thousand texts.
                    var between = bytes.AsSpan(at..(int)reader.TokenStartIndex);
                    (start, line) = (start + Encoding.UTF8.GetCharCount(between), line + between.Count((byte)'\n'));
                    at = (int)reader.TokenStartIndex;
                    Add(found, string.Join('.', path.Reverse()), new KeyedText(reader.GetString()!, line) { Start = start + 1 });
                    TryPop(path);
                    break;
                default: TryPop(path); break;
            }
        }

        return found;
    }

    // A person sees the first of two equal keys, most programs take the last, and neither is sure to be meant.
    private static void Add(KeyedTexts found, string key, KeyedText text)
    {
        found.Expect(key.Length + text.Text.Length);
        if (!found.TryAdd(key, text)) found[key] = found[key] with { IsRepeated = true };
    }

    // Inside an array the marker stays until the array ends; the name of a property goes with its value.
    private static void TryPop(Stack<string> path)
    {
        if (path.Count > 0 && !ReferenceEquals(path.Peek(), InArray)) path.Pop();
    }
}
