using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>
/// GitHub over HTTP, by the suite's own use cases. It decides nothing: a use case is one call, or the pages of one list.
/// Requests are by GitHub's OpenAPI description, version 2022-11-28.
/// </summary>
public partial class GitHubClient(ResilientHttp http, RunnerContext runner, Secret? token, TimeProvider clock)
{
    // A page of 100 releases with long notes and many assets stays far below; what is larger is no answer of GitHub's.
    internal const int LargestAnswer = 32 * 1024 * 1024;
    internal const int LargestError = 64 * 1024;
    // What every list is asked for by `per_page`: the most that GitHub sends at once.
    private const int PageSize = 100;
    private const int MostRedirects = 5;

    private Uri? _api;

    private Uri Api =>
        _api ??= ApiAddress.Require(runner.ApiUrl, runner.Variables.GetValueOrDefault("RUNNER_ENVIRONMENT") == "github-hosted");

    /// <summary>The same with another token.</summary>
    public GitHubClient As(Secret other) => new(http, runner, other, clock);

    /// <summary>Whether what is at an address may be changed; a client that only reads changes nothing.</summary>
    private protected virtual bool MayChange(Uri address) => false;

    /// <summary>Looks at what is about to be sent.</summary>
    /// <exception cref="ActionException">It must not be sent.</exception>
    private protected virtual void Check(ApiRequest request)
    {
    }

    /// <summary>An address below the repository's own; each value is escaped.</summary>
    public Uri Repository(FormattableString path)
    {
        var (owner, name) = runner.RequireRepository();
        return new Uri(Api, $"repos/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}{Escaped(path)}");
    }

    /// <summary>An address below that of the organisation that owns the repository.</summary>
    public Uri Organisation(FormattableString path) =>
        new(Api, $"orgs/{Uri.EscapeDataString(runner.RequireRepository().Owner)}{Escaped(path)}");

    private static string Escaped(FormattableString path)
    {
        object?[] values = [.. path.GetArguments().Select(a => (object?)Uri.EscapeDataString(a?.ToString() ?? ""))];
        return string.Format(CultureInfo.InvariantCulture, path.Format, values);
    }

