using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ReleaseActions.Core.Manifests;

internal static partial class ManifestKeys
{
    private static readonly TomlParserOptions TomlRules = new() { Mode = TomlParserMode.Strict };

    /// <summary>
    /// The strings of a TOML document by their dotted keys. What is in one of many (<c>[[x]]</c>) is below <c>x[]</c>; lists are skipped.
    /// Read event by event: the syntax tree takes a hundred times the document.
    /// </summary>
    /// <exception cref="TomlException">It is no TOML, or is nested deeper than 64 levels.</exception>
    public static IReadOnlyDictionary<string, KeyedText> ReadToml(string text)
    {
        var found = new KeyedTexts();
        var toml = TomlParser.Create(text, TomlRules);
        var lists = new HashSet<string>(StringComparer.Ordinal);
        while (toml.MoveNext())
            if (toml.Current.Kind == TomlParseEventKind.StartTable) AddTable(found, "", toml, lists);
        return found;
    }

    private static void AddTable(KeyedTexts found, string above, TomlParser toml, HashSet<string> lists)
    {
        while (toml.MoveNext() && toml.Current.Kind == TomlParseEventKind.PropertyName)
        {
            var name = above + toml.GetPropertyName();
            toml.MoveNext();
            switch (toml.Current.Kind)
            {
                case TomlParseEventKind.StartTable:
                    // Whatever is inside one of many has no key of its own, and must not pass for the table's.
                    AddTable(found, lists.Contains(name) ? $"{name}[]." : $"{name}.", toml, lists);
                    break;
                case TomlParseEventKind.StartArray when toml.Current.Span is null:
                    lists.Add(name);
                    AddTables(found, $"{name}[].", toml, lists);
                    break;
                case TomlParseEventKind.StartArray:
                    SkipArray(toml);
                    break;
                case TomlParseEventKind.String:
                    Add(found, name, TextOf(toml));
                    break;
                default:
                    break;
            }
        }
    }

    // What a header `[[x]]` begins is a list without a place in the text.
    private static void AddTables(KeyedTexts found, string above, TomlParser toml, HashSet<string> lists)
    {
        while (toml.MoveNext() && toml.Current.Kind != TomlParseEventKind.EndArray)
            if (toml.Current.Kind == TomlParseEventKind.StartTable) AddTable(found, above, toml, lists);
    }

    private static void SkipArray(TomlParser toml)
    {
        for (var depth = 1; depth > 0 && toml.MoveNext();)
        {
            if (toml.Current.Kind == TomlParseEventKind.StartArray) depth++;
            else if (toml.Current.Kind == TomlParseEventKind.EndArray) depth--;
        }
    }

    private static KeyedText TextOf(TomlParser toml)
    {
        var isOneLine = (TokenKind)toml.Current.Data is TokenKind.String or TokenKind.StringLiteral;
        return new KeyedText(toml.GetString(), toml.Current.Line) { Start = isOneLine ? toml.Current.Span!.Value.Offset + 1 : -1 };
    }
}
