using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ReleaseActions.Core.Manifests;

internal static partial class ManifestKeys
{
    /// <summary>
    /// The strings of a TOML document by their dotted keys. What is in one of many (<c>[[x]]</c>) is below <c>x[]</c>; lists are skipped.
    /// </summary>
    /// <exception cref="TomlException">It is no TOML, or is nested deeper than 64 levels.</exception>
    public static IReadOnlyDictionary<string, KeyedText> ReadToml(string text)
    {
        // Without its check of the meaning, which would end at a key that occurs twice: that is reported with the key.
        var document = SyntaxParser.ParseStrict(text, validate: false);
        var found = new KeyedTexts();
        AddToml(found, "", document.KeyValues);
        var lists = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in document.Tables)
        {
            var name = NameOf(table, lists);
            AddToml(found, $"{name}.", table.Items);
        }

        return found;
    }

    // Whatever is inside one of many has no key of its own, and must not pass for the table's.
    private static string NameOf(TableSyntaxBase table, HashSet<string> lists)
    {
        var name = "";
        foreach (var part in PartsOf(table.Name!))
        {
            name = name.Length == 0 ? part : $"{name}.{part}";
            if (lists.Contains(name)) name += "[]";
        }

        if (table is not TableArraySyntax || name.EndsWith("[]", StringComparison.Ordinal)) return name;
        lists.Add(name);
        return $"{name}[]";
    }

    private static void AddToml(KeyedTexts found, string above, IEnumerable<KeyValueSyntax> items)
    {
        foreach (var item in items)
        {
            var key = above + string.Join('.', PartsOf(item.Key!));
            if (item.Value is InlineTableSyntax table) AddToml(found, $"{key}.", table.Items.Select(i => i.KeyValue!));
            else if (item.Value is StringValueSyntax { Token: { } token, Value: { } value }) Add(found, key, TextOf(token, value));
        }
    }

    private static KeyedText TextOf(SyntaxToken token, string value)
    {
        var isOneLine = token.TokenKind is TokenKind.String or TokenKind.StringLiteral;
        return new KeyedText(value, token.Span.Start.Line + 1) { Start = isOneLine ? token.Span.Offset + 1 : -1 };
    }

    private static IEnumerable<string> PartsOf(KeySyntax key) => key.DotKeys.Select(k => k.Key!).Prepend(key.Key!).Select(PartOf);

    private static string PartOf(BareKeyOrStringValueSyntax part) =>
        part is StringValueSyntax quoted ? quoted.Value! : ((BareKeySyntax)part).Key!.Text!;
}
