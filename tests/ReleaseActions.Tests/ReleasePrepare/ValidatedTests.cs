using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>What version-validate would refuse once the tag is there is refused before, or shown to whoever makes the tag.</summary>
public sealed class ValidatedTests
{
    [Fact]
    [Trait("Rule", "OPS-06")]
    public async Task A_tag_whose_message_version_validate_would_refuse_is_not_pushed()
    {
        using var shop = new Shop();
        shop.Checkout.Policy("version:\n  tag-message: 'Release {tag}: *'\n").Commit("Policy");
        shop.Checkout.Push();
        var before = shop.State();

        var refused = await shop.RunAsync(("bump", "minor"));

        refused.ExitCode.Should().Be(ExitCode.Refused, refused.Log);
        refused.Errors.Should().Equal(
            "The message of the tag 'v1.3.0' would begin with 'Release v1.3.0', and its first line must look like `Release v1.3.0: *`, "
            + "where * is any text. Let `prepare.tag-message` of the policy fit that, as 'Release {tag}: {description}' does 'Release "
            + "{tag}: *'.");
        shop.State().Should().Be(before);
        shop.Checkout.Policy(
            "version:\n  tag-message: 'Release {tag}: *'\nprepare:\n  tag-message: 'Release {tag}: {description}'\n").Commit("Policy");
        var run = await shop.RunAsync(("bump", "minor"), ("description", "rounded prices"));
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (await new Rig(shop.Checkout).OnTag("v1.3.0").RunAsync(new VersionValidateAction())).ExitCode.Should().Be(ExitCode.Done);
    }

    [Theory]
    [Trait("Rule", "AEG-06")]
    [InlineData("", "CHANGELOG.md would have no compare link for 1.2.3")]
    [InlineData("\n[Unreleased]: https://github.com/acme/shop/compare/v1.2.2...HEAD\n", null)]
    [InlineData("\n[1.2.2]: https://github.com/acme/shop/releases/tag/v1.2.2\n", "CHANGELOG.md would have no compare link for 1.2.3")]
    public async Task Where_the_policy_wants_a_compare_link_the_new_section_has_it_or_nothing_is_pushed(string foot, string? refusal)
    {
        using var shop = new Shop();
        shop.Checkout.Policy("changelog:\n  compare-links: true\n")
            .Write("CHANGELOG.md", $"# Changelog\n\n## [Unreleased]\n\n- A\n\n## [1.2.2]\n\n- First\n{foot}").Commit("Policy");
        shop.Checkout.Push();
        var before = shop.State();

        var run = await shop.RunAsync(("bump", "patch"));

        if (refusal is null)
        {
            run.ExitCode.Should().Be(ExitCode.Done, run.Log);
            (await new Rig(shop.Checkout).OnTag("v1.2.3").RunAsync(new VersionValidateAction())).ExitCode.Should().Be(ExitCode.Done);
            return;
        }

        run.Errors.Should().Equal(
            $"{refusal}. Give it `[Unreleased]: https://github.com/OWNER/NAME/compare/v1.2.2...HEAD` at its foot, and its headings "
            + $"brackets, as in `## [1.2.2]`: the link of a new section is made from these.");
        shop.State().Should().Be(before);
    }

    [Theory]
    [Trait("Rule", "OPS-06")]
    [InlineData("  annotated-tags: true\n", ", annotated\n")]
    [InlineData(
        "  tag-message: \"Release {tag}: *\"\n",
        ", annotated, with a message that begins \\`Release v1.2.3: \\*\\`, where \\* is any text\n")]
    public async Task What_comes_next_says_how_the_policy_wants_the_tag(string version, string words)
    {
        await using var ground = await BranchGround.NewAsync(
            BranchGround.FromMain.Replace("version:\n", "version:\n" + version, StringComparison.Ordinal));

        var run = await ground.RunAsync(("bump", "patch"));

        run.Summary.Should().Contain($"Then: merge the pull request, and tag main with v1.2.3{words}");
    }
}
