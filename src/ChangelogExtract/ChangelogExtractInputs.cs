using ReleaseActions.Core.Running;

namespace ReleaseActions.ChangelogExtract;

internal enum OnMissing
{
    Policy,
    Commits,
    Refuse,
}

internal sealed class ChangelogExtractInputs(Inputs inputs)
{
    public string? Version { get; } = inputs.OptionalText(
        "version", "The version whose notes are wanted, without the tag prefix. Where absent, the tag that started the run decides.");

    public string? Path { get; } = inputs.OptionalText("path", "The changelog. Overrides the policy (CHANGELOG.md).");

    public OnMissing OnMissing { get; } = inputs.Choice(
        "on-missing", "What happens where the changelog has no section for the version: notes from the commits since the previous tag, or a refusal.", OnMissing.Policy);

    public string? NotesFile { get; } = inputs.OptionalText("notes-file", "Where the notes are written, relative to the workspace. By default notes.md in the policy's artifacts folder.");

    public bool DryRun { get; } = inputs.Flag("dry-run", "Show the notes in the summary and write no file.", fallback: false);
}

internal sealed class ChangelogExtractOutputs(Outputs outputs)
{
    public Output Notes { get; } = outputs.Declare("notes", "The notes in Markdown, byte for byte; empty where they are too long for an output (100,000 bytes): read notes-file then.");

    public Output NotesFile { get; } = outputs.Declare("notes-file", "The file that holds the notes, relative to the workspace; empty in a dry run.");

    public Output Title { get; } = outputs.Declare("title", "The release's title, by the policy.");

    public Output Date { get; } = outputs.Declare("date", "The section's date as YYYY-MM-DD; empty where it has none.");

    public Output PreviousVersion { get; } = outputs.Declare("previous-version", "The highest released version below this one; empty for a first release.");

    public Output CompareUrl { get; } = outputs.Declare("compare-url", "The page that compares the previous tag with this one; empty for a first release.");

    public Output Source { get; } = outputs.Declare("source", "Where the notes come from: changelog or commits.");

    public Output IsYanked { get; } = outputs.Declare("is-yanked", "true where the section's heading says [YANKED].");
}
