using System.Globalization;
using NodaTime;
using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

/// <summary>Which day it is where the team counts its days. The zones' rules come with the program: an image without the system's files knows the same names.</summary>
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
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone) return Instant.FromDateTimeOffset(moment).InZone(zone).ToDateTimeUnspecified();
        var (file, line) = policy.PlaceOf("gates.time-zone");
        throw new ActionException(ExitCode.BadInput, [new Finding(
            $"The time zone '{name}' of the policy is not known", $"{Question(name)}Write UTC, an offset such as +01:00, or a name of the IANA database such as Europe/Berlin", file, line)]);
    }

    // People write the city alone.
    private static string Question(string name)
    {
        var names = DateTimeZoneProviders.Tzdb.Ids;
        var city = names.FirstOrDefault(n => n.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase));
        return city is null ? (name.Any(char.IsAsciiLetter) ? Spelling.Question(name, names) : "") : $"Did you mean '{city}'? ";
    }

    private static TimeSpan? Offset(string name)
    {
        if (name is "UTC" or "Z") return TimeSpan.Zero;
        if (name is not ['+' or '-', .. var digits] || !TimeSpan.TryParseExact(digits, @"hh\:mm", CultureInfo.InvariantCulture, out var offset) || offset > TimeSpan.FromHours(14)) return null;
        return name[0] == '-' ? -offset : offset;
    }
}
