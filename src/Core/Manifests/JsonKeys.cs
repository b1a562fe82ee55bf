using System.Text;
using System.Text.Json;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a JSON document by their dotted keys. A key that is itself a dot stands alone; an empty key counts as one.</summary>
internal static class JsonKeys
{
    // Told from a key that is called [] by being this very object.
    private static readonly string InArray = new("[]".AsSpan());

    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
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

    private static Dictionary<string, KeyedText> ReadTokens(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        var path = new Stack<string>();
        var place = new PlaceCounter(bytes);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName: path.Push(reader.GetString()!); break;
                case JsonTokenType.StartArray: path.Push(InArray); path.Push(InArray); break;
                case JsonTokenType.EndArray: path.Pop(); path.Pop(); TryPop(path); break;
                case JsonTokenType.StartObject: break;
                case JsonTokenType.EndObject: TryPop(path); break;
                default:
                    if (reader.TokenType == JsonTokenType.String && path.Count > 0) Add(found, string.Join('.', path.Reverse()), place.Of(reader.GetString()!, (int)reader.TokenStartIndex));
                    TryPop(path);
                    break;
            }
        }

        return found;
    }

    // A person sees the first of two equal keys, most programs take the last, and neither is sure to be meant.
    private static void Add(Dictionary<string, KeyedText> found, string key, KeyedText text)
    {
        if (!found.TryAdd(key, text)) found[key] = found[key] with { IsRepeated = true };
    }

    // Inside an array the marker stays until the array ends; a property's name goes with its value.
    private static void TryPop(Stack<string> path)
    {
        if (path.Count > 0 && !ReferenceEquals(path.Peek(), InArray)) path.Pop();
    }

    // Goes through the bytes once, for a file may hold a hundred thousand texts.
    private sealed class PlaceCounter(byte[] bytes)
    {
        private int _at;
        private int _characters;
        private int _line = 1;

        public KeyedText Of(string text, int quote)
        {
            for (; _at < quote; _at++)
            {
                if (bytes[_at] == '\n') _line++;
                // In UTF-16, bytes that go on add nothing, and what takes four bytes takes two characters.
                if ((bytes[_at] & 0xC0) != 0x80) _characters += bytes[_at] >= 0xF0 ? 2 : 1;
            }

            return new KeyedText(text, _line) { Start = _characters + 1 };
        }
    }
}
