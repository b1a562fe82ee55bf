using System.Globalization;

namespace ReleaseActions.Core.Policy;

/// <summary>What must hold outside the files: checks, issues, people, the calendar.</summary>
public sealed record GatePolicy
{
    internal GatePolicy(PolicyMap map)
    {
        Checks = map.Texts("checks", "The checks that must be green on the commit, by the names that a pull request shows.");
        BlockingLabels = map.Texts("blocking-labels", "No open issue may carry one of these labels.");
        Approvals = map.Maps("approvals", "The teams that must approve; one of each, on the pull request that brought the commit or on the run's environment.", m => new ApprovalPolicy(m));
        Environments = map.Texts("environments", "The environments of the run whose approvals count, such as production; all of them where absent. Reviews of the pull request count either way.");
        Blackouts = map.Maps("blackouts", "Days on which nothing is released.", m => new BlackoutPolicy(m));
        TimeZone = map.Text("time-zone", "Where the days of blackouts begin and end: UTC, an offset such as +01:00, or a name such as Europe/Berlin, which follows summer time.", "UTC");
    }

    /// <summary>Names of checks and of commit statuses.</summary>
    public IReadOnlyList<string> Checks { get; }

    /// <summary>Labels of issues.</summary>
    public IReadOnlyList<string> BlockingLabels { get; }

    /// <summary>The teams that must approve.</summary>
    public IReadOnlyList<ApprovalPolicy> Approvals { get; }

    /// <summary>The environments whose approvals count; empty for all.</summary>
    public IReadOnlyList<string> Environments { get; }

    /// <summary>Days without releases.</summary>
    public IReadOnlyList<BlackoutPolicy> Blackouts { get; }

    /// <summary>The time zone of <see cref="Blackouts"/>.</summary>
    public string TimeZone { get; }
}

/// <summary>A team of which one must approve.</summary>
public sealed record ApprovalPolicy
{
    internal ApprovalPolicy(PolicyMap map)
    {
        Team = map.RequiredText("team", "The team's name in addresses (its slug), of the organisation that owns the repository.");
        Members = map.Texts("members", "Its members, where they are listed here; GitHub is asked where this is absent, which takes the input `team-token`.");
        MajorOnly = map.Flag("major-only", "Only the first stable or earlier version of a new first number, such as 2.0.0, needs this team.", false);
    }

    /// <summary>The team's slug.</summary>
    public string Team { get; }

    /// <summary>Its members' logins; empty where GitHub is asked.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>Whether only majors need it.</summary>
    public bool MajorOnly { get; }
}

/// <summary>Days, both ends among them: of one year, as 2026-11-23, or of every year, as 12-20.</summary>
public sealed record BlackoutPolicy
{
    private const string Remedy = "Write a day as 2026-12-20, or as 12-20 for every year; both ends alike, and the earlier one first where they have years";

    internal BlackoutPolicy(PolicyMap map)
    {
        Name = map.RequiredText("name", "What the days are called.");
        var (from, to) = (map.RequiredText("from", "The first day: 2026-12-20, or 12-20 for every year."), map.RequiredText("to", "The last day, in the same form."));
        (From, To) = (Day(from), Day(to));
        if (from.Length > 0 && From is null) map.Reject("from", Remedy);
        if (to.Length > 0 && To is null) map.Reject("to", Remedy);
        if (From is { } first && To is { } last && ((first.Year is null) != (last.Year is null) || (first.Year is not null && first.CompareTo(last) > 0))) map.Reject("to", Remedy);
    }

    /// <summary>What the days are called.</summary>
    public string Name { get; }

    private (int? Year, int Month, int Day)? From { get; }

    private (int? Year, int Month, int Day)? To { get; }

    /// <summary>Whether a day is one of them. 12-20 to 01-05 goes over the turn of the year.</summary>
    public bool Holds(DateOnly date)
    {
        if (From is not { } from || To is not { } to) return false;
        (int?, int, int) day = (from.Year is null ? null : date.Year, date.Month, date.Day);
        var (isAfter, isBefore) = (day.CompareTo(from) >= 0, day.CompareTo(to) <= 0);
        return from.CompareTo(to) <= 0 ? isAfter && isBefore : isAfter || isBefore;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}, {Text(From)} to {Text(To)}";

    // 2000 was a leap year: 02-29 is a day of every year that has it.
    private static (int? Year, int Month, int Day)? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (day.Year, day.Month, day.Day)
        : DateOnly.TryParseExact($"2000-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) ? (null, day.Month, day.Day) : null;

    private static string Text((int? Year, int Month, int Day)? day) =>
        day is not var (year, month, number) ? "" : string.Create(CultureInfo.InvariantCulture, $"{(year is null ? "" : $"{year:0000}-")}{month:00}-{number:00}");
}
