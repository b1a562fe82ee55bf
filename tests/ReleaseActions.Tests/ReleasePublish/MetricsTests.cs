using ReleaseActions.Core;
using ReleaseActions.ReleasePublish.Metrics;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>How often and how fast a team releases, and how often it rolls back.</summary>
[Trait("Rule", "OPS-10")]
public sealed class MetricsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Twelve_months_are_drawn_with_releases_lead_times_and_rollbacks() => Golden.Matches(new ReleaseMetrics(
    [
        Release("0.9.0", "2025-06-30", 9),
        Release("1.0.0", "2025-07-01", 10),
        Release("1.1.0", "2025-12-24", 2.5),
        Release("1.1.1", "2025-12-27", 0.25) with { Notes = "### Fixed\n- Rolls back 1.1.0" },
        Release("1.2.0", "2026-06-15", null),
    ], Now).ToMarkdown(), "metrics");

    [Fact]
    public void Without_a_release_there_is_nothing_to_draw() =>
        new ReleaseMetrics([Release("0.9.0", "2025-06-30", 9)], Now).ToMarkdown()
            .Should().Be("### Release metrics\n\nNo release in the last 12 months.");

    [Theory]
    [InlineData("Emergency rollback from v1.2.3", true)]
    [InlineData("Rolled back 1.2.3", true)]
    [InlineData("Rollback of `v1.2.3`", true)]
    [InlineData("roll-back to 1.2", true)]
    [InlineData("Rollback of transactions is faster", false)]
    [InlineData("1.2.3 can be rolled back", false)]
    [InlineData("", false)]
    public void A_rollback_says_which_version_it_takes_back(string notes, bool isRollback) =>
        new PublicRelease("1.2.4", Now, "", notes).IsRollback.Should().Be(isRollback);

    [Fact]
    public void The_median_of_an_even_number_lies_between_the_two_in_the_middle() =>
        ReleaseMetrics.Median([TimeSpan.FromDays(4), TimeSpan.FromDays(1), TimeSpan.FromDays(9), TimeSpan.FromDays(2)])
            .Should().Be(TimeSpan.FromDays(3));

    [Fact]
    public async Task The_metrics_come_from_one_list_and_the_commits_of_the_checkout()
    {
        await using var ground = await NewAsync(change: o => o with { Clock = new PromptClock() });
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("figures", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("- 1 release in the last 12 months, 0.1 a month\n- less than an hour from commit to release (median)\n"
            + "- no rollback\n\n```mermaid\nxychart-beta");
        ground.GitHub.Traffic.Entries.Count(e => e.Path.EndsWith("/shop/releases", StringComparison.Ordinal) && e.Method == "GET")
            .Should().Be(5, "four look for drafts and for what else is published, one is for the metrics");
    }

    [Fact]
    public async Task Where_the_checkout_cuts_history_off_the_times_are_those_of_the_whole_one()
    {
        await using var ground = await NewAsync(change: o => o with { Clock = new PromptClock() });
        ground.Checkout.Git("fetch", "--quiet", "--depth=1", $"file://{ground.Checkout.Origin}", "main");

        var run = await PublishAsync(ground, ("figures", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("from commit to release (median)");
    }

    [Fact]
    public async Task More_releases_than_are_read_are_not_counted_as_all()
    {
        await using var ground = await NewAsync(change: o => o with { Clock = new PromptClock() });
        var now = new PromptClock().GetUtcNow();
        await ground.GitHub.PutAsync([.. Enumerable.Range(0, 1_100).Select(n => new Release
        {
            TagName = $"v0.{n}.0", TargetCommitish = "main", CreatedAt = now.AddHours(-n), PublishedAt = now.AddHours(-n),
        })]);

        var run = await PublishAsync(ground, ("figures", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("- at least 1000 releases in the last 12 months, 83.3 a month; "
            + "older ones were not read, so that the first months show too few");
    }

    [Fact]
    [Trait("Rule", "AEG-12")]
    public async Task Metrics_that_cannot_be_read_fail_no_release()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground);
        ground.Fault("GET", "releases", FaultKind.Reply(500), times: 99, skip: 1);

        var run = await PublishAsync(ground, ("figures", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("::warning::The release metrics are missing: GitHub was asked to list the releases");
    }

    private static PublicRelease Release(string version, string date, double? days) =>
        new(version, DateTimeOffset.Parse($"{date}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture), $"v{version}", "")
        {
            LeadTime = days is { } d ? TimeSpan.FromDays(d) : null,
        };
}
