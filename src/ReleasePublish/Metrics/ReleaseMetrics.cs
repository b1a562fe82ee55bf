using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish.Metrics;

/// <summary>A release that is public.</summary>
/// <param name="Version">Its version, as text.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Title">Its title.</param>
/// <param name="Notes">Its notes.</param>
internal sealed partial record PublicRelease(string Version, DateTimeOffset PublishedAt, string Title, string Notes)
{
    /// <summary>How long its commits waited, from commit to publication; the median. Null where the checkout does not have them.</summary>
    public TimeSpan? LeadTime { get; init; }

    /// <summary>Whether it rolls back an earlier version: its title or notes say so, and which, as in <c>Rollback of 1.2.3</c>.</summary>
    public bool IsRollback => Rollback().IsMatch(Title) || Rollback().IsMatch(Notes);

    [GeneratedRegex(
        @"\broll(?:s|ed|ing)?[ -]?back\s+(?:(?:of|from|to)\s+)?\W{0,2}v?[0-9]+\.[0-9]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Rollback();
}

/// <summary>How a team releases: how often, how fast, and how often it rolls back. Pure; drawn with charts that GitHub renders.</summary>
/// <param name="Releases">The public releases, in any order.</param>
/// <param name="Now">The end of the twelve months that are drawn.</param>
internal sealed record ReleaseMetrics(IReadOnlyList<PublicRelease> Releases, DateTimeOffset Now)
{
    private const int Months = 12;
    private const int MostReleasesOfALine = 12;

    /// <summary>Whether there are older releases that were not read.</summary>
    public bool IsCut { get; init; }

    // Then the twelve months may have more releases than were read.
    private bool IsAtLeast => IsCut && Releases.All(r => r.PublishedAt >= FirstMonth);

    /// <summary>The releases of the twelve months, oldest first.</summary>
    private IReadOnlyList<PublicRelease> Recent =>
        [.. Releases.Where(r => r.PublishedAt >= FirstMonth && r.PublishedAt <= Now).OrderBy(r => r.PublishedAt)];

    private DateTimeOffset FirstMonth =>
        new DateTimeOffset(Now.UtcDateTime.Year, Now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - Months);

    /// <summary>The metrics for the summary.</summary>
    public string ToMarkdown()
    {
        var recent = Recent;
        if (recent.Count == 0) return "### Release metrics\n\nNo release in the last 12 months.";
        var rollbacks = recent.Where(r => r.IsRollback).ToList();
        var measured = recent.Where(r => r.LeadTime is not null).ToList();
        var hasBothKinds = rollbacks.Count > 0 && rollbacks.Count < recent.Count;
        return string.Join("\n\n", ((string?[])[
            "### Release metrics",
            $"- {Frequency(recent.Count)}\n- {LeadTime(measured)}\n- {Rollbacks(rollbacks, recent.Count)}",
            Markdown.Block("mermaid", PerMonth(recent)),
            measured.Count < 2 ? null : Markdown.Block("mermaid", LeadTimes([.. measured.TakeLast(MostReleasesOfALine)])),
            hasBothKinds ? Markdown.Block("mermaid", Share(recent.Count - rollbacks.Count, rollbacks.Count)) : null,
        ]).OfType<string>());
    }

    private string Frequency(int releases)
    {
        var (atLeast, older) = IsAtLeast ? ("at least ", "; older ones were not read, so that the first months show too few") : ("", "");
        return $"{atLeast}{Counted(releases, "release")} in the last 12 months, {Number((double)releases / Months)} a month{older}";
    }

    private static string LeadTime(List<PublicRelease> measured) => measured.Count == 0
        ? "the time from commit to release is not known: no release has a tag on origin"
        : $"{Days(Median([.. measured.Select(r => r.LeadTime!.Value)]))} from commit to release (median)";

    private static string Rollbacks(List<PublicRelease> rollbacks, int releases)
    {
        if (rollbacks.Count == 0) return "no rollback";
        var versions = string.Join(", ", rollbacks.Select(r => Markdown.Code(r.Version)));
        return $"{Counted(rollbacks.Count, "rollback")} ({100 * rollbacks.Count / releases} %): {versions}";
    }

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>The middle of several times.</summary>
    public static TimeSpan Median(IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private string PerMonth(IReadOnlyList<PublicRelease> recent)
    {
        var months = Enumerable.Range(0, Months).Select(m => FirstMonth.AddMonths(m)).ToList();
        var counts = months.Select(m => recent.Count(r => r.PublishedAt >= m && r.PublishedAt < m.AddMonths(1))).ToList();
        return $"""
            xychart-beta
                title "Releases a month"
                x-axis [{string.Join(", ", months.Select(m => m.ToString("'\"'MMM yy'\"'", CultureInfo.InvariantCulture)))}]
                y-axis "releases" 0 --> {counts.Max()}
                bar [{string.Join(", ", counts)}]
            """;
    }

    private static string LeadTimes(IReadOnlyList<PublicRelease> measured) => $"""
        xychart-beta
            title "Days from commit to release (median)"
            x-axis [{string.Join(", ", measured.Select(r => $"\"{r.Version}\""))}]
            y-axis "days" 0 --> {Number(Math.Max(1, Math.Ceiling(measured.Max(r => r.LeadTime!.Value.TotalDays))))}
            line [{string.Join(", ", measured.Select(r => Number(r.LeadTime!.Value.TotalDays)))}]
        """;

    private static string Share(int others, int rollbacks) => $"""
        pie showData
            title Releases and rollbacks
            "releases" : {others}
            "rollbacks" : {rollbacks}
        """;

    private static string Days(TimeSpan time) => time.TotalHours < 1 ? "less than an hour"
        : time.TotalDays < 1 ? $"{Number(time.TotalHours)} hours"
        : $"{Number(time.TotalDays)} days";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
