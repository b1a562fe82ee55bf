using System.Globalization;
using ReleaseActions.Fuzz.Kinds;
using ReleaseActions.Fuzz.Mutations;
using ReleaseActions.Fuzz.Proxy;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Fuzz.Runs;

/// <summary>What came of a case.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Seed">The seed that makes it again.</param>
/// <param name="Program">The program.</param>
/// <param name="Run">What it did.</param>
/// <param name="Failures">What did not hold.</param>
internal sealed record CaseResult(string Kind, int Seed, string Program, ProgramRun Run, IReadOnlyList<string> Failures);

/// <summary>Plays cases: folder, sandbox, proxy, program, checks.</summary>
/// <param name="programs">The folder of the published programs.</param>
/// <param name="template">What each case gets a copy of.</param>
/// <param name="scratch">Where cases are played.</param>
internal sealed class CaseRunner(string programs, Ground template, string scratch)
{
    private int _cases;

    /// <summary>Plays one case and hands its folder on before it is deleted.</summary>
    public async Task<CaseResult> PlayAsync(FuzzKind? kind, int seed, string? program = null, Action<CaseResult, string>? keep = null)
    {
        var folder = Path.Combine(scratch, Interlocked.Increment(ref _cases).ToString(CultureInfo.InvariantCulture));
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            BareRepository = Path.Combine(folder, "origin.git"), StateFolder = Path.Combine(folder, "sandbox"), Token = FuzzCase.Token,
        });
        await using var proxy = new MutatingProxy(new Uri(sandbox.ApiUrl).Port, seed);
        await using var other = new OtherHost();
        try
        {
            var fuzz = new FuzzCase(template.CopyTo(folder, proxy.Port), new Random(seed), proxy.Port, other.Address);
            if (kind is null) fuzz.Prepare(program!);
            else kind.Make(fuzz);
            if (kind is not null && fuzz.Random.Next(40) == 0) fuzz.StopAfter = TimeSpan.FromMilliseconds(fuzz.Random.Next(600));
            await FillAsync(sandbox, fuzz);
            var before = new Snapshot(fuzz.Ground);
            proxy.Change = fuzz.Change;
            var run = await ProgramRun.StartAsync(Path.Combine(programs, fuzz.Program), fuzz);
            var failures = new Checks(fuzz, before).Failures(run, proxy.Requests, other.Requests).Distinct().ToList();
            var result = new CaseResult(kind?.Name ?? "none", seed, fuzz.Program, run, failures);
            if (keep is not null) KeepRun(result, fuzz, proxy, other);
            keep?.Invoke(result, folder);
            return result;
        }
        finally
        {
            Ground.Delete(folder);
        }
    }

    private static async Task FillAsync(SandboxServer sandbox, FuzzCase fuzz)
    {
        var commit = fuzz.Ground.Commit;
        sandbox.Put(new CheckRun(commit, "build"));
        sandbox.Put(new PullRequest(7, "feature") { Open = false, MergeCommitSha = commit, Labels = ["feature"], User = "grace" });
        sandbox.Put(new PullRequest(8, "fix") { Open = false, MergeCommitSha = commit, Labels = ["bug"], Body = "Rounds half up" });
        sandbox.Put(new Review(7, "grace"));
        sandbox.Put(new Issue(3, "A bug", "bug"));
        sandbox.Put(new RunApproval(1, "grace", "production"));
        sandbox.PutTeam("leads", "grace", "linus");
        var day = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        await sandbox.PutAsync(new Release
        {
            TagName = "v1.0.0", TargetCommitish = "main", Name = "v1.0.0", Body = "First release",
            CreatedAt = day, UpdatedAt = day, PublishedAt = day,
        });
    }

    private static void KeepRun(CaseResult result, FuzzCase fuzz, MutatingProxy proxy, OtherHost other)
    {
        if (result.Failures.Count == 0) return;
        File.WriteAllBytes(fuzz.Ground["stdout"], result.Run.Output);
        File.WriteAllBytes(fuzz.Ground["stderr"], result.Run.Error);
        File.WriteAllLines(fuzz.Ground["environment"], fuzz.Variables.Select(v => $"{v.Key}={v.Value}"), Hostile.Utf8);
        File.WriteAllLines(fuzz.Ground["requests"], proxy.Requests.Select(r => r.Text), Hostile.Utf8);
        File.WriteAllLines(fuzz.Ground["requests-elsewhere"], other.Requests.Select(r => r.Text), Hostile.Utf8);
        File.WriteAllLines(fuzz.Ground["failures"], result.Failures.Select(f => $"{result.Program}: {f}"), Hostile.Utf8);
    }
}
