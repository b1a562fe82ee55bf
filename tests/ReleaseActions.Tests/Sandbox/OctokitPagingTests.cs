using Octokit;
using static ReleaseActions.Tests.Sandbox.OctokitGround;
using Sandboxed = ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Lists in pages, as Octokit follows them by their Link headers.</summary>
public sealed class OctokitPagingTests
{
    [Fact]
    public async Task Every_page_is_followed_by_its_link()
    {
        await using var ground = await NewAsync();
        await PutReleasesAsync(ground, 75);
        var all = await ground.Releases.GetAll(Owner, Name);
        all.Select(release => release.TagName).Should().Equal(Enumerable.Range(1, 75).Reverse().Select(number => $"v{number}"));
        ground.Sandbox.Traffic.Entries.Should().HaveCount(3, "a page has 30 unless the client asks for more");
    }

    [Fact]
    public async Task The_size_of_a_page_is_kept_from_page_to_page_and_is_100_at_most()
    {
        await using var ground = await NewAsync();
        await PutReleasesAsync(ground, 250);
        (await ground.Releases.GetAll(Owner, Name, new ApiOptions { PageSize = 100 })).Should().HaveCount(250);
        (await ground.Releases.GetAll(Owner, Name, new ApiOptions { PageSize = 1000 })).Should().HaveCount(250);
        ground.Sandbox.Traffic.Entries.Should().HaveCount(6);
    }

    [Fact]
    public async Task The_requested_page_of_many_is_returned()
    {
        await using var ground = await NewAsync();
        await PutReleasesAsync(ground, 10);
        var page = await ground.Releases.GetAll(Owner, Name, new ApiOptions { StartPage = 2, PageCount = 1, PageSize = 3 });
        page.Select(release => release.TagName).Should().Equal("v7", "v6", "v5");
        ground.Client.GetLastApiInfo().Links.Keys.Should().BeEquivalentTo("prev", "next", "last", "first");
        ground.Client.GetLastApiInfo().Links["last"].Query.Should().Be("?per_page=3&page=4");
    }

    [Fact]
    public async Task Filters_are_kept_from_page_to_page()
    {
        await using var ground = await NewAsync();
        foreach (var number in Enumerable.Range(1, 40))
            ground.Sandbox.Put(new Sandboxed.PullRequest(number, $"b{number}") { Open = number % 2 == 0 });
        var request = new PullRequestRequest { State = ItemStateFilter.Closed };
        (await ground.Client.PullRequest.GetAllForRepository(Owner, Name, request, new ApiOptions { PageSize = 7 }))
            .Select(pull => pull.Number).Should().Equal(Enumerable.Range(0, 20).Select(number => 39 - (2 * number)));
    }

    [Fact]
    public async Task A_list_inside_an_object_has_pages_too()
    {
        await using var ground = await NewAsync();
        var main = ground.Git("rev-parse", "main");
        foreach (var number in Enumerable.Range(1, 5))
            ground.Sandbox.Put(new Sandboxed.CheckRun(main, $"check {number}"));
        var found = await ground.Client.Check.Run.GetAllForReference(
            Owner, Name, main, new CheckRunRequest(), new ApiOptions { PageSize = 2 });
        found.TotalCount.Should().Be(5);
        found.CheckRuns.Select(run => run.Name).Distinct().Should().HaveCount(5);
        ground.Sandbox.Traffic.Entries.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_list_on_one_page_has_no_link()
    {
        await using var ground = await NewAsync();
        await ground.Client.Repository.Branch.GetAll(Owner, Name);
        ground.Client.GetLastApiInfo().Links.Should().BeEmpty();
    }

    private static Task PutReleasesAsync(OctokitGround ground, int count) => ground.Sandbox.PutAsync(
        [.. Enumerable.Range(1, count).Select(number => new Sandboxed.Release { TagName = $"v{number}", TargetCommitish = "main" })]);
}
