using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.ReleasePublish;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>The team's state file: four texts of it are written, and nothing else.</summary>
[Trait("Rule", "ORC-08")]
public sealed class StateFileTests
{
    private const string State = """
        # Where our products stand.
        products:
          scale: { version: "3.1.0" }   # another product
          till:
            phase:  staging   # since spring
            version: "0.9.0"
            last_release: ~
            last_activity:
            owner: 'Ada: the first'
        """;

    [Fact]
    public async Task A_release_writes_four_texts_and_every_other_byte_stays()
    {
        await using var ground = await NewAsync(State);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var time = ground.GitHub.Releases.Single().PublishedAt!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        Read(ground).Should().Be(State
            .Replace("staging", "production", StringComparison.Ordinal)
            .Replace("0.9.0", "1.0.0", StringComparison.Ordinal)
            .Replace("last_release: ~", $"last_release: \"{time}\"", StringComparison.Ordinal)
            .Replace("last_activity:", $"last_activity: \"{time}\"", StringComparison.Ordinal));
        ground.Checkout.Git("diff-tree", "-r", "--name-only", "--no-commit-id", "origin/main").Should().Be("ops/state.yml");
        run.Summary.Should().Contain("- `ops/state.yml` on `main` says 1.0.0 in phase production");
    }

    [Fact]
    [Trait("Rule", "AEG-13")]
    public async Task A_rerun_leaves_the_file_alone()
    {
        await using var ground = await NewAsync(State);
        await PublishAsync(ground);
        Read(ground);
        var before = ground.Checkout.Git("rev-parse", "origin/main");

        (await PublishAsync(ground)).Summary.Should().Contain("nothing to do");

        Read(ground);
        ground.Checkout.Git("rev-parse", "origin/main").Should().Be(before);
    }

    [Fact]
    public async Task A_branch_that_moved_on_meanwhile_loses_nothing()
    {
        await using var ground = await NewAsync(State);
        ground.Fault("PATCH", "releases/*", ReleaseActions.Sandbox.FaultKind.After(() =>
        {
            ground.Checkout.Write("ops/state.yml", State.Replace("Ada", "Bob", StringComparison.Ordinal)).Commit("Meanwhile");
            ground.Checkout.Push();
            return Task.CompletedTask;
        }));

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        Read(ground).Should().Contain("Bob: the first").And.Contain("version: \"1.0.0\"");
    }

    [Theory]
    [InlineData("phase: a\nversion: 2.0.0\nlast_release: x\nlast_activity: x\n", "stays: 2.0.0 is higher")]
    [InlineData("phase: production\nversion: '1.0.0'\nlast_release: x\nlast_activity: x\n", "says 1.0.0 in phase production")]
    public async Task A_file_that_says_a_higher_version_or_this_one_stays(string text, string shown)
    {
        await using var ground = await NewAsync(text, path: null);

        (await PublishAsync(ground)).Summary.Should().Contain(shown);

        Read(ground).Should().Be(text.TrimEnd('\n'));
    }

