using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.ChangelogExtract;

public sealed class ChangelogExtractTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task The_section_of_the_version_becomes_the_notes()
    {
        _checkout.Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- Not yet\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n"
            + "- Sell by weight, see [the guide]\n\n## [1.0.0] - 2025-12-01\n\n- First\n\n"
            + "[1.1.0]: https://example.com/1.1.0\n[the guide]: https://example.com/guide\n");
        _checkout.Commit("Release 1.1.0");
        _checkout.Push().Tag("v1.0.0").Tag("v1.1.0");

        var run = await new Rig(_checkout).OnTag("v1.1.0").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["notes"].Should().Be("### Added\n\n- Sell by weight, see [the guide]\n\n[the guide]: https://example.com/guide");
        run.Outputs.Should().Contain("date", "2026-01-02").And.Contain("source", "changelog").And.Contain("title", "v1.1.0")
            .And.Contain("compare-url", "https://github.com/acme/shop/compare/v1.0.0...v1.1.0");
        File.ReadAllText(Path.Combine(_checkout.Root, run.Outputs["notes-file"])).Should().Be(run.Outputs["notes"] + "\n");
    }

    [Fact]
    public async Task Without_a_section_the_commits_since_the_previous_release_become_the_notes()
    {
        _checkout.Tag("v1.0.0");
        string[] subjects =
        [
            "feat(till): sell by weight", "fix: round prices half to even", "chore: tidy", "feat!: drop the paper roll", "Tidy the drawer",
        ];
        foreach (var subject in subjects) _checkout.Commit(subject);
        _checkout.Push().Tag("v2.0.0");

        var run = await new Rig(_checkout).OnTag("v2.0.0").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("source", "commits");
        Golden.Matches(run.Outputs["notes"] + "\n", "from-commits");
    }

    [Theory]
    [InlineData("1.1.0", "v1.0.0", "### Added\n\n- Second\n- First")]
    [InlineData("1.1.0-rc.2", "v1.1.0-rc.1", "### Added\n\n- Second")]
    public async Task Notes_of_a_stable_version_begin_at_the_stable_one_before_it(string version, string previous, string notes)
    {
        _checkout.Tag("v1.0.0").Commit("feat: first (#1)");
        _checkout.Tag("v1.1.0-rc.1").Commit("feat: second (#2)");
        _checkout.Push();

        var run = await new Rig(_checkout).OnBranch("main").Input("version", version).RunAsync(new ChangelogExtractAction());

        System.Text.RegularExpressions.Regex.Replace(run.Outputs["notes"], @" \(#\d\)", "").Should().Be(notes, run.Log);
        run.Outputs
            .Should().Contain("previous-version", previous[1..])
            .And.Contain("compare-url", $"https://github.com/acme/shop/compare/{previous}...v{version}");
    }

    [Fact]
    public async Task A_missing_section_is_refused_where_the_policy_says_so()
    {
        _checkout.Policy("changelog:\n  fallback: none\n")
            .Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- New\n\n## [1.0.0]\n\n- First\n");

        var run = await new Rig(_checkout).OnTag("v1.1.0").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors
            .Should().Equal("CHANGELOG.md has no section for 1.1.0; its latest are 1.0.0. Rename the heading of Unreleased to ## [1.1.0] "
                + "with today's date.");
    }

    [Fact]
    public async Task An_empty_section_is_refused()
    {
        _checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.1.0]\n\n<!-- to be written -->\n\n### Added\n\n## [1.0.0]\n\n- First\n");

        var run = await new Rig(_checkout).OnTag("v1.1.0").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Log.Should().Contain("::error file=CHANGELOG.md,line=3::The section for 1.1.0 is empty.");
    }

    [Theory]
    [Trait("Row", "S01")]
    [Trait("Row", "S02")]
    [Trait("Row", "S03")]
    [Trait("Row", "S04")]
    [InlineData("::set-output name=x::y")]
    [InlineData("  ::add-mask::e")]
    [InlineData("text ##[add-matcher]/x")]
    [InlineData("a bare\r::stop-commands::x")]
    public async Task Commands_in_a_changelog_stay_text(string hostile)
    {
        _checkout.Write("CHANGELOG.md", $"## [1.1.0]\n\n{hostile}\n");

        var run = await new Rig(_checkout).OnTag("v1.1.0").Input("fallback", hostile).RunAsync(new ChangelogExtractAction());
        RunnerModel.ReadCommands(run.Log).Select(c => c.Name).Should().OnlyContain(name => name == "error");

        run = await new Rig(_checkout).OnTag("v1.1.0").RunAsync(new ChangelogExtractAction());
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        RunnerModel.ReadCommands(run.Log).Should().BeEmpty();
        run.Outputs["notes"].Should().Be(hostile.TrimEnd());
    }

    [Theory]
    [Trait("Row", "S06")]
    [InlineData("EOF")]
    [InlineData("ghadelimiter_0123456789abcdef0123456789abcdef")]
    [InlineData("x<<EOF\r\ny\r\nEOF")]
    [InlineData("notes=y\n\nversion<<X")]
    public async Task Notes_with_delimiters_come_out_byte_for_byte(string hostile)
    {
        _checkout.Write("CHANGELOG.md", $"## [1.1.0]\n\n{hostile}\n");

        var run = await new Rig(_checkout).OnTag("v1.1.0").RunAsync(new ChangelogExtractAction());

        run.Outputs["notes"].Should().Be(hostile);
        run.Outputs.Should().HaveCount(9);
    }
}
