using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Makes notes fit for publication.</summary>
public static partial class NotesText
{
    // Room to close what the cut leaves open.
    private const int MostCharactersToClose = 400;

    /// <summary>GitHub refuses a release with a longer text (a limit of its web application).</summary>
    public const int MostCharacters = 125_000;

    /// <summary>
    /// The notes with control characters, bidirectional marks and zero-width characters escaped, such as <c>\u202e</c>.
    /// Tabs, line ends, soft hyphens and the joiner inside emoji stay.
    /// </summary>
    public static string ShowHidden(string notes) =>
        string.Join('\n', notes.Split('\n').Select(line => string.Join('\r', line.Split('\r').Select(PlainText.Printable))));

    /// <summary>
    /// The notes, cut at the end of a line where they are too long, with a sentence that says so. The sentence is outside whatever the cut
    /// leaves open: that is closed before it.
    /// </summary>
    /// <param name="text">The notes.</param>
    /// <param name="most">The longest allowed, in characters.</param>
    /// <param name="link">Where all of it can be read, or null.</param>
    public static string Shortened(string text, int most, string? link)
    {
        if (text.Length <= most) return text;
        var more = link is null ? "" : $" [All of them]({link})";
        var note = $"_The notes were cut here: GitHub shows at most {MostCharacters:n0} characters.{more}_";
        var room = most - note.Length - 2;
        var kept = Closed(CutAtLine(text, room));
        if (kept.Length > room) kept = Closed(CutAtLine(text, room - MostCharactersToClose));
        if (kept.Length > room) kept = BeforeWhatIsOpen(CutAtLine(text, room));
        return kept.Length == 0 ? note : $"{kept}\n\n{note}";
    }

    /// <summary>
    /// The notes without an end that nobody will see: far more than <see cref="MostCharacters"/>, so that <see cref="Shortened"/> still
    /// says that they were cut. What else is done to notes takes many times their size.
    /// </summary>
    public static string Bounded(string text) => text.Length <= 4 * MostCharacters ? text : CutAtLine(text, 4 * MostCharacters);

    private static string CutAtLine(string text, int most)
    {
        var room = text[..most];
        var end = room.LastIndexOf('\n');
        return (end > 0 ? room[..end] : char.IsHighSurrogate(room[^1]) ? room[..^1] : room).TrimEnd();
    }
}
