namespace ReleaseActions.Sandbox.Runner;

/// <summary>A command that the runner would take from a line of the log.</summary>
public sealed record RunnerCommand(string Name, string Properties, string Message);

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

    /// <summary>Reads the commands that the runner would take from a log (actions/runner, ActionCommand.cs).</summary>
    public static IReadOnlyList<RunnerCommand> ReadCommands(string log) =>
        [.. log.Split('\n').SelectMany(l => l.Split('\r')).Select(ReadCommand).OfType<RunnerCommand>()];

    /// <summary>The command in one line, or null where the line is text.</summary>
    public static RunnerCommand? ReadCommand(string line)
    {
        var text = line.TrimStart();
        if (text.StartsWith("::", StringComparison.Ordinal) && text.IndexOf("::", 2, StringComparison.Ordinal) is > 2 and var end) return Named(text[2..end], text[(end + 2)..]);
        var begin = line.IndexOf("##[", StringComparison.Ordinal);
        if (begin < 0 || line.IndexOf(']', begin) is not (> 0 and var close)) return null;
        return Named(line[(begin + 3)..close], line[(close + 1)..]);
    }

    private static RunnerCommand Named(string head, string message)
    {
        var parts = head.Split(' ', 2);
        return new RunnerCommand(parts[0], parts.Length > 1 ? parts[1] : "", Unescaped(message));
    }

    private static string Unescaped(string text) => text
        .Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    private static string ReadHeredoc(string text, ref int at, string delimiter)
    {
        var value = new System.Text.StringBuilder();
        var newline = "";
        while (ReadLine(text, ref at, out var ending) is { } line)
        {
            if (line == delimiter) return value.ToString();
            value.Append(newline).Append(line);
            if (ending.Length == 0) throw new FormatException($"Invalid value. EOF value must be followed by a newline, '{delimiter}'");
            newline = ending;
        }

        throw new FormatException($"Invalid value. Matching delimiter not found '{delimiter}'");
    }

    // A line ends at \r\n or \n; the value keeps the endings it had.
    private static string? ReadLine(string text, ref int at, out string ending)
    {
        ending = "";
        if (at >= text.Length) return null;
        var end = text.IndexOf('\n', at);
        var line = end < 0 ? text[at..] : text[at..end];
        at = end < 0 ? text.Length : end + 1;
        if (end >= 0) ending = line.EndsWith('\r') ? "\r\n" : "\n";
        return ending == "\r\n" ? line[..^1] : line;
    }

    private static string NonEmpty(string text, string line) => text.Length > 0 ? text : throw new FormatException($"Invalid format '{line}'. Name must not be empty");
}
