using System.Net;
using Octokit;
using static ReleaseActions.Tests.Sandbox.OctokitGround;
using Sandboxed = ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>Refusals and limits of the sandbox, each of which Octokit turns into the right exception.</summary>
public sealed class OctokitErrorTests
{
    [Fact]
    public async Task What_is_absent_is_not_found()
    {
        await using var ground = await NewAsync();
        Func<Task>[] calls =
        [
            () => ground.Releases.Get(Owner, Name, 7), () => ground.Releases.Get(Owner, Name, "none"),
            () => ground.Releases.GetLatest(Owner, Name), () => ground.Releases.GetAsset(Owner, Name, 7),
            () => ground.Client.Repository.Branch.Get(Owner, Name, "none"), () => ground.Client.Repository.Get(Owner, "other"),
            () => ground.Client.Repository.Commit.Compare(Owner, Name, "none", "main"),
            () => ground.Client.PullRequest.Get(Owner, Name, 7), () => ground.Client.PullRequest.Files(Owner, Name, 7),
        ];
        foreach (var call in calls)
            (await RefusedAsync<NotFoundException>(call)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_tag_that_has_a_release_already_exists()
    {
        await using var ground = await NewAsync();
        await ground.PublishAsync("v1.0.0");
        var refused = await RefusedAsync<ApiValidationException>(() => ground.PublishAsync("v1.0.0"));
        refused.ApiError.Message.Should().Be("Validation Failed");
        refused.ApiError.DocumentationUrl.Should().EndWith("releases/releases#create-a-release");
        refused.ApiError.Errors.Single().Should().BeEquivalentTo(new { Resource = "Release", Code = "already_exists", Field = "tag_name" });
    }

    [Fact]
    public async Task The_name_of_an_asset_already_exists()
    {
        await using var ground = await NewAsync();
        var release = await ground.PublishAsync("v1.0.0");
        await ground.UploadAsync(release, "a.txt", [1]);
        var refused = await RefusedAsync<ApiValidationException>(() => ground.UploadAsync(release, "a.txt", [2]));
        refused.ApiError.Errors.Single().Should()
            .BeEquivalentTo(new { Resource = "ReleaseAsset", Code = "already_exists", Field = "name" });
    }

    [Theory]
    [InlineData("wrong", "Bad credentials")]
    [InlineData(null, "Requires authentication")]
    public async Task A_write_without_a_valid_token_is_unauthorized(string? token, string message)
    {
        await using var ground = await NewAsync();
        var stranger = NewClient(ground.Sandbox.ApiUrl, token);
        var write = () => stranger.Repository.Release.Create(Owner, Name, new NewRelease("v1.0.0"));
        (await RefusedAsync<AuthorizationException>(write)).ApiError.Message.Should().Be(message);
        ground.Sandbox.Releases.Should().BeEmpty();
    }

    [Fact]
    public async Task A_write_with_a_token_that_may_only_read_is_forbidden()
    {
        await using var ground = await NewAsync();
        var reader = NewClient(ground.Sandbox.ApiUrl, "sandbox-read-only-token");
        var write = () => reader.Repository.Release.Create(Owner, Name, new NewRelease("v1.0.0"));
        (await write.Should().ThrowAsync<ForbiddenException>()).WithMessage("Resource not accessible by integration");
        (await reader.Repository.Get(Owner, Name)).Permissions.Push.Should().BeFalse();
    }

    [Fact]
    public async Task The_older_token_scheme_is_accepted_in_any_case()
    {
        await using var ground = await NewAsync();
        var older = NewClient(ground.Sandbox.ApiUrl, "sandbox-token", AuthenticationType.Oauth);
        (await older.Repository.Release.Create(Owner, Name, new NewRelease("v1.0.0"))).TagName.Should().Be("v1.0.0");
        ground.Sandbox.Traffic.Entries.Single().Authorization.Should().Be("Token");
        ground.Sandbox.Violations.Should().ContainMatch("*Authorization is 'token', the older scheme*");
    }

    [Fact]
    public async Task The_limit_is_in_the_headers_of_every_answer()
    {
        await using var ground = await NewAsync(options => options with { RequestsPerHour = 10 });
        await ground.Client.Repository.Get(Owner, Name);
        ground.Client.GetLastApiInfo().RateLimit.Should().BeEquivalentTo(new { Limit = 10, Remaining = 9 });
        ground.Client.GetLastApiInfo().RateLimit.Reset.Should().BeAfter(DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Reading_the_limit_does_not_count_against_it_and_works_beyond_it()
    {
        await using var ground = await NewAsync(options => options with { RequestsPerHour = 2 });
        await ground.Client.Repository.Get(Owner, Name);
        (await ground.Client.RateLimit.GetRateLimits()).Resources.Core.Should().BeEquivalentTo(new { Limit = 2, Remaining = 1 });
        await ground.Client.Repository.Get(Owner, Name);
        var limits = await ground.Client.RateLimit.GetRateLimits();
        limits.Resources.Core.Should().BeEquivalentTo(new { Limit = 2, Remaining = 0 });
        limits.Rate.Should().BeEquivalentTo(limits.Resources.Core);
    }

    [Fact]
    public async Task Beyond_the_limit_the_answer_says_when_to_come_back()
    {
        await using var ground = await NewAsync(options => options with { RequestsPerHour = 1 });
        await ground.Client.Repository.Get(Owner, Name);
        var refused = await RefusedAsync<RateLimitExceededException>(() => ground.Client.Repository.Get(Owner, Name));
        refused.Should().BeEquivalentTo(new { Limit = 1, Remaining = 0, StatusCode = HttpStatusCode.Forbidden });
        refused.Reset.Should().Be(ground.Client.GetLastApiInfo().RateLimit.Reset).And.BeAfter(DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Too_many_writes_a_minute_are_a_secondary_limit()
    {
        await using var ground = await NewAsync(options => options with { WritesPerMinute = 1 });
        await ground.PublishAsync("v1.0.0");
        await RefusedAsync<SecondaryRateLimitExceededException>(() => ground.PublishAsync("v2.0.0"));
        (await ground.Releases.GetAll(Owner, Name)).Select(release => release.TagName).Should().Equal("v1.0.0");
    }

    [Fact]
    public async Task A_secondary_limit_may_come_as_429_with_a_time_to_wait()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Sandboxed.Fault("GET", "repos/acme/shop", Sandboxed.FaultKind.SecondaryLimit("60", status: 429)));
        var refused = await RefusedAsync<ApiException>(() => ground.Client.Repository.Get(Owner, Name));
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.ApiError.Message.Should().Contain("secondary rate limit");
        refused.HttpResponse.Headers["Retry-After"].Should().Be("60");
        (await ground.Client.Repository.Get(Owner, Name)).FullName.Should().Be("acme/shop");
    }

    [Fact]
    public async Task An_outage_is_an_error_of_the_server()
    {
        await using var ground = await NewAsync();
        ground.Sandbox.Faults.Add(new Sandboxed.Fault("GET", "releases", Sandboxed.FaultKind.Reply(503, "<html>Unicorn!</html>")));
        var refused = await RefusedAsync<ApiException>(() => ground.Releases.GetAll(Owner, Name));
        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task The_tests_client_refuses_every_host_that_is_not_loopback()
    {
        var outside = NewClient("https://api.github.com", token: null);
        (await RefusedAsync<WebException>(() => outside.Repository.Get(Owner, Name)))
            .Message.Should().Match("*api.github.com/* is not on loopback");
        await using var ground = await NewAsync();
        var location = ("Location", "https://objects.example.org/a");
        ground.Sandbox.Faults.Add(new Sandboxed.Fault("GET", "releases/latest", Sandboxed.FaultKind.Reply(302, "", location)));
        await RefusedAsync<WebException>(() => ground.Releases.GetLatest(Owner, Name));
    }
}
