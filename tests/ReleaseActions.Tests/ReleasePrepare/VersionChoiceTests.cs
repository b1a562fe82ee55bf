using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>Which version comes next, from the commits and the changelog.</summary>
public sealed class VersionChoiceTests
{
    [Theory]
    [Trait("Rule", "ORC-02")]
    [InlineData("1.2.3", "fix: round", "", "1.2.4 patch")]
    [InlineData("1.2.3", "Round the prices", "", "1.2.4 patch")]
    [InlineData("1.2.3", "docs: explain", "", "1.2.4 patch")]
    [InlineData("1.2.3", "fix: a|feat(till): b", "", "1.3.0 minor")]
    [InlineData("1.2.3", "feat: a|fix!: b", "", "2.0.0 major")]
    [InlineData("1.2.3", "feat: a\n\nBREAKING CHANGE: b", "", "2.0.0 major")]
    [InlineData("1.2.3", "fix: remove a leak|Remove a test", "", "1.2.4 patch")]
    [InlineData("1.2.3", "fix: a", "### Added\n\n- B", "1.3.0 minor")]
    [InlineData("1.2.3", "fix: a", "### Removed\n\n- B", "2.0.0 major")]
    [InlineData("1.2.3", "feat: a", "### Fixed\n\n- **Breaking:** B", "2.0.0 major")]
    [InlineData("1.2.3", "", "### Security\n\n- B", "1.2.4 patch")]
    [InlineData("0.2.3", "feat!: a", "", "0.3.0 minor")]
    [InlineData("0.2.3", "feat: a", "", "0.3.0 minor")]
    [InlineData("0.2.3", "fix: a", "", "0.2.4 patch")]
    [InlineData("99999999999999999999.0.0", "fix: a", "", "99999999999999999999.0.1 patch")]
    public void The_version_follows_from_the_changes(string last, string commits, string unreleased, string expected)
    {
        var choice = VersionChoice.For(Facts(last, commits, unreleased));

        $"{choice.Version} {choice.Bump}".Should().Be(expected);
        choice.Reason.Should().NotBeEmpty();
    }

    [Fact]
    [Trait("Rule", "ORC-02")]
    public void Nothing_changed_is_refused() =>
        FluentActions.Invoking(() => VersionChoice.For(Facts("1.2.3", "", ""))).Should().Throw<ActionException>()
            .WithMessage("Nothing has changed since v1.2.3*").Which.ExitCode.Should().Be(ExitCode.Refused);

    [Fact]
    [Trait("Rule", "ORC-02")]
    public void A_team_may_have_breaking_changes_end_the_time_before_1() =>
        VersionChoice.For(Facts("0.2.3", "feat!: a", "", "prepare:\n  breaking-below-1: major\n")).Version.Text.Should().Be("1.0.0");

    [Theory]
    [InlineData("patch", "1.2.4")]
    [InlineData("minor", "1.3.0")]
    [InlineData("major", "2.0.0")]
    public void A_bump_that_was_requested_is_made_whatever_changed(string bump, string expected)
    {
        VersionChoice.For(Facts("1.2.3", "feat!: a", "", "", ("bump", bump))).Version.Text.Should().Be(expected);
    }

    [Theory]
    [Trait("Rule", "OPS-01")]
    [InlineData("1.2.3", "post-release", "1.2.3-hotfix.1")]
    [InlineData("1.2.3-hotfix.1", "post-release", "1.2.3-hotfix.2")]
    [InlineData("1.2.3-hotfix.9", "post-release", "1.2.3-hotfix.10")]
    [InlineData("1.2.3-hotfix", "post-release", "1.2.3-hotfix.1")]
    [InlineData("1.2.3-post.1", "post-release", "1.2.3-post.2")]
    [InlineData("1.2.3-hotfix.1", "patch", "1.2.4")]
    [InlineData("1.2.3-hotfix.1", "minor", "1.3.0")]
    [InlineData("1.2.3-hotfix.1", "auto", "1.2.4")]
    public void After_a_post_release_comes_what_the_team_s_order_puts_next(string last, string bump, string expected)
    {
        var facts = Facts(last, "fix: a", "", "version:\n  post-releases: [hotfix, post]\n", ("bump", bump));

        var choice = VersionChoice.For(facts);

        $"{choice.Version} {choice.Old}".Should().Be($"{expected} {last}");
        facts.Request.Order.Compare(choice.Version, facts.Last!.Version).Should().BePositive();
    }