    [Theory]
    [InlineData(null, "There is no file 'ops/state.yml' on 'main', which `state.file` names")]
    [InlineData("version: 1\n", "'ops/state.yml' on 'main' has no phase, no last_release, no last_activity")]
    [InlineData("a: [\n", "'ops/state.yml' on 'main' is not YAML")]
    [InlineData(
        "phase: >\n  a\n  b\nversion: 0.1.0\nlast_release: x\nlast_activity: x\n",
        "'ops/state.yml' on 'main' has a key that cannot be written in place")]
    public async Task A_file_that_cannot_be_written_is_reported_before_anything_is_published(string? text, string shown)
    {
        await using var ground = await NewAsync(text, path: null);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith(shown);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_could_not_be_written_byte_for_byte_is_refused()
    {
        await using var ground = await NewAsync("\uFEFF" + State);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("The file 'ops/state.yml' is no text in UTF-8 without a byte order mark");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_branch_that_takes_no_push_fails_the_run_after_the_release_and_a_rerun_writes_the_file_alone()
    {
        await using var ground = await NewAsync(State);
        ground.Checkout.RefuseUpdatesOf("refs/heads/main");
        var run = await PublishAsync(ground);
        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which
            .Should().StartWith("The release is published, and 'ops/state.yml' on 'main' was not written: ");
        File.Delete(Path.Combine(ground.Checkout.Origin, "hooks", "update"));
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        Read(ground).Should().Contain("version: \"1.0.0\"");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task From_a_folder_of_the_checkout_the_rest_of_the_repository_stays_also_where_a_name_is_no_UTF_8()
    {
        await using var ground = await ReleasePublishTests.NewAsync(tag: null);
        ground.Checkout.Write("shop/ops/state.yml", State).Write("shop/dist/c.tgz", "c")
            .Write("shop/.github/release-actions.yml", "state: { file: shop/ops/state.yml, path: products.till }");
        ground.Checkout.Git("-c", "alias.latin=!printf x >\"$(printf 'shop/ops/caf\\351')\"", "latin");
        ground.Checkout.Commit("State");
        ground.Checkout.Push().Tag("v1.0.0");
        // .NET finds no such file, and could not take the folder away.
        ground.Checkout.Git("-c", "alias.latin=!rm shop/ops/caf*", "latin");

        var run = await ground.Rig().OnTag("v1.0.0").With("GITHUB_WORKSPACE", Path.Combine(ground.Checkout.Root, "shop"))
            .Input("files", "dist/*.tgz").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Read(ground, "shop/ops/state.yml").Should().Contain("version: \"1.0.0\"");
        ground.Checkout.Git("diff-tree", "-r", "--name-only", "--no-commit-id", "origin/main").Should().Be("shop/ops/state.yml");
    }

    [Theory]
    [InlineData("blob:none", "ops/state.yml", "says 1.0.0 in phase production now")]
    [InlineData("tree:0", "ops/state.yml", "says 1.0.0 in phase production now")]
    [InlineData("blob:none", "ops/other.yml", null)]
    public async Task In_a_partial_clone_a_file_that_is_left_out_is_fetched_and_not_taken_for_none(
    string filter, string file, string? shown)
    {
        await using var ground = await NewAsync(State);
        var clone = ground.Checkout.Aside("partial");
        ground.Checkout.Git("--git-dir", ground.Checkout.Origin, "config", "uploadpack.allowFilter", "true");
        ground.Checkout.Git("clone", "--quiet", "--no-checkout", $"--filter={filter}", $"file://{ground.Checkout.Origin}", clone);
        Directory.CreateDirectory(Path.Combine(clone, ".github"));
        File.WriteAllText(Path.Combine(clone, ".github/release-actions.yml"), $"state: {{ file: {file}, path: products.till }}");
        ground.Checkout.Git("-C", clone, "rev-list", "--objects", "--missing=print", "--all").Should().Contain("?");

        var run = await ground.Rig().OnTag("v1.0.0").With("GITHUB_WORKSPACE", clone).Input("files", "none")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(shown is null ? ExitCode.Refused : ExitCode.Done, run.Log);
        if (shown is null) run.Errors.Should().ContainSingle().Which.Should().StartWith("There is no file 'ops/other.yml' on 'main'");
        else run.Summary.Should().Contain(shown);
        if (shown is not null) Read(ground).Should().Contain("version: \"1.0.0\"").And.Contain("owner: 'Ada: the first'");
    }

    [Fact]
    public async Task What_is_higher_is_said_by_the_teams_order()
    {
        await using var ground =
            await NewAsync("phase: production\nversion: 1.0.0-hotfix.1\nlast_release: x\nlast_activity: x\n", path: null);
        ground.Checkout.Policy("version: { post-releases: [hotfix] }\nstate: { file: ops/state.yml }");

        (await PublishAsync(ground)).Summary.Should().Contain("stays: 1.0.0-hotfix.1 is higher");
    }

    [Fact]
    [Trait("Rule", "AEG-13")]
    public async Task A_rerun_after_a_person_published_the_draft_writes_the_file()
    {
        await using var ground = await NewAsync(State);
        ground.Checkout.Policy("");
        await PublishAsync(ground);
        ground.Checkout.Policy("state: { file: ops/state.yml, path: products.till }");

        (await PublishAsync(ground, ("draft", "true"))).ExitCode.Should().Be(ExitCode.Done);

        Read(ground).Should().Contain("version: \"1.0.0\"");
    }

    private static async Task<ReleaseGround> NewAsync(string? state, string? path = "products.till")
    {
        var ground = await ReleasePublishTests.NewAsync(tag: null);
        if (state is not null) ground.Checkout.Write("ops/state.yml", state);
        ground.Checkout.Commit("State");
        ground.Checkout.Push().Tag("v1.0.0").Policy($"state: {{ file: ops/state.yml{(path is null ? "" : $", path: {path}")} }}");
        return ground;
    }

    private static string Read(ReleaseGround ground, string path = "ops/state.yml")
    {
        ground.Checkout.Git("fetch", "--quiet", "origin", "+refs/heads/main:refs/remotes/origin/main");
        return ground.Checkout.Git("show", $"origin/main:{path}");
    }
}
