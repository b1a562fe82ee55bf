using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>One commit, one annotated tag, one push of both; and what forbids them.</summary>
public sealed class TagFlowTests : IDisposable
{
    private readonly Shop _shop = new();

    private Checkout Checkout => _shop.Checkout;

    public void Dispose() => _shop.Dispose();

    [Fact]
    [Trait("Rule", "DOJ-05")]
    [Trait("Rule", "OPS-04")]
    [Trait("Rule", "OPS-06")]
    [Trait("Rule", "ORC-04")]
    public async Task A_release_is_one_commit_and_its_annotated_tag_here_and_on_origin()
    {
        var run = await _shop.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Checkout.Git("rev-parse", "HEAD").Should().Be(Checkout.Git("rev-parse", "v1.2.3^{commit}")).And.Be(run.Outputs["commit"]);
        Checkout.Git("ls-remote", "origin", "refs/heads/main", "refs/tags/v1.2.3^{}").Split('\n').Should()
            .OnlyContain(l => l.StartsWith(Checkout.Head, StringComparison.Ordinal)).And.HaveCount(2);
        Checkout.Git("cat-file", "tag", "v1.2.3").Should().EndWith("\n\nRelease v1.2.3");
        Checkout.Git("status", "--porcelain", "--branch").Should().Be("## main");
        Checkout.Git("log", "-1", "--format=%s|%an|%ad", "--date=iso-strict-local").Should().StartWith("Release 1.2.3|Ada|2026-01-02T");
        Checkout.Git("diff", "--name-only", "HEAD~1", "HEAD").Split('\n').Should().Equal("CHANGELOG.md", "Makefile", "package.json");
        File.ReadAllText(Path.Combine(Checkout.Root, "package.json")).Should().Be("{\r\n  \"version\": \"1.2.3\"\r\n}");
        run.Outputs.Should().Contain("version", "1.2.3").And.Contain("previous-version", "1.2.2").And.Contain("tag", "v1.2.3")
            .And.Contain("bump", "patch").And.Contain("branch", "main");
        run.Log.Should().Contain("step=version old=1.2.2 new=1.2.3 bump=patch status=ok");
        Golden.Matches(Checkout.Git("show", "--format=", "HEAD") + "\n", "tag.diff");
        Golden.Matches(run.Summary, "tag.summary");
    }

    [Fact]
    [Trait("Rule", "OPS-06")]
    public async Task The_tag_says_what_the_policy_wants_it_to_say()
    {
        Checkout.Policy("prepare:\n  tag-message: 'Release {tag}: {description}'\n").Commit("Policy");
        Checkout.Push();

        var without = await _shop.RunAsync(("bump", "minor"));
        var with = await _shop.RunAsync(("bump", "minor"), ("description", "rounded prices"));

        without.ExitCode.Should().Be(ExitCode.BadInput);
        without.Errors.Should().Equal(
            "The policy's tag message 'Release {tag}: {description}' wants a description. Give the input `description`: what the "
            + "release brings, in a few words.");
        with.ExitCode.Should().Be(ExitCode.Done, with.Log);
        Checkout.Git("tag", "--list", "--format=%(objecttype) %(contents:subject)", "v1.3.0").Should()
            .Be("tag Release v1.3.0: rounded prices");
    }

    [Fact]
    [Trait("Rule", "OPS-01")]
    public async Task A_post_release_follows_its_original_and_one_without_it_is_refused()
    {
        Checkout.Policy(
            "version:\n  manifests: [package.json]\n  post-releases: [hotfix]\nchangelog:\n  fallback: commits\n").Commit("Policy");
        Checkout.Push();

        (await _shop.RunAsync(("bump", "post-release"))).Outputs.Should().Contain("tag", "v1.2.2-hotfix.1")
            .And.Contain("bump", "post-release");
        Checkout.Write("price", "3").Commit("fix: round again");
        (await _shop.RunAsync(("bump", "post-release"))).Outputs["tag"].Should().Be("v1.2.2-hotfix.2");
        Checkout.Write("price", "4").Commit("fix: and again");
        (await _shop.RunAsync(("version", "1.9.0-hotfix.1"))).Errors.Should().Equal(
            "1.9.0-hotfix.1 comes after 1.9.0, and there is no tag 'v1.9.0'. Release 1.9.0 first, or choose a version that follows an "
            + "existing release.");
        (await _shop.RunAsync(("bump", "patch"))).Outputs["tag"].Should().Be("v1.2.3");
    }

