using System.Text;

namespace ReleaseActions.Sandbox.Runner;

/// <summary>A command that the runner would take from a line of the log.</summary>
public sealed record RunnerCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Message);

/// <summary>How the runner reads what a step leaves behind: a model of its parsers, tested with its own test vectors.</summary>
public static class RunnerModel
{
    private static readonly string[] EscapesOfMessages = ["%0D", "%0A", "%25"];
    private static readonly string[] EscapesOfProperties = ["%0D", "%0A", "%3A", "%2C", "%25"];
    private static readonly string[] OlderEscapes = ["%3B", "%0D", "%0A", "%5D", "%25"];

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
            if (equals < 0 && heredoc < 0) throw new FormatException($"Invalid format '{line}'");
            var isPlain = equals >= 0 && (heredoc < 0 || equals < heredoc);
            var name = NonEmpty(isPlain ? line[..equals] : line[..heredoc], line);
            outputs[name] = isPlain ? line[(equals + 1)..] : ReadHeredoc(text, ref at, NonEmpty(line[(heredoc + 2)..], line));
        }

        return outputs;
    }

    /// <summary>
    /// Reads the commands that the runner would take from a log (actions/runner, ActionCommand.cs). Stricter than the runner in one
    /// thing: it takes sixteen names, and this takes any, so that a future command is no surprise.
    /// </summary>
    public static IReadOnlyList<RunnerCommand> ReadCommands(string log) =>
        [.. log.Split('\n').SelectMany(l => l.Split('\r')).Select(ReadCommand).OfType<RunnerCommand>()];

    /// <summary>The command in one line, or null where the line is text.</summary>
    public static RunnerCommand? ReadCommand(string line)
    {
        var text = line.TrimStart();
        if (text.StartsWith("::", StringComparison.Ordinal) && text.IndexOf("::", 2, StringComparison.Ordinal) is > 2 and var end)
            return Named(text[2..end], text[(end + 2)..], ',', EscapesOfMessages, EscapesOfProperties);
        var begin = line.IndexOf("##[", StringComparison.Ordinal);
        if (begin < 0 || line.IndexOf(']', begin) is not (> 0 and var close)) return null;
        return Named(line[(begin + 3)..close], line[(close + 1)..], ';', OlderEscapes, OlderEscapes);
    }

    private static RunnerCommand Named(string head, string message, char separator, string[] ofMessage, string[] ofProperties)
    {
        var parts = head.Split(' ', 2);
        var pairs = parts.Length == 1 ? [] : parts[1].Trim().Split(separator, StringSplitOptions.RemoveEmptyEntries);
        var properties = pairs.Select(pair => pair.Split('=', 2)).Where(pair => pair is [_, { Length: > 0 }])
            .ToDictionary(pair => pair[0].Trim(), pair => Unescaped(pair[1], ofProperties));
        return new RunnerCommand(parts[0], properties, Unescaped(message, ofMessage));
    }

    private static string Unescaped(string text, string[] escapes) => escapes.Aggregate(
        text, (t, escape) => t.Replace(escape, $"{(char)Convert.ToByte(escape[1..], 16)}", StringComparison.Ordinal));

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

    private static string NonEmpty(string text, string line) => text.Length > 0
        ? text
        : throw new FormatException($"Invalid format '{line}'. Name must not be empty and delimiter must not be empty");
}
