using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>Where notes come from when the changelog has no section for the version.</summary>
public sealed class FallbackTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public FallbackTests()
    {
        _checkout.Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- New\n\n## [1.0.0]\n\n- First\n");
        _checkout.Commit("Release 1.0.0");
        _checkout.Push().Tag("v1.0.0");
        _checkout.Commit("feat: sell by weight");
        _checkout.Push().Tag("v1.1.0");
    }

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "DOJ-04")]
    public async Task Unreleased_is_taken_only_where_it_is_allowed()
    {
        (await RunAsync("commits")).Outputs.Should().Contain("source", "commits").And.NotContain("notes", "- New");
        (await RunAsync("unreleased, commits")).Outputs.Should().Contain("source", "unreleased").And.Contain("notes", "- New");
        (await RunAsync("none")).ExitCode.Should().Be(ExitCode.Refused);
    }

    [Fact]
    public async Task An_unknown_source_is_refused() =>
        (await RunAsync("comits")).Errors
            .Should().Equal("The input 'fallback' has 'comits'. Use any of: none, unreleased, command, commits, generated; or policy "
                + "alone.");

    [Fact]
    [Trait("Rule", "DOJ-06")]
    public async Task A_command_reads_the_commits_as_JSON_and_prints_the_notes()
    {
        var run = await Rig("command")
            .Input("command", "python3\n-c\n"
                + "import json,sys; print('# {version}'); [print('-', c['subject'], 'by', c['author'], len(c['sha'])) for c in "
                + "json.load(sys.stdin)]").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("source", "command").And.Contain("notes", "# 1.1.0\n- feat: sell by weight by Ada 40");
    }

    [Theory]
    [Trait("Rule", "DOJ-06")]
    [InlineData("sh\n-c\necho half; echo broken >&2; exit 3", "*'sh' ended with 3: broken*")]
    [InlineData("sh\n-c\ntrue", "*'sh' printed nothing*")]
    [InlineData("no-such-program", "*'no-such-program' could not be started*")]
    [InlineData("../outside", "*resolves outside the workspace*")]
    [InlineData("sleep\n600", "*did not end within 1 s*")]
    [InlineData("", "*the input `command` names none*")]
    public async Task A_command_that_fails_leaves_it_to_the_next_source(string command, string notice)
    {
        var run = await Rig("command, commits").Input("command", command).Input("command-timeout", "1")
            .RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("source", "commits");
        RunnerModel.ReadCommands(run.Log).Where(c => c.Name == "notice").Should().ContainSingle().Which.Message.Should().Match(notice);
    }

    [Fact]
    public async Task Fragments_come_before_every_other_source()
    {
        _checkout.Policy("changelog:\n  fragments: changes\n").Write("changes/12.fixed.md", "Round half to even\n")
            .Write("changes/README.md", "How to write one\n");

        var run = await Rig("unreleased").RunAsync(new ChangelogExtractAction());

        run.Outputs.Should().Contain("source", "fragments").And.Contain("notes", "### Fixed\n\n- Round half to even (#12)");
    }

    [Fact]
    public async Task A_file_per_version_is_read_whole()
    {
        _checkout.Write("releases/1.1.0.md", "---\ntitle: x\n---\n\nSell by weight, see [the guide](guide.md).\n");

        var run = await Rig("none").Input("path", "releases/{version}.md").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs
            .Should().Contain("notes", "Sell by weight, see [the guide](https://github.com/acme/shop/blob/v1.1.0/releases/guide.md).")
            .And.Contain("source", "changelog");
    }

    private Rig Rig(string fallback) => new Rig(_checkout).OnTag("v1.1.0").Input("fallback", fallback);

    private Task<RunResult> RunAsync(string fallback) => Rig(fallback).RunAsync(new ChangelogExtractAction());
}
