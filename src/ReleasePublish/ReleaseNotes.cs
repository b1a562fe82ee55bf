using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// The text of a release: the notes, and at their end a comment that no reader sees. It marks the release as ours, and names its
/// tag, its commit and the notes that were written, so that a person's edits are noticed.
/// </summary>
internal static partial class ReleaseNotes
{
    /// <inheritdoc cref="NotesText.MostCharacters"/>
    internal const int MostCharacters = NotesText.MostCharacters;

    // Less than this below other notes would be the sentence that they were cut, and little more.
    private const int LeastRoom = 1_000;

    // How each of our marks begins.
    private const string OurComment = "<!-- release-actions:";

    /// <summary>The notes with the mark, cut at a line's end where they are too long.</summary>
    public static string Compose(string notes, string tag, string commit, string? link)
    {
        var room = MostCharacters - MarkOf(tag, commit, Fingerprint("")).Length - 2;
        var text = NotesText.Shortened(Given(notes), room, link);
        // Where it does not fit any more, nothing but the mark follows, which is there for programs.
        if (NotesText.Closed(text) is { } closed && closed.Length <= room) text = closed;
        return Joined(text, MarkOf(tag, commit, Fingerprint(text)));
    }

    /// <summary>The same with the notes that GitHub generated below them.</summary>
    public static string Compose(string notes, string generated, string tag, string commit, string? link) =>
        AppendGenerated(Compose(notes, tag, commit, link), generated, tag, commit, link)
        ?? Compose(Joined(NotesText.Closed(Given(notes)), generated), tag, commit, link);

    /// <summary>
    /// A release's text with notes below it, once: a comment before them says which they are, so that another run with the same notes
    /// adds nothing, also where a person edited them meanwhile.
    /// </summary>
    /// <returns>The unchanged text where the notes were written before; null where they do not fit.</returns>
    public static string? Append(string body, string notes, string tag, string commit, string? link) =>
        Append(body, (Given(notes), Fingerprint(Given(notes))), tag, commit, link);

    /// <summary>The same with the notes that GitHub generated. They may read differently each time, and are added once anyway.</summary>
    public static string? AppendGenerated(string body, string notes, string tag, string commit, string? link) =>
        Append(body, (Given(notes), OfGenerated), tag, commit, link);

    /// <summary>Whether notes that GitHub generated are, or were, in a release's text.</summary>
    public static bool HasGenerated(string? body) => Appended().Matches(body ?? "").Any(m => m.Groups["notes"].Value == OfGenerated);

    private static string? Append(string body, (string Text, string Print) added, string tag, string commit, string? link)
    {
        var (text, before) = (TextOf(body), ReleaseMark.AtEnd().Match(body).Groups["notes"].Value);
        var isThere = before == added.Print
            || Appended().Matches(text).Any(m => m.Groups["notes"].Value == added.Print || m.Groups["after"].Value == added.Print);
        if (added.Text.Length == 0 || isThere) return body;
        var after = text.Length > 0 && before.Length > 0 ? $" after={before}" : "";
        var comment = $"<!-- release-actions: appended={added.Print}{after} -->\n";
        var above = NotesText.Closed(text);
        var room = MostCharacters - above.Length - comment.Length - MarkOf(tag, commit, added.Print).Length - 4;
        if (room < Math.Min(added.Text.Length, LeastRoom)) return null;
        var whole = Joined(above, comment + NotesText.Shortened(added.Text, room, link));
        // What a person wrote stays known as theirs: the fingerprint is then of other notes than these.
        var isOurs = text.Length == 0 || Fingerprint(text) == before;
        return Joined(whole, MarkOf(tag, commit, isOurs ? Fingerprint(whole) : added.Print));
    }

    /// <summary>The text with its mark naming another commit; unchanged where it has none.</summary>
    public static string WithCommit(string body, string commit) =>
        ReleaseMark.AtEnd().Match(body).Groups["commit"] is { Success: true } place
        ? string.Concat(body.AsSpan(0, place.Index), commit, body.AsSpan(place.Index + place.Length)) : body;

    /// <summary>
    /// A text that a person or another tool wrote, with our mark at its end where it has none; unchanged where there is no room.
    /// </summary>
    public static string Marked(string body, string tag, string commit)
    {
        if (FindMark(body) is { } mark && mark.Tag == tag) return WithCommit(body, commit);
        // Of other notes than these, so that they stay known as somebody's own.
        var marked = Joined(TextOf(body), MarkOf(tag, commit, Fingerprint("\0adopted")));
        return marked.Length <= MostCharacters ? marked : body;
    }

    /// <summary>Whether notes are in a release's text, wherever they are.</summary>
    public static bool Has(string? body, string notes) => Plain(body ?? "").Contains(Given(notes).Trim(), StringComparison.Ordinal);

    /// <summary>The mark at the end of a release's text, or null where it has none.</summary>
    public static Mark? FindMark(string? body)
    {
        var match = ReleaseMark.AtEnd().Match(body ?? "");
        if (!match.Success) return null;
        var isEdited = Fingerprint(TextOf(body!)) != match.Groups["notes"].Value;
        return new Mark(match.Groups["tag"].Value, match.Groups["commit"].Value, isEdited);
    }

    // Stands for the generated notes, however they read: no notes that people write have this fingerprint.
    private static string OfGenerated => Fingerprint("\0generated");

    private static string TextOf(string body) =>
        Plain(ReleaseMark.AtEnd().Match(body) is { Success: true } mark ? body[..mark.Index] : body);

    // Text from outside, in which nothing may look like one of our marks: with one, a changelog could make us omit the generated notes.
    private static string Given(string notes) => Plain(notes).Replace(OurComment, "<!-- not of release-actions:", StringComparison.Ordinal);

    private static string Plain(string notes) => notes.ReplaceLineEndings("\n").Trim('\n');

    private static string Joined(string one, string other) => one.Length == 0 ? other : $"{one}\n\n{other}";

    private static string MarkOf(string tag, string commit, string notes) =>
        $"<!-- release-actions: tag={tag} commit={commit} notes={notes} -->";

    private static string Fingerprint(string notes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notes)))[..16];

    [GeneratedRegex(
        @"<!-- release-actions: appended=(?<notes>[0-9a-f]{16})(?: after=(?<after>[0-9a-f]{16}))? -->", RegexOptions.CultureInvariant)]
    private static partial Regex Appended();
}

/// <summary>What the comment at the end of a release's text says.</summary>
/// <param name="Tag">The tag it was made for.</param>
/// <param name="Commit">The commit it was made for.</param>
/// <param name="IsEdited">Whether the notes before it are no longer those that were written.</param>
internal sealed record Mark(string Tag, string Commit, bool IsEdited);
