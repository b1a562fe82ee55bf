using ReleaseActions.Core;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>Several products in one repository, each with its own tags, branches and changelog.</summary>
public sealed class ProductTests
{
    private const string Policy = """
        version:
          tag-prefix: "{product}/v"
          manifests: ["{product}/package.json"]
        branches:
          release: release/{product}/v{version}
        changelog:
          path: "{product}/CHANGELOG.md"
        prepare:
          flow: branch
          commit-message: "{product} {version}"

        """;

    [Fact]
    [Trait("Rule", "ORC-03")]
    [Trait("Rule", "ORC-04")]
    public async Task Each_product_has_its_own_branch_tags_and_changelog()
    {
        await using var ground = await NewAsync();

        var till = await ground.RunAsync(("product", "till"));
        var shop = await ground.RunAsync(("product", "shop"));

        till.ExitCode.Should().Be(ExitCode.Done, till.Log);
        shop.ExitCode.Should().Be(ExitCode.Done, shop.Log);
        till.Outputs.Should().Contain("version", "1.3.0").And.Contain("tag", "till/v1.3.0");
        shop.Outputs.Should().Contain("version", "2.0.1").And.Contain("tag", "shop/v2.0.1");
        ground.Branches.Should().Contain("release/till/v1.3.0")
            .And.Contain("release/shop/v2.0.1", "another product's release is no second one");
        ground.Changed("main", "release/till/v1.3.0").Should().Equal("till/CHANGELOG.md", "till/package.json");
        ground.OnOrigin("release/till/v1.3.0:till/package.json").Should().Be("{\"version\": \"1.3.0\"}");
        ground.Ground.GitHub.PullRequests.Select(p => p.Title).Should().Equal("till 1.3.0", "shop 2.0.1");
    }

    [Fact]
    [Trait("Rule", "ORC-03")]
    public async Task A_second_release_of_the_same_product_is_refused()
    {
        await using var ground = await NewAsync();
        await ground.RunAsync(("product", "till"));

        var run = await ground.RunAsync(("product", "till"), ("version", "1.4.0"));

        run.Errors.Should().ContainSingle().Which.Should().StartWith("Another release is being prepared: release/till/v1.3.0. ");
    }

    [Fact]
    [Trait("Rule", "ORC-03")]
    public async Task A_product_that_is_missing_or_is_no_name_is_refused()
    {
        await using var ground = await NewAsync();

        (await ground.RunAsync()).Errors.Should().Equal(
            "The policy speaks of {product}, and no product was named. Give the input `product`, such as the folder of the product.");
        (await ground.RunAsync(("product", "../x"))).Errors.Should().Equal(
            "The product '../x' is not a valid name. Use letters, digits and . _ -, and / between its parts.");
        (await ground.RunAsync(("product", "-d"))).ExitCode.Should().Be(ExitCode.BadInput);
    }

    private static async Task<BranchGround> NewAsync()
    {
        var ground = await BranchGround.NewAsync(Policy);
        var checkout = ground.Checkout.Switch("main").Write("till/package.json", "{\"version\": \"1.2.0\"}")
            .Write("shop/package.json", "{\"version\": \"2.0.0\"}");
        checkout.Write("till/CHANGELOG.md", "## [Unreleased]\n\n### Added\n\n- A\n\n## [1.2.0]\n\n- B\n")
            .Write("shop/CHANGELOG.md", "## [Unreleased]\n\n### Fixed\n\n- A\n\n## [2.0.0]\n\n- B\n").Commit("feat: products");
        checkout.Push().Tag("till/v1.2.0").Tag("shop/v2.0.0");
        return ground;
    }
}
