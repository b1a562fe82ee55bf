using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Which notes are wanted, and where they may come from: the inputs merged with the policy.</summary>
internal sealed class NotesRequest(Inputs inputs, ReleasePolicy policy)
{
    private readonly string? _version = inputs.OptionalText(
        "version", "The version whose notes are wanted, without the tag prefix. If absent, the tag that started the run decides.");

    private readonly string? _path = inputs.OptionalText(
        "path", "The changelog; with {version} in it, a file per version. Overrides the policy (CHANGELOG.md).");

    private readonly string? _fragments = inputs.OptionalText(
        "fragments",
        "A folder with one file for each change, such as changes/123.fixed.md; read where the changelog has no section for the version. "
        + "Overrides the policy.");

    private readonly IReadOnlyList<string>? _fallback = ReadFallback(inputs);

    /// <summary>The program that prints notes, and its arguments; empty where there is none.</summary>
    public IReadOnlyList<string> Command { get; } = inputs.Lines(
        "command",
        "A program that prints notes, and its arguments, one per line; no shell. It reads the commits as JSON on standard input. "
        + "Used where fallback says command.");

    /// <summary>The longest the program may take.</summary>
    public TimeSpan CommandTimeout { get; } = TimeSpan.FromSeconds(inputs.Number(
        "command-timeout", "How many seconds the command may take.", fallback: 60, least: 1, most: 3600));

    /// <summary><c>raw</c>, <c>grouped</c> or a file.</summary>
    public string Template { get; } = inputs.Text(
        "template",
        "The shape of the notes: raw as they were written, grouped under the same headings in every release, or the path of a file with "
        + "{placeholders}.", fallback: "raw");

    /// <summary>Whether relative links become absolute.</summary>
    public bool AbsoluteLinks { get; } = inputs.Flag(
        "absolute-links", "Make relative links and images point to the repository's files at the tag.", fallback: true);

    /// <summary>What becomes of <c>@names</c>.</summary>
    public Mentions Mentions { get; } = inputs.Choice(
        "mentions", "What becomes of @names outside code: neutralise keeps the notes from notifying people.", Mentions.Keep);

    /// <summary>Whether the changelog is checked.</summary>
    public bool Lint => _lint || LintAll;

    private readonly bool _lint = inputs.Flag(
        "lint",
        "Check the changelog and refuse what would break the next release or mislead a reader, each problem at its line. "
        + "Without a version, nothing else is done.", fallback: false);

    /// <summary>Whether a lint also lists what is wrong with earlier releases, and matters of style.</summary>
    public bool LintAll { get; } = inputs.Flag(
        "lint-all", "List findings on earlier releases and of style too, which lint omits.", fallback: false);

    /// <summary>Whether the changelog is fixed, and nothing else done.</summary>
    public bool Fix { get; } = ReadFix(inputs);

    /// <summary>Whether the log says what was found where.</summary>
    public bool Explain { get; } = inputs.Flag(
        "explain", "Report in the log what says where the section begins and ends.", fallback: false);

    private readonly string? _notesFile = inputs.OptionalText(
        "notes-file", "The file for the notes, relative to the workspace. By default notes.md in the policy's artifacts folder.");

    /// <summary>Whether nothing will be written.</summary>
    public bool IsDryRun => inputs.IsDryRun;

    /// <summary>Whether the notes of a version are wanted; a lint on a branch wants none.</summary>
    public bool WantsNotes => !Fix && !(Lint && _version is null && inputs.Runner.Tag is null);

    /// <summary>The version and its tag.</summary>
    /// <exception cref="Core.ActionException">Neither a version nor a tag was given, or the product is missing (exit 2).</exception>
    public ReleaseTag Release => field ??= ReadRelease();

    /// <summary>The changelog; with <c>{version}</c> in it where each version has a file.</summary>
    /// <exception cref="Core.ActionException">It depends on the product, and none was named (exit 2).</exception>
    public string Changelog => policy.Filled(_path ?? policy.Changelog.Path);

    /// <summary>The changelog, or the version's file.</summary>
    public string ChangelogOfVersion
    {
        get
        {
            // The release first: where the product is missing, its message names an example of a tag.
            var version = Release.Version.Text;
            return Changelog.Replace("{version}", version, StringComparison.Ordinal);
        }
    }

    /// <summary>The folder of fragments; null where there is none.</summary>
    public string? Fragments => (_fragments ?? policy.Changelog.Fragments) is { } folder ? policy.Filled(folder).TrimEnd('/') : null;

    /// <summary>Whether the run or the policy says where notes come from where the changelog has no section.</summary>
    public bool HasFallback => (_fallback ?? policy.Changelog.Fallback) is not null;

    /// <summary>Where notes come from where there is no section, first to last.</summary>
    /// <param name="hasChangelog">Whether there is a changelog: the commits take its place only where the team says so.</param>
    public IReadOnlyList<string> Sources(bool hasChangelog) =>
        ["fragments", .. _fallback ?? policy.Changelog.Fallback ?? (hasChangelog ? [] : ["commits"])];

    /// <summary>How versions are written and ordered.</summary>
    public VersionPolicy Versions => policy.Version;

    /// <summary>What labels of pull requests mean.</summary>
    public LabelPolicy Labels => policy.Changelog.Labels;

    /// <summary>The release's title.</summary>
    public string Title => Release.Fill(policy.Release.Title);

    /// <summary>Where the notes are written, relative to the workspace.</summary>
    public string NotesFile => _notesFile ?? policy.Artifacts.NotesFile;

    /// <summary>The repository's page; null where the run does not know it.</summary>
    public string? Repository => inputs.Runner.Repository is { } name ? $"{inputs.Runner.ServerUrl}/{name}" : null;

    /// <summary>Parses a changelog, as the one of the run's product where several share it.</summary>
    public Changelog Parse(string text) =>
        Core.Changelogs.Changelog.Parse(text, Changelog, policy.Version.Scheme).Of(policy.ProductIn(_path));

    private ReleaseTag ReadRelease()
    {
        var release = ReleaseTag.OfRun(_version, inputs.Runner.Ref, policy.Version.TagPrefix, policy.Version.Scheme);
        policy.RequireProduct();
        return release;
    }

    private static bool ReadFix(Inputs inputs)
    {
        var fix = inputs.Flag(
            "fix",
            "On a laptop: fix the order of versions and the compare links in the changelog where it is certain what is right, show the "
            + "difference, and report what is left. "
            + "With dry-run, the difference is shown and not written.", fallback: false);
        if (fix && inputs.Runner.IsRunner)
            inputs.Reject(
                "`fix` is for a laptop, where a person sees what changes",
                "Run `changelog-extract --fix` in your checkout, and commit what it wrote");
        return fix;
    }

    private static List<string>? ReadFallback(Inputs inputs)
    {
        var choices = string.Join(", ", ChangelogPolicy.Sources);
        var lines = inputs.Lines(
            "fallback", "Where notes come from, in this order, where the changelog has no section for the version. "
            + $"The words are {choices}, or policy alone.", fallback: "policy");
        const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var words = lines.SelectMany(line => line.Split(',', Trimmed)).ToList();
        if (words is ["policy"]) return null;
        foreach (var word in words.Where(w => !ChangelogPolicy.Sources.Contains(w)))
            inputs.Reject($"The input 'fallback' has '{word}'", $"Use any of: {choices}; or policy alone");
        return words;
    }
}
