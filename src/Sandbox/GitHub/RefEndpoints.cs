using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Git;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Refs and tag objects, straight on the bare repository.</summary>
internal sealed class RefEndpoints(GitHubRepository repository)
{
    /// <summary>What a ruleset says when it keeps new refs away (public issue reports).</summary>
    public const string NoNewRefs = "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n";

    private const string Path = "/repos/{owner}/{repo}/git";
    private const string Missing = "Reference does not exist";

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", Path + "/ref/{ref*}", GetAsync) { Manual = "git/refs#get-a-reference" },
        new(Area.Api, "GET", Path + "/matching-refs/{ref*}", MatchingAsync)
        {
            Query = Paging.Query, Manual = "git/refs#list-matching-references",
        },
        // The older way to get and to list, which Octokit uses for .NET; gone from the manual, still answered.
        new(Area.Api, "GET", Path + "/refs", AllAsync) { Query = Paging.Query, Manual = "git/refs" },
        new(Area.Api, "GET", Path + "/refs/{ref*}", GetOrListAsync) { Query = Paging.Query, Manual = "git/refs" },
        new(Area.Api, "POST", Path + "/refs", CreateAsync)
        {
            Body = [Field.Text("ref") with { Required = true }, Field.Text("sha") with { Required = true }],
            Manual = "git/refs#create-a-reference",
        },
        new(Area.Api, "PATCH", Path + "/refs/{ref*}", UpdateAsync)
        {
            Body = [Field.Text("sha") with { Required = true }, Field.Flag("force")],
            Manual = "git/refs#update-a-reference",
        },
        new(Area.Api, "DELETE", Path + "/refs/{ref*}", DeleteAsync) { Manual = "git/refs#delete-a-reference" },
        new(Area.Api, "GET", Path + "/tags/{tag_sha}", GetTagAsync) { Manual = "git/tags#get-a-tag" },
    ];

    private async Task<Answer> GetAsync(Exchange exchange) =>
        Answer.Json(200, Json(await FindAsync(exchange) ?? throw Refusal.NotFound()));

    private Task<Answer> MatchingAsync(Exchange exchange)
    {
        var start = exchange.Value("ref");
        return ListAsync(exchange, "matching-refs/" + start, start);
    }

    private Task<Answer> AllAsync(Exchange exchange) => ListAsync(exchange, "refs", "");

    // The one of exactly this name, else those that start with it, else none.
    private async Task<Answer> GetOrListAsync(Exchange exchange)
    {
        var start = exchange.Value("ref");
        if (await FindAsync(exchange) is { } found) return Answer.Json(200, Json(found));
        var answer = await ListAsync(exchange, "refs/" + start, start);
        return answer.Parse() is JsonArray { Count: 0 } ? throw Refusal.NotFound() : answer;
    }

    private async Task<Answer> ListAsync(Exchange exchange, string address, string start) =>
        Paging.Page(exchange, $"{repository.Api}/git/{address}", await repository.Git.RefsAsync("refs/" + start), Json);

    private async Task<Answer> CreateAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        var (name, sha) = (body["ref"]!.GetValue<string>(), body["sha"]!.GetValue<string>());
        if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Count(letter => letter == '/') < 2)
            throw new Refusal(422, "Reference name must start with 'refs/'.");
        if (!await repository.Git.IsWellFormedAsync(name)) throw new Refusal(422, "Reference name is not well-formed.");
        if (await repository.Git.TypeAsync(sha) is null) throw new Refusal(422, "Object does not exist");
        if (await repository.IsBeyondTokenAsync(sha)) throw Refusal.NoWrite();
        if (name.StartsWith("refs/tags/", StringComparison.Ordinal) && repository.RefusesNewTags)
            throw new Refusal(422, NoNewRefs);
        if (!await repository.Git.CreateRefAsync(name, sha)) throw new Refusal(422, "Reference already exists");
        return Answer.Json(201, Json((await repository.Git.FindRefAsync(name))!));
    }

    private async Task<Answer> UpdateAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        var found = await FindAsync(exchange) ?? throw new Refusal(422, Missing);
        var sha = body["sha"]!.GetValue<string>();
        if (await repository.Git.TypeAsync(sha) is null) throw new Refusal(422, "Object does not exist");
        CheckMayChange(found, "update");
        var forced = body["force"]?.GetValue<bool>() == true;
        if (!forced && !await repository.Git.IsAncestorAsync(found.Sha, sha))
            throw new Refusal(422, "Update is not a fast forward");
        if (!await repository.Git.MoveRefAsync(found.Name, sha, found.Sha))
            throw new Refusal(422, "Reference cannot be updated");
        return Answer.Json(200, Json((await FindAsync(exchange))!));
    }

    private async Task<Answer> DeleteAsync(Exchange exchange)
    {
        var found = await FindAsync(exchange) ?? throw new Refusal(422, Missing);
        CheckMayChange(found, "delete");
        if (found.Name == "refs/heads/" + await repository.Git.DefaultBranchAsync())
            throw new Refusal(422, "Cannot delete the default branch");
        await repository.Git.DeleteRefAsync(found.Name);
        return new Answer(204);
    }

    private async Task<Answer> GetTagAsync(Exchange exchange)
    {
        var sha = exchange.Value("tag_sha");
        if (await repository.Git.TypeAsync(sha) != "tag") throw Refusal.NotFound();
        var tag = await repository.Git.TagAsync(sha);
        return Answer.Json(200, new JsonObject
        {
            ["node_id"] = GitHubRepository.Node("TA", sha), ["sha"] = sha, ["url"] = $"{repository.Api}/git/tags/{sha}",
            ["tagger"] = CommitEndpoints.Person(tag.Tagger), ["object"] = Object(tag.ObjectSha, tag.ObjectType), ["tag"] = tag.Name,
            ["message"] = tag.Message, ["verification"] = CommitEndpoints.Unsigned(),
        });
    }

    private Task<GitRef?> FindAsync(Exchange exchange) => repository.Git.FindRefAsync("refs/" + exchange.Value("ref"));

    private void CheckMayChange(GitRef found, string verb)
    {
        if (found.Name.StartsWith("refs/tags/", StringComparison.Ordinal) && repository.IsFrozen(found.ShortName))
            throw new Refusal(422, $"Repository rule violations found\n\nCannot {verb} this tag\n\n");
        if (verb != "delete" || !found.Name.StartsWith("refs/heads/", StringComparison.Ordinal)
            || !repository.ProtectedBranches.TryGetValue(found.ShortName, out var byRuleset))
            return;
        throw new Refusal(422, byRuleset
            ? "Repository rule violations found\n\nCannot delete this branch\n\n"
            : "Cannot delete this protected branch");
    }

    private JsonNode Json(GitRef found) => new JsonObject
    {
        ["ref"] = found.Name, ["node_id"] = GitHubRepository.Node("REF", found.Name), ["url"] = $"{repository.Api}/git/{found.Name}",
        ["object"] = Object(found.Sha, found.Type),
    };

    private JsonObject Object(string sha, string type) =>
        new() { ["sha"] = sha, ["type"] = type, ["url"] = $"{repository.Api}/git/{type}s/{sha}" };
}
