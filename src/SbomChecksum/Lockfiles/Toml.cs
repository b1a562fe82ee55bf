using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>
/// Reads TOML as lock files use it into the JSON tree that all readers here share: tables, lists of tables, inline tables, arrays
/// and all four kinds of strings. Numbers and dates stay texts: no lock file's name, version or hash is one.
/// </summary>
internal sealed class Toml
{
    private const int MostLevels = 100;

    private readonly string _text;
    private int _at;

    private Toml(string text) => _text = text;

    /// <exception cref="FormatException">It is not TOML; the message names the line.</exception>
    public static JsonObject Read(string text) => new Toml(text.ReplaceLineEndings("\n")).ReadDocument();

    private JsonObject ReadDocument()
    {
        var root = new JsonObject();
        var table = root;
        while (SkipToContent())
        {
            if (Take("[[")) table = NewEntry(root, Header("]]"));
            else if (Take("[")) table = Into(root, Header("]"));
            else ReadAssignment(table);
            EndLine();
        }

        return root;
    }

    private List<string> Header(string end)
    {
        var key = ReadKey();
        return Take(end) ? key : throw Wrong($"'{end}' is missing");
    }

    private void ReadAssignment(JsonObject table)
    {
        var key = ReadKey();
        if (!Take("=")) throw Wrong("'=' is missing");
        var into = Into(table, key[..^1]);
        if (!into.TryAdd(key[^1], ReadValue(0))) throw Wrong($"'{key[^1]}' is there twice");
    }

    private List<string> ReadKey()
    {
        var parts = new List<string>();
        do
        {
            SkipBlanks();
            parts.Add(Peek is '"' or '\'' ? ReadOneLine(_text[_at++]) : ReadBare());
            SkipBlanks();
            if (parts.Count > MostLevels) throw Wrong("the key has too many parts");
        }
        while (Take("."));
        return parts;
    }

    private string ReadBare()
    {
        var from = _at;
        while (char.IsAsciiLetterOrDigit(Peek) || Peek is '_' or '-') _at++;
        return _at > from ? _text[from.._at] : throw Wrong("a key is missing");
    }

    private JsonNode ReadValue(int level)
    {
        if (level > MostLevels) throw Wrong("values are nested too deeply");
        SkipBlanks();
        if (Take("\"\"\"")) return ReadManyLines("\"\"\"");
        if (Take("'''")) return ReadManyLines("'''");
        if (Peek is '"' or '\'') return ReadOneLine(_text[_at++]);
        if (Take("[")) return ReadArray(level);
        if (Take("{")) return ReadInline(level);
        var from = _at;
        while (_at < _text.Length && Peek is not (',' or ']' or '}' or '\n' or '#')) _at++;
        var word = _text[from.._at].Trim();
        return word switch { "" => throw Wrong("a value is missing"), "true" => true, "false" => false, _ => word };
    }

    private JsonArray ReadArray(int level)
    {
        var array = new JsonArray();
        while (!Ends("]"))
        {
            array.Add(ReadValue(level + 1));
            if (!SkipToContent() || !Take(",")) return Take("]") ? array : throw Wrong("',' or ']' is missing");
        }

        return array;
    }

    private JsonObject ReadInline(int level)
    {
        var table = new JsonObject();
        while (!Ends("}"))
        {
            var key = ReadKey();
            if (!Take("=")) throw Wrong("'=' is missing");
            if (!Into(table, key[..^1]).TryAdd(key[^1], ReadValue(level + 1))) throw Wrong($"'{key[^1]}' is there twice");
            if (!SkipToContent() || !Take(",")) return Take("}") ? table : throw Wrong("',' or '}' is missing");
        }

        return table;
    }

    private bool Ends(string token) => SkipToContent() ? Take(token) : throw Wrong($"'{token}' is missing");

    private string ReadOneLine(char quote)
    {
        var text = new StringBuilder();
        while (Peek != quote)
        {
            if (_at >= _text.Length || Peek == '\n') throw Wrong("a text does not end on its line");
            text.Append(quote == '"' && Peek == '\\' ? ReadEscape() : _text[_at++].ToString());
        }

        _at++;
        return text.ToString();
    }

    private string ReadManyLines(string quotes)
    {
        var end = _text.IndexOf(quotes, _at, StringComparison.Ordinal);
        if (end < 0) throw Wrong("a text of many lines does not end");
        // Up to two more quotes may stand before the closing three; escapes matter to no key that is read here.
        while (end + 3 < _text.Length && _text[end + 3] == quotes[0]) end++;
        var text = _text[_at..end];
        _at = end + 3;
        return text.StartsWith('\n') ? text[1..] : text;
    }

    private string ReadEscape()
    {
        var c = _at + 1 < _text.Length ? _text[_at + 1] : '\n';
        _at += 2;
        return c switch
        {
            'b' => "\b", 't' => "\t", 'n' => "\n", 'f' => "\f", 'r' => "\r", 'e' => "\e", '"' => "\"", '\\' => "\\",
            'u' => ReadRune(4), 'U' => ReadRune(8),
            _ => throw Wrong($"'\\{c}' means nothing"),
        };
    }

    private string ReadRune(int digits)
    {
        var hex = _at + digits <= _text.Length ? _text.Substring(_at, digits) : "";
        if (!int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code)) throw Wrong("an escaped character is none");
        _at += digits;
        return new Rune(code).ToString();
    }

    private JsonObject NewEntry(JsonObject root, List<string> key)
    {
        var parent = Into(root, key[..^1]);
        if (parent[key[^1]] is null) parent[key[^1]] = new JsonArray();
        var entry = new JsonObject();
        (parent[key[^1]] as JsonArray ?? throw Wrong($"'{key[^1]}' is no list of tables")).Add((JsonNode)entry);
        return entry;
    }

    /// <summary>The table that a key leads to, made where it is missing; a list of tables means its last one.</summary>
    private JsonObject Into(JsonObject table, List<string> key)
    {
        foreach (var part in key)
        {
            if (!table.ContainsKey(part)) table[part] = new JsonObject();
            table = table[part] switch
            {
                JsonObject next => next,
                JsonArray { Count: > 0 } list when list[^1] is JsonObject last => last,
                _ => throw Wrong($"'{part}' is no table"),
            };
        }

        return table;
    }

    private char Peek => _at < _text.Length ? _text[_at] : '\0';

    private bool Take(string token)
    {
        if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0) return false;
        _at += token.Length;
        return true;
    }

    private void SkipBlanks()
    {
        while (Peek is ' ' or '\t') _at++;
    }

    private bool SkipToContent()
    {
        while (_at < _text.Length && (Peek is ' ' or '\t' or '\n' or '#'))
            _at = Peek != '#' ? _at + 1 : _text.IndexOf('\n', _at) is >= 0 and var end ? end : _text.Length;
        return _at < _text.Length;
    }

    private void EndLine()
    {
        SkipBlanks();
        if (_at < _text.Length && Peek is not ('\n' or '#')) throw Wrong($"'{Peek}' stands after the end");
    }

    private FormatException Wrong(string what) => new($"line {_text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1}: {what}");
}
