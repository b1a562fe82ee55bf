using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hosting;

/// <summary>The flags of a laptop, over an action that only prints what it was given.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task A_flag_stands_before_the_variable_of_its_name() =>
        (await RunAsync(["--name", "flag"], ("INPUT_NAME", "variable"))).Should().Be((ExitCode.Done, "name=flag dry-run=False\n"));

    [Fact]
    public async Task Without_a_flag_the_variable_counts() =>
        (await RunAsync([], ("INPUT_NAME", "variable"), ("INPUT_DRY-RUN", "true"))).Should()
        .Be((ExitCode.Done, "name=variable dry-run=True\n"));

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--dry-run=true")]
    [InlineData("--dry-run", "TRUE")]
    public async Task A_flag_alone_means_true(params string[] flags) => (await RunAsync(flags)).Output.Should().Contain("dry-run=True");

    [Fact]
    public async Task A_flag_set_to_false_overrides_a_variable_that_says_true() =>
        (await RunAsync(["--dry-run", "false"], ("INPUT_DRY-RUN", "true"))).Output.Should().Contain("dry-run=False");

    [Theory]
    [InlineData("--nmae", "x")]
    [InlineData("stray")]
    [InlineData("--name")]
    [InlineData("--", "x")]
    public async Task What_is_not_known_is_refused_with_the_way_to_help(params string[] flags)
    {
        var (exitCode, output) = await RunAsync(flags);

        exitCode.Should().Be(ExitCode.BadInput);
        output.Should().StartWith("error: ").And.EndWith("Type `sample --help` for the flags it takes.\n");
    }

    [Fact]
    public async Task A_misspelt_flag_names_the_nearest_one() =>
        (await RunAsync(["--nmae", "x"])).Output.Should().Contain("\nDid you mean --name?\n");

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--name", "x", "--help")]
    public async Task Help_is_printed_and_nothing_is_run(params string[] flags)
    {
        var (exitCode, output) = await RunAsync(flags);

        exitCode.Should().Be(ExitCode.Done);
        output.Should()
            .StartWith("Does what the test wants.\n").And.Contain("--name").And.Contain("--policy-file").And.NotContain("dry-run=");
    }

    [Fact]
    public async Task The_version_is_printed_alone() =>
        (await RunAsync(["--version"])).Should().Be((ExitCode.Done, $"sample {SuiteVersion.Full}\n"));

    [Fact]
    public async Task A_value_may_look_like_a_flag_or_a_response_file()
    {
        (await RunAsync(["--name=--name"])).Output.Should().Contain("name=--name ");
        (await RunAsync(["--name", "@/etc/hostname"])).Output.Should().Contain("name=@/etc/hostname ");
        (await RunAsync(["--name", "[suggest]"])).Output.Should().Contain("name=[suggest] ");
    }

    private static async Task<(ExitCode ExitCode, string Output)> RunAsync(string[] flags, params (string Name, string Value)[] variables)
    {
        using var output = new StringWriter();
        var exitCode = await ActionHost.RunAsync(
            new SampleAction(), flags, new HostEnvironment(variables.ToDictionary(v => v.Name, v => v.Value), output, TimeProvider.System),
            CancellationToken.None);
        var said = output.ToString();
        return (exitCode,
            exitCode == ExitCode.Done && said.StartsWith("name=", StringComparison.Ordinal)
            ? said[..(said.IndexOf('\n', StringComparison.Ordinal) + 1)] : said);
    }
}
