using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>A changelog that has the version is read or refused with the line. Commits never take its place by accident.</summary>
[Trait("Row", "F68")]
public sealed class UnrecognisedSectionTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("## 1.2.0\n\n- x\n\n### 1.1.0\n\n- y\n\n## 1.0.0\n\n- z\n", 5)]
    [InlineData("## 1.2.0\n\n- x\n\n**1.1.0**\n\n- y\n\n## 1.0.0\n\n- z\n", 5)]
    [InlineData("## 1.2.0\n\n- x\n\n##1.1.0\n\n- y\n\n## 1.0.0\n\n- z\n", 5)]
    [InlineData("## 1.2.0\n\n- x\n\n### Acme 1.1.0\n\n- y\n\n## 1.0.0\n\n- z\n", 5)]
    [InlineData("## 1.2.0\n\n- x\n\n## 1.0.0 - 1.1.0\n\n- y\n\n## 0.9.0\n\n- z\n", 5)]
    [InlineData("## 1.2.0\n\n- x\n\n## 1.0.0\n\n> ## 1.1.0\n>\n> - y\n", 7)]
    [InlineData("## 1.1.0 (unreleased)\n\n- y\n\n## 1.0.0\n\n- z\n", 1)]
    [InlineData("## [1.1.0] - TBD\n\n- y\n\n## 1.0.0\n\n- z\n", 1)]
    [InlineData("## 1.1.0-dev\n\n- y\n\n## 1.0.0\n\n- z\n", 1)]
    public async Task A_line_like_its_heading_is_named_even_where_commits_are_allowed(string changelog, int line)
    {
        foreach (var fallback in (string[])["policy", "commits"])
        {
            var run = await RunAsync(changelog, fallback);

            run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
            run.Log.Should().Contain($"file=CHANGELOG.md,line={line}::").And.Contain("1.1.0");
            run.Outputs.Should().NotContainKey("notes");
        }
    }

    [Theory]
    [InlineData("## 1.2.0\n\n- x\n\n## 1.0.0\n\n- z\n")]
    [InlineData("## 1.0.0\n\n- z\n")]
    [InlineData("## [Unreleased]\n\n- y\n\n## 1.0.0\n\n- z\n")]
    [InlineData("## main\n\n- y\n\n## 1.0.0\n\n- z\n")]
    [InlineData("# Changelog\n\nSee the releases.\n")]
    public async Task Without_the_version_the_commits_are_used_only_where_the_team_says_so(string changelog)
    {
        (await RunAsync(changelog, "policy")).Errors.Should().ContainSingle().Which.Should()
            .StartWith("CHANGELOG.md has no section for 1.1.0");
        var run = await RunAsync(changelog, "commits");
        run.Outputs.Should().Contain("source", "commits");
        run.Log.Should().Contain("source=commits");
    }

    [Fact]
    public async Task Without_any_changelog_the_commits_are_used() =>
        (await RunAsync(null, "policy")).Outputs.Should().Contain("source", "commits");

    [Fact]
    public async Task A_file_for_another_version_is_a_changelog_too()
    {
        _checkout.Write("releases/1.0.0.md", "- First\n");

        var run = await RunAsync(null, "policy", ("path", "releases/{version}.md"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
    }

    [Fact]
    public async Task What_is_not_released_is_taken_where_the_team_says_so() =>
        (await RunAsync("## 1.1.0 (unreleased)\n\n- y\n\n## 1.0.0\n\n- z\n", "unreleased")).Outputs.Should().Contain("notes", "- y");

    [Fact]
    public async Task The_evidence_is_shown_where_it_is_asked_for()
    {
        var run = await RunAsync("## 1.1.0\n\n- y\n\n## 1.0.0\n\n- z\n", "policy", ("explain", "true"));

        run.Log.Should().Contain("'1.1.0' on line 1 begins the section: 9 points of likeness")
            .And.Contain("It ends where '1.0.0' on line 5 begins");
    }

    [Fact]
    public async Task A_section_needs_no_remote()
    {
        _checkout.Write("CHANGELOG.md", "## 1.1.0\n\n- y\n\n## 1.0.0\n\n- z\n").Commit("docs: notes");
        _checkout.Git("remote", "remove", "origin");

        var run = await new Rig(_checkout).OnLaptop().RunAsync(new ChangelogExtractAction(), "--version", "1.1.0", "--dry-run");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("no remote `origin`");
    }

    private async Task<RunResult> RunAsync(string? changelog, string fallback, params (string Name, string Value)[] inputs)
    {
        if (changelog is not null) _checkout.Write("CHANGELOG.md", changelog);
        _checkout.Commit("feat: sell by weight");
        _checkout.Push();
        var rig = new Rig(_checkout).OnBranch("main").Input("version", "1.1.0").Input("fallback", fallback);
        foreach (var (name, value) in inputs) rig.Input(name, value);
        return await rig.RunAsync(new ChangelogExtractAction());
    }
}
