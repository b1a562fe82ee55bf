using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>Checks of commits.</summary>
public partial class GitHubClient
{
    /// <summary>
    /// The checks of a commit: the latest run of each name, which apps and workflows create; and the latest status of each context, the
    /// older way.
    /// </summary>
    /// <param name="commit">40 hex digits.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<CommitChecks> ListChecksAsync(string commit, CancellationToken cancellation)
    {
        var checks = new ApiRequest(
            HttpMethod.Get, Repository($"/commits/{commit}/check-runs?filter=latest&per_page=100"), "list the checks of the commit",
            "checks: read");
        var runs = await ListNamedAsync(checks, "check_runs", GitHubJson.Default.ListCommitCheck, cancellation);
        var combined = new ApiRequest(
            HttpMethod.Get, Repository($"/commits/{commit}/status?per_page=100"), "list the statuses of the commit", "statuses: read");
        var statuses = await ListNamedAsync(combined, "statuses", GitHubJson.Default.ListStatusContext, cancellation);
        return new CommitChecks(
            commit, [.. runs.Select(r => (r.Name, r.Conclusion ?? r.Status)), .. statuses.Select(s => (s.Context, s.State))]);
    }

    // A list whose pages are objects with the items under a name.
    private async Task<IReadOnlyList<T>> ListNamedAsync<T>(
        ApiRequest request, string name, JsonTypeInfo<List<T>> type, CancellationToken cancellation)
    {
        IReadOnlyList<T> ItemsIn(ApiAnswer page)
        {
            var body = page.Read(request, GitHubJson.Default.JsonElement);
            var items = body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var found) ? found.GetRawText() : "null";
            return (page with { Body = Encoding.UTF8.GetBytes(items) }).ReadList(request, type);
        }

        var all = new List<T>();
        await foreach (var item in ListAsync(request, type, ItemsIn, cancellation)) all.Add(item);
        return all;
    }
}

/// <summary>The checks of a commit.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="States">Each with its state, of which only <c>success</c> is green.</param>
public sealed record CommitChecks(string Commit, IReadOnlyList<(string Name, string State)> States)
{
    private static readonly string[] Unfinished = ["queued", "in_progress", "pending", "waiting", "requested"];

    /// <summary>What is wrong where a check is not green; null where it is.</summary>
    /// <param name="name">The check's name.</param>
    /// <param name="place">The policy's line that names it.</param>
    public Finding? Refusal(string name, (string? File, int? Line) place)
    {
        var states = States.Where(c => c.Name == name).Select(c => c.State).ToList();
        if (states.Count == 0)
        {
            const string Wait = "et it run on this commit, then run this again";
            var nearest = Spelling.Nearest(name, States.Select(c => c.Name));
            var remedy = nearest is null ? $"L{Wait}" : $"Did you mean '{nearest}'? Otherwise l{Wait}";
            return new Finding($"The check '{name}' has not run on {Commit[..12]}", remedy, place.File, place.Line);
        }

        if (states.Find(s => s != "success") is not { } state) return null;
        var advice = Unfinished.Contains(state)
            ? "Wait until it ends, then run this again" : "Fix what it reports, or rerun it; it must be 'success'";
        return new Finding($"The check '{name}' is '{state}' on {Commit[..12]}", advice, place.File, place.Line);
    }
}

/// <summary>A check run, as GitHub describes it.</summary>
/// <param name="Name">Its name, as a pull request shows it.</param>
/// <param name="Status"><c>completed</c>, or its state until then.</param>
/// <param name="Conclusion">Such as <c>success</c> or <c>failure</c>; null until it is completed.</param>
internal sealed record CommitCheck(string Name, string Status, string? Conclusion);

/// <summary>A commit's status.</summary>
/// <param name="Context">Its name.</param>
/// <param name="State"><c>success</c>, <c>pending</c>, <c>failure</c> or <c>error</c>.</param>
internal sealed record StatusContext(string Context, string State);
