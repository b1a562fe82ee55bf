using System.Text;
using System.Text.Json;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Reads the changelog and, where it has no section for the version, the other sources in their order until one has notes.</summary>
internal sealed class FactsReading(ChangelogExtractInputs inputs, World world)
{
    private readonly HistoryReading _history = new(world);
    private readonly Dictionary<string, Changelog?> _parsed = [];

    public async Task<NotesFacts> ReadAsync(CancellationToken cancellation)
    {
        var release = ReleaseTag.OfRun(inputs.Version, world.Runner.Ref, world.Policy.Version.TagPrefix);
        world.Policy.RequireProduct();
        var path = Path.Replace("{version}", release.Version.Text, StringComparison.Ordinal);
        var changelog = Parsed(path);
        var isFilePerVersion = path != Path;
        var sections = (isFilePerVersion ? changelog?.OfFile(release.Version) : changelog?.Find(release.Version)) ?? [];
        var previous = ReleaseTag.Before(release.Version, await ReadTagsAsync(cancellation), world.Policy.Version.Order);
        var facts = new NotesFacts(release, path, changelog, sections, previous, null) { Template = ReadTemplate() };
        if (sections.Count == 0) facts = facts with { Fallback = await ReadFallbackAsync(facts, cancellation) };
        return facts with { History = facts.Fallback?.History ?? await ReadContributorsAsync(facts, cancellation) };
    }

    /// <summary>Where the changelog lies; with <c>{version}</c> in it where each version has a file.</summary>
    /// <exception cref="ActionException">It depends on the product, and nobody named one (exit 2).</exception>
    public string Path => world.Policy.Filled(inputs.Path ?? world.Policy.Changelog.Path);

    /// <summary>A changelog as it is for the run's product, parsed once whoever asks; null where there is no such file.</summary>
    public Changelog? Parsed(string path) => _parsed.TryGetValue(path, out var known) ? known : _parsed[path] = world.Workspace.ReadText(path) is { } text ? Of(text) : null;

    /// <summary>The same of a text.</summary>
    public Changelog Of(string text) => Changelog.Parse(text).Of(world.Policy.ProductIn(inputs.Path));

    /// <summary>The released tags, highest first.</summary>
    public async Task<IReadOnlyList<ReleaseTag>> ReadTagsAsync(CancellationToken cancellation) =>
        ReleaseTag.Among((await world.Git.ListRemoteTagsAsync(cancellation)).Keys, world.Policy.Version.TagPrefix, world.Policy.Version.Order);

    private string? ReadTemplate() => inputs.Template switch
    {
        "raw" => null,
        "grouped" => NotesTemplate.Grouped,
        var file => world.Workspace.ReadText(file) ?? throw ActionException.BadInput($"There is no template at '{PlainText.Inert(file)}'", "Give raw, grouped, or the path of a file"),
    };

    private async Task<FoundNotes?> ReadFallbackAsync(NotesFacts facts, CancellationToken cancellation)
    {
        string[] order = ["fragments", .. inputs.Fallback ?? world.Policy.Changelog.Fallback];
        for (var at = 0; at < order.Length && order[at] != "none"; at++)
        {
            var found = await ReadSourceAsync(order[at], isLast: at == order.Length - 1, facts, cancellation);
            if (found is { Notes: var notes } && notes.Trim().Length > 0) return found;
            if (order[at] != "fragments") world.Log.Line($"{facts.Path} has no section for {facts.Release.Version}, and the source '{order[at]}' has no notes");
        }

        return null;
    }

    // What fails leaves it to the next source. The last one has nobody to leave it to: its failure is the run's.
    private async Task<FoundNotes?> ReadSourceAsync(string source, bool isLast, NotesFacts facts, CancellationToken cancellation)
    {
        try
        {
            return await ReadSourceAsync(source, facts, cancellation);
        }
        catch (ActionException e) when (!isLast && source is ("commits" or "generated"))
        {
            world.Log.Notice($"There are no notes from the source '{source}': {e.Findings[0].Message}");
            return null;
        }
    }

