using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>GitHub's refusals, in sentences that say what to do.</summary>
public partial class GitHubClient
{
    private ActionException RefusalOf(ApiRequest request, HttpResponseMessage answer, byte[] body)
    {
        var words = WordsOf(body);
        var asked = $"GitHub was asked to {request.Purpose}";
        if (ResilientHttp.IsLimit(answer)) return LimitOf(request, answer);
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized when token is null => ActionException.Remote(
                $"{asked}, and no token was given: {words}",
                "See why the input `token` is empty: its secret does not exist, or is not passed to this run (a fork's pull request, an "
                + "environment that the job does not name); omit `token` for the job's own"),
            HttpStatusCode.Unauthorized => ActionException.Remote(
                $"{asked}: token rejected ({words})", "Give a token that is valid, such as `token: ${{ github.token }}`"),
            HttpStatusCode.Forbidden
                when words.Contains("not accessible by", StringComparison.Ordinal) || words.Contains(
                "Must have", StringComparison.Ordinal) =>
                ActionException.Remote(
                $"{asked}, and the token may not: {words}", $"Grant it under the job's `permissions:` as `{request.Permission}`"),
            HttpStatusCode.Forbidden when words.Contains("not permitted to create", StringComparison.Ordinal) => ActionException.Remote(
                $"{asked}, and the repository's settings forbid it: {words}",
                "Allow it under Settings, Actions, General, or give the token of a GitHub App; then run it again"),
            HttpStatusCode.NotFound when request.Method == HttpMethod.Post => ActionException.Remote(
                $"{asked}, and said 404 ({words})",
                "The token may not see the repository; or the commit changes files under .github/workflows, which asks for a token "
                + "with the `workflows` permission"),
            HttpStatusCode.UnprocessableEntity => Unprocessable(asked, words),
            _ => ActionException.Remote(
                $"{asked}, and answered {(int)answer.StatusCode}: {words}", "Run it again: it goes on from what is there"),
        };
    }

    /// <summary>GitHub's reason in a refusal that the caller expected: its message and the errors below it, on one short line.</summary>
    public static string ReasonOf(ApiAnswer refusal) => WordsOf(refusal.Body);

    /// <summary>The error for a 422 that the caller expected, and that means something else.</summary>
    public static ActionException Unprocessable(ApiRequest request, ApiAnswer refusal) =>
        Unprocessable($"GitHub was asked to {request.Purpose}", WordsOf(refusal.Body));

    private static ActionException Unprocessable(string asked, string words)
    {
        if (words.Contains("was used by an immutable release", StringComparison.Ordinal))
            return ActionException.Refused(
                $"{asked}, and the tag is burned: {words}",
                "Release under the next version; this tag can never carry a release again, and a draft of it may be deleted");
        if (words.Contains("tag_name already_exists", StringComparison.Ordinal))
            return ActionException.Refused(
                $"{asked}, and another run has published that tag meanwhile: {words}",
                "Run it again: it compares what is published with what is meant");
        if (words.Contains("immutable release", StringComparison.OrdinalIgnoreCase))
            return ActionException.Refused(
                $"{asked}, and the release is immutable: {words}", "What is published stays as it is: release under the next version");
        if (words.Contains("Object does not exist", StringComparison.Ordinal))
            return ActionException.Remote(
                $"{asked}, and the commit is not there: {words}", "Push the commit first (git push origin HEAD), then run it again");
        if (words.Contains("pre_receive", StringComparison.Ordinal) || words.Contains(
            "rule violations", StringComparison.OrdinalIgnoreCase))
            return ActionException.Remote(
                $"{asked}, and a rule of the repository forbids it: {words}",
                "Let the job's token pass the rule, or push the tag manually and run it again");
        return ActionException.Remote(
            $"{asked}, and it refused: {words}", "Correct what it names, then run it again: it goes on from what is there");
    }

    private ActionException LimitOf(ApiRequest request, HttpResponseMessage answer)
    {
        var free = AnswerHeaders.After(AnswerHeaders.Now(answer, clock), http.WaitAfter(answer))
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return ActionException.Remote(
            ResilientHttp.WasHeldBack(answer)
                ? $"GitHub was not asked to {request.Purpose}: its limits leave no room for that until {free} UTC"
                : $"GitHub was asked to {request.Purpose}, and its rate limit is used up until {free} UTC",
                "Run it again then: it goes on from what is there; or let `max-wait` be longer");
    }

    /// <summary>GitHub's message and the errors below it, on one line, short.</summary>
    private static string WordsOf(byte[] body)
    {
        var words = "";
        try
        {
            var json = BoundedJson.ReadObject(body);
            words = string.Join("; ", [TextOf(json["message"]), .. (json["errors"] as JsonArray ?? []).Select(WordsOf)]);
        }
        catch (FormatException)
        {
            // A proxy's page, or an answer that was cut: its status has to do.
        }

        words = PlainText.Inert(words.ReplaceLineEndings(" "));
        return words.Length switch { 0 => "no further words", > 600 => words[..600] + "…", _ => words };
    }

    private static string WordsOf(JsonNode? error) => error is JsonObject json
        ? string.Join(' ', ((string[])[TextOf(json["field"]), TextOf(json["code"]), TextOf(json["message"])]).Where(t => t.Length > 0))
        : TextOf(error);

    private static string TextOf(JsonNode? node) => node is JsonValue value ? value.ToString() : "";
}
