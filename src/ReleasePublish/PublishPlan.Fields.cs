using ReleaseActions.Core.Policy;

namespace ReleaseActions.ReleasePublish;

/// <summary>What the release is to say.</summary>
internal sealed partial record PublishPlan
{
    /// <summary>Whether notes are to go below others, and do not fit.</summary>
    public bool NotesFindNoRoom => HasNoRoom(Fields);

    // As everybody may read them.
    private string Given => Facts.Notes is { } notes ? Request.Presentable(notes) : "";

    private string Generated => Facts.Generated is { } notes ? Request.Presentable(notes) : "";

    private bool HasNotes => Facts.Notes is not null || Generated.Length > 0;

    // For notes that are too long. A file that an earlier step wrote is on no page, unless it is attached.
    private string? NotesLink
    {
        get
        {
            var attached = Facts.Files.FirstOrDefault(f => f.File.Path == Request.Body.Path)?.File.Name;
            return attached is not null ? Request.DownloadOf(attached)
                : Facts.NotesPath is { } path ? Request.PageOf(path, Commit)
                : null;
        }
    }

    private ReleaseFields FindFields()
    {
        var fields = FieldsOfRequest();
        if (Facts.Release is not { Draft: true, Body: { } there } || HasNoRoom(fields)) return fields;
        // Our draft continues at this commit, also where its notes stay unchanged: its mark must not name another.
        return fields with { Body = ReleaseNotes.WithCommit(fields.Body ?? there, Commit) };
    }

    private ReleaseFields FieldsOfRequest()
    {
        var fields = new ReleaseFields(Tag.Name) { Prerelease = Request.Prerelease };
        if (!WritesNotes(Request, Facts.Release)) return fields;
        if (Facts.Release is { } release && Request.BodyMode == BodyMode.Append)
            return fields with { Body = HasNotes ? Appended(release.Body ?? "") : null };
        return fields with { Name = Request.Presentable(Request.Title), Body = HasNotes || Facts.Release is null ? Composed() : null };
    }

    private string Composed() => Generated.Length == 0
        ? ReleaseNotes.Compose(Given, Tag.Name, Commit, NotesLink)
        : ReleaseNotes.Compose(Given, Generated, Tag.Name, Commit, NotesLink);

    // Given notes and generated ones are appended independently: each is there once, whichever came first.
    private string? Appended(string body) => ReleaseNotes.Append(body, Given, Tag.Name, Commit, NotesLink) is { } given
        ? ReleaseNotes.AppendGenerated(given, Generated, Tag.Name, Commit, NotesLink)
        : null;

    private bool HasNoRoom(ReleaseFields fields) =>
        Request.BodyMode == BodyMode.Append && Facts.Release is not null && fields.Body is null && HasNotes;
}
