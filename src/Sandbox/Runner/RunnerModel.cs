using System.Text;

namespace ReleaseActions.Sandbox.Runner;

/// <summary>A command that the runner would take from a line of the log.</summary>
public sealed record RunnerCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Message);

/// <summary>How the runner reads what a step leaves behind: a model of its parsers, held against its own test vectors.</summary>
public static class RunnerModel
{
    /// <summary>Reads the file of outputs as the runner does (actions/runner, FileCommandManager.cs).</summary>
    public static IReadOnlyDictionary<string, string> ReadOutputs(string text)
    {
        var outputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (ReadLine(text, ref at, out _) is { } line)
        {
            if (line.Length == 0) continue;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var heredoc = line.IndexOf("<<", StringComparison.Ordinal);
            if (equals >= 0 && (heredoc < 0 || equals < heredoc)) outputs[NonEmpty(line[..equals], line)] = line[(equals + 1)..];
            else if (heredoc >= 0) outputs[NonEmpty(line[..heredoc], line)] = ReadHeredoc(text, ref at, NonEmpty(line[(heredoc + 2)..], line));
            else throw new FormatException($"Invalid format '{line}'");
        }

        return outputs;
    }

    /// <summary>
    /// Reads the commands that the runner would take from a log (actions/runner, ActionCommand.cs). Stricter than the runner in one
    /// thing: it takes sixteen names, and this takes any, so that a command of tomorrow is no surprise.
    /// </summary>
    public static IReadOnlyList<RunnerCommand> ReadCommands(string log) =>
        [.. log.Split('\n').SelectMany(l => l.Split('\r')).Select(ReadCommand).OfType<RunnerCommand>()];

    /// <summary>The command in one line, or null where the line is text.</summary>
    public static RunnerCommand? ReadCommand(string line)
    {
        var text = line.TrimStart();
        if (text.StartsWith("::", StringComparison.Ordinal) && text.IndexOf("::", 2, StringComparison.Ordinal) is > 2 and var end)
            return Named(text[2..end], text[(end + 2)..], ',', [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")], [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]);
        var begin = line.IndexOf("##[", StringComparison.Ordinal);
        if (begin < 0 || line.IndexOf(']', begin) is not (> 0 and var close)) return null;
        (string, string)[] escapes = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")];
        return Named(line[(begin + 3)..close], line[(close + 1)..], ';', escapes, escapes);
    }

    private static RunnerCommand Named(string head, string data, char separator, (string, string)[] escapesOfData, (string, string)[] escapesOfProperties)
    {
        var parts = head.Split(' ', 2);
        var properties = parts.Length == 1 ? [] : parts[1].Trim().Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Where(p => p is [_, { Length: > 0 }]);
        return new RunnerCommand(
            parts[0], properties.ToDictionary(p => p[0].Trim(), p => Unescaped(p[1], escapesOfProperties)), Unescaped(data, escapesOfData));
    }

    private static string Unescaped(string text, (string Escaped, string Plain)[] escapes) =>
        escapes.Aggregate(text, (t, e) => t.Replace(e.Escaped, e.Plain, StringComparison.Ordinal));

    private static string ReadHeredoc(string text, ref int at, string delimiter)
    {
        var value = new StringBuilder();
        var newline = "";
        while (ReadLine(text, ref at, out var isWhole) is { } line)
        {
            if (line == delimiter) return value.ToString();
            if (!isWhole) throw new FormatException("Invalid value. EOF marker missing new line.");
            value.Append(newline).Append(line);
            newline = "\n";
        }

        throw new FormatException($"Invalid value. Matching delimiter not found '{delimiter}'");
    }

    // Containers run on Linux, where a line ends at \n alone; a carriage return before it belongs to the value.
    private static string? ReadLine(string text, ref int at, out bool isWhole)
    {
        isWhole = false;
        if (at >= text.Length) return null;
        var end = text.IndexOf('\n', at);
        isWhole = end >= 0;
        var line = isWhole ? text[at..end] : text[at..];
        at = isWhole ? end + 1 : text.Length;
        return line;
    }

    private static string NonEmpty(string text, string line) => text.Length > 0 ? text : throw new FormatException($"Invalid format '{line}'. Name must not be empty and delimiter must not be empty");
}
