using System.Net;
using System.Text;
using Polly;

namespace ReleaseActions.Core.Http;

/// <summary>Limits of servers: which answers are one, and how long it is to be waited for.</summary>
public sealed partial class ResilientHttp
{
    // A secondary limit may name no time in any header; only its words tell it from a refusal. What was read of them stays the answer's
    // content.
    private static async Task MarkLimitAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var (whole, words) = (answer.Content, Array.Empty<byte>());
        try
        {
            (words, _) = await CappedRead.BeginningAsync(whole, LargestRefusal, cancellation);
        }
        catch (IOException)
        {
            // It broke off: its status has to do.
        }

        answer.Content = new ByteArrayContent(words);
        answer.Content.Headers.ContentType = whole.Headers.ContentType;
        whole.Dispose();
        if (Encoding.UTF8.GetString(words).Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase))
            answer.RequestMessage!.Options.Set(IsSecondaryLimit, true);
    }

    /// <summary>Whether nobody was asked: a limit that is known leaves no room within the time that may be waited.</summary>
    internal static bool WasHeldBack(HttpResponseMessage answer) =>
        answer.RequestMessage?.Options.TryGetValue(IsHeldBack, out var isHeld) == true && isHeld;

    /// <summary>Whether a server refused because of a limit, before it did anything.</summary>
    internal static bool IsLimit(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.TooManyRequests
        || (answer.StatusCode == HttpStatusCode.Forbidden
        && (AnswerHeaders.All(answer, "Retry-After").Count > 0 || RemainingIsZero(answer) || IsSecondary(answer)));

    /// <summary>How long to wait before asking again: what the server says, or else longer each time.</summary>
    internal TimeSpan WaitBefore(HttpResponseMessage? answer, int attempt)
    {
        var factor = Math.Pow(2, Math.Min(attempt, MostDoublings));
        var wait = (answer is null ? null : AnswerHeaders.Wait(answer, clock))
            ?? (answer?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden ? SecondaryLimitWait : FirstWait) * factor;
        // "Now", said by a limit that still holds, is no time at all.
        return answer is not null && IsLimit(answer) && wait < FirstWait ? FirstWait * factor : wait;
    }

    /// <summary>How long the wait would have been that was not waited any more: after those before it, not a first one.</summary>
    internal TimeSpan WaitAfter(HttpResponseMessage answer) =>
        WaitBefore(answer, answer.RequestMessage?.Options.TryGetValue(Attempt, out var attempt) == true ? attempt : 0);

    private static bool IsSecondary(HttpResponseMessage answer) =>
        answer.RequestMessage?.Options.TryGetValue(IsSecondaryLimit, out var marked) == true && marked;

    private static bool RemainingIsZero(HttpResponseMessage answer) => AnswerHeaders.One(answer, "x-ratelimit-remaining") == "0";

    private static string ReasonOf(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} from {answer.RequestMessage?.RequestUri?.Host}";

    private static string ReasonOf(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } answer ? ReasonOf(answer) : outcome.Exception?.Message ?? "no answer";
}
