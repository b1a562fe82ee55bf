using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Many files, a large one, and many releases. What is measured is memory and requests; times belong to the bench.</summary>
[Collection(nameof(Alone))]
public sealed class LoadTests
{
    private const long MostMemory = 150L * 1024 * 1024;

    [Fact]
    [Trait("Row", "L1"), Trait("Row", "F39")]
    public async Task A_thousand_files_take_one_write_each_and_little_memory()
    {
        await using var ground = await NewAsync(files: 1_000);
        long memory = 0;
        ground.Fault("PATCH", "releases/*", FaultKind.After(async () => memory = (await ground.Client.Task).PeakMemory));
        using var process = new ReleaseProcess(ground);

        (await process.EndAsync()).ExitCode.Should().Be(0);

        ground.Writes.Should().HaveCountLessThanOrEqualTo(1_100);
        ground.GitHub.Releases.Single().Assets.Should().HaveCount(1_000).And.OnlyContain(a => a.State == "uploaded" && a.Size == 1_024);
        memory.Should().BeInRange(1, MostMemory);
        // Verified by lists that have ten pages.
        ground.GitHub.Traffic.Entries.Should()
            .Contain(e => e.Method == "GET" && e.Path.EndsWith("/assets", StringComparison.Ordinal) && e.Query.Contains("page=10"));

        ground.GitHub.Traffic.Clear();
        using (var again = new ReleaseProcess(ground)) (await again.EndAsync()).ExitCode.Should().Be(0);
        ground.Writes.Should().BeEmpty("each of the thousand is found again");
    }

