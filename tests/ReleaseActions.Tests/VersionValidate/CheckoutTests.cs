using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>What version-validate needs of git: from checkouts that lack it, and with few processes.</summary>
public sealed class CheckoutTests : IDisposable
{
    private const string Strict =
        "version:\n  annotated-tags: true\n  recovery: [preview]\n  tag-message: \"Release {tag}\"\nbranches: {tip-only: true}\n";

    private readonly Checkout _checkout = new();

    public CheckoutTests()
    {
        _checkout.Policy(Strict).Commit("First");
        _checkout.Push().Tag("v1.1.0").Commit("Second");
        _checkout.Push().Git(
            "tag", "--annotate", "--message",
            "Release v1.2.0-preview.1\n\nrecovery-release: true\nrecovery-issue: #4\nrecovery-confirmation: RECOVERY 1.2.0-preview.1",
            "v1.2.0-preview.1");
        _checkout.Git("push", "--quiet", "origin", "v1.2.0-preview.1");
    }

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [Trait("Row", "F50")]
    [InlineData("--depth=1")]
    [InlineData("--depth=1", "--no-tags")]
    [InlineData("--depth=1", "--branch=v1.2.0-preview.1")]
    [InlineData("--single-branch", "--no-tags")]
    public async Task Tag_object_branch_and_tags_are_fetched_where_a_clone_lacks_them(params string[] options)
    {
        var place = Path.Combine(_checkout.Aside("elsewhere"), "work");
        _checkout.Git(["clone", "--quiet", .. options, $"file://{_checkout.Origin}", place]);

        (await ValidateInAsync(place)).Content().Should().Contain("| recovery: issue | `recovery-issue: #4` | ✅ |");
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_branch_that_the_checkout_never_had_is_fetched_and_one_that_is_nowhere_is_refused_with_the_remedy()
    {
        _checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/production");
        (await _checkout.ValidateTagAsync("v1.2.0-preview.1", ("branch", "production"))).Content();

        (await _checkout.ValidateTagAsync("v1.2.0-preview.1", ("branch", "nowhere"))).Refusal().Should()
            .Be("There is no branch 'nowhere' on origin. Name the production branch in the policy (`branches.production`), or push it.");
    }

    [Fact]
    public async Task No_ref_of_the_checkout_changes()
    {
        var place = Path.Combine(_checkout.Aside("elsewhere"), "work");
        _checkout.Git("clone", "--quiet", "--no-tags", "--single-branch", $"file://{_checkout.Origin}", place);
        var before = _checkout.Git("-C", place, "show-ref");

        await ValidateInAsync(place);

        _checkout.Git("-C", place, "show-ref").Should().Be(before);
    }

    [Fact]
    public async Task All_of_it_takes_at_most_three_processes_for_each_gate()
    {
        var log = Path.Combine(_checkout.Aside("programs"), "git.log");
        await Rig(_checkout.Root).WithProgram(
            _checkout, "git", $"echo \"$1\" >> '{log}'\nexec {HostileRig.RealPath("git")} \"$@\"").RunAsync(new VersionValidateAction());

        // The tags; the branches, whose tip is the commit; the tag's object.
        (await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken))
            .Should().Equal("ls-remote", "ls-remote", "fetch", "cat-file");
    }

    [Theory]
    [Trait("Row", "S05")]
    [InlineData("Release\n\n::set-output name=x::y\n##[error]x")]
    [InlineData("::error::x")]
    [InlineData("##[add-mask]v")]
    public async Task A_tags_message_gives_the_runner_no_command(string message)
    {
        _checkout.Git("tag", "--annotate", "--message", message, "v1.2.0");
        _checkout.Git("push", "--quiet", "origin", "v1.2.0");

        var run = await Rig(_checkout.Root).OnTag("v1.2.0").RunAsync(new VersionValidateAction());

        HostileRig.StrayCommands(run.Log).Should().BeEmpty();
        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle();
    }

    [Theory]
    [Trait("Row", "S08")]
    [InlineData("branch", "--upload-pack=touch /tmp/release-actions-marker")]
    [InlineData("tag-prefix", "-d")]
    [InlineData("version", "-d")]
    [InlineData("product", "--help")]
    public async Task What_looks_like_an_option_is_refused(string input, string value)
    {
        var run = await Rig(_checkout.Root).Input("version", "1.2.0").Input(input, value).RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        File.Exists("/tmp/release-actions-marker").Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "S35")]
    public async Task A_long_tag_message_pattern_of_stars_is_read_in_no_time()
    {
        _checkout.Policy($"version: {{tag-message: \"{new string('*', 200)}x\"}}\n").Git(
            "tag", "--annotate", "--message", new string('a', 100_000), "v1.2.0");
        _checkout.Git("push", "--quiet", "origin", "v1.2.0");

        (await Rig(_checkout.Root).OnTag("v1.2.0").RunAsync(new VersionValidateAction())).ExitCode.Should().Be(ExitCode.Refused);
    }

    private Task<RunResult> ValidateInAsync(string place) => Rig(place).RunAsync(new VersionValidateAction());

    private Rig Rig(string place) => new Rig(_checkout).OnTag("v1.2.0-preview.1").With("GITHUB_WORKSPACE", place);
}
