using System.Text;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Takes the notes of one version out of a changelog, or makes them from commits.</summary>
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
        var facts = await ReadFactsAsync(inputs, world, cancellation);
        var plan = NotesPlan.For(facts);
        world.Summary.Add(plan.ToMarkdown(CompareUrl(plan, world.Runner)));
        SetOutputs(outputs, plan, world);
        if (!inputs.DryRun) WriteNotes(inputs, outputs, plan, world);
        world.Log.Step("notes", ("version", plan.Release.Version), ("source", plan.Source), ("bytes", Encoding.UTF8.GetByteCount(plan.Notes)), ("status", inputs.DryRun ? "dry-run" : "ok"));
    }

    private static async Task<NotesFacts> ReadFactsAsync(ChangelogExtractInputs inputs, World world, CancellationToken cancellation)
    {
        var prefix = world.Policy.Version.TagPrefix;
        var release = ReleaseTag.OfRun(inputs.Version, world.Runner, prefix);
        var path = inputs.Path ?? world.Policy.Changelog.Path;
        var changelog = world.Workspace.ReadText(path) is { } text ? Changelog.Parse(text) : null;
        var previous = ReleaseTag.Among((await world.Git.ListRemoteTagsAsync(cancellation)).Keys, prefix).FirstOrDefault(t => t.Version < release.Version);
        var mayUseCommits = inputs.OnMissing == OnMissing.Commits || (inputs.OnMissing == OnMissing.Policy && world.Policy.Changelog.OnMissing == "commits");
        var needsCommits = mayUseCommits && changelog?.Find(release.Version) is null or [];
        return new NotesFacts(release, path, changelog, previous, needsCommits ? await ReadCommitsAsync(world, previous, cancellation) : null);
    }

    private static async Task<IReadOnlyList<Commit>> ReadCommitsAsync(World world, ReleaseTag? previous, CancellationToken cancellation)
    {
        var to = world.Runner.Sha ?? "HEAD";
        if (previous is null)
        {
            // A shallow checkout would tell of its last commit alone.
            if (await world.Git.IsShallowAsync(cancellation) && !await world.Git.FetchAsync([], cancellation))
                throw ActionException.Remote("The history could not be fetched from origin", "Check out with `fetch-depth: 0`, or write a section into the changelog");
            return await world.Git.ListCommitsAsync(null, to, cancellation);
        }

        var tag = Git.RequireSafeName("tag", previous.Name);
        if (!await world.Git.FetchAsync([$"+refs/tags/{tag}:refs/tags/{tag}"], cancellation))
            throw ActionException.Remote($"The previous tag '{tag}' could not be fetched from origin", "Check out with `fetch-depth: 0`, or write a section into the changelog");
        return await world.Git.ListCommitsAsync($"refs/tags/{tag}", to, cancellation);
    }

    private static void SetOutputs(ChangelogExtractOutputs outputs, NotesPlan plan, World world)
    {
        outputs.Notes.Set(plan.Notes);
        if (Encoding.UTF8.GetByteCount(plan.Notes) > MostBytesOfAnOutput)
        {
            outputs.Notes.Set("");
            world.Log.Notice($"The notes are longer than {MostBytesOfAnOutput:#,0} bytes and are in the file alone; hand `notes-file` on");
        }

        outputs.Title.Set(plan.Release.Fill(world.Policy.Release.Title));
        outputs.Date.Set(plan.Section?.Date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "");
        outputs.PreviousVersion.Set(plan.Previous?.Version.Text ?? "");
        outputs.CompareUrl.Set(CompareUrl(plan, world.Runner));
        outputs.Source.Set(plan.Source);
        outputs.IsYanked.Set(plan.Section?.IsYanked ?? false);
    }

    private static string CompareUrl(NotesPlan plan, RunnerContext runner) =>
        plan.Previous is null || runner.Repository is null ? ""
        : $"{runner.ServerUrl}/{runner.Repository}/compare/{Uri.EscapeDataString(plan.Previous.Name)}...{Uri.EscapeDataString(plan.Release.Name)}";

    private static void WriteNotes(ChangelogExtractInputs inputs, ChangelogExtractOutputs outputs, NotesPlan plan, World world)
    {
        var file = inputs.NotesFile ?? $"{world.Policy.Artifacts.Folder}/notes.md";
        world.Workspace.WriteText(file, plan.Notes + "\n");
        outputs.NotesFile.Set(file);
    }
}
