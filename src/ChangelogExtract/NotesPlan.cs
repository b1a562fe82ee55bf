using System.Globalization;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ChangelogExtract;

/// <summary>The notes of one version and their source, and what is wrong with the changelog where it is checked. Pure.</summary>
internal sealed partial record NotesPlan : IPlan
{
    private readonly NotesRequest _request;
    private readonly NotesFacts _facts;
    private readonly Finding? _refusal;
    private readonly bool _hadHidden;

    private NotesPlan(NotesRequest request, NotesFacts facts)
    {
        (_request, _facts) = (request, facts);
        if (request.Lint || request.Fix)
        {
            var links = new ChangelogLinks(facts.Changelog!, request.Versions, facts.Repository, facts.TagNames);
            var lint = new ChangelogLint(facts.Changelog!, facts.Path, facts.Tags, request.Versions, links);
            Findings = request.LintAll ? lint.CheckAll() : lint.Check();
            Earlier = request.LintAll ? 0 : lint.CountEarlier();
        }

        if (!request.WantsNotes) return;
        _refusal = RefusalOf(request, facts);
        if (_refusal is not null) return;
        (Section, Source, var written) = Choose(facts);
        var shown = NotesText.ShowHidden(written);
        (Notes, _hadHidden) = (Finish(shown), shown != written);
    }

    /// <summary>What is wrong with the changelog; empty where it is not checked.</summary>
    public IReadOnlyList<Finding> Findings { get; } = [];

    /// <summary>How many findings on earlier releases are not listed.</summary>
    public int Earlier { get; }

    /// <summary>The changelog's text that a fix writes; null where it writes none.</summary>
    public string? Fixed => _facts.Fixed;

    /// <summary>The changelog's path.</summary>
    public string Path => _facts.Path;

    /// <summary>The notes; null where none are wanted, or they are refused.</summary>
    public string? Notes { get; }

    /// <summary>Where the notes come from: a word of the output <c>source</c>.</summary>
    public string Source { get; } = "";

    /// <summary>The section of the notes; null where another source made them.</summary>
    public ChangelogSection? Section { get; }

    /// <summary>Where the notes are written.</summary>
    public string NotesFile => _request.NotesFile;

    /// <summary>The entries of the notes, with those who contributed.</summary>
    public IReadOnlyList<Change> Changes => ChangesIn(Notes ?? "");

    /// <summary>The release's title.</summary>
    public string Title => _request.Title;

    /// <summary>The section's date, or empty.</summary>
    public string Date => Section?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The version that this one follows, or empty.</summary>
    public string PreviousVersion => _facts.Previous?.Version.Text ?? "";

    /// <summary>The page that compares the previous tag with this one, or empty.</summary>
    public string CompareUrl => _facts.Previous is { } previous && _request.Repository is { } repository
        ? $"{new CompareLink(repository, previous.Name, _request.Release.Name)}" : "";

    /// <inheritdoc/>
    // A fix is written first; what it leaves is reported then.
    public IReadOnlyList<Finding> Refusals
    {
        get
        {
            if (Fixed is not null && !_request.IsDryRun) return [];
            return _refusal is null ? Findings : [.. Findings, _refusal];
        }
    }

    /// <summary>Chooses the notes.</summary>
    public static NotesPlan For(NotesRequest request, NotesFacts facts) => new(request, facts);

    /// <inheritdoc/>
    public string ToMarkdown() => !_request.WantsNotes ? CheckToMarkdown() : $"""
        ## Release notes for {Markdown.Text(_request.Release.Version.Text)}

        {(Notes is null ? $"There are none: {SentencesOf(_refusal!)}" : $"From {Origin}{Comparison}.")}

        {Notes}
        """;

    /// <inheritdoc/>
    public void WriteTo(Log log)
    {
        if (Fixed is not null) log.Line($"--- {Path}\n+++ {Path}, fixed\n{_facts.Difference}");
        var fix = Fixed is null ? "nothing-to-do" : _request.IsDryRun ? "dry-run" : null;
        if (_request.Fix && fix is not null) log.Step("fix", ("file", Path), ("status", fix));
        if (_request.Fix || _request.Lint)
            log.Step("lint", ("file", Path), ("sections", _facts.Changelog!.Sections.Count),
                ("findings", Findings.Count), ("earlier", Earlier));
        if (_request.Explain) Explain(log);
        if (Notes is not { } notes) return;
        if (_hadHidden) log.Notice("The notes had invisible or bidirectional characters; they are escaped, such as \\u202e");
        if (!NotesOutputs.Fits(notes))
            log.Notice($"The notes are longer than {NotesOutputs.MostBytes:#,0} bytes and are only in the file; pass on `notes-file`");
        log.Step("notes", ("version", _request.Release.Version), ("source", Source), ("bytes", Encoding.UTF8.GetByteCount(notes)));
    }

    private void Explain(Log log)
    {
        foreach (var section in _facts.Sections)
        {
            log.Line($"'{section.Heading}' on line {section.Line} begins the section: {section.Evidence.Start}");
            log.Line($"It ends where {section.Evidence.Stop}");
            if (section.Refusal is { } refusal) log.Line($"It is refused: line {refusal.Line}, {refusal.Message}");
        }

        if (_facts.Sections.Count == 0) log.Line($"No heading of {Path} begins a section of {_request.Release.Version}");
    }

    private string CheckToMarkdown()
    {
        var findings = Findings.Select(f => $"- Line {f.Line}: {SentencesOf(f)}");
        var list = Findings.Count > 0 ? string.Join('\n', findings)
            : Earlier == 0 ? "Nothing is wrong with it." : "Nothing is wrong with what is read next.";
        var rest = Earlier == 0 ? "" : $"\n\nThe sections of earlier releases have {Earlier:#,0} more; `lint-all` lists them.";
        return $"## Check of {Markdown.Code(Path)}\n\n{list}{rest}";
    }

    private static string SentencesOf(Finding finding) => Markdown.Text($"{finding.Message}. {finding.Remedy}.");

    private string Comparison => CompareUrl.Length == 0 ? "" : $"; [compare with {Markdown.Text(_facts.Previous!.Name)}]({CompareUrl})";

    private string Origin => Source switch
    {
        "changelog" => $"the changelog, line {Section!.Line}",
        "unreleased" => $"the changelog's Unreleased, line {Section!.Line}",
        "fragments" => "the folder of fragments",
        "command" => "the command that the workflow names",
        "generated" => "GitHub's generated notes",
        _ => "the commits since the previous release",
    };
}