    [Fact]
    [Trait("Rule", "DOJ-05")]
    public async Task Every_reason_against_it_is_told_at_once_and_nothing_is_changed()
    {
        Checkout.Commit("Theirs");
        Checkout.Push().Git("reset", "--quiet", "--hard", "HEAD~1");
        Checkout.Branch("side").Write("package.json", "{\"version\": \"1.2.2\"} ").Write("new.txt", "x");
        Checkout.Git("tag", "v1.2.3");
        var before = _shop.State();

        var run = await _shop.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        _shop.State().Should().Be(before);
        Golden.Matches(string.Join('\n', run.Errors) + "\n", "refused");
    }

    [Fact]
    [Trait("Rule", "DOJ-05")]
    public async Task A_version_that_was_published_is_not_made_again()
    {
        var before = _shop.State();

        var run = await _shop.RunAsync(("version", "1.2.2"));

        run.Errors.Should().Equal("The tag 'v1.2.2' is on origin already. A published version is never made again: release the next one.");
        _shop.State().Should().Be(before);
    }

    [Fact]
    [Trait("Rule", "DOJ-05")]
    public async Task Notes_come_from_a_file_or_from_the_commits_and_the_source_is_logged()
    {
        Checkout.Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [1.2.2] - 2025-12-01\n\n- First\n").Commit("docs: tidy");
        Checkout.Push().Write("notes.md", "A word \u202eabout it.\n");

        var run = await _shop.RunAsync(("notes-file", "notes.md"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("step=changelog source=notes-file status=ok")
            .And.Contain("notice: The notes had characters that nobody sees");
        _shop.OnOrigin("v1.2.3:CHANGELOG.md").Should()
            .StartWith("# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\nA word \\u202eabout it.\n\n## [1.2.2]");

        Checkout.Write("price", "3").Git("add", "price");
        Checkout.Git("commit", "--quiet", "--message", "feat: sell by weight");
        run = await _shop.RunAsync(("notes-file", ""));

        run.Log.Should().Contain("The work tree is not clean: notes.md");
        File.Delete(Path.Combine(Checkout.Root, "notes.md"));
        run = await _shop.RunAsync();
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("step=changelog source=commits status=ok");
        _shop.OnOrigin("v1.3.0:CHANGELOG.md").Should().Contain("## [1.3.0] - 2026-01-02\n\n### Added\n\n- Sell by weight (");
    }

    [Theory]
    [Trait("Rule", "DOJ-05")]
    [InlineData("1.2.1", "v1.2.2", "")]
    [InlineData("1.2.2-rc.1", "v1.2.2", "")]
    [InlineData("1.3.0-beta", "v1.3.0-rc.1", "")]
    [InlineData("1.2.2-hotfix.1", "v1.2.2-hotfix.2", "post-releases: [hotfix], ")]
    [InlineData("1.1.9", null, "")]
    [InlineData("1.3.0", null, "")]
    [InlineData("1.2.2-hotfix.3", null, "post-releases: [hotfix], ")]
    [InlineData("1.2.1", null, "increasing: false, ")]
    public async Task A_version_that_was_given_must_be_higher_than_its_line(string version, string? last, string policy)
    {
        Checkout.Tag("v1.3.0-rc.1").Tag("v1.2.2-hotfix.2").Policy($"version: {{{policy}tag-prefix: v}}\n").Commit("policy");
        Checkout.Push();

        var run = await _shop.RunAsync(("version", version), ("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        if (last is null) run.Log.Should().NotContain("of its line");
        else run.Log.Should().Contain($"{version} is not higher than '{last}', the last of its line");
    }

    [Theory]
    [Trait("Rule", "DOJ-05")]
    [InlineData("## [1.2.3] - TBD\n\n", "* has '[1.2.3] - TBD' for 1.2.3, which is not released yet*")]
    [InlineData("## [1.2.3] - TBD\n\n- Written\n\n", "* has '[1.2.3] - TBD' for 1.2.3, which is not released yet*")]
    [InlineData("## 1.2.3-dev\n\n- Written\n\n", "* has '1.2.3-dev' for 1.2.3, which is not released yet*")]
    [InlineData("## [1.2.3]\n\n### Fixed\n\n<!-- nothing yet -->\n\n", "* has a section for 1.2.3 already, and nothing in it. Write what*")]
    public async Task A_section_that_was_begun_does_not_get_a_twin(string begun, string error)
    {
        Checkout.Write(
            "CHANGELOG.md", Shop.Changelog.Replace("## [1.2.2]", begun + "## [1.2.2]", StringComparison.Ordinal)).Commit("docs: begin");
        Checkout.Push();
        var before = _shop.State();

        var run = await _shop.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Match(error);
        _shop.State().Should().Be(before);
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_shallow_checkout_releases_the_same()
    {
        var folder = Checkout.Aside("shallow");
        Checkout.Git("clone", "--quiet", "--depth", "1", $"file://{Checkout.Origin}", folder);
        Checkout.Git("-C", folder, "config", "user.name", "Ada");
        Checkout.Git("-C", folder, "config", "user.email", "ada@example.com");

        var run = await _shop.Rig(("bump", "auto")).With("GITHUB_WORKSPACE", folder).RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["version"].Should().Be("1.2.3");
        Checkout.Git("-C", folder, "status", "--porcelain").Should().BeEmpty();
        Checkout.Git("--git-dir", Checkout.Origin, "rev-parse", "main").Should().Be(Checkout.Git("-C", folder, "rev-parse", "HEAD"))
            .And.Be(run.Outputs["commit"]);
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_detached_checkout_is_told_what_to_switch_to_and_a_work_tree_works()
    {
        Checkout.Git("switch", "--quiet", "--detach");
        (await _shop.RunAsync()).Errors.Should().Equal("No branch is checked out, and releases are cut from 'main'. git switch main.");

        var folder = Checkout.Aside("tree");
        Checkout.Git("worktree", "add", "--quiet", folder, "main");
        var run = await _shop.Rig().With("GITHUB_WORKSPACE", folder).RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Checkout.Git("-C", folder, "status", "--porcelain").Should().BeEmpty();
        Checkout.Git("rev-parse", "main").Should().Be(run.Outputs["commit"]);
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_submodule_is_released_and_a_folder_inside_or_without_an_origin_is_told_what_to_do()
    {
        var outer = Checkout.Aside("outer");
        Checkout.Git("init", "--quiet", outer);
        Checkout.Git("-C", outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", Checkout.Origin, "inner");

        var run = await _shop.Rig().With("GITHUB_WORKSPACE", Path.Combine(outer, "inner"))
            .With("GIT_AUTHOR_NAME", "Ada").With("GIT_AUTHOR_EMAIL", "ada@example.com").RunAsync(new ReleasePrepareAction());
        var inside = await _shop.Rig().With("GITHUB_WORKSPACE", Path.Combine(Checkout.Root, ".github"))
            .RunAsync(new ReleasePrepareAction());
        Checkout.Git("remote", "remove", "origin");
        var alone = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Checkout.Git("--git-dir", Checkout.Origin, "rev-parse", "v1.2.3^{commit}").Should().Be(run.Outputs["commit"]);
        inside.Errors.Should().ContainSingle().Which.Should()
            .Contain("is not the top folder of a checkout. Run it in the folder that holds .git");
        alone.Errors.Should().ContainSingle().Which.Should().EndWith("No such remote 'origin'. Add it: git remote add origin ADDRESS.");
    }
}