    /// <summary>Asks once for one thing; null where GitHub says 404.</summary>
    public async Task<T?> FindAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        var answer = await SendAsync(request with { Expected = [HttpStatusCode.NotFound] }, cancellation);
        return answer.Status == HttpStatusCode.NotFound ? null : answer.Read(request, type);
    }

    /// <summary>Follows a list through its pages.</summary>
    /// <param name="request">Asks for its first page.</param>
    /// <param name="type">Its items.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="where">What the caller wants of it; all of it where null. What is left out is not kept in memory.</param>
    /// <exception cref="ActionException">It leads in a circle or does not end (exit 4).</exception>
    public IAsyncEnumerable<T> ListAsync<T>(
        ApiRequest request, JsonTypeInfo<List<T>> type, CancellationToken cancellation, Func<T, bool>? where = null) =>
        PagesAsync(request, type, page => page.ReadList(request, type), where, cancellation);

    /// <summary>The same of a list each page of which holds its items in its own way.</summary>
    public IAsyncEnumerable<T> ListAsync<T>(
        ApiRequest request, JsonTypeInfo<List<T>> type, Func<ApiAnswer, IReadOnlyList<T>> itemsOf, CancellationToken cancellation) =>
        PagesAsync(request, type, itemsOf, where: null, cancellation);

    private async IAsyncEnumerable<T> PagesAsync<T>(
        ApiRequest request, JsonTypeInfo<List<T>> type, Func<ApiAnswer, IReadOnlyList<T>> itemsOf, Func<T, bool>? where,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (seen, bounds) = (new HashSet<Uri>(), new ListBounds<T>(type));
        for (Uri? address = request.Address; address is not null;)
        {
            if (!seen.Add(address)) throw Endless(request, "pages lead in a circle");
            if (bounds.TakePage() is { } tooMany) throw Endless(request, $"list does not end: {tooMany}");
            var page = await SendAsync(request with { Address = address }, cancellation);
            var items = itemsOf(page);
            IReadOnlyList<T> kept = where is null ? items : [.. items.Where(where)];
            if (bounds.TakeItems(items.Count, kept) is { } tooMuch) throw Endless(request, $"list does not end: {tooMuch}");
            foreach (var item in kept) yield return item;
            // A full page need not be the last one, whatever became of its links: what is not found in a list is made anew.
            address = page.Next ?? (items.Count >= PageSize ? PageAfter(address, isFirst: seen.Count == 1) : null);
        }
    }

    private static ActionException Endless(ApiRequest request, string why) => ActionException.Remote(
        $"GitHub was asked to {request.Purpose}, and its {why}",
        "Run it again; if it stays, see what stands between the runner and GitHub");

    /// <summary>
    /// Sends a request that must not be sent twice; null where nobody knows what became of it: look before sending it again.
    /// </summary>
    public async Task<ApiAnswer?> TrySendAsync(ApiRequest request, CancellationToken cancellation)
    {
        try
        {
            using var answer = await FollowAsync(request with { MayRepeat = false }, cancellation);
            return answer.StatusCode >= HttpStatusCode.InternalServerError ? null : await ReadAsync(request, answer, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>Sends a request and reads the whole answer; a refusal is an error unless it was expected.</summary>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellation)
    {
        try
        {
            using var answer = await FollowAsync(request, cancellation);
            return await ReadAsync(request, answer, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw ActionException.Remote(
                $"GitHub was asked to {request.Purpose}, and no answer came: {PlainText.Inert(e.Message)}",
                "Run it again: it goes on from what is there");
        }
    }

    /// <summary>
    /// Sends a request through redirects. The token stays on the API's host; elsewhere a redirect is followed without it, by GET only.
    /// </summary>
    private async Task<HttpResponseMessage> FollowAsync(ApiRequest request, CancellationToken cancellation)
    {
        if (request.Method != HttpMethod.Get && !request.OnlyReads && !MayChange(request.Address))
            throw new InvalidOperationException($"To {request.Purpose} changes something: it needs a {nameof(GitHubWriter)} for that");
        Check(request);
        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            var answer = await http.SendAsync(() => NewMessage(request, address), request.MayRepeat, request.TimeLimit, cancellation);
            if ((int)answer.StatusCode is < 300 or >= 400 || Redirect.Of(address, answer) is not { } redirect) return answer;
            answer.Dispose();
            if (redirect.Target is not { } next) throw LedOn(request, redirect.Shown, $", {redirect.Flaw}");
            if (redirects == MostRedirects) throw LedOn(request, next.Host, $", after {MostRedirects} redirects before it");
            if (request.Method != HttpMethod.Get && !ApiAddress.IsSameServer(request.Address, next)) throw LedOn(request, next.Host, "");
            address = next;
        }
    }

    private static ActionException LedOn(ApiRequest request, string place, string flaw) => ActionException.Remote(
        $"GitHub was asked to {request.Purpose}, and led on to '{PlainText.Inert(PlainText.Cut(place, 200))}'{flaw}",
        "If the repository was renamed or moved, use its new name; otherwise see what stands between the runner and GitHub");

    private HttpRequestMessage NewMessage(ApiRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Method, address) { Content = request.Content?.Invoke() };
        if (request.Body is { } body) message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("release-actions", SuiteVersion.Text));
        message.Headers.Accept.ParseAdd(request.Accept);
        if (!ApiAddress.IsSameServer(request.Address, address)) return message;
        message.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        if (token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        return message;
    }

    private async Task<ApiAnswer> ReadAsync(ApiRequest request, HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode || request.Expected.Contains(answer.StatusCode))
            return new ApiAnswer(answer.StatusCode, await BodyAsync(answer, LargestAnswer, cancellation), NextOf(answer));
        throw RefusalOf(request, answer, await BodyAsync(answer, LargestError, cancellation));
    }

    /// <summary>The body; of an error no more than its beginning.</summary>
    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, int most, CancellationToken cancellation)
    {
        var (bytes, isWhole) = await CappedRead.BeginningAsync(answer.Content, most, cancellation);
        return isWhole || !answer.IsSuccessStatusCode ? bytes : throw new IOException($"it is longer than {most} bytes");
    }

    // <https://api.github.com/…?page=2>; rel="next", <…>; rel="last" (RFC 8288, as GitHub writes it).
    private Uri? NextOf(HttpResponseMessage answer)
    {
        var next = AnswerHeaders.All(answer, "Link").SelectMany(v => v.Split(',')).Select(v => v.Split(';', StringSplitOptions.TrimEntries))
            .FirstOrDefault(
                parts => parts.Length > 1 && parts[0].StartsWith('<') && parts[0].EndsWith('>') && parts.Contains("rel=\"next\""));
        return next is null || !Uri.TryCreate(Api, next[0][1..^1], out var address) ? null : ApiAddress.RequireOnApi(Api, address);
    }

    // By its number, as GitHub's own links have it; null where the server counts its pages in a way of its own.
    private static Uri? PageAfter(Uri address, bool isFirst)
    {
        const string Name = "page=";
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var page = Array.Find(parameters, p => p.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..] ?? (isFirst ? "1" : "");
        if (!int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == int.MaxValue) return null;
        return new UriBuilder(
            address)
        {
            Query = string.Join('&',
            [.. parameters.Where(p => !p.StartsWith(Name, StringComparison.Ordinal)), $"{Name}{number + 1}"])
        }.Uri;
    }
}
