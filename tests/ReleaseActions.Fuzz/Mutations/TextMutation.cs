using System.Text;

namespace ReleaseActions.Fuzz.Mutations;

/// <summary>
/// Damages text whose structure is in its lines and their indents (YAML, TOML, Markdown, go.mod, XML): blocks are removed, doubled, moved,
/// repeated, nested, and values are replaced.
/// </summary>
internal static class TextMutation
{
    /// <summary>A file of any format with some changes, as bytes: most by its structure, some by its bytes.</summary>
    public static byte[] Damaged(string name, byte[] content, Random random)
    {
        var isJson = name.EndsWith(".json", StringComparison.Ordinal) || name.EndsWith("Pipfile.lock", StringComparison.Ordinal);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            content = random.Next(4) switch
            {
                0 => ByteMutation.Damaged(content, random),
                _ when isJson => JsonMutation.Changed(content, random),
                _ => Encoding.UTF8.GetBytes(Changed(Encoding.UTF8.GetString(content), random)),
            };
        }

        return content;
    }

    /// <summary>The text with one to three changes.</summary>
    public static string Changed(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        for (var times = random.Next(1, 4); times > 0; times--) Change(lines, random);
        return string.Join(random.Next(20) == 0 ? "\r" : "\n", lines);
    }

    private static void Change(List<string> lines, Random random)
    {
        if (lines.Count == 0) lines.Add("");
        var (at, other) = (random.Next(lines.Count), random.Next(lines.Count));
        var block = lines.GetRange(at, BlockAt(lines, at));
        switch (random.Next(12))
        {
            case 0:
                lines.RemoveRange(at, block.Count);
                break;
            case 1:
                lines.InsertRange(other, block);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                lines[at] = new string(' ', random.Next(12)) + lines[at].TrimStart();
                break;
            case 4:
                lines[at] = lines[at].TrimStart();
                break;
            case 5:
                lines.InsertRange(at, Enumerable.Repeat(block, Times(block, random)).SelectMany(b => b).ToList());
                break;
            case 6:
                lines.InsertRange(at, Deeper(block[0], 1 << random.Next(12)));
                break;
            case 7:
                lines.Insert(at, Hostile.Text(random));
                break;
            case 8:
                lines[at] += Hostile.Text(random);
                break;
            default:
                lines[at] = WithValue(lines[at], random);
                break;
        }
    }

    // A line and those below it that are indented further.
    private static int BlockAt(List<string> lines, int at)
    {
        var indent = Indent(lines[at]);
        var end = at + 1;
        while (end < lines.Count && lines[end].Length > 0 && Indent(lines[end]) > indent) end++;
        return end - at;
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static int Times(List<string> block, Random random)
    {
        var size = block.Sum(l => l.Length + 1);
        return Math.Max(2, Math.Min(random.Next(12) == 0 ? 100_000 : 400, 8_000_000 / (size + 1)));
    }

    private static IEnumerable<string> Deeper(string line, int depth) =>
        Enumerable.Range(0, Math.Min(depth, 4_000)).Select(i => new string(' ', i) + line.TrimStart());

    // After `key:`, `key =`, a list's hyphen or an opening tag, or else a word somewhere.
    private static string WithValue(string line, Random random)
    {
        var at = line.IndexOfAny([':', '=', '>', '-', '#', '(']);
        if (at >= 0 && random.Next(3) > 0) return $"{line[..(at + 1)]} {Hostile.Text(random)}";
        var words = line.Split(' ');
        words[random.Next(words.Length)] = Hostile.Text(random);
        return string.Join(' ', words);
    }
}
