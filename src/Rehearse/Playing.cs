using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>Runs one step after another, and reports what each of them changed.</summary>
internal sealed class Playing(RehearsePlan plan, Stage stage, SandboxServer sandbox, Screen screen, Writers writers)
{
    private const string Approver = "rehearsal-approver";

    public async Task<IReadOnlyList<StepResult>> RunAsync(StepRunner runner, CancellationToken cancellation)
    {
        if (Grant(sandbox, plan.Facts, Stage.RunId))
            writers.Log.Line("the checks, labels and approvals of the policy are taken for granted");
        var results = new List<StepResult>();
        var before = await StateAsync(cancellation);
        foreach (var (index, step) in plan.Steps.Index())
        {
            screen.Begin(index + 1, plan.Steps.Count, step);
            if (step.Skipped is not null)
            {
                results.Add(new StepResult(step, ExitCode.Done, new Dictionary<string, string>(), "", 0));
                screen.End(results[^1]);
                continue;
            }

            var result = await runner.RunAsync(step, screen.Line, cancellation);
            var after = await StateAsync(cancellation);
            results.Add(result with { Changed = Changes(before, after) });
            screen.End(results[^1]);
            before = after;
            if (result.ExitCode != ExitCode.Done) break;
        }

        return results;
    }

    /// <summary>
    /// Grants what only GitHub knows: checks are green, labels exist and no issue has them, and each team has approved. The calendar is
    /// not granted: a blackout is one in a rehearsal too.
    /// </summary>
    /// <returns>Whether there was anything to grant.</returns>
    public static bool Grant(SandboxServer sandbox, RehearseFacts facts, long run)
    {
        var gates = facts.Policy.Gates;
        foreach (var check in gates.Checks) sandbox.Put(new CheckRun(facts.Commit!, check));
        sandbox.PutLabels([.. gates.BlockingLabels]);
        var environment = gates.Environments is [var first, ..] ? first : "production";
        foreach (var approval in gates.Approvals)
        {
            if (approval.Members.Count == 0) sandbox.PutTeam(approval.Team, Approver);
            sandbox.Put(new RunApproval(run, approval.Members is [var member, ..] ? member : Approver, environment));
        }

        return gates.Checks.Count + gates.BlockingLabels.Count + gates.Approvals.Count > 0;
    }

    // Everything that a step could have changed, by name, with a fingerprint. It is measured, not taken from the step's report.
    private async Task<Dictionary<string, string>> StateAsync(CancellationToken cancellation)
    {
        var state = new Dictionary<string, string>();
        foreach (var line in await writers.Readers.Git.In(stage.Origin).ListRefsAsync(cancellation)) state[Named(line[41..])] = line[..40];
        foreach (var release in sandbox.Releases)
        {
            state[$"release {release.TagName}"] = $"{release.Id} {release.Draft} {release.Prerelease} {release.Name} {release.Body}";
            foreach (var asset in release.Assets) state[$"asset {asset.Name}"] = $"{asset.Id} {asset.State} {asset.Digest}";
        }

        foreach (var (image, digest) in sandbox.ImageTags) state[$"image {image}"] = digest;
        using var work = writers.Files.At(stage.Work);
        foreach (var file in work.Find("**/*")) state[$"file {file}"] = (await work.HashAsync(file, cancellation)).Sha256;
        return state;
    }

    private static string Named(string reference) => reference
        .Replace("refs/heads/", "branch ", StringComparison.Ordinal).Replace("refs/tags/", "tag ", StringComparison.Ordinal);

    // Such as `+ release v1.0.0, ~ branch main, - 2 files`: new, changed, gone.
    private static string Changes(Dictionary<string, string> before, Dictionary<string, string> after)
    {
        IEnumerable<(char Sign, string Thing)> changes =
        [
            .. after.Keys.Where(k => !before.ContainsKey(k)).Select(k => ('+', k)),
            .. after.Where(t => before.TryGetValue(t.Key, out var old) && old != t.Value).Select(t => ('~', t.Key)),
            .. before.Keys.Where(k => !after.ContainsKey(k)).Select(k => ('-', k)),
        ];
        var groups = changes.GroupBy(c => (c.Sign, Kind: c.Thing.Split(' ')[0]))
            .Select(g => g.Count() == 1 ? $"{g.Key.Sign} {g.First().Thing}" : $"{g.Key.Sign} {g.Count()} {g.Key.Kind}s");
        return string.Join(", ", groups);
    }
}
