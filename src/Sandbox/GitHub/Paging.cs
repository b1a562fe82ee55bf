using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Lists in pages of 30, at most 100, with GitHub's Link header.</summary>
internal static class Paging
{
    public static readonly string[] Query = ["per_page", "page"];

    public static Answer Page<T>(Exchange exchange, string url, IReadOnlyList<T> all, Func<T, JsonNode> shape)
    {
        var (page, size) = Asked(exchange);
        var pages = Math.Max(1, (all.Count + size - 1) / size);
        var items = all.Skip((page - 1) * size).Take(size).Select(shape);
        var answer = Answer.Json(200, new JsonArray([.. items]));
        var links = Links(page, pages).Select(link => $"<{Address(exchange, url, link.Page, size)}>; rel=\"{link.Rel}\"").ToList();
        return links.Count == 0 ? answer : answer.With("Link", string.Join(", ", links));
    }

    public static (int Page, int Size) Asked(Exchange exchange) =>
        (Math.Max(1, Number(exchange.Asked("page"), 1)), Math.Clamp(Number(exchange.Asked("per_page"), 30), 1, 100));

    private static IEnumerable<(string Rel, int Page)> Links(int page, int pages)
    {
        if (page > 1) yield return ("prev", page - 1);
        if (page < pages) yield return ("next", page + 1);
        if (page < pages) yield return ("last", pages);
        if (page > 1) yield return ("first", 1);
    }

    private static string Address(Exchange exchange, string url, int page, int size)
    {
        var others = exchange.Query.Where(asked => asked.Key is not ("page" or "per_page"))
            .Select(asked => $"{asked.Key}={Uri.EscapeDataString(asked.Value.ToString())}&");
        return string.Create(CultureInfo.InvariantCulture, $"{url}?{string.Concat(others)}per_page={size}&page={page}");
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
