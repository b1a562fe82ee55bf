using System.Text.Json.Nodes;

namespace ReleaseActions.Conformance;

/// <summary>What became of a belief.</summary>
/// <param name="Belief">The belief.</param>
/// <param name="Word"><c>confirmed</c>, <c>wrong</c> or <c>not testable</c>.</param>
/// <param name="Why">The answer that came, or why it could not be replayed.</param>
public sealed record Outcome(Belief Belief, string Word, string Why = "")
{
    /// <inheritdoc/>
    public override string ToString() => $"{Word,-12}  {Belief.Id}: {Belief.Request}{(Why.Length > 0 ? $"\n{"",14}{Why}" : "")}";
}

/// <summary>Replays the beliefs against a repository that was made for it, and deletes what it made.</summary>
public sealed class Replay(HttpClient client, Uri api, string token)
{
    private const string Usage = "usage: GITHUB_TOKEN=… [GITHUB_API_URL=https://api.github.com] ./conformance OWNER/SCRATCH-REPO";

    /// <summary>Called when the state before a belief is made; a test then changes the server.</summary>
    public Action<Belief>? BeforeBelief { get; set; }

    /// <summary>The program.</summary>
    public static async Task<int> MainAsync(string[] arguments, TextWriter output)
    {
        var token = Environment.GetEnvironmentVariable("GITHUB_TOKEN");
        var server = Environment.GetEnvironmentVariable("GITHUB_API_URL") is { Length: > 0 } url ? url : "https://api.github.com";
        if (arguments is not [var name] || name.Split('/') is not [{ Length: > 0 }, { Length: > 0 }] || string.IsNullOrEmpty(token))
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        using var client = NewClient();
        var outcomes = await new Replay(client, new Uri($"{server.TrimEnd('/')}/repos/{name}"), token).RunAsync(Beliefs.All);
        foreach (var outcome in outcomes) await output.WriteLineAsync(outcome.ToString());
        foreach (var group in outcomes.GroupBy(o => o.Word)) await output.WriteLineAsync($"{group.Count()} {group.Key}");
        return outcomes.Any(o => o.Word == "wrong") ? 5 : 0;
    }

    /// <summary>A client that shows redirects in place of following them: the token must not travel along.</summary>
    public static HttpClient NewClient() => new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Replays beliefs one after another.</summary>
    /// <exception cref="InvalidOperationException">The repository is not one that was made for this.</exception>
    public async Task<IReadOnlyList<Outcome>> RunAsync(IEnumerable<Belief> beliefs)
    {
        var values = await ReadRepositoryAsync();
        try
        {
            var outcomes = new List<Outcome>();
            foreach (var belief in beliefs) outcomes.Add(await OutcomeOfAsync(belief, values));
            return outcomes;
        }
        finally
        {
            await CleanUpAsync(values);
        }
    }

    private async Task<Outcome> OutcomeOfAsync(Belief belief, Dictionary<string, string> values)
    {
        if (belief.Untestable is { } why) return new Outcome(belief, "not testable", why);
        if (belief.Needs is { } needed && !values.ContainsKey(needed))
            return new Outcome(belief, "not testable", $"it needs a repository with: {needed}");
        var answer = await new Scene(client, api, token, values).ReplayAsync(belief, () => BeforeBelief?.Invoke(belief));
        return answer is null ? new Outcome(belief, "confirmed") : new Outcome(belief, "wrong", answer);
    }

    // A mistyped name must not cost anybody a release: a repository for this has a branch or two, and nothing else.
    private async Task<Dictionary<string, string>> ReadRepositoryAsync()
    {
        var scene = new Scene(client, api, token, new Dictionary<string, string>());
        var repository = await scene.SendAsync("GET ", null, null);
        if (repository.Find("default_branch") is not { } branch) throw new InvalidOperationException($"no repository: {repository.Shown}");
        var (releases, tags) = (await scene.SendAsync("GET releases", null, null), await scene.SendAsync("GET tags", null, null));
        if (releases.Body.Trim() != "[]" || tags.Body.Trim() != "[]")
            throw new InvalidOperationException("the repository has releases or tags: name one that was made for this");
        var commits = await scene.SendAsync("GET commits?per_page=2", null, null);
        var values = new Dictionary<string, string>
        {
            ["owner"] = api.Segments[^2].Trim('/'), ["default"] = branch,
            ["head"] = commits.Find("0.sha") ?? throw new InvalidOperationException("the repository is empty: it needs a commit"),
        };
        if (commits.Find("1.sha") is { } parent) values["parent"] = parent;
        values[await HasImmutableReleasesAsync(values) ? "immutable" : "mutable"] = "true";
        return values;
    }

    private async Task<bool> HasImmutableReleasesAsync(Dictionary<string, string> values)
    {
        const string Body = """{"tag_name":"{tag}","target_commitish":"{head}"}""";
        var scene = new Scene(client, api, token, values);
        var made = await scene.SendAsync("POST releases", Body, null);
        return (await scene.SendAsync($"GET releases/{made.Find("id")}", null, null)).Find("immutable") == "true";
    }

    private async Task CleanUpAsync(Dictionary<string, string> values)
    {
        var scene = new Scene(client, api, token, values);
        while (true)
        {
            var page = JsonNode.Parse((await scene.SendAsync("GET releases?per_page=100", null, null)).Body)!.AsArray();
            var ours = page.Where(r => r!["tag_name"]!.ToString().StartsWith(Scene.Prefix, StringComparison.Ordinal)).ToList();
            if (ours.Count == 0) break;
            foreach (var release in ours)
                if ((await scene.SendAsync($"DELETE releases/{release!["id"]}", null, null)).Status != 204) return;
        }

        foreach (var kind in (string[])["tags", "heads"])
        {
            var refs = await scene.SendAsync($"GET git/matching-refs/{kind}/{Scene.Prefix}?per_page=100", null, null);
            foreach (var found in JsonNode.Parse(refs.Body)!.AsArray())
                await scene.SendAsync($"DELETE git/{found!["ref"]}", null, null);
        }
    }
}
