using System.Text;
using System.Text.Json;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Asks the other sources, in their order, until one has notes.</summary>
internal sealed class FallbackGathering(NotesRequest request, Readers readers, HistoryGathering history)
{
    public async Task<(string Source, string Notes)?> GatherAsync(
        IReadOnlyList<string> order, NotesFacts facts, CancellationToken cancellation)
    {
        for (var at = 0; at < order.Count && order[at] != "none"; at++)
        {
            var notes = await ReadAsync(order[at], isLast: at == order.Count - 1, facts, cancellation);
            if (notes is not null && notes.Trim().Length > 0) return (order[at], notes);
            if (order[at] == "fragments") continue;
            readers.Log.Line($"{facts.Path} has no section for {request.Release.Version}, and the source '{order[at]}' has no notes");
        }

        return null;
    }

    // A failing source leaves it to the next one. The failure of the last one is the run's.
    private async Task<string?> ReadAsync(string source, bool isLast, NotesFacts facts, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(source, facts, cancellation);
        }
        catch (ActionException e) when (!isLast && source is ("commits" or "generated"))
        {
            readers.Log.Notice($"There are no notes from the source '{source}': {e.Findings[0].Message}");
            return null;
        }
    }

    private async Task<string?> ReadAsync(string source, NotesFacts facts, CancellationToken cancellation) => source switch
    {
        "fragments" => ReadFragments(),
        "unreleased" => facts.Unreleased?.Body,
        "command" => await RunCommandAsync(facts, cancellation),
        "commits" => await WriteCommitsAsync(facts, cancellation),
        _ => await GenerateAsync(facts.Previous?.Name, cancellation),
    };

    private async Task<string> WriteCommitsAsync(NotesFacts facts, CancellationToken cancellation)
    {
        var commits = (await history.ReadAsync(facts.Previous, cancellation)).Commits;
        IEnumerable<string> earlier = await history.ReadEarlierAsync(facts.Previous, cancellation);
        return CommitNotes.Write(commits, request.Labels, facts.Changelog is { } changelog ? earlier.Append(changelog.File.Text) : earlier);
    }

    private Task<string?> GenerateAsync(string? previous, CancellationToken cancellation) =>
        readers.GitHub.GenerateNotesAsync(request.Release.Name, previous, readers.Runner.Sha ?? "HEAD", cancellation);

    private string? ReadFragments()
    {
        if (request.Fragments is not { } folder || !readers.Files.HasFolder(folder)) return null;
        // At least two dots: a README.md that explains the folder is no fragment.
        var files = readers.Files.Find([$"{folder}/*.*.md"], []).Select(path => (path, readers.Files.ReadText(path) ?? ""));
        return Fragments.Write(files);
    }

    // Whatever happens to it, the next source has its turn: a team's script must not stop a release.
    private async Task<string?> RunCommandAsync(NotesFacts facts, CancellationToken cancellation)
    {
        if (request.Command is not [var program, ..]) return Without("the input `command` names none");
        try
        {
            var path = program.Contains('/', StringComparison.Ordinal) ? readers.Files.Resolve(program) : program;
            var commits = await history.ReadCommitsAsync(facts.Previous, cancellation);
            var options = new CommandOptions { StandardInput = ToJson(commits), Timeout = request.CommandTimeout };
            var version = request.Release.Version.Text;
            var arguments = request.Command.Skip(1).Select(a => a.Replace("{version}", version, StringComparison.Ordinal));
            var result = await readers.Programs.RunAsync(path, [.. arguments], options, cancellation);
            if (!result.Succeeded) return Without($"'{program}' ended with {result.ExitCode}: {result.LastWords}");
            return result.Output.Trim().Length > 0 ? result.Output.Trim('\r', '\n') : Without($"'{program}' printed nothing");
        }
        catch (ActionException e)
        {
            return Without(e.Findings[0].Message);
        }
    }

    private string? Without(string reason)
    {
        readers.Log.Notice($"There are no notes from the command: {reason}");
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
