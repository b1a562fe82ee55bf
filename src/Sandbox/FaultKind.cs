using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox;

/// <summary>
/// The ways in which a request can go wrong. Each is one function around the real work: before it, in its place, or after it.
/// </summary>
public sealed class FaultKind
{
    private const string SecondaryLimitText = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

    private FaultKind(string name, Func<Exchange, Func<Task<Answer>>, Task<Answer>> play) => (Name, PlayAsync) = (name, play);

    /// <summary>The work is done, then the connection is dropped: the client cannot know.</summary>
    public static FaultKind LoseAnswer { get; } = new("answer lost", async (_, next) =>
    {
        await next();
        return Answer.Nothing;
    });

    /// <summary>Nothing is done and the connection is dropped.</summary>
    public static FaultKind Drop { get; } = new("dropped", async (exchange, _) =>
    {
        await DrainAsync(exchange);
        return Answer.Nothing;
    });

    /// <summary>The bytes are stored with one of them changed, and all seems well.</summary>
    public static FaultKind Corrupt { get; } = new("corrupted", (exchange, next) =>
    {
        exchange.Body = new FaultyStream(exchange.Body) { Corrupts = true };
        return next();
    });

    /// <summary>A list comes without its first, newest element: the lag between GitHub's writes and its lists.</summary>
    public static FaultKind ListLags { get; } = new("list lags", async (_, next) =>
    {
        var answer = await next();
        if (answer.Parse() is not JsonArray { Count: > 0 } list) return answer;
        list.RemoveAt(0);
        return answer with { Body = Answer.Write(list) };
    });

    /// <summary>What traffic entries call it.</summary>
    public string Name { get; }

    internal Func<Exchange, Func<Task<Answer>>, Task<Answer>> PlayAsync { get; }

    /// <summary>Answers without doing the work.</summary>
    public static FaultKind Reply(int status, string body = "", params (string Name, string? Value)[] headers) =>
        Reply(status, System.Text.Encoding.UTF8.GetBytes(body), headers);

    /// <summary>Answers with bytes, e.g. compressed ones, without doing the work.</summary>
    public static FaultKind Reply(int status, byte[] body, params (string Name, string? Value)[] headers) =>
        new(Named("answered", status), async (exchange, _) =>
        {
            await DrainAsync(exchange);
            var answer = new Answer(status) { Body = body, ContentType = body is [(byte)'{' or (byte)'[', ..] ? "application/json" : null };
            return Add(answer, headers);
        });

    /// <summary>404 as GitHub gives it: a replica that lags behind a create.</summary>
    public static FaultKind NotYetThere() => Reply(404, Message("Not Found", "https://docs.github.com/rest"));

    /// <summary>An upload breaks at GitHub: an asset in the state <c>starter</c> stays behind.</summary>
    public static FaultKind LeaveStarter(int status = 502, string body = "") =>
        new(Named("starter left,", status), async (exchange, next) =>
        {
            await DrainAsync(exchange);
            exchange.Body = new FaultyStream(Stream.Null) { Breaks = true };
            try
            {
                return await next();
            }
            catch (EndOfStreamException)
            {
                return Answer.Text(status, body, body.StartsWith('{') ? "application/json" : "text/html");
            }
        });

    /// <summary>The connection is reset when this part of the request's body has arrived.</summary>
    public static FaultKind ResetAt(int percent) => new(Named("reset at %", percent), async (exchange, next) =>
    {
        exchange.Body = new FaultyStream(exchange.Body) { Limit = Part(exchange, percent), Breaks = true };
        await next();
        return Answer.Nothing;
    });

    /// <summary>This part of the bytes is stored as if it were all, and the connection is dropped.</summary>
    public static FaultKind TruncateAndDrop(int percent) => new(Named("truncated at %", percent), async (exchange, next) =>
    {
        exchange.Body = new FaultyStream(exchange.Body) { Limit = Part(exchange, percent) };
        await next();
        return Answer.Nothing;
    });

    /// <summary>The bytes are stored with one of them changed, and the connection is dropped.</summary>
    public static FaultKind CorruptAndDrop { get; } = new("corrupted and dropped", async (exchange, next) =>
    {
        exchange.Body = new FaultyStream(exchange.Body) { Corrupts = true };
        await next();
        return Answer.Nothing;
    });

    /// <summary>The answer breaks after this part of its body.</summary>
    public static FaultKind CutAnswer(int percent) =>
        new(Named("answer cut at %", percent), async (_, next) => await next() with { Percent = percent });

    /// <summary>The answer comes one byte at a time.</summary>
    public static FaultKind Trickle(TimeSpan pause) => new("trickling", async (_, next) => await next() with { Pause = pause });

    /// <summary>The work starts late.</summary>
    public static FaultKind Delay(TimeSpan delay) => new("delayed", async (exchange, next) =>
    {
        await Task.Delay(delay, exchange.Aborted);
        return await next();
    });

    /// <summary>GitHub's secondary limit, with or without <c>Retry-After</c> (seconds or a date).</summary>
    public static FaultKind SecondaryLimit(string? retryAfter = null, int status = 403) =>
        Reply(status, Message(SecondaryLimitText, Limits), ("Retry-After", retryAfter), ("x-ratelimit-remaining", "900"));

    /// <summary>GitHub's primary limit: nothing remains until the given time.</summary>
    public static FaultKind PrimaryLimit(DateTimeOffset reset) => Reply(
        403, Message("API rate limit exceeded for installation ID 1.", Limits), ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    /// <summary>The work is done and the answer's headers are changed; a null value removes a header.</summary>
    public static FaultKind Headers(params (string Name, string? Value)[] headers) =>
        new("headers changed", async (_, next) => Add(await next(), headers));

    /// <summary>The work is done, and its JSON answer says something else: what was true before the last write.</summary>
    public static FaultKind Edited(Action<JsonNode> change) => new("edited", async (_, next) =>
    {
        var answer = await next();
        if (answer.Parse() is not { } json) return answer;
        change(json);
        return answer with { Body = Answer.Write(json) };
    });

    /// <summary>The test does something before the work: another client publishes, a branch moves, the client is killed.</summary>
    public static FaultKind Before(Func<Task> act) => new("before", async (_, next) =>
    {
        await act();
        return await next();
    });

    /// <summary>The test does something between the work and its answer.</summary>
    public static FaultKind After(Func<Task> act) => new("after", async (_, next) =>
    {
        var answer = await next();
        await act();
        return answer;
    });

    /// <summary>The test does something in the middle: of an upload, when its name is taken and its bytes are yet to come.</summary>
    public static FaultKind Midway(Func<Task> act) => new("midway", (exchange, next) =>
    {
        exchange.Body = new FaultyStream(exchange.Body) { First = act };
        return next();
    });

    private const string Limits = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";

    private static string Message(string message, string manual) =>
        new JsonObject { ["message"] = message, ["documentation_url"] = manual }.ToJsonString();

    private static Answer Add(Answer answer, (string Name, string? Value)[] headers) =>
        headers.Aggregate(answer, (changed, header) => changed.With(header.Name, header.Value));

    private static long Part(Exchange exchange, int percent) => (exchange.ContentLength ?? 0) * percent / 100;

    private static string Named(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what} {number}");

    // A client that is still sending would see a reset in place of the answer.
    private static Task DrainAsync(Exchange exchange) => exchange.Body.CopyToAsync(Stream.Null, exchange.Aborted);
}
