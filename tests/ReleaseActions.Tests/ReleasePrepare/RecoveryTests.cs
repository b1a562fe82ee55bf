using ReleaseActions.Core;
using ReleaseActions.Tests.VersionValidate;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>A recovery release is cut on purpose: by the same four inputs that version-validate asks for.</summary>
[Trait("Rule", "AEG-02")]
public sealed class RecoveryTests
{
    private const string Words = "version:\n  recovery: [preview]\n";

    private static readonly (string, string)[] Complete =
    [
        ("version", "1.3.0-preview.1"), ("recovery-release", "true"), ("recovery-issue", "#42"),
        ("recovery-reason", "npm has a *broken* file"),
        ("recovery-confirmation", "RECOVERY 1.3.0-preview.1"),
    ];

    [Fact]
    public async Task All_that_is_missing_is_reported_at_once_and_nothing_is_changed()
    {
        await using var ground = await NewAsync();
        var before = Shop.StateOf(ground.Checkout);

        var run = await ground.RunAsync(("version", "1.3.0-preview.1"));

        run.ExitCode.Should().Be(ExitCode.Refused);
        Golden.Matches(string.Join('\n', run.Errors) + "\n", "recovery.refused");
        Shop.StateOf(ground.Checkout).Should().Be(before);
        ground.Ground.GitHub.Traffic.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("recovery-release", "false", "1.3.0-preview.1 is a recovery release, and `recovery-release` is not true. *")]
    [InlineData("recovery-issue", "none", "`recovery-issue` is 'none', which is not the number of an issue. *")]
    [InlineData("recovery-reason", " ", "`recovery-reason` is empty. *")]
    [InlineData(
        "recovery-confirmation",
        "RECOVERY 1.3.0-preview.2",
        "`recovery-confirmation` is 'RECOVERY 1.3.0-preview.2'. Give exactly: RECOVERY 1.3.0-preview.1.")]
    public async Task Each_missing_thing_is_reported_as_version_validate_reports_it(string input, string value, string message)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Switch("main");

        var run = await ground.RunAsync([.. Complete, (input, value)]);
        var validated = await ground.Checkout.ValidateAsync("1.3.0-preview.1", [.. Complete[1..], (input, value)]);

        run.Errors.Should().ContainSingle().Which.Should().Match(message);
        validated.Errors.Should().Contain(run.Errors[0]);
    }

    [Fact]
    [Trait("Rule", "AEG-05")]
    public async Task Confirmed_its_branch_is_cut_beside_another_one_and_the_pull_request_says_why()
    {
        await using var ground = await NewAsync();
        (await ground.RunAsync(("version", "1.3.0-preview"))).ExitCode.Should().Be(ExitCode.Done);

        var run = await ground.RunAsync(Complete);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Branches.Should().Contain("release/1.3.0-preview.1");
        ground.Ground.GitHub.PullRequests[^1].Body.Should().EndWith("\nA recovery release, approved in #42: npm has a \\*broken\\* file\n");
    }

    [Fact]
    public async Task The_flag_on_another_version_is_refused()
    {
        await using var ground = await NewAsync();

        var run = await ground.RunAsync([.. Complete, ("version", "1.3.0-preview")]);

        run.Errors.Should().Equal(
            "`recovery-release` is true, and 1.3.0-preview is not a recovery release. Omit the input, or give a version such as "
            + "1.2.3-preview.1.");
    }

    [Fact]
    public async Task Where_the_policy_has_no_words_no_version_is_one_and_version_validate_says_the_same()
    {
        using var shop = new Shop();
        (string, string)[] inputs = [.. Complete[1..^1], ("version", "1.3.1"), ("recovery-confirmation", "RECOVERY 1.3.1")];
        var before = shop.State();

        var run = await shop.RunAsync(inputs);
        var validated = await shop.Checkout.ValidateAsync("1.3.1", [.. inputs]);

        run.Errors.Should().Equal(
            "`recovery-release` is true, and 1.3.1 is not a recovery release. Omit the input, or list words under `version.recovery` "
            + "of the policy.");
        validated.Errors.Should().Contain(run.Errors[0]);
        shop.State().Should().Be(before);
    }

    [Fact]
    [Trait("Rule", "AEG-07")]
    public async Task A_branch_that_was_made_by_hand_is_promoted_only_with_all_four()
    {
        await using var ground = await NewAsync();
        (await ground.RunAsync(Complete)).ExitCode.Should().Be(ExitCode.Done);
        ground.Merge("chore/release-1.3.0-preview.1", "release/1.3.0-preview.1");

        var without = await ground.RunAsync(("flow", "promote"), ("version", "1.3.0-preview.1"));
        var with = await ground.RunAsync([("flow", "promote"), .. Complete]);

        without.ExitCode.Should().Be(ExitCode.Refused, without.Log);
        Golden.Matches(string.Join('\n', without.Errors) + "\n", "recovery.refused");
        with.ExitCode.Should().Be(ExitCode.Done, with.Log);
        ground.Ground.GitHub.PullRequests[^1].Body.Should().EndWith("\nA recovery release, approved in #42: npm has a \\*broken\\* file\n");
    }

    [Fact]
    public async Task A_reason_with_a_hidden_character_is_refused()
    {
        await using var ground = await NewAsync();

        var run = await ground.RunAsync([.. Complete, ("recovery-reason", "x\u202ey")]);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith("The input 'recovery-reason' has a line break or a character that nobody sees: 'x\\u202ey'.");
    }

    [Fact]
    [Trait("Rule", "AEG-03")]
    public async Task Where_the_tag_is_made_at_once_its_message_has_the_exact_lines_and_is_valid()
    {
        using var shop = new Shop(Words);
        shop.Checkout.Tag("v1.3.0-preview");

        var refused = await shop.RunAsync(("version", "1.3.0-preview.1"));
        var run = await shop.RunAsync(Complete);

        refused.Errors.Should().HaveCount(4);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        shop.Checkout.Git("tag", "--list", "--format=%(contents)", "v1.3.0-preview.1").Split('\n').Should()
            .Equal(
                "Release v1.3.0-preview.1",
                "",
                "recovery-release: true",
                "recovery-issue: #42",
                "recovery-reason: npm has a *broken* file",
                "recovery-confirmation: RECOVERY 1.3.0-preview.1");
        var validated = await new Rig(shop.Checkout).OnTag("v1.3.0-preview.1").RunAsync(new VersionValidateAction());
        validated.ExitCode.Should().Be(ExitCode.Done, validated.Log);
    }

    [Fact]
    public async Task A_dry_run_warns_of_each_missing_thing()
    {
        await using var ground = await NewAsync();

        var run = await ground.RunAsync(("version", "1.3.0-preview.1"), ("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        RunnerModel.ReadCommands(run.Log)
            .Count(c => c.Name == "warning" && c.Message.Contains("recovery", StringComparison.Ordinal)).Should().Be(4);
    }

    private static Task<BranchGround> NewAsync() =>
        BranchGround.NewAsync(BranchGround.FromDevelop.Replace("version:\n", Words, StringComparison.Ordinal));
}
