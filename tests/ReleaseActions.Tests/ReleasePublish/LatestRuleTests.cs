using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>The latest release: the highest stable one among the published releases of the same product and version scheme.</summary>
[Trait("Row", "F58")]
public sealed class LatestRuleTests
{
    private const string Products = """
        version: { tag-prefix: "{product}-v" }
        release: { latest-product: shop }
        """;

    /// <summary>What is published (p: as a prerelease), what is only tagged, what is released, and whether it becomes the latest.</summary>
    public static TheoryData<string, string, string, bool> Repositories => new()
    {
        { "", "", "v1.0.0", true },
        { "v0.9.0", "", "v1.0.0", true },
        { "v1.1.0", "", "v1.0.0", false },
        { "v2.0.0-rc.1 p", "", "v1.0.0", true },
        { "v2.0.0-rc.1", "", "v1.0.0", true },
        { "v2.0.0 p", "", "v1.0.0", true },
        { "", "v2.0.0", "v1.0.0", true },
        { "", "v2023.1.1", "v1.0.0", true },
        { "v2023.1.1", "", "v1.0.0", true },
        { "v2023.1.1", "", "v2024.1.0", true },
        { "v2024.2.0", "", "v2024.1.0", false },
        { "v1.0.0", "", "v2024.1.0", true },
        { "cli-v9.0.0, nightly, 3.0.0", "", "v1.0.0", true },
        { "v1.0.0", "", "v1.1.0-rc.1", false },
    };

    [Theory]
    [MemberData(nameof(Repositories))]
    public async Task Only_published_stable_releases_of_the_same_product_and_scheme_compete(
        string published, string tagged, string tag, bool isLatest)
    {
        await using var ground = await NewAsync(tag: null);
        await PutAsync(ground, published);
        if (tagged.Length > 0) ground.Checkout.Tag(tagged);
        ground.Checkout.Tag(tag);

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), tag, ("files", "none"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", isLatest ? "true" : "false");
        (ground.GitHub.Latest?.TagName == tag).Should().Be(isLatest);
    }

    [Theory]
    [InlineData(Products, "shop-v1.0.0", true)]
    [InlineData(Products, "cli-v1.0.0", false)]
    [InlineData("version: { tag-prefix: '{product}-v' }", "cli-v1.0.0", false)]
    public async Task Of_several_products_only_the_one_that_the_policy_names_takes_it(string policy, string tag, bool isLatest)
    {
        await using var ground = await NewAsync(tag: null);
        await PutAsync(ground, "shop-v0.9.0, cli-v0.9.0");
        ground.Checkout.Policy(policy).Commit("Policy");
        ground.Checkout.Push().Tag(tag);

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), tag, ("files", "none"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", isLatest ? "true" : "false");
        run.Summary.Contains("`release.latest-product`", StringComparison.Ordinal).Should().Be(!isLatest);
    }

    [Fact]
    public async Task An_input_names_the_latest_whatever_the_product()
    {
        await using var ground = await NewAsync(tag: null);
        ground.Checkout.Policy(Products).Commit("Policy");
        ground.Checkout.Push().Tag("cli-v1.0.0");

        (await ground.RunOnTagAsync(new ReleasePublishAction(), "cli-v1.0.0", ("files", "none"), ("make-latest", "true"))).Outputs
            .Should().Contain("is-latest", "true");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("v0.9.0", true)]
    [InlineData("v1.1.0", false)]
    public async Task A_prerelease_that_an_update_promotes_becomes_the_latest_where_it_is_the_highest(string published, bool isLatest)
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("prerelease", "true"));
        await PutAsync(ground, published);

        var run = await PublishAsync(ground, ("prerelease", "false"), ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", isLatest ? "true" : "false");
        ground.GitHub.Latest!.TagName.Should().Be(isLatest ? "v1.0.0" : "v1.1.0");
        ground.GitHub.Traffic.Clear();
        (await PublishAsync(ground, ("prerelease", "false"), ("on-existing", "update"))).ExitCode.Should().Be(ExitCode.Done);
        ground.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("true", "v1.0.0")]
    [InlineData("false", "v0.9.0")]
    public async Task The_input_counts_for_a_release_that_is_public_already(string makeLatest, string latest)
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, "v0.9.0");
        await PublishAsync(ground, ("make-latest", makeLatest == "true" ? "false" : "true"));
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("make-latest", makeLatest), ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Latest!.TagName.Should().Be(latest);
        ground.Writes.Should().Equal("PATCH releases/1001");
        (await PublishAsync(ground, ("make-latest", makeLatest), ("on-existing", "update"))).Summary.Should().Contain("nothing to do");
    }

    [Fact]
    public async Task A_published_release_that_is_to_be_the_latest_and_is_not_is_refused_where_nothing_may_change()
    {
        await using var ground = await NewAsync();
        await PutAsync(ground, "v0.9.0");
        await PublishAsync(ground, ("make-latest", "false"));
        ground.GitHub.Traffic.Clear();

        var run = await PublishAsync(ground, ("make-latest", "true"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("'v1.0.0' is published already and differs: it is not the latest release");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_higher_version_that_was_published_between_the_last_look_and_the_publication_is_the_latest_again()
    {
        await using var ground = await NewAsync();
        ground.Fault("PATCH", "releases/1000", FaultKind.Before(() => PutAsync(ground, "v1.1.0")));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("is-latest", "false");
        run.Log.Should().Contain("::notice::'v1.1.0' was published meanwhile, and is the latest again");
        ground.GitHub.Latest!.TagName.Should().Be("v1.1.0");
    }

    [Fact]
    public async Task Immutable_releases_and_others_follow_the_same_rule()
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = true });
        await PublishAsync(ground, ("make-latest", "false"));

        var run = await PublishAsync(ground, ("make-latest", "true"), ("on-existing", "update"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Latest!.TagName.Should().Be("v1.0.0");
    }

    private static Task PutAsync(ReleaseGround ground, string published) => ground.GitHub.PutAsync(
    [
        .. published.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(' ')).Select(p => new Release
        {
            TagName = p[0], TargetCommitish = "main", Prerelease = p.Length > 1, PublishedAt = ground.Clock.GetUtcNow(),
            CreatedAt = ground.Clock.GetUtcNow(),
        }),
    ]);
}
