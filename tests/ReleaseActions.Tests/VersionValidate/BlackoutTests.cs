using System.Globalization;
using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Days without releases, and the emergency that passes.</summary>
[Trait("Rule", "OPS-08")]
public sealed class BlackoutTests : IDisposable
{
    private const string Ops =
        "gates:\n  blackouts:\n    - {name: holidays, from: 12-20, to: 01-05}\n    - {name: Big sale, from: 2026-11-23, to: "
        + "2026-11-27}\n  time-zone: \"+02:00\"\n";

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("2026-12-19T21:59:59Z", null)]
    [InlineData("2026-12-19T22:00:00Z", "2026-12-20 (+02:00), is in the blackout 'holidays, 12-20 to 01-05'")]
    [InlineData("2026-12-31T12:00:00Z", "2026-12-31 (+02:00), is in *")]
    [InlineData("2027-01-01T12:00:00Z", "2027-01-01 (+02:00), is in *")]
    [InlineData("2031-01-05T21:59:59Z", "2031-01-05 (+02:00), is in *")]
    [InlineData("2031-01-05T22:00:00Z", null)]
    [InlineData("2026-11-22T22:00:00Z", "2026-11-23 (+02:00), is in the blackout 'Big sale, 2026-11-23 to 2026-11-27'")]
    [InlineData("2026-11-27T22:00:00Z", null)]
    [InlineData("2027-11-25T12:00:00Z", null)]
    public async Task Nothing_is_released_in_a_blackout(string now, string? refusal)
    {
        _checkout.Policy(Ops);

        var run = await AtAsync(now);

        if (refusal is null)
        {
            run.Content().Should().Contain("| no blackout |");
            return;
        }

        run.Refusal().Should().Match($"Today, {refusal}. Release after it; an emergency passes with the input `emergency-reason`, *");
        run.Log.Should().Contain("::error file=.github/release-actions.yml,line=2::");
    }

    [Fact]
    public async Task An_emergency_passes_and_is_recorded()
    {
        _checkout.Policy(Ops);

        var run = await AtAsync(
            "2026-12-24T12:00:00Z", rig => rig.Input("emergency-reason", "CVE-2026-1 is exploited").With("GITHUB_ACTOR", "ada"));

        run.Content()
            .Should().Contain("| no blackout | **an emergency** in the blackout holidays, 12-20 to 01-05: CVE-2026-1 is exploited | ✅ |");
        run.Log.Should().Contain("step=emergency version=1.2.3 day=2026-12-24 actor=ada reason=\"CVE-2026-1 is exploited\" status=recorded")
            .And.Contain("::notice::1.2.3 is released in a blackout, as an emergency of ada: CVE-2026-1 is exploited");
    }

    [Theory]
    [InlineData("Release v1.2.3\n\nemergency-reason: CVE-2026-1 is exploited", true)]
    [InlineData("Release v1.2.3\n\nemergency-reason:", false)]
    [InlineData("Release v1.2.3", false)]
    public async Task A_pushed_tag_gives_the_reason_in_its_message(string message, bool passes)
    {
        _checkout.Policy(Ops).Git("tag", "--annotate", "--message", message, "v1.2.3");
        _checkout.Git("push", "--quiet", "origin", "v1.2.3");

        var rig = new Rig(_checkout) { Clock = new Stopped("2026-12-24T12:00:00Z") };
        var run = await rig.OnTag("v1.2.3").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(passes ? ExitCode.Done : ExitCode.Refused, run.Log);
        if (passes) run.Log.Should().Contain("step=emergency");
    }

    [Theory]
    [InlineData(
        "from: 12-20, to: 2026-01-05", "'gates.blackouts[0].to' is '2026-01-05'. Write a day as 2026-12-20, or as 12-20 for every year; *")]
    [InlineData(
        "from: 2026-12-20, to: 2026-01-05", "'gates.blackouts[0].to' is '2026-01-05'. *the earlier one first where they have years.")]
    [InlineData("from: 20.12., to: 01-05", "'gates.blackouts[0].from' is '20.12.'. *")]
    [InlineData("from: 02-30, to: 03-01", "'gates.blackouts[0].from' is '02-30'. *")]
    [InlineData("from: 12-20", "'gates.blackouts[0]' has no 'to'. *")]
    public async Task An_invalid_day_is_refused(string days, string message)
    {
        _checkout.Policy($"gates:\n  blackouts: [{{name: x, {days}}}]\n");

        (await AtAsync("2026-06-01T12:00:00Z")).Refusal(ExitCode.BadInput).Should().Match(message);
    }

    [Theory]
    [InlineData("2026-12-19T22:59:59Z", "Europe/Berlin", null)]
    [InlineData("2026-12-19T23:00:00Z", "Europe/Berlin", "2026-12-20 (Europe/Berlin)")]
    [InlineData("2026-06-30T21:59:59Z", "Europe/Berlin", null)]
    [InlineData("2026-06-30T22:00:00Z", "Europe/Berlin", "2026-07-01 (Europe/Berlin)")]
    [InlineData("2026-12-20T04:59:59Z", "America/New_York", null)]
    [InlineData("2026-12-20T05:00:00Z", "America/New_York", "2026-12-20 (America/New_York)")]
    [InlineData("2026-12-19T10:00:00Z", "Pacific/Kiritimati", "2026-12-20 (Pacific/Kiritimati)")]
    public async Task A_day_begins_where_the_team_s_time_zone_says_also_in_summer_time(string now, string zone, string? today)
    {
        _checkout.Policy(
            $"gates:\n  blackouts: [{{name: winter, from: 12-20, to: 01-05}}, {{name: summer, from: 07-01, to: 07-02}}]\n  time-zone: "
            + $"{zone}\n");

        var run = await AtAsync(now);

        if (today is null) run.Content().Should().Contain("| no blackout |");
        else run.Refusal().Should().StartWith($"Today, {today}, is in the blackout");
    }

    [Theory]
    [InlineData("Europe/Berlim", "Did you mean 'Europe/Berlin'")]
    [InlineData("europe/berlin", "Did you mean 'Europe/Berlin'")]
    [InlineData("Berlin", "Did you mean 'Europe/Berlin'? ")]
    [InlineData("../../../etc/passwd", "Write UTC, ")]
    [InlineData("+2", "Write UTC, ")]
    [InlineData("+99:00", "Write UTC, an offset such as +01:00, or a name of the IANA database such as Europe/Berlin.")]
    public async Task A_time_zone_that_is_none_is_refused_with_the_near_ones(string zone, string remedy)
    {
        _checkout.Policy(Ops.Replace("+02:00", zone, StringComparison.Ordinal));

        (await AtAsync("2026-06-01T12:00:00Z")).Refusal(ExitCode.BadInput)
            .Should().StartWith($"The time zone '{zone}' of the policy is not known. {remedy}");
    }

    private Task<RunResult> AtAsync(string now, Func<Rig, Rig>? change = null)
    {
        var rig = new Rig(_checkout) { Clock = new Stopped(now) }.OnBranch("main").Input("version", "1.2.3");
        return (change?.Invoke(rig) ?? rig).RunAsync(new VersionValidateAction());
    }

    private sealed class Stopped(string now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
    }
}
