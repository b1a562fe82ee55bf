using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ChangelogExtract;

/// <summary>How the notes become the text of a release's page.</summary>
internal sealed partial record NotesPlan
{
    // release-publish writes a comment below the notes; they must not be cut a second time for it.
    private const int RoomForAComment = 500;

    private string Finish(string notes)
    {
        var (repository, tag) = (_request.Repository, _request.Release.Name);
        notes = NotesText.Bounded(notes);
        var file = Source is "changelog" or "unreleased" ? Path : "";
        if (_request.AbsoluteLinks && repository is not null && Source != "generated")
            notes = NotesLinks.ToAbsolute(notes, repository, tag, file);
        if (_facts.Template is { } template) notes = NotesTemplate.Fill(template, _request.Template, Values(notes), ChangesIn(notes));
        if (_request.Mentions == Mentions.Neutralise) notes = NotesText.WithoutMentions(notes);
        var hasFile = repository is not null && file.Length > 0;
        var link = hasFile ? $"{repository}/blob/{Uri.EscapeDataString(tag)}/{EscapedPath(file)}" : CompareUrl;
        return NotesText.Shortened(notes, NotesText.MostCharacters - RoomForAComment, link.Length == 0 ? null : link);
    }

    private Dictionary<string, string> Values(string notes) => new()
    {
        ["notes"] = notes,
        ["version"] = _request.Release.Version.Text,
        ["tag"] = _request.Release.Name,
        ["title"] = Title,
        ["date"] = Date,
        ["previous-version"] = PreviousVersion,
        ["compare-url"] = CompareUrl,
    };

    private IReadOnlyList<Change> ChangesIn(string notes) => _facts.History?.ChangesIn(notes) ?? Change.In(notes);

    private static string EscapedPath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
