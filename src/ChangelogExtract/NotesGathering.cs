using System.Text;
using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Reads the changelog, the tags and, where there is no section for the version, the other sources.</summary>
internal sealed partial class NotesGathering(NotesRequest request, Readers readers)
{
    private readonly HistoryGathering _history = new(readers);

    public async Task<NotesFacts> GatherAsync(CancellationToken cancellation)
    {
        var isChecked = request.Lint || request.Fix;
        if (!isChecked || request.WantsNotes) readers.Files.RequirePlace(request.NotesFile);
        var facts = await ReadChangelogAsync(isChecked ? request.Changelog : request.ChangelogOfVersion, cancellation);
        if (!isChecked) return await ReadNotesAsync(facts, cancellation);
        if (facts.Changelog is null)
            throw ActionException.BadInput($"There is no changelog at '{PlainText.Inert(facts.Path)}'", "Name it with `path`");
        facts = facts with { Repository = request.Repository ?? PageOf(await readers.Git.OriginAsync(cancellation)) };
        if (request.Fix) return await ReadFixAsync(facts, cancellation);
        return request.WantsNotes ? await ReadNotesAsync(facts, cancellation) : facts;
    }

    private async Task<NotesFacts> ReadChangelogAsync(string path, CancellationToken cancellation)
    {
        var changelog = readers.Files.ReadText(path) is { } text ? request.Parse(text) : null;
        _history.Tags = await ReadTagsAsync(changelog, cancellation);
        return new NotesFacts(path, changelog, ReleaseTag.Among(_history.Tags.Keys, request.Versions.TagPrefix, request.Versions.Order))
        {
            TagNames = [.. _history.Tags.Keys],
        };
    }

    // On a laptop there may be no remote. A section needs none; only the link that compares two tags is missing then.
    private async Task<IReadOnlyDictionary<string, string>> ReadTagsAsync(Changelog? changelog, CancellationToken cancellation)
    {
        var isAlone = changelog is not null && !readers.Runner.IsRunner && await readers.Git.OriginAsync(cancellation) is null;
        if (!isAlone) return await readers.Git.ListRemoteTagsAsync(cancellation);
        readers.Log.Notice("The checkout has no remote `origin`, so the previous version is not known");
        return new Dictionary<string, string>();
    }

    private async Task<NotesFacts> ReadNotesAsync(NotesFacts facts, CancellationToken cancellation)
    {
        var version = request.Release.Version;
        var isFilePerVersion = request.ChangelogOfVersion != request.Changelog;
        facts = facts with
        {
            Sections = (isFilePerVersion ? facts.Changelog?.OfFile(version) : facts.Changelog?.Find(version)) ?? [],
            Previous = ReleaseTag.Before(version, facts.Tags, request.Versions.Order),
            Template = ReadTemplate(),
        };
        if (facts.Sections.Count == 0)
        {
            facts = facts with { Named = facts.Changelog?.NamedWithoutSection(version.Text) };
            var others = new FallbackGathering(request, readers, _history);
            var sources = SourcesFor(facts, hasChangelog: facts.Changelog is not null || HasOthers(isFilePerVersion));
            facts = facts with { Fallback = await others.GatherAsync(sources, facts, cancellation) };
        }

        return facts with { History = await ReadHistoryAsync(facts, cancellation) };
    }

    // A changelog that names the version has its notes, where a person must look. Unreleased may be taken where it is about this version.
    private IReadOnlyList<string> SourcesFor(NotesFacts facts, bool hasChangelog)
    {
        var sources = request.Sources(hasChangelog);
        if (facts.Named is null) return sources;
        var isPending = facts.Unreleased is { } unreleased && facts.Changelog!.PendingSection(request.Release.Version) == unreleased;
        return [.. sources.Where(s => s == "fragments" || (s == "unreleased" && isPending))];
    }

    // Other versions have files.
    private bool HasOthers(bool isFilePerVersion) => isFilePerVersion
        && readers.Files.Find([request.Changelog.Replace("{version}", "*", StringComparison.Ordinal)], []).Any();

    private string? ReadTemplate() => request.Template switch
    {
        "raw" => null,
        "grouped" => NotesTemplate.Grouped,
        var file => readers.Files.ReadText(file)
            ?? throw ActionException.BadInput(
                $"There is no template at '{PlainText.Inert(file)}'", "Give raw, grouped, or the path of a file"),
    };

    // A failure to find the contributors must not fail notes that a person wrote.
    private async Task<History?> ReadHistoryAsync(NotesFacts facts, CancellationToken cancellation)
    {
        if (facts.Fallback is { Source: "commits" }) return await _history.ReadAsync(facts.Previous, cancellation);
        var hasNotes = facts.Sections.Count > 0 || facts.Fallback is not null;
        if (!hasNotes || facts.Template?.Contains("{contributors}", StringComparison.Ordinal) != true) return null;
        try
        {
            return await _history.ReadAsync(facts.Previous, cancellation);
        }
        catch (ActionException e)
        {
            readers.Log.Notice($"The contributors are those that the notes name: {e.Findings[0].Message}. {e.Findings[0].Remedy}.");
            return null;
        }
    }

    private async Task<NotesFacts> ReadFixAsync(NotesFacts facts, CancellationToken cancellation)
    {
        var text = await ReadStrictlyAsync(facts.Path, cancellation);
        var @fixed = ChangelogFix.Fix(text, request.Parse, request.Versions, facts.Repository, facts.TagNames);
        if (@fixed == text) return facts;
        return facts with { Fixed = @fixed, Changelog = request.Parse(@fixed), Difference = await DiffAsync(text, @fixed, cancellation) };
    }

    // Strictly, and with a byte order mark: what is written back must differ only in what is fixed.
    private async Task<string> ReadStrictlyAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using var reader = new StreamReader(readers.Files.OpenRead(path), utf8, detectEncodingFromByteOrderMarks: false);
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (DecoderFallbackException)
        {
            throw ActionException.BadInput($"The file '{PlainText.Inert(path)}' is not in UTF-8", "Save it in UTF-8 first");
        }
    }

    private async Task<string> DiffAsync(string before, string after, CancellationToken cancellation)
    {
        string[] files = [readers.Files.WriteScratch("before", before), readers.Files.WriteScratch("after", after)];
        string[] options = ["--no-index", "--no-color", "--no-ext-diff", "--no-textconv", "--text"];
        var result = await readers.Git.TryAsync(["diff", .. options, "--", .. files], cancellation);
        return string.Join('\n', result.Lines.SkipWhile(l => !l.StartsWith("@@", StringComparison.Ordinal)));
    }

    /// <summary>The page of a repository by its address in git; null where that is not on a server.</summary>
    internal static string? PageOf(string? origin)
    {
        var match = Origin().Match(origin ?? "");
        return match.Success ? $"https://{match.Groups["host"].Value}/{match.Groups["name"].Value}" : null;
    }

    // https://github.com/acme/shop.git, git@github.com:acme/shop.git, ssh://git@github.com/acme/shop
    private const string OriginPattern =
        @"^(?:https://(?:[^@/]*@)?|ssh://git@|git@)(?<host>[A-Za-z0-9.-]+)[:/](?<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?$";

    [GeneratedRegex(OriginPattern, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Origin();
}
