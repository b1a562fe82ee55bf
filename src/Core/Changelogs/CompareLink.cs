using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>An address that shows what changed from one tag to the next, such as <c>https://github.com/acme/shop/compare/v1.2.2...v1.2.3</c>: the one way to read and to write it.</summary>
/// <param name="Page">The repository's page.</param>
/// <param name="From">The older tag, with nothing escaped.</param>
/// <param name="To">The newer tag, or a branch; with nothing escaped.</param>
public sealed partial record CompareLink(string Page, string From, string To)
{
    /// <summary>Three as a rule; GitHub takes two as well, and a file that has them keeps them.</summary>
    private string Dots { get; init; } = "...";

    /// <summary>What stands behind it, such as <c>?expand=1</c>.</summary>
    private string Rest { get; init; } = "";

    // Longer than any browser or server takes.
    private const int MostCharacters = 4_000;

    /// <summary>Reads an address; null where it compares nothing.</summary>
    public static CompareLink? Read(string url)
    {
        if (url.Length > MostCharacters || Address().Match(url) is not { Success: true } match) return null;
        return new CompareLink(match.Groups["page"].Value, Uri.UnescapeDataString(match.Groups["from"].Value), Uri.UnescapeDataString(match.Groups["to"].Value))
        {
            Dots = match.Groups["dots"].Value, Rest = match.Groups["rest"].Value,
        };
    }

    /// <summary>Whether an address speaks of a comparison, even one that cannot be read.</summary>
    public static bool IsMeantBy(string url) => url.Contains("/compare/", StringComparison.Ordinal);

    /// <summary>The page of a release: where a first one leads, which has nothing to compare with.</summary>
    public static string ToRelease(string page, string tag) => $"{page}/releases/tag/{Escaped(tag)}";

    /// <summary>Whether another link compares the same, however it is written.</summary>
    public bool IsSameAs(CompareLink? other) => (other?.Page, other?.From, other?.To) == (Page, From, To);

    /// <summary>The address.</summary>
    public override string ToString() => $"{Page}/compare/{Escaped(From)}{Dots}{Escaped(To)}{Rest}";

    // What may stand in the path of an address stays readable, as GitHub itself writes it: the slash in billing/v1.2.3 among it.
    private static string Escaped(string name) => Unfit().Replace(name, m => Uri.EscapeDataString(m.Value));

    // The owner and the name come first, whatever they are: a repository may be called compare.
    [GeneratedRegex(@"^(?<page>(?:https?://[^/\s]+/[^/\s]+/[^/\s?#]+)?[^\s?#]*?)/compare/(?<from>[^.\s?#][^\s?#]*?)(?<dots>\.{2,3})(?<to>[^.\s?#][^\s?#]*)(?<rest>[?#]\S*)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("[^A-Za-z0-9._~/@+:-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unfit();
}
