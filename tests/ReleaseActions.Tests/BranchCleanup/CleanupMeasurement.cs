using System.Diagnostics;
using System.Globalization;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.BranchCleanup;

/// <summary>
/// What <c>./bench branches</c> runs: the plan of branch-cleanup over 5,000 branches, as the program that is shipped, beside the same reads
/// without it: its git commands, played again, and its requests, by one curl. It measures and judges nothing.
/// </summary>
public sealed class CleanupMeasurement
{
    private const int Branches = 5_000;
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("BENCH_ROUNDS") ?? "5", CultureInfo.InvariantCulture);
    private static readonly string Program = Path.Combine(Golden.Root, "artifacts/suite/branch-cleanup");

    // Of each call of git: where, with which words, and what it read. `apart` borrows objects, which a file says that is no call.
    private const string Recorder = """
        call=$calls/$(date +%s%N)-$$
        mkdir "$call"
        pwd >"$call/folder"
        for word in "$@"; do printf '%s\n' "$word"; done >"$call/words"
        [ ! -f objects/info/alternates ] || cp objects/info/alternates "$call/alternates"
        cat >"$call/input"
        exec "$git" "$@" <"$call/input"
        """;

    private const string Replay = """
        for call in "$1"/*; do
          folder=$(cat "$call/folder")
          mkdir -p "$folder"
          cd "$folder"
          [ ! -f "$call/alternates" ] || { mkdir -p objects/info; cp "$call/alternates" objects/info/alternates; }
          set --
          while IFS= read -r word; do set -- "$@" "$word"; done <"$call/words"
          git "$@" <"$call/input" >/dev/null || { echo "git $1 failed"; exit 1; }
        done
        """;

    [Fact(Explicit = true)]
    public async Task The_time_of_a_plan_over_five_thousand_branches_is_written_down()
    {
        File.Exists(Program).Should().BeTrue("./bench publishes {0}", Program);
        await using var ground = await ReleaseGround.NewAsync();
        ground.ForgiveViolations();    // curl is a client too
        ManyBranchesTests.Import(ground.Checkout, ManyBranchesTests.Branches(Branches));
        for (var number = 0; number < 200; number++) ground.GitHub.Put(new PullRequest(number, $"release/{number}"));
        var first = Run(ground, Program, "/usr/bin:/bin");    // a checkout of one branch: it fetches the others
        var (replay, requests) = Record(ground);
        var (whole, reads, added) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            reads.Add(Reads(ground, replay, requests));
            whole.Add(Run(ground, Program, "/usr/bin:/bin"));
            added.Add(whole[^1] - reads[^1]);
        }

        var alone = MergesAlone(ground);
        var report = Path.Combine(Golden.Root, "artifacts", "bench", "branches.md");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        await File.WriteAllTextAsync(report, string.Create(CultureInfo.InvariantCulture, $"""
            | 5,000 branches, 3,750 of them to delete | |
            | --- | ---: |
            | branch-cleanup, a dry run | {Spread(whole)} |
            | its {Directory.GetDirectories(ground.Checkout.Aside("calls")).Length} git commands and {requests.Length} requests alone, by git and curl | {Spread(reads)} |
            | what it adds | {Spread(added)} |
            | one `git merge-tree` process for each branch | {alone:0.00} s |
            | branch-cleanup, compared with that (at most 0.4) | {whole.Order().ElementAt(whole.Count / 2) / alone:0.00} |
            | the first run, which fetches the branches | {first:0.00} s |

            """));
    }

    // What one run calls and asks; the folders that it made are gone afterwards, and made again by what is played.
    private static (string Replay, string[] Requests) Record(ReleaseGround ground)
    {
        var (calls, shims) = (ground.Checkout.Aside("calls"), ground.Checkout.Aside("shims"));
        Script.Write(shims, "git", $"calls='{calls}' git=/usr/bin/git\n{Recorder}");
        ground.GitHub.Traffic.Clear();
        Run(ground, Program, $"{shims}:/usr/bin:/bin");
        return (Script.Write(shims, "replay", Replay),
            [.. ground.GitHub.Traffic.Entries.Select(
                e => $"{new Uri(ground.GitHub.ApiUrl).GetLeftPart(UriPartial.Authority)}{e.Path}{e.Query}")]);
    }

    private static double Reads(ReleaseGround ground, string replay, string[] requests)
    {
        var watch = Stopwatch.StartNew();
        var played = Programs.Run("sh", ground.Checkout.Root, VariablesOf(ground, "/usr/bin:/bin"), replay, ground.Checkout.Aside("calls"));
        played.ExitCode.Should().Be(0, played.Output);
        var asked = Programs.Run(
            "curl", ground.Checkout.Root, new Dictionary<string, string>(),
            ["--silent", "--fail", "--header", "Authorization: Bearer sandbox-token",
            .. requests.SelectMany(r => (string[])["--output", "/dev/null", r])]);
        asked.ExitCode.Should().Be(0, asked.Output);
        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var folder in Directory.GetDirectories(ground.Checkout.Aside("temp"))) Directory.Delete(folder, recursive: true);
        return seconds;
    }

    private static double MergesAlone(ReleaseGround ground)
    {
        const string Merges = "git for-each-ref --format='%(objectname)' refs/heads/release | while read -r tip; do"
            + " git merge-tree --write-tree --allow-unrelated-histories main \"$tip\" >/dev/null || [ $? -eq 1 ] || exit 2; done";
        var variables = new Dictionary<string, string>(VariablesOf(ground, "/usr/bin:/bin")) { ["GIT_DIR"] = ground.Checkout.Origin };
        var watch = Stopwatch.StartNew();
        var (exit, output) = Programs.Run("sh", ground.Checkout.Root, variables, "-c", Merges);
        var seconds = watch.Elapsed.TotalSeconds;
        exit.Should().Be(0, output);
        return seconds;
    }

    private static double Run(ReleaseGround ground, string program, string path)
    {
        var watch = Stopwatch.StartNew();
        var (exit, output) = Programs.Run(program, ground.Checkout.Root, VariablesOf(ground, path));
        var seconds = watch.Elapsed.TotalSeconds;
        exit.Should().Be(0, output);
        return seconds;
    }

    private static Dictionary<string, string> VariablesOf(ReleaseGround ground, string path) => new()
    {
        ["PATH"] = path, ["HOME"] = ground.Checkout.Aside("home"), ["RUNNER_TEMP"] = ground.Checkout.Aside("temp"),
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = ground.Checkout.Root,
        ["GITHUB_REPOSITORY"] = "acme/shop", ["GITHUB_API_URL"] = ground.GitHub.ApiUrl, ["GITHUB_SERVER_URL"] = ground.GitHub.ServerUrl,
        ["GITHUB_REF"] = "refs/heads/main",
        ["GITHUB_SHA"] = ground.Checkout.Head, ["GITHUB_EVENT_NAME"] = "workflow_dispatch", ["INPUT_TOKEN"] = "sandbox-token",
        ["INPUT_BRANCHES"] = "release/*", ["INPUT_DRY-RUN"] = "true",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1",
    };

    private static string Spread(List<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2]:0.00} s ({sorted[0]:0.00}–{sorted[^1]:0.00})");
    }
}
