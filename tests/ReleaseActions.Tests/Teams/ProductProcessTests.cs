using System.Text.Json.Nodes;
using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.Rehearse;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.ReleasePublish;
using ReleaseActions.SbomChecksum;

namespace ReleaseActions.Tests.Teams;

/// <summary>Two products in one repository and one changelog: every action works on the one that the tag, or a manual run, names.</summary>
[Trait("Rule", "ORC-03")]
public sealed class ProductProcessTests : IAsyncLifetime
{
    private const string Policy = """
        version: {tag-prefix: "{product}/v"}
        branches: {release: "release/{product}/v{version}"}
        release: {title: "{product} {version}", generate-notes: true, moving-tags: [major]}

        """;

    private const string Both = "## [Unreleased]\n\n- Next\n\n## [scale@3.0.0]\n\n- Ounces\n\n## [scale@2.9.0]\n\n- Grams\n\n"
        + "## [till@1.1.0]\n\n- Weights\n\n## [till@1.0.0]\n\n- Coins\n";

    private const string NoProduct =
        "The policy speaks of {product}, and no product was named. Give the input `product`, such as the folder of the product.";

    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        ImageFiles.DockerSave("base").WriteTar(Path.Combine(Checkout.Root, "image.tar"));
        Checkout.Policy(Policy).Write("CHANGELOG.md", Both).Write("dist/a.tgz", "a").Commit("Both");
        Checkout.Push().Tag("till/v1.0.0").Tag("scale/v2.9.0").Tag("scale/v3.0.0").Tag("till/v1.1.0");
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Theory]
    [InlineData("till/v1.1.0", "- Weights", "1.0.0", "till 1.1.0")]
    [InlineData("scale/v3.0.0", "- Ounces", "2.9.0", "scale 3.0.0")]
    public async Task The_notes_are_the_products_section_in_the_shared_changelog(string tag, string notes, string previous, string title)
    {
        var run = await _ground.RunOnTagAsync(new ChangelogExtractAction(), tag, ("lint", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("notes", notes).And.Contain("previous-version", previous).And.Contain("title", title)
            .And.Contain("compare-url", $"{_ground.GitHub.ServerUrl}/acme/shop/compare/{tag.Split('/')[0]}/v{previous}...{tag}");
    }

    [Fact]
    public async Task A_manual_run_names_the_product_with_the_version_and_the_products_changelog_is_read()
    {
        Checkout.Policy(Policy + "changelog: {path: \"{product}/CHANGELOG.md\", fallback: none}\n")
            .Write("till/CHANGELOG.md", "## Acme Tills 1.1.0\n\n- Own\n");

        var run = await ManuallyAsync(new ChangelogExtractAction(), ("version", "1.1.0"), ("product", "till"));
        run.Outputs["notes"].Should().Be("- Own");
        (await ManuallyAsync(new ChangelogExtractAction(), ("version", "1.1.0"))).Errors.Should()
            .Equal("The policy speaks of {product}, and no product was named. "
                + "Release tags look like billing/v1.2.3; a manual run needs the input `product`.");
        (await ManuallyAsync(new ChangelogExtractAction(), ("lint", "true"))).Errors.Should().Equal(NoProduct);
    }

    [Theory]
    [InlineData("till/v1.1.0", "", "")]
    [InlineData("", "till/v1.1.0", "")]
    [InlineData("", "", "till")]
    public async Task The_release_follows_the_products_releases_and_moves_only_its_tags(string pushed, string given, string product)
    {
        var rig = pushed.Length > 0 ? _ground.Rig().OnTag(pushed) : _ground.Rig().OnBranch("main");

        var run = await rig.Input("tag", given).Input("version", product.Length > 0 ? "1.1.0" : "").Input("product", product)
            .Input("files", "dist/*").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("tag", "till/v1.1.0").And.Contain("is-latest", "true").And.Contain("moving-tags", "till/v1");
        _ground.GitHub.Releases.Single().Name.Should().Be("till 1.1.0");
        var request = _ground.GitHub.Traffic.Entries.Single(e => e.Path.EndsWith("generate-notes", StringComparison.Ordinal));
        JsonNode.Parse(request.Body!)!["previous_tag_name"]!.ToString().Should().Be("till/v1.0.0");
    }

    [Fact]
    public async Task An_image_has_the_products_version_and_latest_follows_the_products_tags()
    {
        (string, string)[] inputs =
            [("archive", "image.tar"), ("image", "till"), ("registry", "localhost:5000/acme"), ("push", "false"), ("dry-run", "true")];

        var latest = await _ground.RunOnTagAsync(new ImageBuildPushAction(), "till/v1.1.0", inputs);
        var older = await _ground.RunOnTagAsync(new ImageBuildPushAction(), "till/v1.0.0", inputs);
        var ofCommit = await ManuallyAsync(new ImageBuildPushAction(), [("tags", "{sha}"), .. inputs]);

        latest.Outputs["tags"].Should().Be("localhost:5000/acme/till:1.1.0\nlocalhost:5000/acme/till:latest");
        older.Outputs["tags"].Should().Be("localhost:5000/acme/till:1.0.0");
        ofCommit.ExitCode.Should().Be(ExitCode.Done, "a commit belongs to no product");
    }

    [Fact]
    public async Task The_products_release_branch_is_deleted_and_no_other()
    {
        Checkout.Git("push", "--quiet", "origin", "main:refs/heads/release/till/v1.1.0", "main:refs/heads/release/scale/v1.1.0");

        var run = await _ground.RunOnTagAsync(new BranchCleanupAction(), "till/v1.1.0");

        run.Outputs["deleted"].Should().Be("release/till/v1.1.0", run.Log);
        (await ManuallyAsync(new BranchCleanupAction(), ("version", "1.1.0"), ("product", "scale"))).Outputs["deleted"].Should()
            .Be("release/scale/v1.1.0");
        (await ManuallyAsync(new BranchCleanupAction(), ("version", "1.1.0"))).ExitCode.Should().Be(ExitCode.BadInput);
    }

    [Fact]
    public async Task The_SBOM_is_of_the_products_version()
    {
        var run = await _ground.RunOnTagAsync(new SbomChecksumAction(), "till/v1.1.0", ("files", "dist/*"), ("sign", "none"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var sbom = JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "release-artifacts/sbom.json")))!;
        sbom["metadata"]!["component"]!["version"]!.ToString().Should().Be("1.1.0");
    }

    [Fact]
    public async Task A_release_is_cut_into_the_shared_changelog_under_the_products_name()
    {
        (string, string)[] inputs = [("product", "till"), ("version", "1.2.0"), ("description", "d")];
        (await ManuallyAsync(new ReleasePrepareAction(), inputs)).Errors.Should().ContainSingle().Which.Should()
            .StartWith("Products share CHANGELOG.md, and its Unreleased names none of them. ");
        Checkout.Write("CHANGELOG.md", "## [till@unreleased]\n\n- Coupons\n\n" + Both).Commit("Name it");
        Checkout.Push();

        var run = await ManuallyAsync(new ReleasePrepareAction(), inputs);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Checkout.Git("--git-dir", Checkout.Origin, "show", "main:CHANGELOG.md").Should()
            .StartWith("## [till@unreleased]\n\n## [till@1.2.0] - ").And.EndWith($"- Coupons\n\n{Both.TrimEnd()}");
    }

    [Fact]
    public async Task Unreleased_is_the_products_notes_only_where_it_names_the_product()
    {
        Checkout.Policy(Policy + "changelog: {fallback: unreleased}\n");

        (string, string)[] inputs = [("product", "till"), ("version", "1.2.0")];
        (await ManuallyAsync(new ChangelogExtractAction(), inputs)).Errors.Should()
            .Equal("CHANGELOG.md has no section for 1.2.0; its latest are 1.1.0, 1.0.0. Add a section ## [till@1.2.0].");
        Checkout.Write("CHANGELOG.md", "## scale (unreleased)\n\n- Tons\n\n## till (unreleased)\n\n- Coupons\n\n" + Both);
        (await ManuallyAsync(new ChangelogExtractAction(), inputs)).Outputs["notes"].Should().Be("- Coupons");
    }

    [Theory]
    [InlineData(typeof(ReleasePublishAction), "release: {title: \"{product} {version}\"}")]
    [InlineData(typeof(ChangelogExtractAction), "release: {title: \"{product} {version}\"}")]
    [InlineData(typeof(ReleasePrepareAction), "prepare: {commit-message: \"{product} {version}\"}")]
    [InlineData(typeof(ReleasePrepareAction), "prepare: {tag-message: \"{product} {version}\"}")]
    [InlineData(typeof(ReleasePrepareAction), "prepare: {metadata: [\"{product}/VERSION\"]}")]
    [InlineData(typeof(ReleasePrepareAction), "branches: {production: \"{product}-main\"}")]
    [InlineData(typeof(ImageBuildPushAction), "images: [{name: till, archive: image.tar}]\nrelease: {title: \"{product}\"}")]
    [InlineData(typeof(SbomChecksumAction), "artifacts: {files: [\"{product}/*\"]}")]
    public async Task Wherever_the_policy_speaks_of_products_a_release_of_none_is_refused(Type action, string policy)
    {
        Checkout.Policy(policy + "\n").Commit("Policy");
        Checkout.Push();

        (await ManuallyAsync(New(action), ("version", "1.2.0"), ("dry-run", "true"), ("sign", "none"))).Errors.Should().Equal(NoProduct);
    }

    [Theory]
    [InlineData(typeof(ReleasePublishAction))]
    [InlineData(typeof(BranchCleanupAction))]
    [InlineData(typeof(ImageBuildPushAction))]
    [InlineData(typeof(SbomChecksumAction))]
    public async Task A_product_where_nothing_depends_on_it_is_refused(Type action)
    {
        Checkout.Policy("version: {tag-prefix: till/v}\n");

        (await ManuallyAsync(New(action), ("product", "till"), ("version", "1.1.0"), ("files", "dist/*"))).Errors.Should().ContainSingle()
            .Which.Should().StartWith("The product 'till' was named, and nothing in the policy depends on it. "
                + "Write {product} into `version.tag-prefix`");
    }

    [Fact]
    public void A_rehearsal_names_the_product_to_every_step()
    {
        var policy = ReleasePolicy.Read(Policy, "policy").Of("till");
        var facts = new RehearseFacts("acme/shop", "till/v1.1.0", new string('a', 40), policy);

        var steps = RehearsePlan.For(new RehearseRequest(Inputs.ForDocumentation()), facts).Steps;

        steps.Should().OnlyContain(s => s.Inputs["product"] == "till");
        policy.Version.TagPrefix.Should().Be("till/v");
    }

    private static IAction New(Type action) => (IAction)Activator.CreateInstance(action)!;

    private Task<RunResult> ManuallyAsync(IAction action, params (string Name, string Value)[] inputs) =>
        inputs.Aggregate(_ground.Rig().OnBranch("main"), (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(action);
}
