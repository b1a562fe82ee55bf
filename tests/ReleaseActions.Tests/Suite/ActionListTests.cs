using ReleaseActions.Core;
using ReleaseActions.Suite;

namespace ReleaseActions.Tests.Suite;

/// <summary>What the one program prints when neither its name nor its first argument selects an action.</summary>
public sealed class ActionListTests
{
    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("help")]
    public void Every_action_is_listed(params string[] arguments)
    {
        var (exitCode, text) = Answer(arguments);

        exitCode.Should().Be(ExitCode.Done);
        foreach (var folder in Directory.GetDirectories(Path.Combine(Golden.Root, "actions")))
            text.Should().Contain($"  {Path.GetFileName(folder)} ");
    }

    [Fact]
    public void The_version_names_the_commit_and_its_date() =>
        Answer("--version").Should().Match<(ExitCode Code, string Text)>(
            a => a.Code == ExitCode.Done && a.Text == $"release-actions {SuiteVersion.Full}\n");

    [Theory]
    [InlineData("branch-clenup", "branch-cleanup")]
    [InlineData("Release-Publish", "release-publish")]
    public void A_near_miss_is_refused_with_the_name_that_was_meant(string given, string meant)
    {
        var (exitCode, text) = Answer(given);

        exitCode.Should().Be(ExitCode.BadInput);
        text.Should().Contain($"'{given}' is not an action").And.Contain($"Did you mean {meant}?");
    }

    [Fact]
    public void A_name_that_nothing_resembles_is_refused_and_printed_inert()
    {
        var (exitCode, text) = Answer("::stop-commands::x");

        exitCode.Should().Be(ExitCode.BadInput);
        text.Should().NotContain("Did you mean").And.StartWith("error: '");
    }

    private static (ExitCode ExitCode, string Text) Answer(params string[] arguments)
    {
        using var output = new StringWriter();
        return (new ActionList().Answer(arguments, output), output.ToString());
    }
}
