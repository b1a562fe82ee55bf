using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Takes the notes of one version out of a changelog, or has another source make them.</summary>
internal sealed class ChangelogExtractAction : ReleaseAction<NotesRequest, NotesFacts, NotesPlan, NotesOutputs>
{
    public override string Name => "changelog-extract";

    public override string Description =>
        "Takes the release notes of one version out of the changelog, or makes them from the commits since the previous release.";

    public override IReadOnlyList<string> Permissions => ["contents: read"];

    protected override Changes Changes => Changes.Files;

    protected override NotesOutputs Declare(Outputs outputs) => new(outputs);

    protected override NotesRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs, policy);

    protected override Task<NotesFacts> GatherAsync(NotesRequest request, Readers readers, CancellationToken cancellation) =>
        new NotesGathering(request, readers).GatherAsync(cancellation);

    protected override NotesPlan Plan(NotesRequest request, NotesFacts facts) => NotesPlan.For(request, facts);

    protected override void Report(NotesPlan plan, NotesOutputs outputs) => outputs.Report(plan);

    protected override Task ApplyAsync(NotesPlan plan, NotesOutputs outputs, Writers writers, CancellationToken cancellation)
    {
        if (plan.Fixed is { } changelog)
        {
            writers.Files.WriteText(plan.Path, changelog);
            writers.Log.Step("fix", ("file", plan.Path), ("status", "ok"));
            // What could not be fixed is left to a person.
            if (plan.Findings.Count > 0) throw new ActionException(ExitCode.Refused, plan.Findings);
        }

        if (plan.Notes is { } notes)
        {
            writers.Files.WriteText(plan.NotesFile, notes + "\n");
            writers.Log.Step("notes-file", ("file", plan.NotesFile), ("status", "ok"));
            outputs.NotesFile.Set(plan.NotesFile);
        }

        return Task.CompletedTask;
    }
}
