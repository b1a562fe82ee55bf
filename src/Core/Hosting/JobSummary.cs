using System.Text;

namespace ReleaseActions.Core.Hosting;

/// <summary>The page a run leaves behind: Markdown, collected while the action runs and written once at its end.</summary>
public sealed class JobSummary
{
    /// <summary>The runner drops a step's summary that is larger: 1 MiB (actions/runner, CreateStepSummaryCommand).</summary>
    internal const int MostBytes = 1024 * 1024;

    private const string CutNote = "\n\n_The summary was cut here: GitHub shows at most 1 MiB a step. The log has everything._\n";

    private readonly StringBuilder _text = new();

    /// <summary>The plan, which comes first; a later plan replaces an earlier one.</summary>
    internal string Plan { get; set; } = "";

    /// <summary>Adds a block of Markdown; a blank line is put before the next one.</summary>
    public void Add(string markdown) => _text.Append(markdown.TrimEnd('\n')).Append("\n\n");

    /// <summary>
    /// The whole page, cut where it is too long for the runner: at a line's end, or between two characters of a line without one.
    /// </summary>
    public string ToMarkdown()
    {
        var text = (Plan.Length == 0 ? "" : Plan.TrimEnd('\n') + "\n\n") + _text;
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes) return text;
        var room = MostBytes - Encoding.UTF8.GetByteCount(CutNote);
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        var end = bytes[..room].LastIndexOf((byte)'\n');
        if (end < 0) for (end = room; (bytes[end] & 0xC0) == 0x80;) end--;
        return Encoding.UTF8.GetString(bytes[..end]) + CutNote;
    }
}
