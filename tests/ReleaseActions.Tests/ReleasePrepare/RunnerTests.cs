using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>On a runner the release is cut from the commit of the run: the files of the checkout count, its repository does not.</summary>
public sealed class RunnerTests : IDisposable
{
    private readonly Shop _shop = new();

    private Checkout Checkout => _shop.Checkout;

    public void Dispose() => _shop.Dispose();

    [Theory]
    [Trait("Row", "F50")]
    [InlineData("git clone --quiet --depth=1 file://ORIGIN PLACE")]
    [InlineData("git clone --quiet --depth=1 file://ORIGIN PLACE && rm -rf PLACE/.git")]
    [InlineData("git worktree add --quiet --detach PLACE main")]
    public async Task On_a_runner_any_checkout_releases_the_same_and_gets_the_new_files(string command)
    {
        var place = Path.Combine(Checkout.Aside("elsewhere"), "work");
        command = command.Replace("ORIGIN", Checkout.Origin, StringComparison.Ordinal).Replace("PLACE", place, StringComparison.Ordinal);
        Programs.Run("sh", Checkout.Root, new Dictionary<string, string>(), "-c", command).ExitCode.Should().Be(0);

        var run = await _shop.OnRunner(("bump", "auto")).With("GITHUB_WORKSPACE", place).RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Checkout.Git("--git-dir", Checkout.Origin, "rev-parse", "main", "v1.2.3^{commit}").Split('\n').Should()
            .OnlyContain(id => id == run.Outputs["commit"]);
        foreach (var file in (string[])["package.json", "Makefile", "CHANGELOG.md"])
            File.ReadAllText(Path.Combine(place, file)).TrimEnd().Should().Be(_shop.OnOrigin($"main:{file}"));
    }

    [Theory]
    [Trait("Row", "S41")]
    [InlineData("echo x >> price")]
    [InlineData("rm price")]
    [InlineData("chmod +x price")]
    // For git to hash it takes an hour.
    [InlineData("truncate --size=1T price")]
    [InlineData("echo x >> price; git update-index --assume-unchanged price")]
    [InlineData("echo x >> price; git update-index --skip-worktree price")]
    [InlineData("echo x >> price; git add price; git -c user.name=x -c user.email=x@y commit --quiet --message x")]
    public async Task On_a_runner_a_file_that_differs_from_the_commit_of_the_run_is_seen_whatever_the_index_says(string command)
    {
        var rig = _shop.OnRunner(("bump", "patch"));
        Programs.Run("sh", Checkout.Root, new Dictionary<string, string>(), "-c", command).ExitCode.Should().Be(0);

        var run = await rig.RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The work tree is not clean: price.");
    }
}
