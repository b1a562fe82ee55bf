using System.Globalization;
using System.Net.Http.Headers;

namespace ReleaseActions.Core.Http;

/// <summary>
/// The one reader of headers that a server sent. The library's properties take the first of several values, and leave it to their caller
/// that a time is out of all range; here a value that makes no sense, or is there twice and differs, is none.
/// </summary>
internal static class AnswerHeaders
{
    // Nobody waits for longer, and what is longer may be nonsense that no date can hold.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(366);

    /// <summary>The different values of a header, without spaces around them.</summary>
    public static IReadOnlyList<string> All(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values)
            ? [.. values.Select(v => v.Trim()).Distinct(StringComparer.Ordinal)] : [];

    /// <summary>The value of a header; null where there is none, or where several differ.</summary>
    public static string? One(HttpResponseMessage answer, string name) => All(answer, name) is [var value] ? value : null;

    /// <summary>The server's time where it sends one, because this machine's may be wrong by an hour; else this machine's.</summary>
    public static DateTimeOffset Now(HttpResponseMessage answer, TimeProvider clock) =>
        One(answer, "Date") is { } text && DateOf(text) is { } date ? date : clock.GetUtcNow();

    /// <summary>A moment after another, or the last one that there is.</summary>
    public static DateTimeOffset After(DateTimeOffset start, TimeSpan wait) =>
        wait < DateTimeOffset.MaxValue - start ? start + wait : DateTimeOffset.MaxValue;

    /// <summary>How long the server asks to wait, from nothing to a year; null where it names no time.</summary>
    public static TimeSpan? Wait(HttpResponseMessage answer, TimeProvider clock)
    {
        if (One(answer, "Retry-After") is { } text)
        {
            if (text.Length > 0 && text.All(char.IsAsciiDigit)) return Seconds(double.Parse(text, CultureInfo.InvariantCulture));
            if (DateOf(text) is { } date) return Seconds((date - Now(answer, clock)).TotalSeconds);
        }

        if (One(answer, "x-ratelimit-remaining") != "0" || One(answer, "x-ratelimit-reset") is not { } reset) return null;
        return long.TryParse(reset, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? Seconds((double)at - Now(answer, clock).ToUnixTimeSeconds()) : null;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestWait.TotalSeconds));

    // This type reads dates in all three forms that HTTP allows, and knows no time zone but GMT.
    private static DateTimeOffset? DateOf(string text) => RetryConditionHeaderValue.TryParse(text, out var value) ? value.Date : null;
}
