using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReleaseActions.Fuzz.Mutations;

/// <summary>
/// Writes a JSON document again with some of its nodes changed: replaced, doubled, removed, nested, enlarged. What comes out need not be
/// JSON: lone surrogates, keys that occur twice and numbers that no type can hold are among the changes.
/// </summary>
internal sealed class JsonMutation
{
    private static readonly JsonSerializerOptions Escaping = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1e400", "-0.0", "9223372036854775808", "-9223372036854775809", "1.5", "\"\"", "[]", "{}",
        "[null]", "[[]]", "[{}]", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}",
        "{\"\":null}", "\"9999-12-31T23:59:60Z\"", "\"0001-01-01T00:00:00Z\"", "[1,\"a\",null,{},[]]", "NaN", "'a'", "01", "\"\t\"",
    ];

    private readonly Random _random;
    private readonly List<string> _donors = [];
    private readonly HashSet<int> _targets;
    private int _at;

    private JsonMutation(JsonElement root, Random random)
    {
        _random = random;
        var count = Collect(root);
        _targets = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(count))];
    }

    /// <summary>The document with one to three nodes changed; bytes that are no JSON are damaged as bytes.</summary>
    public static byte[] Changed(byte[] json, Random random)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var text = new StringBuilder();
            new JsonMutation(document.RootElement, random).Write(document.RootElement, text);
            return Encoding.UTF8.GetBytes(text.ToString());
        }
        // The second: bytes in a text that are no UTF-8.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ByteMutation.Damaged(json, random);
        }
    }

    private int Collect(JsonElement node)
    {
        if (_donors.Count < 64) _donors.Add(node.GetRawText());
        return 1 + node.ValueKind switch
        {
            JsonValueKind.Object => node.EnumerateObject().Sum(p => Collect(p.Value)),
            JsonValueKind.Array => node.EnumerateArray().Sum(Collect),
            _ => 0,
        };
    }

    private void Write(JsonElement node, StringBuilder text)
    {
        if (_targets.Contains(_at++))
        {
            text.Append(Replacement(node));
            _at += Collect(node) - 1;
            return;
        }

        if (node.ValueKind == JsonValueKind.Object) WriteObject(node, text);
        else if (node.ValueKind == JsonValueKind.Array) WriteArray(node, text);
        else text.Append(node.GetRawText());
    }

    private void WriteObject(JsonElement node, StringBuilder text)
    {
        var isFirst = true;
        text.Append('{');
        foreach (var property in node.EnumerateObject())
        {
            var (isTarget, value) = (_targets.Contains(_at), new StringBuilder());
            Write(property.Value, value);
            var name = JsonSerializer.Serialize(property.Name, Escaping);
            foreach (var written in isTarget ? Property(name, value.ToString()) : [$"{name}:{value}"])
            {
                text.Append(isFirst ? "" : ",").Append(written);
                isFirst = false;
            }
        }

        text.Append('}');
    }

    private IEnumerable<string> Property(string name, string value) => _random.Next(6) switch
    {
        0 => [],
        1 => [$"{name}:{value}", $"{name}:{Values[_random.Next(Values.Length)]}"],
        2 => [$"{Quoted(Hostile.Text(_random))}:{value}"],
        _ => [$"{name}:{value}"],
    };

    private void WriteArray(JsonElement node, StringBuilder text)
    {
        text.Append('[');
        foreach (var (index, item) in node.EnumerateArray().Index())
        {
            if (index > 0) text.Append(',');
            Write(item, text);
        }

        text.Append(']');
    }

    private string Replacement(JsonElement node)
    {
        var raw = node.GetRawText();
        return _random.Next(14) switch
        {
            0 or 1 or 2 => Values[_random.Next(Values.Length)],
            3 or 4 => Quoted(Hostile.Text(_random)),
            5 => _donors[_random.Next(_donors.Count)],
            6 => Nested(raw, _random.Next(8) == 0 ? 100_000 : 1 << _random.Next(12)),
            7 => $"[{string.Join(',', Enumerable.Repeat(raw, Times(raw)))}]",
            8 => Many(raw),
            9 => Invariant($"{_random.NextInt64(long.MinValue, long.MaxValue)}"),
            10 => new string('9', 1 << _random.Next(20)),
            11 => $"\"{new string('a', 1 << _random.Next(22))}\"",
            12 when node.ValueKind == JsonValueKind.String => $"{raw[..^1]}{Quoted(Hostile.Text(_random))[1..]}",
            _ => $"{{\"x\":{raw}}}",
        };
    }

    // Up to about 8 MB, rarely.
    private int Times(string raw) => Math.Max(2, Math.Min(_random.Next(20) == 0 ? 100_000 : 300, 8_000_000 / (raw.Length + 1)));

    private string Many(string raw) =>
        $"{{{string.Join(',', Enumerable.Range(0, Times(raw)).Select(i => Invariant($"\"k{i}\":{raw}")))}}}";

    private string Nested(string raw, int depth) => _random.Next(2) == 0
        ? new string('[', depth) + raw + new string(']', depth)
        : Hostile.Repeated("{\"a\":", depth) + raw + new string('}', depth);

    // A surrogate alone has no bytes in UTF-8, but an escape; the serializer would replace it.
    private static string Quoted(string text) => "\"" + string.Concat(text.Select(c =>
        c is '"' or '\\' || c < ' ' || char.IsSurrogate(c) ? Invariant($"\\u{(int)c:x4}") : $"{c}")) + "\"";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
