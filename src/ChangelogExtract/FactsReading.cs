using System.Text;
using System.Text.Json;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Reads the changelog and, where it has no section for the version, the other sources in their order until one has notes.</summary>
internal sealed class FactsReading(ChangelogExtractInputs inputs, World world)
{
    private IReadOnlyList<Commit>? _commits;

    public async Task<NotesFacts> ReadAsync(CancellationToken cancellation)
    {
        var policy = world.Policy.Changelog;
        var release = ReleaseTag.OfRun(inputs.Version, world.Runner, world.Policy.Version.TagPrefix);
        var path = (inputs.Path ?? policy.Path).Replace("{version}", release.Version.Text, StringComparison.Ordinal);
        var text = world.Workspace.ReadText(path);
        var changelog = text is null ? null : Changelog.Parse(text);
        var isFilePerVersion = (inputs.Path ?? policy.Path).Contains("{version}", StringComparison.Ordinal);
        IReadOnlyList<ChangelogSection> sections = text is null ? [] : isFilePerVersion ? Changelog.OfFile(text, release.Version) : changelog!.Find(release.Version, inputs.Product);
        var previous = (await ReadTagsAsync(cancellation)).FirstOrDefault(t => world.Policy.Version.Order.Compare(t.Version, release.Version) < 0);
        var facts = new NotesFacts(release, path, changelog, sections, previous, null);
        return sections.Count > 0 ? facts : facts with { Fallback = await ReadFallbackAsync(facts, cancellation) };
    }

    /// <summary>The released tags, highest first.</summary>
    public async Task<IReadOnlyList<ReleaseTag>> ReadTagsAsync(CancellationToken cancellation) =>
        ReleaseTag.Among((await world.Git.ListRemoteTagsAsync(cancellation)).Keys, world.Policy.Version.TagPrefix, world.Policy.Version.Order);

    private async Task<FoundNotes?> ReadFallbackAsync(NotesFacts facts, CancellationToken cancellation)
    {
        foreach (var source in inputs.Fallback is { } given ? ["fragments", .. given] : (string[])["fragments", .. world.Policy.Changelog.Fallback])
        {
            if (source == "none") return null;
            var found = await ReadSourceAsync(source, facts, cancellation);
            if (found is { Notes: var notes } && notes.Trim().Length > 0) return found;
            if (source != "fragments") world.Log.Line($"{facts.Path} has no section for {facts.Release.Version}, and the source '{source}' has no notes");
        }

        return null;
    }

    private async Task<FoundNotes?> ReadSourceAsync(string source, NotesFacts facts, CancellationToken cancellation) => source switch
    {
        "fragments" => ReadFragments(),
        "unreleased" => facts.Changelog?.Sections.FirstOrDefault(s => s is { Version: null, IsEmpty: false }) is { } section ? new FoundNotes(source, section.Body, section) : null,
        "command" => await RunCommandAsync(facts, cancellation),
        "commits" => new FoundNotes(source, CommitNotes.Write(await ReadCommitsAsync(facts.Previous, cancellation))),
        _ => await world.GitHub.GenerateNotesAsync(facts.Release.Name, facts.Previous?.Name, world.Runner.Sha ?? "HEAD", cancellation) is { } notes ? new FoundNotes(source, notes) : null,
    };

    private FoundNotes? ReadFragments()
    {
        if ((inputs.Fragments ?? world.Policy.Changelog.Fragments) is not { } folder || !world.Workspace.HasFolder(folder)) return null;
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
            var options = new CommandOptions { StandardInput = ToJson(await ReadCommitsAsync(facts.Previous, cancellation)), Timeout = inputs.CommandTimeout };
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

    private async Task<IReadOnlyList<Commit>> ReadCommitsAsync(ReleaseTag? previous, CancellationToken cancellation)
    {
        if (_commits is not null) return _commits;
        var to = world.Runner.Sha ?? "HEAD";
        if (previous is null)
        {
            // A shallow checkout would tell of its last commit alone.
            if (await world.Git.IsShallowAsync(cancellation) && !await world.Git.FetchAsync([], cancellation))
                throw ActionException.Remote("The history could not be fetched from origin", "Check out with `fetch-depth: 0`, or write a section into the changelog");
            return _commits = await world.Git.ListCommitsAsync(null, to, cancellation);
        }

        var tag = Git.RequireSafeName("tag", previous.Name);
        if (!await world.Git.FetchAsync([$"+refs/tags/{tag}:refs/tags/{tag}"], cancellation))
            throw ActionException.Remote($"The previous tag '{tag}' could not be fetched from origin", "Check out with `fetch-depth: 0`, or write a section into the changelog");
        return _commits = await world.Git.ListCommitsAsync($"refs/tags/{tag}", to, cancellation);
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
