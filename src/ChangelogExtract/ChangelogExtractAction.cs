using System.Globalization;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Takes the notes of one version out of a changelog, or has them made by another source.</summary>
internal sealed class ChangelogExtractAction : IAction
{
    // An input of a later step is one environment variable of at most 128 KiB; some room is left for its name.
    private const int MostBytesOfAnOutput = 100_000;

    public string Name => "changelog-extract";

    public string Description => "Takes the release notes of one version out of the changelog, or makes them from the commits since the previous release.";

    public IReadOnlyList<string> Permissions => ["contents: read"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new ChangelogExtractInputs(inputs), new ChangelogExtractOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(ChangelogExtractInputs inputs, ChangelogExtractOutputs outputs, World world, CancellationToken cancellation)
    {
        var reading = new FactsReading(inputs, world);
        if (inputs.Lint || inputs.Fix) await LintAsync(inputs, reading, world, cancellation);
        if (inputs.Fix || (inputs.Lint && inputs.Version is null && world.Runner.Tag is null)) return;
        var facts = await reading.ReadAsync(cancellation);
        var plan = Written(NotesPlan.For(facts), facts.Path, inputs, world);
        world.Summary.Add(plan.ToMarkdown(CompareUrl(plan, world.Runner)));
        SetOutputs(outputs, plan, world);
        if (!inputs.DryRun) WriteNotes(inputs, outputs, plan, world);
        world.Log.Step("notes", ("version", plan.Release.Version), ("source", plan.Source), ("bytes", Encoding.UTF8.GetByteCount(plan.Notes)), ("status", inputs.DryRun ? "dry-run" : "ok"));
    }

    private static async Task LintAsync(ChangelogExtractInputs inputs, FactsReading reading, World world, CancellationToken cancellation)
    {
        var path = reading.Path;
        var changelog = (inputs.Fix ? reading.Of(await new Mending(path, reading, world).RunAsync(inputs.DryRun, cancellation)) : reading.Parsed(path))
            ?? throw ActionException.BadInput($"There is no changelog at '{PlainText.Inert(path)}'", "Name it with `path`");
        var repository = await Mending.RepositoryUrlAsync(world, cancellation);
        var findings = new ChangelogLint(changelog, path, await reading.ReadTagsAsync(cancellation), world.Policy.Version, repository).Check();
        world.Log.Step("lint", ("file", path), ("sections", changelog.Sections.Count), ("findings", findings.Count));
        if (findings.Count > 0) throw new ActionException(ExitCode.Refused, findings);
    }

    // What is hidden is shown first, so that nothing hides from the rest.
    private static NotesPlan Written(NotesPlan plan, string path, ChangelogExtractInputs inputs, World world)
    {
        var notes = NotesText.ShowHidden(plan.Notes);
        if (notes != plan.Notes) world.Log.Notice("The notes had characters that nobody sees, or that turn text around; they are written out, such as \\u202e");
        var repository = RepositoryUrl(world.Runner);
        var file = plan.Source is "changelog" or "unreleased" ? path : "";
        if (inputs.AbsoluteLinks && repository is not null && plan.Source != "generated") notes = NotesLinks.ToAbsolute(notes, repository, plan.Release.Name, file);
        notes = Shaped(plan with { Notes = notes }, inputs, world);
        if (inputs.Mentions == Mentions.Neutralise) notes = NotesText.WithoutMentions(notes);
        var link = repository is null ? null : file.Length > 0 ? $"{repository}/blob/{Uri.EscapeDataString(plan.Release.Name)}/{Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal)}" : CompareUrl(plan, world.Runner);
        return plan with { Notes = NotesText.Shortened(notes, NotesText.MostCharacters - RoomForAMark, string.IsNullOrEmpty(link) ? null : link) };
    }

    // release-publish writes a comment of its own below the notes; they are not to be cut a second time for it.
    private const int RoomForAMark = 500;

    private static string Shaped(NotesPlan plan, ChangelogExtractInputs inputs, World world) => plan.Template is null ? plan.Notes
        : NotesTemplate.Fill(plan.Template, inputs.Template, new Dictionary<string, string>
        {
            ["notes"] = plan.Notes, ["version"] = plan.Release.Version.Text, ["tag"] = plan.Release.Name, ["title"] = Title(plan, world), ["date"] = DateOf(plan),
            ["previous-version"] = plan.Previous?.Version.Text ?? "", ["compare-url"] = CompareUrl(plan, world.Runner),
        }, plan.Changes);

    private static void SetOutputs(ChangelogExtractOutputs outputs, NotesPlan plan, World world)
    {
        outputs.Notes.Set(FitsAnOutput(plan.Notes) ? plan.Notes : "");
        if (!FitsAnOutput(plan.Notes)) world.Log.Notice($"The notes are longer than {MostBytesOfAnOutput:#,0} bytes and are in the file alone; hand `notes-file` on");
        var changes = ChangeList.ToJson(plan.Changes);
        outputs.Changes.Set(FitsAnOutput(changes) ? changes : "");
        outputs.Title.Set(Title(plan, world));
        outputs.Date.Set(DateOf(plan));
        outputs.PreviousVersion.Set(plan.Previous?.Version.Text ?? "");
        outputs.CompareUrl.Set(CompareUrl(plan, world.Runner));
        outputs.Source.Set(plan.Source);
        outputs.IsYanked.Set(plan.Section?.IsYanked ?? false);
    }

    private static bool FitsAnOutput(string text) => Encoding.UTF8.GetByteCount(text) <= MostBytesOfAnOutput;

    private static string Title(NotesPlan plan, World world) => plan.Release.Fill(world.Policy.Release.Title);

    private static string DateOf(NotesPlan plan) => plan.Section?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string? RepositoryUrl(RunnerContext runner) => runner.Repository is null ? null : $"{runner.ServerUrl}/{runner.Repository}";

    private static string CompareUrl(NotesPlan plan, RunnerContext runner) =>
        plan.Previous is null || RepositoryUrl(runner) is not { } repository ? ""
        : $"{new CompareLink(repository, plan.Previous.Name, plan.Release.Name)}";

    private static void WriteNotes(ChangelogExtractInputs inputs, ChangelogExtractOutputs outputs, NotesPlan plan, World world)
    {
        var file = inputs.NotesFile ?? $"{world.Policy.Artifacts.Folder}/notes.md";
        world.Workspace.WriteText(file, plan.Notes + "\n");
        outputs.NotesFile.Set(file);
    }
}
