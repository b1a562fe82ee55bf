using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// Turns what is unreleased into a dated section of one version, with the links that belong to it. Every other character stays. Pure.
/// </summary>
/// <param name="Release">The version and its tag.</param>
/// <param name="Previous">The release before it, where the compare link begins; null for a first release.</param>
/// <param name="Date">The day in the heading.</param>
internal sealed partial record ChangelogRoll(ReleaseTag Release, ReleaseTag? Previous, DateOnly Date)
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Whether what is unreleased stays so, and the notes alone make the section.</summary>
    public bool LeavesUnreleased { get; init; }

    /// <summary>How the versions of the changelog are read.</summary>
    public VersionScheme Scheme { get; init; } = VersionSchemes.SemVer;

    /// <summary>The product whose section it is, where several share the changelog; its headings name it then.</summary>
    public string? Product { get; init; }

    /// <summary>
    /// The changelog with the new section: below <c>Unreleased</c>, whose text becomes the section's, or else before the newest version.
    /// </summary>
    /// <param name="text">The changelog.</param>
    /// <param name="notes">What comes first in the section, Markdown without blank lines at its ends; empty where <c>Unreleased</c> has
    /// everything.</param>
    /// <exception cref="ActionException">The notes would begin or end a section of their own (exit 2).</exception>
    public string Apply(string text, string notes)
    {
        var body = text.TrimStart(ByteOrderMark);
        var file = RolledFile.Read(body, Product, Scheme);
        var heading = HeadingIn(file);
        var edits = new SliceEdits(body);
        Insert(edits, LeavesUnreleased && file.First is not null ? file with { Unreleased = null } : file, heading, notes);
        if (file.Unreleased is { } unreleased) MoveLinkOfHeading(edits, unreleased);
        MoveDefinitions(edits, file, heading);
        var rolled = edits.ToString();
        RefuseStraySections(body, rolled);
        return text[..^body.Length] + rolled;
    }

    /// <summary>Whether a text is what this makes of a changelog, whatever day its section names and whatever its section says.</summary>
    /// <param name="before">The changelog.</param>
    /// <param name="after">The text.</param>
    /// <exception cref="ActionException">One of them cannot be read (exit 2).</exception>
    public bool IsMadeOf(string before, string after) => AroundSection(after) is { } around && around == AroundSection(Apply(before, "x"));

    // How many blank lines separate a section from its neighbours depends on its text.
    private (int Mark, string Above, string Below)? AroundSection(string text)
    {
        var body = text.TrimStart(ByteOrderMark);
        if (Changelog.Parse(text, Scheme).Of(Product).Find(Release.Version) is not [var section]) return null;
        return (text.Length - body.Length, body[..section.HeadingBegin].TrimEnd(), body[section.TextEnd..].TrimStart());
    }

    private static string NewlineOf(string text) =>
        text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var at && text[at - 1] == '\r' ? "\r\n" : "\n";

    private static int EndOfLine(string text, int at) =>
        text.IndexOf('\n', Math.Min(at, text.Length)) is >= 0 and var newline ? newline + 1 : text.Length;

    private static void Insert(SliceEdits edits, RolledFile file, string heading, string notes)
    {
        var (text, unreleased, newest) = (file.Text, file.Unreleased, file.Newest ?? file.First);
        var newline = NewlineOf(text);
        var section = notes.Length == 0 ? heading : heading + newline + newline + notes.ReplaceLineEndings(newline);
        if (unreleased is null && newest is not null)
        {
            edits.Replace(newest.HeadingBegin, 0, section + newline + newline);
            return;
        }

        // Below Unreleased, or at the end of a file without a single version.
        var at = unreleased is null ? text.Length : unreleased.Begin;
        var isLineOpen = at > 0 && text[at - 1] != '\n';
        edits.Replace(at, 0, isLineOpen ? newline + newline + section : (at == 0 ? "" : newline) + section + newline);
    }

    // A heading of a version in the notes would take the rest of the section with it.
    private void RefuseStraySections(string before, string after)
    {
        var now = Changelog.Parse(after, Scheme).Sections.Where(s => s.Version is not null).ToList();
        var old = Changelog.Parse(before, Scheme).Sections.Where(s => s.Version is not null).Select(s => (s.Heading, s.Body));
        // Below sections of other products, where they share the file; else it is the first.
        bool IsNew(ChangelogSection section) => section.Version == Release.Version && Changelog.IsOf(section.Product, Product);
        var at = Product is null ? 0 : Math.Max(0, now.FindIndex(IsNew));
        var others = now.Where((_, i) => i != at).Select(s => (s.Heading, s.Body));
        if (now.Count > 0 && now[at].Version == Release.Version && now[at].Refusal is null && others.SequenceEqual(old)) return;
        throw ActionException.BadInput(
            $"The notes of {Release.Version} cannot be put into the changelog: they hold a heading that begins or ends a section",
            "Give headings in the notes three # or more, close code fences and comments, and name no version in them");
    }
}

/// <summary>A changelog that is rolled, and the sections that matter for it.</summary>
/// <param name="Changelog">All its sections.</param>
/// <param name="Unreleased">The section of what is unreleased, the product's where one is chosen; or null.</param>
/// <param name="Newest">The first section of a version, the product's where one is chosen; or null.</param>
/// <param name="First">The first section of any version, or null.</param>
internal sealed record RolledFile(Changelog Changelog, ChangelogSection? Unreleased, ChangelogSection? Newest, ChangelogSection? First)
{
    public string Text => Changelog.File.Text;

    public static RolledFile Read(string text, string? product, VersionScheme scheme)
    {
        var changelog = Changelog.Parse(text, scheme);
        bool IsOurs(ChangelogSection section) => Changelog.IsOf(section.Product, product);
        var unreleased = changelog.Sections.FirstOrDefault(s => s.IsUnreleased && IsOurs(s));
        var versions = changelog.Sections.Where(s => s.Version is not null).ToList();
        return new RolledFile(changelog, unreleased, versions.Find(IsOurs), versions.FirstOrDefault());
    }
}
