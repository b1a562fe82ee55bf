using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Several products in one repository, each with its own tags, manifests and changelog.</summary>
[Trait("Rule", "ORC-03")]
public sealed class ProductTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public ProductTests() => _checkout.Policy("""
        version: {tag-prefix: "{product}/v", manifests: ["{product}/package.json"]}
        branches: {release: "release/{product}/v{version}"}
        changelog: {path: "{product}/CHANGELOG.md", required: true, compare-links: true}
        """)
        .Write("package.json", """{"version": "9.0.0"}""").Write("till/package.json", """{"version": "2.0.0"}""").Write(
            "billing/package.json", """{"version": "1.3.0"}""")
        .Write("billing/CHANGELOG.md", "## [1.3.0](https://github.com/acme/shop/compare/billing/v1.2.0...billing/v1.3.0)\n\n- New\n")
        .Write(
            "CHANGELOG.md",
            "## billing@1.3.0\n\n- Not read\n\n## till@2.0.0\n\n- First\n").Tag("v8.0.0").Tag("billing/v1.2.0").Tag("till/v3.0.0-rc.1");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task A_tag_names_the_product_and_only_its_own_tags_and_files_count()
    {
        _checkout.Tag("billing/v1.3.0");

        var run = await _checkout.ValidateTagAsync("billing/v1.3.0");

        run.Content().Should().StartWith("## billing 1.3.0 may be released")
            .And.Contain("| billing/package.json\\#version agrees | `1.3.0` | ✅ |")
            .And.NotContain("| package.json");
        run.Outputs.Should().Contain("product", "billing")
            .And.Contain("version", "1.3.0")
            .And.Contain("tag", "billing/v1.3.0")
            .And.Contain("previous-tag", "billing/v1.2.0")
            .And.Contain("is-latest", "true").And.Contain("release-branch", "release/billing/v1.3.0");
    }

    [Fact]
    public async Task A_manual_run_names_the_product_and_finds_its_section_in_the_shared_changelog()
    {
        var run = await _checkout.ValidateAsync("2.0.0", ("product", "till"), ("changelog", "CHANGELOG.md"));

        run.Content().Should().Contain("| changelog section | `till@2.0.0`, line 5 | ✅ |");
        run.Outputs.Should().Contain("tag", "till/v2.0.0").And.Contain("previous-tag", "").And.Contain("is-latest", "true");
    }

    [Fact]
    public async Task What_is_wrong_with_the_product_is_refused()
    {
        _checkout.Tag("billing/v1.4.0");

        var run = await _checkout.ValidateTagAsync("billing/v1.4.0");

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().HaveCount(2)
            .And.Contain(
                "billing/package.json#version has '1.3.0', and the release is '1.4.0'. Set it to 1.4.0 in the commit that is tagged.")
            .And.Contain(e => e.StartsWith("billing/CHANGELOG.md has no section for 1.4.0.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_below_the_last_one_of_the_product_is_refused_whatever_the_others_have()
    {
        (await _checkout.ValidateAsync("1.2.0-rc.1", ("product", "billing"))).Errors
            .Should().Contain(e => e.StartsWith("1.2.0-rc.1 is not higher than 'billing/v1.2.0'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_on_the_release_branch_of_a_product_checks_that_product()
    {
        var rig = new Rig(_checkout).With("GITHUB_REF", "refs/heads/release/billing/v1.3.0").With("GITHUB_SHA", _checkout.Head);
        var run = await rig.Input("dry-run", "true").RunAsync(new VersionValidateAction());

        run.Content().Should().StartWith("## billing 1.3.0 may be released");
    }

    [Theory]
    [InlineData(
        "v8.0.0", "", "",
        "The tag 'v8.0.0' names no product. Release tags look like billing/v1.2.3; a manual run needs the input `product`.")]
    [InlineData(
        "billing/v1.3", "", "", "The tag 'billing/v1.3' is not a valid version: it has 2 of three numbers. Did you mean billing/v1.3.0? *")]
    [InlineData("", "1.3.0", "", "The policy speaks of {product}, and no product was named. Release tags look like billing/v1.2.3; *")]
    [InlineData("", "1.3.0", "../billing", "The product '../billing' is not a valid name. Use letters, digits and . _ -, *")]
    public async Task A_product_or_version_that_is_missing_or_invalid_is_refused(string tag, string version, string product, string message)
    {
        var rig = tag.Length > 0 ? new Rig(_checkout).OnTag(tag) : new Rig(_checkout).OnBranch("main");

        (await rig.Input("version", version).Input("product", product).RunAsync(new VersionValidateAction())).Refusal(ExitCode.BadInput)
            .Should().Match(message);
    }

    [Fact]
    public async Task A_given_version_does_not_belong_to_the_product_of_the_ref_that_started_the_run()
    {
        _checkout.Tag("till/v1.0.0");

        var run = await new Rig(_checkout).OnTag("till/v1.0.0").Input("version", "2.0.0").RunAsync(new VersionValidateAction());

        run.Refusal(ExitCode.BadInput).Should().StartWith("The policy speaks of {product}, and no product was named. ");
    }

    [Fact]
    public async Task A_product_is_refused_where_nothing_depends_on_it()
    {
        _checkout.Policy("version: {}\n");

        (await _checkout.ValidateAsync("1.3.0", ("product", "billing"))).Refusal(ExitCode.BadInput)
            .Should().StartWith("The product 'billing' was named, and nothing in the policy depends on it.");
    }
}
