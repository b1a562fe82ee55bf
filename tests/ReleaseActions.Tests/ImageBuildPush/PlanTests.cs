using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Versions;
using ReleaseActions.ImageBuildPush;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>What the plan decides, without any client.</summary>
public sealed class PlanTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string There = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    private const string ThreeImages = """
        images:
          - name: aof-coordinator
            context: servers/coordinator
            version-from: servers/coordinator/pyproject.toml
          - name: aof-runner
            context: runner
            dockerfile: docker/Dockerfile
            target: slim
            build-args: ["APP_VERSION={version}", "GREETING=${not a template}"]
            platforms: [linux/amd64, linux/arm64]
          - name: dashboard.web
            labels: ["org.example.team=web {sha}"]
        """;

    [Fact]
    [Trait("Rule", "AOF-03")]
    [Trait("Rule", "AOF-04")]
    public void One_bake_file_builds_all_images_under_the_one_version() =>
        Golden.Matches(BakeFile.Write(Plan(ThreeImages, "1.2.0", component: "0.7.3")), "three-images.bake");

    [Fact]
    public void The_plan_says_what_happens_to_each_image() =>
        Golden.Matches(Plan(ThreeImages, "1.2.0", component: "0.7.3").ToMarkdown(), "three-images.plan");

    [Fact]
    [Trait("Rule", "AOF-08")]
    public void The_report_has_digests_and_commands_to_copy()
    {
        var plan = Plan(ThreeImages, "1.2.0", component: "0.7.3");
        var tags = plan.Images.SelectMany(i => i.Tags.Select(t => new PushedTag(i, t.Name, There, IsNew: t.Name != "latest")));

        Golden.Matches(new PushReport(plan.Facts, [.. tags]).ToMarkdown(), "three-images.report");
    }

    [Fact]
    [Trait("Rule", "AOF-05")]
    public void Without_a_push_docker_gives_every_tag_itself() =>
        BakeFile.Write(Plan("images: [{ name: app }]", "1.2.0", push: false)).Should()
            .Contain("\"ghcr.io/acme/app:1.2.0\"").And.Contain("\"ghcr.io/acme/app:latest\"");

    [Theory]
    [InlineData("1.2.0", true, "", "1.2.0 latest")]
    [InlineData("1.2.0", false, "", "1.2.0")]
    [InlineData("1.2.0", true, "{sha}", "1.2.0 0123456789ab latest")]
    [InlineData("1.2.0", true, "{sha} v{version}", "0123456789ab v1.2.0 latest")]
    [InlineData("1.2.0+build.5", false, "", "1.2.0_build.5")]
    [InlineData(null, false, "{sha} staging", "0123456789ab staging")]
    [Trait("Rule", "AOF-07")]
    [Trait("Rule", "DOJ-03")]
    public void The_tags_are_the_version_those_requested_and_latest_last(string? version, bool movesLatest, string lines, string names)
    {
        var tags = ImageTag.For(Request("", ("tags", lines.Replace(' ', '\n'))), Facts(version, movesLatest));

        tags.Select(t => t.Name).Should().Equal(names.Split(' '));
    }

    [Fact]
    [Trait("Rule", "DOJ-10")]
    public void An_image_that_is_there_from_this_commit_is_kept_and_not_built_again()
    {
        var plan = Plan("images: [{ name: app }]", "1.2.0", there: (There, Commit));

        plan.Builds.Should().BeEmpty();
        plan.Refusals.Should().BeEmpty();
        plan.Images.Single().Digest.Should().Be(There);
    }

    [Fact]
    [Trait("Rule", "DOJ-08")]
    [Trait("Row", "F41")]
    public void A_version_that_is_there_from_another_commit_is_refused()
    {
        var plan = Plan("images: [{ name: app }]", "1.2.0", there: (There, "ffff"));

        plan.ToMarkdown().Should()
            .Contain("❌ ghcr.io/acme/app:1.2.0 is published as").And.Contain("**A published version is never moved");
        plan.Refusals.Should().ContainSingle().Which.Message.Should()
            .Be($"ghcr.io/acme/app:1.2.0 is published as {There}, and this is a build of another commit");
        plan.RefusalCode.Should().Be(ExitCode.Refused);
    }

    [Theory]
    [InlineData("Shop", "ghcr.io/acme/shop")]
    [InlineData("quay.io/Team/App", "quay.io/team/app")]
    [InlineData("localhost:5000/app", "localhost:5000/app")]
    public void Names_are_lower_case_and_a_whole_reference_keeps_its_registry(string name, string repository) =>
        Request($"images: [{{ name: '{name}' }}]").Images.Single().Repository.Repository.Should().Be(repository);

    [Theory]
    [InlineData("images: [{ name: app:1 }]", "", "", "The image name 'ghcr.io/acme/app:1' has a tag or a digest")]
    [InlineData(
        "images: [{ name: a..b }]", "", "",
        "'ghcr.io/acme/a..b' is not a name for an image: it does not have the form registry/path:tag")]
    [InlineData("images: [{ name: a }, { name: A }]", "", "", "Two images are called 'ghcr.io/acme/a'")]
    [InlineData("images: [{ name: a }, { name: b }]", "only", "c", "The policy has no image 'c'")]
    [InlineData(
        "images: [{ name: a }, { name: b }]", "context", "x",
        "The inputs context, file, target and archive are for one image, and this run has 2")]
    public void A_name_or_an_input_that_fits_no_image_is_refused(string policy, string input, string value, string message) =>
        FluentActions.Invoking(() => Request(policy, (input, value)).Images).Should().Throw<ActionException>()
            .Which.Findings.Single().Message.Should().Be(message);

    [Fact]
    [Trait("Rule", "AOF-05")]
    public void Where_the_owner_is_not_known_a_whole_reference_is_enough_and_a_short_name_is_not()
    {
        ImageRequest Named(string image) => new(new Inputs(name => name == "image" ? image : null), ReleasePolicy.Defaults);

        Named("localhost:5000/app").Images.Single().Repository.Repository.Should().Be("localhost:5000/app");
        FluentActions.Invoking(() => Named("app").Images).Should().Throw<ActionException>()
            .Which.Findings.Single().Remedy.Should().Be("Give the input `registry`, such as ghcr.io/myorg");
    }

    [Fact]
    public void Every_problem_of_a_build_is_a_refusal()
    {
        var request = Request("images: [{ name: app, platforms: [linux/amd64, linux/arm64] }]");
        var facts = Facts("1.2.0", movesLatest: false) with { Images = [new ImageState(request.Images.Single(), null, null)] };

        var missing = ImagePlan.For(request, facts with { WithoutDockerfile = request.Images });
        var narrow = ImagePlan.For(request, facts with { Docker = new DockerFacts(null) });
        var wide = ImagePlan.For(request, facts with { Docker = new DockerFacts(null, BuildsSeveralPlatforms: true) });

        missing.Refusals.Single().Message.Should().Be("The image 'app' has no './Dockerfile' to be built from");
        missing.RefusalCode.Should().Be(ExitCode.BadInput);
        narrow.Refusals.Single().Message.Should().Contain("and this docker makes images for one platform only");
        narrow.RefusalCode.Should().Be(ExitCode.RemoteFailed);
        wide.Refusals.Should().BeEmpty();
    }

    private static ImageRequest Request(string policy, params (string Name, string Value)[] inputs)
    {
        var runner = new RunnerContext(new Dictionary<string, string> { ["GITHUB_REPOSITORY"] = "acme/shop" });
        var lookup = new Inputs(name => inputs.FirstOrDefault(i => i.Name == name).Value, runner);
        return new ImageRequest(lookup, ReleasePolicy.Read(policy, "policy.yml"));
    }

    private static ImageFacts Facts(string? version, bool movesLatest)
    {
        var parsed = version is null ? null : ReleaseTag.RequireVersion(version, "v", VersionSchemes.SemVer);
        return new ImageFacts(parsed, Commit, DateTimeOffset.FromUnixTimeSeconds(1767323045)) { MovesLatest = movesLatest };
    }

    private static ImagePlan Plan(
        string policy, string version, string? component = null, (string Digest, string Revision)? there = null, bool push = true)
    {
        var request = Request(policy, ("push", push ? "true" : "false"));
        var remote = new Dictionary<string, (string Digest, string? Revision)>();
        if (there is { } image) remote[version] = image;
        var images = request.Images.Select(i => new ImageState(i, i.VersionFrom is null ? null : component, null) { Remote = remote });
        return ImagePlan.For(request, Facts(version, movesLatest: true) with { Images = [.. images] });
    }
}
