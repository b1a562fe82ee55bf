using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Releases: list, find, create, change, delete.</summary>
internal sealed partial class ReleaseEndpoints(GitHubRepository repository, ReleaseRules rules)
{
    private const string Path = "/repos/{owner}/{repo}/releases";
    private const string Manual = "releases/releases";

    private static readonly Field[] _fields =
    [
        Field.Text("target_commitish"), Field.Text("name"), Field.Text("body"), Field.Flag("draft"), Field.Flag("prerelease"),
        Field.Text("discussion_category_name"), Field.Text("make_latest") with { OneOf = ["true", "false", "legacy"] },
    ];

    public IEnumerable<Endpoint> All() =>
    [
        new(Area.Api, "GET", Path, List) { Query = Paging.Query, Manual = Manual + "#list-releases" },
        new(Area.Api, "POST", Path, CreateAsync)
        {
            Body = [Field.Text("tag_name") with { Required = true }, Field.Flag("generate_release_notes"), .. _fields],
            Manual = Manual + "#create-a-release",
        },
        new(Area.Api, "POST", Path + "/generate-notes", GenerateAsync)
        {
            Body =
            [
                Field.Text("tag_name") with { Required = true }, Field.Text("target_commitish"), Field.Text("previous_tag_name"),
                Field.Text("configuration_file_path"),
            ],
            Manual = Manual + "#generate-release-notes-content-for-a-release",
        },
        new(Area.Api, "GET", Path + "/latest", Latest) { Manual = Manual + "#get-the-latest-release" },
        new(Area.Api, "GET", Path + "/tags/{tag*}", ByTag) { Manual = Manual + "#get-a-release-by-tag-name" },
        new(Area.Api, "GET", Path + "/{release_id}", Get) { Manual = Manual + "#get-a-release" },
        new(Area.Api, "PATCH", Path + "/{release_id}", UpdateAsync)
        {
            Body = [Field.Text("tag_name"), .. _fields],
            Manual = Manual + "#update-a-release",
        },
        new(Area.Api, "DELETE", Path + "/{release_id}", DeleteAsync) { Manual = Manual + "#delete-a-release" },
    ];

    // Only who may push sees drafts.
    private Answer List(Exchange exchange) => Paging.Page(exchange, repository.Api + "/releases", repository.Releases.State.Releases
        .Where(release => !release.Draft || exchange.Access == Access.Write)
        .OrderByDescending(release => release.CreatedAt).ThenByDescending(release => release.Id).ToList(), Json);

    private Answer Latest(Exchange exchange) => Show(rules.Latest());

    private Answer ByTag(Exchange exchange) => Show(repository.Releases.Published(exchange.Value("tag")));

    private Answer Get(Exchange exchange) => Show(Find(exchange));

    private Answer Show(Release? release) => Answer.Json(200, Json(release ?? throw Refusal.NotFound()));

    private Release Find(Exchange exchange) => repository.Releases.Find(exchange.Id("release_id")) is { } release
        && (!release.Draft || exchange.Access == Access.Write) ? release : throw Refusal.NotFound();

