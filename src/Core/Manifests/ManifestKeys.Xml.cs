using System.Xml;

namespace ReleaseActions.Core.Manifests;

internal static partial class ManifestKeys
{
    // No document type, so no entities: an untrusted file cannot make the parser read others or grow.
    private static readonly XmlReaderSettings XmlSettings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private const int MostLevels = 64;

    /// <summary>
    /// The texts of an MSBuild file by their elements' own names; the first of a name counts, one in a <c>PropertyGroup</c> before others.
    /// </summary>
    /// <exception cref="XmlException">It is no XML, or has a document type.</exception>
    public static IReadOnlyDictionary<string, KeyedText> ReadProject(string text)
    {
        var found = new KeyedTexts();
        var properties = new KeyedTexts();
        foreach (var (path, keyed) in Texts(text))
        {
            // A reference to a package has a <Version> too, and it is not the project's.
            var isProperty = path.Skip(1).FirstOrDefault() == "PropertyGroup";
            AddAssignment(isProperty ? properties : found, path[0], keyed);
        }

        foreach (var (name, property) in properties) found[name] = property;
        return found;
    }

    /// <summary>
    /// The texts of an XML document by the names of all elements around them, such as <c>project.version</c>: that of a pom.xml's parent or
    /// dependency has another key.
    /// </summary>
    /// <exception cref="XmlException">It is no XML, or has a document type.</exception>
    public static IReadOnlyDictionary<string, KeyedText> ReadXml(string text)
    {
        var found = new KeyedTexts();
        foreach (var (path, keyed) in Texts(text)) AddAssignment(found, string.Join('.', path.Reverse()), keyed);
        return found;
    }

    // Each text with the names of the elements around it, the innermost first.
    private static IEnumerable<(string[] Path, KeyedText Text)> Texts(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), XmlSettings);
        var lines = LineStarts(text);
        var path = new Stack<string>();
        while (reader.Read())
        {
            if (path.Count > MostLevels) throw new FormatException($"it is nested more than {MostLevels} levels deep");
            if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement) path.Push(reader.LocalName);
            else if (reader.NodeType == XmlNodeType.EndElement) path.Pop();
            else if (reader.NodeType == XmlNodeType.Text) yield return ([.. path], TextOf(reader, text, lines));
        }
    }

    // The reader is at the text's first character, which may be the end of the line before it.
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
