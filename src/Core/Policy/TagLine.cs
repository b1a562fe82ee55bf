using System.IO.Enumeration;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Policy;

/// <summary>What the first line of a tag's message must look like: the one place that holds a message against <c>version.tag-message</c>. Pure.</summary>
/// <param name="Wanted">The policy's text with the version filled in, where * is any text.</param>
public sealed record TagLine(string Wanted)
{
    /// <summary>What a policy wants of a tag; null where it wants nothing.</summary>
    public static TagLine? Of(VersionPolicy policy, ReleaseTag release) => policy.TagMessage is { } pattern ? new TagLine(release.Fill(pattern)) : null;

    /// <summary>Whether a line is so. A star is some text, not none.</summary>
    public bool Fits(string line) =>
        FileSystemName.MatchesSimpleExpression(Wanted.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "?*", StringComparison.Ordinal), line, ignoreCase: false);

    /// <summary>A line that is so, with a text at each star.</summary>
    public string With(string text) => Wanted.Replace("*", text, StringComparison.Ordinal);
}