    [Fact]
    [Trait("Row", "L1")]
    public async Task A_thousand_files_pass_the_hourly_limit_by_waiting_for_it()
    {
        var clock = new PromptClock();
        await using var ground = await NewAsync(1_000, o => o with { Clock = clock, WritesPerHour = 500, WritesPerMinute = 80 }, clock);
        var began = clock.GetUtcNow();

        var run = await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "dist/*").Input("max-wait", "360")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Assets.Should().HaveCount(1_000);
        // 1,002 writes at 500 an hour: two whole hours, and the last two at the beginning of the third.
        (clock.GetUtcNow() - began)
            .Should().BeGreaterThanOrEqualTo(TimeSpan.FromHours(2)).And.BeLessThan(TimeSpan.FromHours(2) + TimeSpan.FromMinutes(2));
        run.Log.Should().Contain("::notice::GitHub limits how much may be written: at 80 a minute and 500 an hour, the ")
            .And.Contain(" that are left take until about 2026-01-02 05:04:05 UTC");
        ground.GitHub.Bans.Should().Be(0);
        ground.GitHub.Traffic.Entries.Count(e => e.Status == 403)
            .Should().BeInRange(1, 16, "each of the uploads under way ran into the limit once, and none again");
    }

    [Fact]
    [Trait("Row", "L1"), Trait("Row", "F10")]
    public async Task Where_max_wait_is_too_short_for_the_limit_it_is_reported_at_once_and_the_next_run_goes_on()
    {
        var clock = new PromptClock();
        await using var ground = await NewAsync(600, o => o with { Clock = clock, WritesPerHour = 500, WritesPerMinute = 80 }, clock);
        Task<RunResult> RunAsync() =>
            ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "dist/*").RunAsync(new ReleasePublishAction());

        var run = await RunAsync();

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Log.Should().Contain(
            "take until about 2026-01-02 04:05:05 UTC; `max-wait` ends the step before, and the next run goes on from what is there");
        run.Errors.Should().ContainSingle().Which.Should().StartWith("GitHub was not asked to take the file '")
            .And.Contain("its limits leave no room for that until 2026-01-02 04:04:05 UTC");
        clock.CreateTimer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan).Dispose();
        (await RunAsync()).ExitCode.Should().Be(ExitCode.Done);
        ground.GitHub.Releases.Single().Assets.Should().HaveCount(600);
        ground.GitHub.Bans.Should().Be(0);
    }

    [Fact]
    [Trait("Row", "L2")]
    public async Task The_largest_file_is_read_twice_and_never_whole_in_memory()
    {
        await using var ground = await NewAsync(files: 0);
        var folder = Directory.CreateDirectory(Path.Combine(ground.Checkout.Root, "dist")).FullName;
        using (var file = File.Create(Path.Combine(folder, "big.bin"))) file.SetLength(PublishPlan.LargestFile);
        var (memory, read) = (0L, 0L);
        ground.Fault("PATCH", "releases/*", FaultKind.After(async () =>
        {
            var client = await ground.Client.Task;
            (memory, read) = (client.PeakMemory, client.BytesRead);
        }));
        using var process = new ReleaseProcess(ground);

        (await process.EndAsync()).ExitCode.Should().Be(0);

        ground.GitHub.Releases.Single().Assets.Should().ContainSingle().Which.Size.Should().Be(PublishPlan.LargestFile);
        memory.Should().BeInRange(1, MostMemory);
        // What the runtime reads of itself is far below a tenth of the file.
        read.Should().BeInRange(PublishPlan.LargestFile * 2, PublishPlan.LargestFile / 10 * 21);
    }

    [Fact]
    [Trait("Row", "L13")]
    public async Task Release_after_release_memory_does_not_grow_and_no_file_is_left()
    {
        const int Rounds = 10, ReleasesARound = 50, Megabyte = 1024 * 1024;
        await using var ground = await NewAsync(files: 3);
        using var client = new HttpClient
        {
            BaseAddress = new Uri($"{ground.GitHub.ApiUrl}/repos/acme/shop/"),
            DefaultRequestHeaders =
            {
                { "Authorization", "Bearer sandbox-token" }, { "User-Agent", "soak" },
                { "Accept", "application/vnd.github+json" }, { "X-GitHub-Api-Version", "2022-11-28" },
            },
        };
        List<(long Heap, long Process)> memory = [];

        for (var round = 0; round < Rounds; round++)
        {
            await ReleaseAsync(ground, client, round * ReleasesARound, ReleasesARound);
            memory.Add(Memory());
        }

        // Meanwhile pools fill, and let go of what the start needed.
        memory.RemoveRange(0, 2);
        foreach (var part in (List<long>[])[[.. memory.Select(m => m.Heap)], [.. memory.Select(m => m.Process)]])
            (MiddleSlope(part) / ReleasesARound * 100).Should().BeLessThan(Megabyte, string.Join(", ", memory));
        Directory.GetFileSystemEntries(ground.Checkout.Aside("temp")).Should().BeEmpty();
        Directory.GetFileSystemEntries(ground.Checkout.Aside("home")).Should().BeEmpty();
    }

    // What is alive, and what the system counts as this process's once everything is given back that can be.
    private static (long Heap, long Process) Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return (GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }

    // The median of the slopes between all pairs (Theil and Sen's estimate): a round in which the runtime took a page moves it little.
    private static double MiddleSlope(List<long> values) =>
        (from a in Enumerable.Range(0, values.Count)
         from b in Enumerable.Range(a + 1, values.Count - a - 1)
         select (values[b] - values[a]) / (double)(b - a)).Order().ElementAt(values.Count * (values.Count - 1) / 4);

    // Each release is taken away again, with its tag: what the sandbox keeps of it is no leak of ours.
    private static async Task ReleaseAsync(ReleaseGround ground, HttpClient client, int from, int count)
    {
        for (var patch = from; patch < from + count; patch++)
        {
            var run = await ground.Rig().OnBranch("main").Input("version", $"1.0.{patch}").Input("files", "dist/*")
                .RunAsync(new ReleasePublishAction());
            run.ExitCode.Should().Be(ExitCode.Done, run.Log);
            var release = ground.GitHub.Releases.Single();
            foreach (var path in (string[])[$"releases/{release.Id}", $"git/refs/tags/{release.TagName}"])
                (await client.DeleteAsync(path)).EnsureSuccessStatusCode();
            ground.GitHub.Traffic.Clear();
        }
    }

    private static async Task<ReleaseGround> NewAsync(
        int files, Func<SandboxOptions, SandboxOptions>? change = null, PromptClock? clock = null)
    {
        var ground = await ReleaseGround.NewAsync(change, clock);
        for (var file = 0; file < files; file++) ground.Checkout.Write($"dist/{file:0000}.bin", new string('x', 1_024));
        return ground;
    }
}

/// <summary>Tests that measure this process or fill the machine: nothing runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
