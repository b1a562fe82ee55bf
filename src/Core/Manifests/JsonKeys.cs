using System.Text;
using System.Text.Json;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of a JSON document by their dotted keys. A key that is itself a dot stands alone; an empty key counts as one.</summary>
internal static class JsonKeys
{
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        var path = new Stack<string>();
        var lines = new LineCounter(bytes);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName: path.Push(reader.GetString()!); break;
                case JsonTokenType.StartArray: path.Push("[]"); path.Push("[]"); break;
                case JsonTokenType.EndArray: path.Pop(); path.Pop(); TryPop(path); break;
                case JsonTokenType.StartObject: break;
                case JsonTokenType.EndObject: TryPop(path); break;
                default:
                    // The first of two equal keys counts: it is the one a person sees first.
                    if (reader.TokenType == JsonTokenType.String && path.Count > 0)
                        found.TryAdd(string.Join('.', path.Reverse()), new KeyedText(reader.GetString()!, lines.LineAt((int)reader.TokenStartIndex)));
                    TryPop(path);
                    break;
            }
        }

        return found;
    }

    // Inside an array the marker stays until the array ends; a property's name goes with its value.
    private static void TryPop(Stack<string> path)
    {
        if (path.Count > 0 && path.Peek() != "[]") path.Pop();
    }

    private sealed class LineCounter(byte[] bytes)
    {
        private int _at;
        private int _line = 1;

        public int LineAt(int index)
        {
            for (; _at < index; _at++)
                if (bytes[_at] == '\n') _line++;
            return _line;
        }
    }
}
