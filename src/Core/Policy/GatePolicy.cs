using System.Globalization;

namespace ReleaseActions.Core.Policy;

/// <summary>What must hold outside the repository's files: checks, issues, people, the calendar.</summary>
/// <remarks>All of it guards a release: each key is also in <see cref="PolicyGuard"/>.</remarks>
public sealed class GatePolicy(PolicyMap map)
{
    /// <summary>Names of checks and of commit statuses.</summary>
    public IReadOnlyList<string> Checks { get; } = map.Texts(
        "checks", "The checks that must be green on the commit, by their names on a pull request.");

    /// <summary>Labels of issues.</summary>
    public IReadOnlyList<string> BlockingLabels { get; } = map.Texts("blocking-labels", "No open issue may have one of these labels.");

    /// <summary>The teams that must approve.</summary>
    public IReadOnlyList<ApprovalPolicy> Approvals { get; } = map.Maps("approvals",
        "The teams that must approve; one person of each, on the pull request of the commit or on the run's environment.",
        m => new ApprovalPolicy(m));

    /// <summary>The environments whose approvals count; empty for all.</summary>
    public IReadOnlyList<string> Environments { get; } = map.Texts("environments",
        "The environments of the run whose approvals count, such as production; all where absent. Pull request reviews always count.");

    /// <summary>Days without releases.</summary>
    public IReadOnlyList<BlackoutPolicy> Blackouts { get; } = map.Maps(
        "blackouts", "Days on which nothing is released.", m => new BlackoutPolicy(m));

    /// <summary>The time zone of <see cref="Blackouts"/>.</summary>
    public string TimeZone { get; } = map.Text("time-zone",
        "The time zone of blackouts: UTC, an offset such as +01:00, or a name such as Europe/Berlin, which follows daylight saving time.",
        "UTC");
}

/// <summary>A team of which one person must approve.</summary>
public sealed class ApprovalPolicy(PolicyMap map)
{
    /// <summary>The team's slug.</summary>
    public string Team { get; } = map.RequiredText("team", "The team's slug, in the organisation that owns the repository.");

    /// <summary>Its members' logins; empty where GitHub is asked.</summary>
    public IReadOnlyList<string> Members { get; } = map.Texts(
        "members", "Its members' logins; where absent, GitHub is asked, which needs the input `team-token`.");

    /// <summary>Whether only majors need it.</summary>
    public bool MajorOnly { get; } = map.Flag(
        "major-only", "Only the first stable or earlier version of a new major number, such as 2.0.0, needs this team.", false);

    /// <inheritdoc/>
    public override string ToString()
    {
        var members = Members.Count == 0 ? "" : $" ({string.Join(", ", Members)})";
        return $"{Team}{members}{(MajorOnly ? " for majors only" : "")}";
    }
}

/// <summary>A range of days, both ends included: of one year, as 2026-11-23, or of every year, as 12-20.</summary>
public sealed class BlackoutPolicy
{
    private const string Remedy =
        "Write a day as 2026-12-20, or as 12-20 for every year; both ends alike, and the earlier one first where they have years";

    private readonly (int? Year, int Month, int Day)? _from;
    private readonly (int? Year, int Month, int Day)? _to;

    internal BlackoutPolicy(PolicyMap map)
    {
        Name = map.RequiredText("name", "The name of the range.");
        var from = map.RequiredText("from", "The first day: 2026-12-20, or 12-20 for every year.");
        var to = map.RequiredText("to", "The last day, in the same form.");
        (_from, _to) = (Day(from), Day(to));
        if (from.Length > 0 && _from is null) map.Reject("from", Remedy);
        if (to.Length > 0 && _to is null) map.Reject("to", Remedy);
        if (_from is not { } first || _to is not { } last) return;
        var isMixed = first.Year is null != last.Year is null;
        if (isMixed || (first.Year is not null && first.CompareTo(last) > 0)) map.Reject("to", Remedy);
    }

    /// <summary>The name of the range.</summary>
    public string Name { get; }

    /// <summary>Whether a day is in the range. 12-20 to 01-05 includes the turn of the year.</summary>
    public bool Contains(DateOnly date)
    {
        if (_from is not { } from || _to is not { } to) return false;
        (int?, int, int) day = (from.Year is null ? null : date.Year, date.Month, date.Day);
        var (isAfter, isBefore) = (day.CompareTo(from) >= 0, day.CompareTo(to) <= 0);
        return from.CompareTo(to) <= 0 ? isAfter && isBefore : isAfter || isBefore;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}, {Text(_from)} to {Text(_to)}";

    // 2000 was a leap year: 02-29 is a day of every leap year.
    private static (int? Year, int Month, int Day)? Day(string text) =>
        IsDate(text, out var day) ? (day.Year, day.Month, day.Day) : IsDate($"2000-{text}", out day) ? (null, day.Month, day.Day) : null;

    private static bool IsDate(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static string Text((int? Year, int Month, int Day)? day)
    {
        if (day is not var (year, month, number)) return "";
        var text = string.Create(CultureInfo.InvariantCulture, $"{month:00}-{number:00}");
        return year is null ? text : string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{text}");
    }
}
