using System.Text;
using System.Text.Json;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ChangelogExtract;

/// <summary>The outputs of changelog-extract.</summary>
internal sealed class NotesOutputs(Outputs outputs)
{
    /// <summary>An input of a later step is one environment variable of at most 128 KiB; some room is left for its name.</summary>
    public const int MostBytes = 100_000;

    public Output Notes { get; } = outputs.Declare(
        "notes",
        "The notes in Markdown, byte for byte; empty where they are too long for an output (100,000 bytes): read notes-file then.");

    public Output NotesFile { get; } = outputs.Declare(
        "notes-file", "The file that holds the notes, relative to the workspace; empty in a dry run.");

    public Output Title { get; } = outputs.Declare("title", "The release's title, by the policy.");

    public Output Date { get; } = outputs.Declare("date", "The section's date as YYYY-MM-DD; empty where it has none.");

    public Output PreviousVersion { get; } = outputs.Declare(
        "previous-version",
        "The version that this one follows: of a stable one the highest stable one below it, of a prerelease the highest of any kind; "
        + "empty for a first release.");

    public Output CompareUrl { get; } = outputs.Declare(
        "compare-url", "The page that compares the previous tag with this one; empty for a first release.");

    public Output Source { get; } = outputs.Declare(
        "source", "Where the notes come from: changelog, fragments, unreleased, command, commits or generated.");

    public Output Changes { get; } = outputs.Declare(
        "changes", "The entries of the notes as JSON by category, each with its text, the pull requests and the authors it names; "
        + "empty where it is too long for an output.");

    public Output IsYanked { get; } = outputs.Declare("is-yanked", "true where the section's heading says [YANKED].");

    /// <summary>Sets what follows from a plan that is not refused.</summary>
    public void Report(NotesPlan plan)
    {
        if (plan.Notes is not { } notes || plan.Refusals.Count > 0) return;
        Notes.Set(Fits(notes) ? notes : "");
        var changes = ToJson(plan.Changes);
        Changes.Set(Fits(changes) ? changes : "");
        Title.Set(plan.Title);
        Date.Set(plan.Date);
        PreviousVersion.Set(plan.PreviousVersion);
        CompareUrl.Set(plan.CompareUrl);
        Source.Set(plan.Source);
        IsYanked.Set(plan.Section?.IsYanked ?? false);
    }

    /// <summary>Whether a text is short enough for an output.</summary>
    public static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= MostBytes;

    /// <summary>Entries as JSON: <c>{"Added": [{"text": "…", "pulls": [12], "authors": ["ada"]}]}</c>.</summary>
    public static string ToJson(IEnumerable<Change> changes)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var group in changes.GroupBy(c => c.Category))
            {
                json.WriteStartArray(group.Key);
                foreach (var change in group) Write(json, change);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteString("text", change.Text);
        json.WriteStartArray("pulls");
        foreach (var pull in change.Pulls) json.WriteNumberValue(pull);
        json.WriteEndArray();
        json.WriteStartArray("authors");
        foreach (var author in change.Authors) json.WriteStringValue(author);
        json.WriteEndArray();
        if (change.IsFirstTime is { } isFirst) json.WriteBoolean("first-time", isFirst);
        json.WriteEndObject();
    }
}
