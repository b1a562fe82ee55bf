using System.Globalization;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;

namespace ReleaseActions.VersionValidate;

/// <summary>Which day it is where the team counts its days.</summary>
internal static class Calendar
{
    /// <summary>The day at a moment, in the policy's time zone.</summary>
    /// <exception cref="ActionException">The time zone is not known (exit 2).</exception>
    public static DateOnly DayOf(DateTimeOffset moment, ReleasePolicy policy) =>
        DateOnly.FromDateTime(policy.Gates.Blackouts.Count == 0 ? moment.UtcDateTime : Local(moment, policy));

    private static DateTime Local(DateTimeOffset moment, ReleasePolicy policy)
    {
        var name = policy.Gates.TimeZone;
        if (Offset(name) is { } offset) return moment.ToOffset(offset).DateTime;
        try
        {
            // A name with dots would be looked up outside the folder of time zones.
            if (!name.Contains('.', StringComparison.Ordinal) && !name.StartsWith('/')) return TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(name)).DateTime;
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or IOException or UnauthorizedAccessException)
        {
            // Told below, as any other name that is none.
        }

        var (file, line) = policy.PlaceOf("gates.time-zone");
        throw new ActionException(ExitCode.BadInput, [new Finding(
            $"The time zone '{name}' of the policy is not known here", "Write UTC, or an offset such as +01:00; names such as Europe/Berlin are known only where the machine has the time zones' files", file, line)]);
    }

    private static TimeSpan? Offset(string name)
    {
        if (name is "UTC" or "Z") return TimeSpan.Zero;
        if (name is not ['+' or '-', .. var digits] || !TimeSpan.TryParseExact(digits, @"hh\:mm", CultureInfo.InvariantCulture, out var offset) || offset > TimeSpan.FromHours(14)) return null;
        return name[0] == '-' ? -offset : offset;
    }
}