    [Fact]
    [Trait("Rule", "OPS-01")]
    public void A_post_release_needs_a_word_and_a_release_before_it()
    {
        var facts = Facts("1.2.3", "fix: a", "", "", ("bump", "post-release"));
        var known = Facts("1.2.3", "fix: a", "", "version:\n  post-releases: [hotfix]\n", ("bump", "post-release")) with { Tags = [] };

        FluentActions.Invoking(() => VersionChoice.For(facts)).Should().Throw<ActionException>()
            .WithMessage("The policy has no post-releases. *").Which.ExitCode.Should().Be(ExitCode.BadInput);
        FluentActions.Invoking(() => VersionChoice.For(known)).Should().Throw<ActionException>()
            .WithMessage("Nothing was released yet that a post-release could come after. *").Which.ExitCode.Should().Be(ExitCode.Refused);
    }

    [Fact]
    public void A_first_release_is_what_the_manifests_say_and_0_1_0_without_any()
    {
        var facts = Facts("1.2.3", "", "", "version:\n  manifests: [VERSION]\n") with { Tags = [] };

        VersionChoice.For(facts with { Files = new Dictionary<string, SourceFile> { ["VERSION"] = new("VERSION", "100644", "0.7.0\n") } })
            .Should().Match<VersionChoice>(c => c.Version.Text == "0.7.0" && c.Bump == "first" && c.Old == null);
        VersionChoice.For(facts).Version.Text.Should().Be("0.1.0");
    }

    [Fact]
    [Trait("Rule", "ORC-02")]
    [Trait("Rule", "ORC-03")]
    public void The_commits_of_other_products_do_not_count()
    {
        var facts = OfTill("# Changelog\n\n## scale (unreleased)\n\n### Removed\n\n- B\n\n## till (unreleased)\n\n### Fixed\n\n- A\n");

        VersionChoice.For(facts).Version.Text.Should().Be("1.2.4");
    }

    [Fact]
    [Trait("Rule", "ORC-02")]
    [Trait("Rule", "ORC-03")]
    public void In_a_changelog_that_products_share_an_Unreleased_that_names_none_is_nobodys()
    {
        var facts = OfTill("# Changelog\n\n## [Unreleased]\n\n### Removed\n\n- B\n");

        FluentActions.Invoking(() => VersionChoice.For(facts)).Should().Throw<ActionException>()
            .WithMessage(
                "Products share CHANGELOG.md, and its Unreleased names none of them. Put "
                + "the changes of till under ## till (unreleased), or give `notes-file` "
                + "with `version` or `bump`*").Which.ExitCode.Should().Be(ExitCode.Refused);
        VersionChoice.For(facts with { Notes = "- A" }).Version.Text.Should().Be("1.2.4");
    }

    private static PrepareFacts OfTill(string changelog)
    {
        var facts = Facts("1.2.3", "feat!: another product", "");
        return facts with
        {
            Request = Request(ReleasePolicy.Read("", "policy").Of("till")),
            Files = new Dictionary<string, SourceFile> { ["CHANGELOG.md"] = new("CHANGELOG.md", "100644", changelog) },
        };
    }

    [Theory]
    [InlineData("1.2.4", "1.2.3")]
    [InlineData("1.4.0-rc.2", "1.4.0-rc.1")]
    [InlineData("1.4.0", "1.3.0")]
    public void A_version_that_was_given_follows_the_release_before_it_whatever_is_the_highest(string version, string old)
    {
        var facts = Facts("1.2.3", "", "", "", ("version", version));
        var tags = ((string[])["v1.4.0-rc.1", "v1.3.0", "v1.2.3"]).Select(t => ReleaseTag.Require(t, "v", VersionSchemes.SemVer));

        VersionChoice.For(facts with { Tags = [.. tags] }).Old!.Text.Should().Be(old);
    }

    private static PrepareFacts Facts(
        string last, string commits, string unreleased, string policy = "", params IEnumerable<(string Name, string Value)> inputs) => new()
        {
            Request = Request(ReleasePolicy.Read(policy, "policy"), inputs),
            Date = new DateOnly(2026, 1, 2),
            Base = "c0ffee",
            Tags = [ReleaseTag.Require("v" + last, "v", VersionSchemes.SemVer), ReleaseTag.Require("v0.0.1", "v", VersionSchemes.SemVer)],
            Commits = [
            .. commits.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(c => new Commit("c0ffee0000", c.Split('\n')[0], c))],
            Files = new Dictionary<string, SourceFile>
            {
                ["CHANGELOG.md"] = new("CHANGELOG.md", "100644",
                $"# Changelog\n\n## [Unreleased]\n\n{unreleased}\n\n## [{last}]\n\n- Old\n"),
            },
        };

    private static PrepareRequest Request(ReleasePolicy policy, params IEnumerable<(string Name, string Value)> inputs)
    {
        var given = inputs.ToDictionary(i => i.Name, i => i.Value);
        return new PrepareRequest(new Inputs(given.GetValueOrDefault), policy);
    }
}
