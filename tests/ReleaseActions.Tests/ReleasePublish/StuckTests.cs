using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Mistakes after which a user does not know what to do: the message says it.</summary>
public sealed class StuckTests : IAsyncLifetime
{
    private ReleaseGround _ground = null!;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        _ground.Checkout.Write("dist/a.tgz", "a").Commit("Build");
        _ground.Checkout.Push();
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    public async Task A_commit_that_is_not_on_the_remote_is_to_be_pushed()
    {
        // Not even as an object, as it is on GitHub.
        File.Delete(Path.Combine(_ground.Checkout.Origin, "objects/info/alternates"));
        var commit = _ground.Checkout.EmptyCommit();

        var run = await Rig().Input("version", "1.0.0").Input("target", commit).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain(commit).And.Contain("push it first");
    }

    [Fact]
    public async Task A_commit_of_a_laptop_that_is_not_on_the_remote_is_to_be_pushed()
    {
        _ground.Fault("POST", "git/refs", FaultKind.Reply(422, """{"message":"Object does not exist"}"""));

        var run = await Rig().Input("version", "1.0.0").RunAsync(new ReleasePublishAction());

        run.Errors.Should().ContainSingle().Which.Should().Contain("Push the commit first");
    }

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("release-1.0.0")]
    public async Task A_tag_without_the_prefix_names_the_key_of_the_policy(string tag)
    {
        _ground.Checkout.Tag(tag);

        var run = await _ground.Rig().OnTag(tag).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("`version.tag-prefix");
    }

    [Fact]
    public async Task An_empty_token_is_explained_by_a_secret_that_does_not_exist()
    {
        var run = await Rig().Input("version", "1.0.0").Input("token", "").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("no token was given").And.Contain("its secret does not exist");
    }

    private Rig Rig() => _ground.Rig().OnBranch("main").Input("files", "dist/*");
}
