using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ReleaseActions.Core.Text;

/// <summary>
/// Loads YAML that a stranger may have written. The library builds its tree by recursion and shares what aliases lead to, so that
/// deep nesting would end the process and a few lines could unfold into billions; both are counted before the tree is built.
/// </summary>
internal static class BoundedYaml
{
    private const int MostLevels = 64;

    // The largest policies and charts have some thousand.
    private const int MostNodes = 100_000;

    /// <summary>The root of the first document, or null where there is none.</summary>
    /// <exception cref="YamlException">It is not YAML, is nested too deeply, or unfolds into too much.</exception>
    public static YamlNode? Load(string text)
    {
        try
        {
            Measure(new Parser(new StringReader(text)));
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode;
        }
        catch (Exception e)
            when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException or IndexOutOfRangeException)
        {
            // What the library throws at escapes and directives that are out of range.
            throw new YamlException($"it is malformed ({e.Message})");
        }
    }

    private static void Measure(Parser parser)
    {
        var open = new Stack<(AnchorName Anchor, int Before)>();
        var sizes = new Dictionary<AnchorName, int>();
        var nodes = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case AnchorAlias alias:
                    nodes += sizes.TryGetValue(alias.Value, out var size) ? size
                        : throw At(alias, $"the alias '{alias.Value}' leads to itself or to nothing");
                    break;
                case Scalar scalar:
                    // No path, no tag and no address has one, and each of them ends there for the system.
                    if (scalar.Value.Contains('\0')) throw At(scalar, "a text in it has a NUL character");
                    nodes++;
                    if (!scalar.Anchor.IsEmpty) sizes[scalar.Anchor] = 1;
                    break;
                case MappingStart or SequenceStart:
                    open.Push((((NodeEvent)parser.Current).Anchor, nodes++));
                    if (open.Count > MostLevels) throw At(parser.Current, $"it is nested more than {MostLevels} levels deep");
                    break;
                case MappingEnd or SequenceEnd:
                    var (anchor, before) = open.Pop();
                    if (!anchor.IsEmpty) sizes[anchor] = nodes - before;
                    break;
            }

            if (nodes > MostNodes) throw At(parser.Current!, $"it has, or its aliases unfold into, more than {MostNodes:#,0} values");
        }
    }

    private static YamlException At(ParsingEvent place, string message) => new(place.Start, place.End, message);
}
