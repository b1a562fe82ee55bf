using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>
/// What <c>./bench history</c> runs: a release of a repository with a long history, over a line of 50 Mbit/s and 50 ms. What a job fetched
/// when the actions needed the whole history in the checkout, and what it fetches now. It measures and judges nothing.
/// </summary>
public sealed class HistoryMeasurement
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("BENCH_ROUNDS") ?? "3", CultureInfo.InvariantCulture);

    // The actions of a release that ask git, as they are published.
    private static readonly (string Action, (string, string)[] Inputs)[] Steps =
    [
        ("version-validate", []), ("changelog-extract", []),
        ("release-publish", [("FILES", "none"), ("BODY", "Hello"), ("DRY-RUN", "true")]),
        ("branch-cleanup", [("BRANCH", "release/9.99.9"), ("DRY-RUN", "true")]),
    ];

    [Fact(Explicit = true)]
    public async Task The_time_and_the_bytes_of_a_job_are_written_down()
    {
        var table = new StringBuilder(
            "| commits | `fetch-depth: 0`, as it was needed before | `fetch-depth: 1`, as it is now |"
            + string.Concat(Steps.Select(s => $" {s.Action} |")) + "\n| ---: | ---: | ---: |"
            + string.Concat(Steps.Select(_ => " ---: |")) + "\n");
        foreach (var commits in (int[])[20_000, 100_000]) table.Append(await RowAsync(commits));
        var report = Path.Combine(Golden.Root, "artifacts", "bench", "history.md");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        await File.WriteAllTextAsync(report, table.ToString());
    }

    private static async Task<string> RowAsync(int commits)
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.ForgiveViolations();    // git fetches as actions/checkout does
        var origin = ground.Checkout.Origin;
        BranchCleanup.ManyBranchesTests.Import(ground.Checkout, History(commits));
        ground.Checkout.Git("--git-dir", origin, "gc", "--quiet");
        var commit = ground.Checkout.Git("--git-dir", origin, "rev-parse", "main");
        var (before, now) = (new Spread(), new Spread());
        var steps = Steps.Select(_ => new Spread()).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            using var line = new SlowLine(ground.GitHub.ServerUrl);
            before.Take(line, () => Fetch(ground, line, commit, "+refs/heads/*:refs/remotes/origin/*", "--tags"));
            now.Take(line, () => Fetch(ground, line, commit, commit, "--depth=1", "--no-tags"));
            foreach (var (step, spread) in Steps.Zip(steps)) spread.Take(line, () => Run(ground, line, commit, step.Action, step.Inputs));
        }

        return $"| {commits:#,0} | {before} | {now} | {string.Join(" | ", steps)} |\n";
    }

    // A new checkout, with the refs that actions/checkout asks for.
    private static void Fetch(ReleaseGround ground, SlowLine line, string commit, string refs, params string[] options)
    {
        var (folder, variables) = (ground.Checkout.Root, new Dictionary<string, string> { ["GIT_CONFIG_GLOBAL"] = "/dev/null" });
        foreach (var entry in Directory.GetFileSystemEntries(folder))
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else File.Delete(entry);
        string[] token = ["-c", $"http.extraheader=Authorization: Basic {Convert.ToBase64String("x:sandbox-token"u8)}"];
        (string[] Words, string What)[] commands =
        [
            (["init", "--quiet"], "init"), ([.. token, "fetch", "--quiet", .. options, $"{line.Url}/acme/shop.git", refs], "fetch"),
            (["checkout", "--quiet", "--force", commit], "checkout"),
        ];
        foreach (var (words, what) in commands)
            Programs.Run("git", folder, variables, words).ExitCode.Should().Be(0, what);
    }

    private static void Run(ReleaseGround ground, SlowLine line, string commit, string action, (string Name, string Value)[] inputs)
    {
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin", ["HOME"] = ground.Checkout.Aside("home"), ["RUNNER_TEMP"] = ground.Checkout.Aside("temp"),
            ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = ground.Checkout.Root, ["GITHUB_REPOSITORY"] = "acme/shop",
            ["GITHUB_API_URL"] = $"{line.Url}/api/v3", ["GITHUB_SERVER_URL"] = line.Url, ["GITHUB_REF"] = "refs/tags/v9.99.9",
            ["GITHUB_SHA"] = commit, ["GITHUB_EVENT_NAME"] = "push", ["INPUT_TOKEN"] = "sandbox-token",
        };
        foreach (var (name, value) in inputs) variables[$"INPUT_{name}"] = value;
        var program = Path.Combine(Golden.Root, "artifacts/suite", action);
        var (exit, output) = Programs.Run(program, ground.Checkout.Root, variables);
        exit.Should().Be(0, output);
    }

    // Each commit changes one of 500 files. A tag every ten commits, a branch every twenty.
    private static string History(int commits)
    {
        const string Policy = "version: {annotated-tags: true, tag-message: \"Release {tag}\"}\n";
        const string Log = "# Changelog\n\n## [9.99.9] - 2026-01-02\n\n- Something\n";
        const string Who = "Ada <ada@example.com>";
        var random = new Random(1);
        var stream = new StringBuilder();
        void Commit(int number, string file, string content) => stream.Append(CultureInfo.InvariantCulture,
            $"commit refs/heads/main\nmark :{number}\ncommitter {Who} {1_700_000_000 + number} +0000\ndata 7\nChange\n\n"
            + $"M 100644 inline {file}\ndata {content.Length}\n{content}\n");
        void Tag(string tag, int commit) => stream.Append(CultureInfo.InvariantCulture,
            $"tag {tag}\nfrom :{commit}\ntagger {Who} {1_700_000_000 + commit} +0000\ndata {tag.Length + 9}\nRelease {tag}\n\n");
        for (var number = 1; number < commits; number++)
        {
            var file = random.Next(500);
            Commit(number, $"src/{file % 20}/{file}.txt", $"{Convert.ToHexString(RandomBytes(random, 400))}\n");
            if (number % 10 == 0) Tag($"v{number / 10 / 1_200}.{number / 10 % 1_200 / 10}.{number % 100 / 10}", number);
            if (number % 20 == 0) stream.Append(CultureInfo.InvariantCulture, $"reset refs/heads/topic/{number}\nfrom :{number}\n\n");
        }

        Commit(commits, ".github/release-actions.yml", Policy);
        Commit(commits + 1, "CHANGELOG.md", Log);
        Tag("v9.99.9", commits + 1);
        return stream.ToString();
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private sealed class Spread
    {
        private readonly List<(double Seconds, double Megabytes)> _values = [];

        public void Take(SlowLine line, Action work)
        {
            var (watch, before) = (Stopwatch.StartNew(), line.Received);
            work();
            _values.Add((watch.Elapsed.TotalSeconds, (line.Received - before) / 1e6));
        }

        public override string ToString()
        {
            var sorted = _values.OrderBy(v => v.Seconds).ToList();
            var median = sorted[sorted.Count / 2];
            return string.Create(CultureInfo.InvariantCulture,
                $"{median.Seconds:0.0} s ({sorted[0].Seconds:0.0}–{sorted[^1].Seconds:0.0}), {median.Megabytes:0.0} MB");
        }
    }
}
