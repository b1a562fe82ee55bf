using System.Xml;

namespace ReleaseActions.Core.Manifests;

/// <summary>The texts of an XML document's elements.</summary>
internal static class XmlKeys
{
    // No document type, so no entities: a stranger's file cannot make the parser read others or grow.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The texts by the elements' own names; the first of a name counts, one in a <c>PropertyGroup</c> before others.</summary>
    public static IReadOnlyDictionary<string, KeyedText> Read(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        var lines = LineStarts(text);
        var properties = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        var path = new Stack<string>();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement) path.Push(reader.LocalName);
            else if (reader.NodeType == XmlNodeType.EndElement) path.Pop();
            else if (reader.NodeType == XmlNodeType.Text)
                // A reference to a package has a <Version> too, and it is not the project's.
                Add(path.Skip(1).FirstOrDefault() == "PropertyGroup" ? properties : found, path.Peek(), TextOf(reader, text, lines));
        }

        foreach (var (name, property) in properties) found[name] = property;
        return found;
    }

    /// <summary>The texts by the names of all elements around them, such as <c>project.version</c>: what a pom.xml's parent or dependency has is another key.</summary>
    public static IReadOnlyDictionary<string, KeyedText> ReadPaths(string text)
    {
        var found = new Dictionary<string, KeyedText>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        var lines = LineStarts(text);
        var path = new Stack<string>();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement) path.Push(reader.LocalName);
            else if (reader.NodeType == XmlNodeType.EndElement) path.Pop();
            else if (reader.NodeType == XmlNodeType.Text) Add(found, string.Join('.', path.Reverse()), TextOf(reader, text, lines));
        }

        return found;
    }

    private static void Add(Dictionary<string, KeyedText> found, string name, KeyedText text)
    {
        if (!found.TryAdd(name, text)) found[name] = found[name] with { IsAssignedAgain = true };
    }

    // The reader stands at the text's first character, which may be the end of the line before it.
    private static KeyedText TextOf(XmlReader reader, string text, List<int> lines)
    {
        var before = reader.Value.Length - reader.Value.TrimStart().Length;
        var place = (IXmlLineInfo)reader;
        var start = Math.Min(lines[place.LineNumber - 1] + place.LinePosition - 1, text.Length);
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        return new KeyedText(reader.Value.Trim(), place.LineNumber + reader.Value[..before].Count(c => c == '\n')) { Start = start };
    }

    // A carriage return alone begins a new line in XML too.
    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) starts.Add(i + 1);
        return starts;
    }
}