    private async Task<Answer> CreateAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        var asked = Apply(body, new Release
        {
            TagName = "",
            TargetCommitish = await repository.Git.DefaultBranchAsync(),
            CreatedAt = repository.Now,
        });
        asked = Discussed(asked, Text(body, "discussion_category_name"));
        if (body["generate_release_notes"]?.GetValue<bool>() == true) asked = await WithNotesAsync(asked);
        var release = await repository.Releases.InTurnAsync(() => rules.SaveAsync(asked, !asked.Draft, makesLatest: !asked.Draft));
        return Answer.Json(201, Json(release)).With("Location", $"{repository.Api}/releases/{release.Id}");
    }

    private async Task<Answer> UpdateAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        var release = await repository.Releases.InTurnAsync(async () =>
        {
            var before = Find(exchange);
            var after = Apply(body, before);
            if (after.Draft) after = after with { PublishedAt = null };
            if (before.Immutable) CheckFrozen(before, after);
            after = Discussed(after, Text(body, "discussion_category_name"));
            var publishes = before.Draft && !after.Draft;
            return await rules.SaveAsync(after, publishes, publishes || body.ContainsKey("make_latest"));
        });
        return Answer.Json(200, Json(release));
    }

    private Task<Answer> DeleteAsync(Exchange exchange) => repository.Releases.InTurnAsync(() =>
    {
        rules.Delete(Find(exchange));
        return Task.FromResult(new Answer(204));
    });

    private async Task<Answer> GenerateAsync(Exchange exchange)
    {
        var body = await exchange.ReadJsonAsync();
        var generated = await NotesAsync(
            Text(body, "tag_name")!, Text(body, "target_commitish"), Text(body, "previous_tag_name"));
        return Answer.Json(200, new JsonObject { ["name"] = Text(body, "tag_name"), ["body"] = generated });
    }

    private Release Apply(JsonObject body, Release release) => release with
    {
        TagName = Text(body, "tag_name") ?? release.TagName,
        TargetCommitish = Text(body, "target_commitish") is { Length: > 0 } target ? target : release.TargetCommitish,
        Name = Text(body, "name") ?? release.Name,
        Body = Text(body, "body") ?? release.Body,
        Draft = body["draft"]?.GetValue<bool>() ?? release.Draft,
        Prerelease = body["prerelease"]?.GetValue<bool>() ?? release.Prerelease,
        MakeLatest = Text(body, "make_latest") ?? release.MakeLatest,
        UpdatedAt = repository.Now,
    };

    // A draft's category is forgotten, a second discussion is never made (public reports), an unknown category is answered by 404.
    private Release Discussed(Release release, string? category)
    {
        if (category is null || release.Draft || release.DiscussionUrl is not null) return release;
        if (!repository.Options.DiscussionCategories.Contains(category))
            throw new Refusal(404, "Discussion could not be created. Make sure you passed a valid category name.");
        var number = repository.Releases.State.Releases.Count(other => other.DiscussionUrl is not null) + 1;
        return release with { DiscussionUrl = $"{repository.Html}/discussions/{number}" };
    }

    // Only title and notes of an immutable release may change (GitHub's manual); the sentence is ours.
    private static void CheckFrozen(Release before, Release after)
    {
        if (before.TagName != after.TagName || before.TargetCommitish != after.TargetCommitish || before.Draft != after.Draft)
            throw Refusal.Invalid(Refusal.Custom("Release", null, "Immutable releases cannot be changed"));
    }

    private static string? Text(JsonObject body, string name) => body[name]?.GetValue<string>();

    private JsonNode Json(Release release)
    {
        var (url, page) = ($"{repository.Api}/releases/{release.Id}", $"{repository.Html}/releases/tag/{AssetEndpoints.Shown(release)}");
        var json = new JsonObject
        {
            ["url"] = url, ["assets_url"] = url + "/assets", ["html_url"] = page, ["id"] = release.Id, ["author"] = repository.Actor,
            ["upload_url"] = $"{repository.Server}/api/uploads/repos/{repository.FullName}/releases/{release.Id}/assets{{?name,label}}",
            ["node_id"] = GitHubRepository.Node("RE", release.Id), ["tag_name"] = release.TagName,
            ["target_commitish"] = release.TargetCommitish, ["name"] = release.Name, ["draft"] = release.Draft,
            ["immutable"] = release.Immutable, ["prerelease"] = release.Prerelease, ["body"] = release.Body,
            ["created_at"] = GitHubRepository.Time(release.CreatedAt), ["updated_at"] = GitHubRepository.Time(release.UpdatedAt),
            ["published_at"] = release.PublishedAt is { } published ? GitHubRepository.Time(published) : null,
            ["assets"] = new JsonArray([.. release.Assets.Select(asset => new AssetEndpoints(repository).Json(release, asset))]),
            ["tarball_url"] = release.Draft ? null : $"{repository.Api}/tarball/{release.TagName}",
            ["zipball_url"] = release.Draft ? null : $"{repository.Api}/zipball/{release.TagName}",
        };
        if (release.DiscussionUrl is { } discussion) json["discussion_url"] = discussion;
        return json;
    }
}