    private async Task<FoundNotes?> ReadSourceAsync(string source, NotesFacts facts, CancellationToken cancellation) => source switch
    {
        "fragments" => ReadFragments(),
        "unreleased" => facts.Changelog?.Sections.FirstOrDefault(s => s is { Version: null, IsEmpty: false }) is { } section ? new FoundNotes(source, section.Body, section) : null,
        "command" => await RunCommandAsync(facts, cancellation),
        "commits" => await ReadHistoryAsync(facts, cancellation),
        _ => await world.GitHub.GenerateNotesAsync(facts.Release.Name, facts.Previous?.Name, world.Runner.Sha ?? "HEAD", cancellation) is { } notes ? new FoundNotes(source, notes) : null,
    };

    private async Task<FoundNotes> ReadHistoryAsync(NotesFacts facts, CancellationToken cancellation)
    {
        var history = await _history.ReadAsync(facts.Previous, cancellation);
        return new FoundNotes("commits", CommitNotes.Write(history.Commits, world.Policy.Changelog.Labels)) { History = history };
    }

    // Where the template tells them. Notes that a person wrote must not fail for want of them.
    private async Task<History?> ReadContributorsAsync(NotesFacts facts, CancellationToken cancellation)
    {
        if (facts.Template?.Contains("{contributors}", StringComparison.Ordinal) != true || (facts.Sections.Count == 0 && facts.Fallback is null)) return null;
        try
        {
            return await _history.ReadAsync(facts.Previous, cancellation);
        }
        catch (ActionException e)
        {
            world.Log.Notice($"The contributors are those that the notes name: {e.Findings[0].Message}. {e.Findings[0].Remedy}.");
            return null;
        }
    }

    private FoundNotes? ReadFragments()
    {
        if ((inputs.Fragments ?? world.Policy.Changelog.Fragments) is not { } named || world.Policy.Filled(named) is not { } folder || !world.Workspace.HasFolder(folder)) return null;
        // Two dots at least: a README.md that explains the folder is no fragment.
        var files = world.Workspace.Find($"{folder.TrimEnd('/')}/*.*.md").Select(path => (path, world.Workspace.ReadText(path) ?? ""));
        return new FoundNotes("fragments", Fragments.Write(files));
    }

    // Whatever happens to it, the next source has its turn: a team's script must not stop a release.
    private async Task<FoundNotes?> RunCommandAsync(NotesFacts facts, CancellationToken cancellation)
    {
        if (inputs.Command is not [var program, ..]) return Without("the input `command` names none");
        try
        {
            var path = program.Contains('/', StringComparison.Ordinal) ? world.Workspace.Resolve(program) : program;
            var options = new CommandOptions { StandardInput = ToJson(await _history.ReadCommitsAsync(facts.Previous, cancellation)), Timeout = inputs.CommandTimeout };
            var result = await world.Commands.RunAsync(path, [.. inputs.Command.Skip(1).Select(a => a.Replace("{version}", facts.Release.Version.Text, StringComparison.Ordinal))], options, cancellation);
            if (!result.Succeeded) return Without($"'{program}' ended with {result.ExitCode}: {result.LastWords}");
            return result.Output.Trim().Length > 0 ? new FoundNotes("command", result.Output.Trim('\r', '\n')) : Without($"'{program}' printed nothing");
        }
        catch (ActionException e)
        {
            return Without(e.Findings[0].Message);
        }
    }

    private FoundNotes? Without(string reason)
    {
        world.Log.Notice($"There are no notes from the command: {reason}");
        return null;
    }

    private static string ToJson(IReadOnlyList<Commit> commits)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var commit in commits)
            {
                json.WriteStartObject();
                json.WriteString("sha", commit.Sha);
                json.WriteString("subject", commit.Subject);
                json.WriteString("body", commit.Body);
                json.WriteString("author", commit.Author);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
