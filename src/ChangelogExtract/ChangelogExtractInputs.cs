using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ChangelogExtract;

internal sealed class ChangelogExtractInputs(Inputs inputs)
{
    public string? Version { get; } = inputs.OptionalText(
        "version", "The version whose notes are wanted, without the tag prefix. Where absent, the tag that started the run decides.");

    public string? Path { get; } = inputs.OptionalText("path", "The changelog; with {version} in it, a file per version. Overrides the policy (CHANGELOG.md).");

    public string? Fragments { get; } = inputs.OptionalText(
        "fragments", "A folder with one file for each change, such as changes/123.fixed.md; read where the changelog has no section for the version. Overrides the policy.");

    /// <summary>Null where the policy decides.</summary>
    public IReadOnlyList<string>? Fallback { get; } = ReadFallback(inputs);

    public IReadOnlyList<string> Command { get; } = inputs.Lines(
        "command", "A program that prints notes, and its arguments, one a line; no shell. It reads the commits as JSON on standard input. Used where fallback says command.");

    public TimeSpan CommandTimeout { get; } = TimeSpan.FromSeconds(inputs.Number("command-timeout", "The seconds that the command may take.", fallback: 60, least: 1, most: 3600));

    public string Template { get; } = inputs.Text(
        "template", "The shape of the notes: raw as they were written, grouped under the same headings in every release, or the path of a file with {placeholders}.", fallback: "raw");

    public bool AbsoluteLinks { get; } = inputs.Flag("absolute-links", "Make relative links and images lead to the repository's files at the tag.", fallback: true);

    public Mentions Mentions { get; } = inputs.Choice("mentions", "What becomes of @names outside code: neutralise keeps the notes from calling people.", Mentions.Keep);

    public bool Lint { get; } = inputs.Flag("lint", "Check the whole changelog and refuse what is wrong with it, each thing at its line. Without a version, nothing else is done.", fallback: false);

    public bool Fix { get; } = inputs.Flag(
        "fix", "On a laptop: mend the order of versions and the compare links in the changelog, show the difference, and check what is left. With dry-run it is shown alone.", fallback: false);

    public string? NotesFile { get; } = inputs.OptionalText("notes-file", "Where the notes are written, relative to the workspace. By default notes.md in the policy's artifacts folder.");

    public bool DryRun { get; } = inputs.Flag("dry-run", "Show the notes in the summary and write no file.", fallback: false);

    private static List<string>? ReadFallback(Inputs inputs)
    {
        var choices = string.Join(", ", ChangelogPolicy.Sources);
        var words = inputs.Lines("fallback", $"Where notes come from, in this order, where the changelog has no section for the version. The words are {choices}, or policy alone.", fallback: "policy")
            .SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (words is ["policy"]) return null;
        foreach (var word in words.Where(w => !ChangelogPolicy.Sources.Contains(w))) inputs.Reject($"The input 'fallback' has '{word}'", $"Use any of: {choices}; or policy alone");
        return words;
    }
}

internal sealed class ChangelogExtractOutputs(Outputs outputs)
{
    public Output Notes { get; } = outputs.Declare("notes", "The notes in Markdown, byte for byte; empty where they are too long for an output (100,000 bytes): read notes-file then.");

    public Output NotesFile { get; } = outputs.Declare("notes-file", "The file that holds the notes, relative to the workspace; empty in a dry run.");

    public Output Title { get; } = outputs.Declare("title", "The release's title, by the policy.");

    public Output Date { get; } = outputs.Declare("date", "The section's date as YYYY-MM-DD; empty where it has none.");

    public Output PreviousVersion { get; } = outputs.Declare("previous-version", "The version that this one follows: of a stable one the highest stable one below it, of a prerelease the highest of any kind; empty for a first release.");

    public Output CompareUrl { get; } = outputs.Declare("compare-url", "The page that compares the previous tag with this one; empty for a first release.");

    public Output Source { get; } = outputs.Declare("source", "Where the notes come from: changelog, fragments, unreleased, command, commits or generated.");

    public Output Changes { get; } = outputs.Declare(
        "changes", "The entries of the notes as JSON by category, each with its text, the pull requests and the authors it names; empty where it is too long for an output.");

    public Output IsYanked { get; } = outputs.Declare("is-yanked", "true where the section's heading says [YANKED].");
}
