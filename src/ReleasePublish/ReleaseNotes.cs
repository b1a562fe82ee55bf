using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// The text of a release: the notes, and at their end a comment that no reader sees. It says that the release is ours, of which
/// tag and commit, and which notes were written, so that a person's edits are noticed.
/// </summary>
internal static partial class ReleaseNotes
{
    /// <inheritdoc cref="NotesText.MostCharacters"/>
    internal const int MostCharacters = NotesText.MostCharacters;

    /// <summary>The notes with the mark, cut at a line's end where they are too long.</summary>
    public static string Compose(string notes, string tag, string commit, string? link)
    {
        var text = notes.ReplaceLineEndings("\n").Trim('\n');
        string Marked(string of) => $"<!-- release-actions: tag={tag} commit={commit} notes={Fingerprint(of)} -->";
        text = NotesText.Shortened(text, MostCharacters - Marked("").Length - 2, link);
        var mark = Marked(text);
        return text.Length == 0 ? mark : $"{text}\n\n{mark}";
    }

    /// <summary>The mark at the end of a release's text, or null where it bears none.</summary>
    public static Mark? FindMark(string? body)
    {
        var match = MarkAtEnd().Match(body ?? "");
        if (!match.Success) return null;
        var notes = body![..match.Index].ReplaceLineEndings("\n").Trim('\n');
        return new Mark(match.Groups["tag"].Value, match.Groups["commit"].Value, IsEdited: Fingerprint(notes) != match.Groups["notes"].Value);
    }

    private static string Fingerprint(string notes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(notes)))[..16];

    [GeneratedRegex(@"<!-- release-actions: tag=(?<tag>[^\s>]+) commit=(?<commit>[0-9a-f]{40}) notes=(?<notes>[0-9a-f]{16}) -->\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MarkAtEnd();
}

/// <summary>What the comment at the end of a release's text says.</summary>
/// <param name="Tag">The tag it was made for.</param>
/// <param name="Commit">The commit it was made for.</param>
/// <param name="IsEdited">Whether the notes before it are no longer those that were written.</param>
internal sealed record Mark(string Tag, string Commit, bool IsEdited);
