using System.Globalization;
using NodaTime;
using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

// The time zones are part of the program, so every image knows the same names.
internal sealed partial class ValidationRequest
{
    /// <summary>The day at a moment, in the policy's time zone.</summary>
    /// <exception cref="ActionException">The time zone is not known (exit 2).</exception>
    public DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(Policy.Gates.Blackouts.Count == 0 ? moment.UtcDateTime : LocalTime(moment, Policy.Gates.TimeZone));

    private DateTime LocalTime(DateTimeOffset moment, string name)
    {
        if (Offset(name) is { } offset) return moment.ToOffset(offset).DateTime;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone)
            return Instant.FromDateTimeOffset(moment).InZone(zone).ToDateTimeUnspecified();
        const string Remedy = "Write UTC, an offset such as +01:00, or a name of the IANA database such as Europe/Berlin";
        var (file, line) = Policy.PlaceOf("gates.time-zone");
        var finding = new Finding($"The time zone '{name}' of the policy is not known", $"{Suggestion(name)}{Remedy}", file, line);
        throw new ActionException(ExitCode.BadInput, [finding]);
    }

    // People write the city alone.
    private static string Suggestion(string name)
    {
        var names = DateTimeZoneProviders.Tzdb.Ids;
        var city = names.FirstOrDefault(n => n.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase));
        if (city is not null) return $"Did you mean '{city}'? ";
        return name.Any(char.IsAsciiLetter) ? Spelling.Question(name, names) : "";
    }

    private static TimeSpan? Offset(string name)
    {
        if (name is "UTC" or "Z") return TimeSpan.Zero;
        if (name is not ['+' or '-', .. var digits]) return null;
        var isOffset = TimeSpan.TryParseExact(digits, @"hh\:mm", CultureInfo.InvariantCulture, out var offset);
        if (!isOffset || offset > TimeSpan.FromHours(14)) return null;
        return name[0] == '-' ? -offset : offset;
    }
}
