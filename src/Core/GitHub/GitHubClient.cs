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
    internal const int LargestAnswer = 64 * 1024 * 1024;
    internal const int LargestError = 64 * 1024;
    private const int MostPages = 1_000;
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
    public IAsyncEnumerable<T> ListAsync<T>(ApiRequest request, JsonTypeInfo<List<T>> type, CancellationToken cancellation) =>
        ListAsync(request, page => page.ReadList(request, type), cancellation);

    /// <summary>
    /// Follows a list through its pages, each of which holds its items in its own way. A server that leads in a circle, or on without
    /// end, is an error.
    /// </summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        ApiRequest request, Func<ApiAnswer, IReadOnlyList<T>> itemsOf, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = new HashSet<Uri>();
        for (Uri? address = request.Address; address is not null;)
        {
            var isNew = seen.Add(address);
            if (!isNew || seen.Count > MostPages)
                throw ActionException.Remote(
                    $"GitHub was asked to {request.Purpose}, and its pages "
                    + $"{(isNew ? $"do not end: {MostPages} were read" : "lead in a circle")}",
                    "Run it again; if it stays, see what stands between the runner and GitHub");
            var page = await SendAsync(request with { Address = address }, cancellation);
            var items = itemsOf(page);
            foreach (var item in items) yield return item;
            // A full page need not be the last one, whatever became of its links: what is not found in a list is made anew.
            address = page.Next ?? (items.Count >= PageSize ? PageAfter(address, isFirst: seen.Count == 1) : null);
        }
    }

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
            if (answer.Headers.Location is not { } location || (int)answer.StatusCode is < 300 or >= 400) return answer;
            answer.Dispose();
            var next = new Uri(address, location);
            if (redirects == MostRedirects || !ApiAddress.IsSafe(next)
                || (request.Method != HttpMethod.Get && !ApiAddress.IsSameServer(request.Address, next)))
                throw ActionException.Remote(
                    $"GitHub was asked to {request.Purpose}, and led on to '{PlainText.Inert(next.Host)}'",
                    "If the repository was renamed or moved, use its new name");
            address = next;
        }
    }

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
        if (!answer.Headers.TryGetValues("Link", out var values)) return null;
        var next = values.SelectMany(v => v.Split(',')).Select(v => v.Split(';', StringSplitOptions.TrimEntries))
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
