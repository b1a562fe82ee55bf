using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Hostile;

/// <summary>Checkouts that hold less than the whole repository, or hold it elsewhere: the same answer as from a whole one.</summary>
public sealed class KindsOfCheckoutTests : IDisposable
{
    private const string Notes = "### Added\n\n- Third";

    private readonly Checkout _checkout = new();

    public KindsOfCheckoutTests()
    {
        _checkout.Commit("feat: first");
        _checkout.Commit("feat: second");
        _checkout.Push().Tag("v1.0.0").Commit("feat: third");
        _checkout.Push().Tag("v1.1.0");
    }

    public void Dispose() => _checkout.Dispose();

    private string Place => Path.Combine(_checkout.Aside("elsewhere"), "work");

    [Theory]
    [Trait("Row", "F50")]
    [InlineData("--depth=1")]
    [InlineData("--depth=1", "--no-tags")]
    [InlineData("--depth=1", "--branch=v1.1.0")]
    [InlineData("--no-tags")]
    [InlineData("--branch=v1.1.0")]
    [InlineData("--single-branch", "--no-tags")]
    public async Task Of_a_clone_that_lacks_history_or_tags(params string[] options)
    {
        _checkout.Git(["clone", "--quiet", .. options, $"file://{_checkout.Origin}", Place]);

        await AssertAsOfAWholeOneAsync(Place);
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task Of_a_work_tree_beside_another()
    {
        _checkout.Git("worktree", "add", "--quiet", "--detach", Place, "v1.1.0");

        await AssertAsOfAWholeOneAsync(Place);
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task Of_a_submodule()
    {
        var outer = _checkout.Aside("outer");
        _checkout.Git("init", "--quiet", outer);
        _checkout.Git("-C", outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", _checkout.Origin, "inner");

        await AssertAsOfAWholeOneAsync(Path.Combine(outer, "inner"));
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_first_release_from_a_shallow_clone_tells_of_every_commit()
    {
        _checkout.Git("push", "--quiet", "origin", ":refs/tags/v1.0.0", ":refs/tags/v1.1.0");
        _checkout.Git("clone", "--quiet", "--depth=1", $"file://{_checkout.Origin}", Place);

        var run = await In(Place).Input("version", "1.1.0").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["notes"].Should().Contain("First").And.Contain("Second").And.Contain("Third");
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_commit_that_is_not_there_is_refused_with_gits_reason()
    {
        var run = await In(_checkout.Root).With("GITHUB_SHA", new string('a', 40)).OnTagOf("v1.1.0").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().Contain("not our ref");
    }

    [Theory]
    [Trait("Row", "F50")]
    [InlineData("rm -rf .git")]
    [InlineData("echo garbage > .git/HEAD; echo garbage > .git/config")]
    [InlineData("echo 'ref: refs/heads/.invalid' > .git/HEAD; mkdir -p .git/reftable")]
    [InlineData("find .git -type f -exec rm -f '{}' ';' -exec mkfifo '{}' ';'")]
    public async Task Of_a_folder_whose_repository_is_gone_or_cannot_be_read(string command)
    {
        _checkout.Git("clone", "--quiet", $"file://{_checkout.Origin}", Place);
        Programs.Run("sh", Place, new Dictionary<string, string>(), "-c", command).ExitCode.Should().Be(0);

        await AssertAsOfAWholeOneAsync(Place);
    }

    private async Task AssertAsOfAWholeOneAsync(string place)
    {
        var validated = await In(place).OnTagOf("v1.1.0").RunAsync(new VersionValidateAction());
        validated.ExitCode.Should().Be(ExitCode.Done, validated.Log);
        validated.Outputs.Should().Contain("version", "1.1.0").And.Contain("previous-tag", "v1.0.0").And.Contain("is-latest", "true");

        var extracted = await In(place).OnTagOf("v1.1.0").RunAsync(new ChangelogExtractAction());
        extracted.ExitCode.Should().Be(ExitCode.Done, extracted.Log);
        extracted.Outputs["notes"].Should().StartWith(Notes).And.NotContain("Second");
    }

    private Rig In(string place) =>
        HostileRig.Offline(_checkout).With("GITHUB_WORKSPACE", place).With("GITHUB_SHA", _checkout.Head)
        .With("GITHUB_REF", "refs/heads/main");
}
