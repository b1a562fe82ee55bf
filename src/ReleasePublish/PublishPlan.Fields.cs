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
        if (Facts.Release is not { } release || (IsPublished && !Request.IsMoving) || HasNoRoom(fields)) return fields;
        if (IsPublished && release.TargetCommitish != Commit) fields = fields with { TargetCommitish = Commit };
        // The release continues at this commit, also where its notes stay unchanged: its mark must not name another.
        return (fields.Body ?? release.Body) is { } body || Request.IsMoving
            ? fields with { Body = Marked(fields.Body ?? release.Body ?? "") }
            : fields;
    }

    private string Marked(string body) => Facts.IsAdopted || Request.IsMoving
        ? ReleaseNotes.Marked(body, Tag.Name, Commit) : ReleaseNotes.WithCommit(body, Commit);

    /// <summary>What happens to the flag: on a release that is there a person may have set it, and only an input clears it.</summary>
    private bool? FindPrerelease() => Facts.Release switch
    {
        null => Request.Prerelease,
        { Draft: true } draft => Request.NamedPrerelease ?? (draft.Prerelease || Request.Prerelease),
        _ => Request.NamedPrerelease,
    };

    /// <summary>What happens to the latest release where this one is public: what an input says, or what a promotion brings.</summary>
    private bool? FindLatest()
    {
        if (Facts.Release is not { Draft: false } release || IsPrerelease) return null;
        if (release.Prerelease) return MakeLatest;
        if (Request.NamedLatest is not { } named || named == Facts.IsLatest) return null;
        // Another release may have become the latest since, which is no difference that stops a rerun.
        return named || Request.OnExisting == OnExisting.Update ? named : null;
    }

    /// <summary>How title and notes differ from the request, where they stay unchanged; null where they do not.</summary>
    private string? TextDiffers()
    {
        var release = Facts.Release!;
        var isTitle = Request.NamesTitle && Request.Presentable(Request.Title) != release.Name;
        var isNotes = Facts.Notes is not null && !ReleaseNotes.Has(release.Body, Given);
        return (isTitle, isNotes) switch
        {
            (true, true) => "its title and notes differ from the request and stay",
            (true, false) => "its title differs from the request and stays",
            (false, true) => "its notes differ from the request and stay",
            _ => null,
        };
    }

    private ReleaseFields FieldsOfRequest()
    {
        var fields = new ReleaseFields(Tag.Name) { Prerelease = FindPrerelease() };
        if (!WritesNotes(Request, Facts.Release)) return fields;
        if (Facts.Release is { } release && Request.BodyMode == BodyMode.Append)
            return fields with { Body = HasNotes ? Appended(release.Body ?? "") : null };
        return fields with { Name = FindTitle(), Body = HasNotes || Facts.Release is null ? Composed() : null };
    }

    // The default is for a release that has none: a title that a person chose goes only where somebody chose another.
    private string? FindTitle()
    {
        var isOwn = Facts.Release is null or { Draft: true, Name: null or "" } || (Facts.Release.Draft && !Facts.IsAdopted);
        return isOwn || (Request.NamesTitle && Request.BodyMode != BodyMode.Keep) ? Request.Presentable(Request.Title) : null;
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
