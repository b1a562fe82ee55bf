using System.Xml;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of an XML document's elements by their names; the first of a name counts, one in a <c>PropertyGroup</c> before others.</summary>
internal static class XmlKeys
{
    // No document type, so no entities: a stranger's file cannot make the parser read others or grow.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        var properties = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        var path = new Stack<string>();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement) path.Push(reader.LocalName);
            else if (reader.NodeType == XmlNodeType.EndElement) path.Pop();
            else if (reader.NodeType == XmlNodeType.Text)
                // A reference to a package has a <Version> too, and it is not the project's.
                (path.Skip(1).FirstOrDefault() == "PropertyGroup" ? properties : found).TryAdd(path.Peek(), TextOf(reader));
        }

        foreach (var (name, property) in properties) found[name] = property;
        return found;
    }

    // The reader stands at the text's first character, which may be the end of the line before it.
    private static KeyedText TextOf(XmlReader reader)
    {
        var before = reader.Value.Length - reader.Value.TrimStart().Length;
        return new KeyedText(reader.Value.Trim(), ((IXmlLineInfo)reader).LineNumber + reader.Value[..before].Count(c => c == '\n'));
    }
}
