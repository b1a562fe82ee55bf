using System.Text.RegularExpressions;
using Markdig.Syntax;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>A link that compares two tags, such as <c>https://github.com/acme/shop/compare/v1.2.2...v1.2.3</c>.</summary>
/// <param name="Page">The repository's page.</param>
/// <param name="From">The older tag, with nothing escaped.</param>
/// <param name="To">The newer tag, or a branch; with nothing escaped.</param>
public sealed partial record CompareLink(string Page, string From, string To)
{
    // Longer than any browser or server accepts.
    private const int MostCharacters = 4_000;

    /// <summary>Three as a rule; GitHub accepts two as well, and a file that has them keeps them.</summary>
    private string Dots { get; init; } = "...";

    /// <summary>The end of the address, such as <c>?expand=1</c>.</summary>
    private string Rest { get; init; } = "";

    /// <summary>The address as it was written; empty for a link that was made here.</summary>
    public string Url { get; private init; } = "";

    /// <summary>The place of the address in the file; empty where it is not there as it reads.</summary>
    public SourceSpan Place { get; private init; } = SourceSpan.Empty;

    /// <summary>The line in the file, counted from 1; 0 for a link that was not read from a file.</summary>
    public int Line { get; private init; }

    /// <summary>Reads an address; null where it compares nothing.</summary>
    public static CompareLink? Read(string url)
    {
        // A space is in no address, and would make the expression try every way to divide it.
        if (url.Length > MostCharacters || url.Any(char.IsWhiteSpace) || Address().Match(url) is not { Success: true } match) return null;
        string Part(string name) => Uri.UnescapeDataString(match.Groups[name].Value);
        return new CompareLink(match.Groups["page"].Value, Part("from"), Part("to"))
        {
            Dots = match.Groups["dots"].Value, Rest = match.Groups["rest"].Value, Url = url,
        };
    }

    /// <summary>An address in a file that is meant to compare; its page and its tags are empty where it cannot be read.</summary>
    internal static CompareLink At(string url, SourceSpan place, int line) =>
        (Read(url) ?? new CompareLink("", "", "")) with { Url = url, Place = place, Line = line };

    /// <summary>Whether an address is meant to compare, even one that cannot be read.</summary>
    internal static bool IsMeantBy(string url) => url.Contains("/compare/", StringComparison.Ordinal);

    /// <summary>The page of a release: the link of a first one, which has nothing to compare with.</summary>
    public static string ToRelease(string page, string tag) => $"{page}/releases/tag/{Escaped(tag)}";

    /// <summary>The page of what changed between two tags.</summary>
    /// <param name="page">The page of the repository.</param>
    /// <param name="from">The earlier tag.</param>
    /// <param name="to">The later tag.</param>
    public static string Between(string page, string from, string to) => $"{page}/compare/{Escaped(from)}...{Escaped(to)}";

    /// <summary>Whether another link compares the same, however it is written.</summary>
    public bool IsSameAs(CompareLink? other) => (other?.Page, other?.From, other?.To) == (Page, From, To);

    /// <summary>What is wrong with it as the link of a release; null where nothing is.</summary>
    /// <param name="path">The changelog's file.</param>
    /// <param name="previous">The release before it.</param>
    /// <param name="release">The release.</param>
    public Finding? Complaint(string path, ReleaseTag previous, ReleaseTag release)
    {
        var link = $"The compare link of {release.Version}";
        if (From != previous.Name)
            return new Finding($"{link} starts at '{From}'", $"Let it start at {previous.Name}, the release before it", path, Line);
        return To == release.Name ? null : new Finding($"{link} ends at '{To}'", $"Let it end at {release.Name}", path, Line);
    }

    /// <summary>The address.</summary>
    public override string ToString() => $"{Page}/compare/{Escaped(From)}{Dots}{Escaped(To)}{Rest}";

    // What is allowed in the path of an address stays readable, as GitHub itself writes it, such as the slash in billing/v1.2.3.
    private static string Escaped(string name) => Unsafe().Replace(name, m => Uri.EscapeDataString(m.Value));

    // The owner and the name come first, whatever they are: a repository may be called compare.
    private const string PagePattern = @"(?<page>(?:https?://[^/\s]+/[^/\s]+/[^/\s?#]+)?[^\s?#]*?)";

    private const string RangePattern = @"(?<from>[^.\s?#][^\s?#]*?)(?<dots>\.{2,3})(?<to>[^.\s?#][^\s?#]*)";

    [GeneratedRegex($@"^{PagePattern}/compare/{RangePattern}(?<rest>[?#]\S*)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("[^A-Za-z0-9._~/@+:-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unsafe();
}
