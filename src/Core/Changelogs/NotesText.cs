using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Makes notes fit for publication.</summary>
public static partial class NotesText
{
    private const string NoWidth = "\u200b";

    /// <summary>
    /// The notes with control characters, bidirectional marks and zero-width characters escaped, such as <c>\u202e</c>.
    /// Tabs, line ends, soft hyphens and the joiner inside emoji stay.
    /// </summary>
    public static string ShowHidden(string notes) =>
        string.Join('\n', notes.Split('\n').Select(line => string.Join('\r', line.Split('\r').Select(PlainText.Printable))));

    /// <summary>The notes with each <c>@name</c> outside code made plain text, so that nobody is notified.</summary>
    public static string WithoutMentions(string notes)
    {
        var edits = new SliceEdits(notes);
        var document = MarkdownText.Parse(notes);
        foreach (var literal in document.Descendants<LiteralInline>().Where(l => !IsInHtmlCode(l))) Neutralise(notes, literal.Span, edits);
        foreach (var html in document.Descendants<HtmlBlock>().Where(b => b.Type != HtmlBlockType.Comment))
            Neutralise(notes, html.Span, edits);
        return edits.ToString();
    }

    /// <summary>The notes, cut at the end of a line where they are too long, with a sentence that says so.</summary>
    /// <param name="text">The notes.</param>
    /// <param name="most">The longest allowed, in characters.</param>
    /// <param name="link">Where all of it can be read, or null.</param>
    public static string Shortened(string text, int most, string? link)
    {
        if (text.Length <= most) return text;
        var more = link is null ? "" : $" [All of them]({link})";
        var note = $"\n\n_The notes were cut here: GitHub shows at most {MostCharacters:n0} characters.{more}_";
        // Room to close a code fence that the cut leaves open.
        var room = text[..(most - note.Length - 4)];
        var end = room.LastIndexOf('\n');
        var kept = (end > 0 ? room[..end] : char.IsHighSurrogate(room[^1]) ? room[..^1] : room).TrimEnd();
        var isFenceOpen = kept.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2 == 1;
        return kept + (isFenceOpen ? "\n```" : "") + note;
    }

    /// <summary>GitHub refuses a release with a longer text (a limit of its web application).</summary>
    public const int MostCharacters = 125_000;

    private static void Neutralise(string notes, SourceSpan span, SliceEdits edits)
    {
        if (span.Length <= 0 || span.End >= notes.Length) return;
        for (var at = span.Start; at <= span.End; at++)
            if (IsMention(notes, at)) edits.Replace(at, 1, "@" + NoWidth);
    }

    private static bool IsMention(string notes, int at)
    {
        if (notes[at] != '@' || at + 1 == notes.Length || !char.IsAsciiLetterOrDigit(notes[at + 1])) return false;
        var before = at == 0 ? ' ' : notes[at - 1];
        return !char.IsAsciiLetterOrDigit(before) && before != '_';
    }

    private static bool IsInHtmlCode(LiteralInline literal)
    {
        var depth = 0;
        for (var before = literal.PreviousSibling; before is not null; before = before.PreviousSibling)
        {
            if (before is HtmlInline html && CodeTag().Match(html.Tag) is { Success: true } tag)
                depth += tag.Groups["end"].Length > 0 ? -1 : 1;
            if (depth > 0) return true;
        }

        return false;
    }

    [GeneratedRegex("^<(?<end>/?)(?:code|pre|tt|kbd)\\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodeTag();
}
