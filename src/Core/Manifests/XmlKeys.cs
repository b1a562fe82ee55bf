using System.Xml;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of an XML document's elements by their names; the first of a name counts.</summary>
internal static class XmlKeys
{
    // No document type, so no entities: a stranger's file cannot make the parser read others or grow.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        var name = "";
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element) name = reader.LocalName;
            else if (reader.NodeType == XmlNodeType.Text && name.Length > 0)
                found.TryAdd(name, new KeyedText(reader.Value.Trim(), ((IXmlLineInfo)reader).LineNumber));
            else if (reader.NodeType == XmlNodeType.EndElement) name = "";
        }

        return found;
    }
}
