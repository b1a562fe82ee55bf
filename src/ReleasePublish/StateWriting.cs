using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Writes the state file, as a commit on top of the one that was read. Where the branch moved meanwhile, <see cref="StateUpdate"/> decides
/// again. This is no conflict for the host: a new plan would find the release published and notify nobody.
/// </summary>
internal static class StateWriting
{
    private const int MostAttempts = 3;

    public static async Task<PublicReport> RunAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        try
        {
            var (update, finding) = await WriteAsync(report, writers, cancellation);
            report = report with { State = update };
            return finding is null ? report : report.With([finding]) with { IsWhole = false };
        }
        catch (ActionException e)
        {
            // Where the branch cannot even be read, nobody knows whether a push came through.
            var update = report.Plan.State! with { Reason = "⚠️ may not have been written" };
            return report.With(e.Findings) with { State = update, IsWhole = false };
        }
    }

    private static async Task<(StateUpdate? Update, Finding? Finding)> WriteAsync(
        PublicReport report, Writers writers, CancellationToken cancellation)
    {
        var (request, update, refusal) = (report.Plan.Request, report.Plan.State, (string?)null);
        for (var attempt = 1; update is { Writes: true, Problem: null } && attempt <= MostAttempts; attempt++)
        {
            var (file, version) = (update.File, request.Tag.Version);
            var text = update.Written(version, report.Release.PublishedAt ?? writers.Clock.GetUtcNow());
            var message = $"Record the release {request.Tag.Name}";
            refusal = text is null ? StateUpdate.Unwritable : await file.PushAsync(text, message, writers.Git, cancellation);
            if (refusal is null)
            {
                writers.Log.Step("state", ("file", file.Path), ("branch", file.Branch), ("version", version), ("status", "ok"));
                return (update with { Writes = false, Reason = $"says {version} in phase {request.State!.Phase} now" }, null);
            }

            var now = await StateFile.ReadAsync(writers.Readers.Git, file.Branch, file.Path, cancellation);
            update = StateUpdate.For(now, report.Plan, isPublished: true);
        }

        return update is { Writes: true } ? (update with { Reason = "was not written" }, Unwritten(update, refusal)) : (update, null);
    }

    private static Finding Unwritten(StateUpdate update, string? refusal)
    {
        const string Remedy = "Let the job's token push to the branch, or name another with `state.branch`;"
            + " then run it again: it writes the file and nothing else";
        var file = $"'{update.File.Path}' on '{update.File.Branch}'";
        return new Finding(
            $"The release is published, and {file} was not written: {update.Problem?.Message ?? refusal}",
            update.Problem?.Remedy ?? Remedy);
    }
}
