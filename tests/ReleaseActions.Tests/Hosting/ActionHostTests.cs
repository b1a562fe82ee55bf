using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hosting;

public sealed class ActionHostTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Row", "F35")]
    public async Task A_file_of_outputs_that_cannot_be_written_is_named()
    {
        var folder = _checkout.Aside("a-folder");
        var run = await Over(w => Task.CompletedTask, folder);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith($"The file '{folder}' that GITHUB_OUTPUT names could not be written: ").And.EndWith(
                "See that the step may write there.");
        (await Over(w => Task.CompletedTask, "/dev/null/output")).ExitCode.Should().Be(ExitCode.RemoteFailed);
    }

    [Fact]
    [Trait("Row", "F35")]
    public async Task An_earlier_failure_keeps_its_exit_code_where_outputs_cannot_be_written() =>
        (await Over(w => throw ActionException.Verification("Not what was meant", "Look"), "/dev/null/output")).ExitCode.Should()
        .Be(ExitCode.VerificationFailed);

    [Fact]
    public async Task A_defect_ends_with_its_stack_trace_in_a_group()
    {
        var run = await Over(w => throw new InvalidOperationException("::set-env name=a::b"), null);

        run.ExitCode.Should().Be(ExitCode.Defect);
        RunnerModel.ReadCommands(run.Log).Select(c => c.Name).Should().Equal("error", "group", "endgroup");
        run.Errors.Should()
            .Equal("A defect in the action: InvalidOperationException: ::set-env name=a::b. Please report it with the stack trace below.");
    }

    [Fact]
    [Trait("Row", "S35")]
    public async Task A_text_that_takes_too_long_to_search_is_a_wrong_text_and_no_defect()
    {
        var endless = new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1));

        var run = await Over(w => Task.FromResult(endless.IsMatch(new string('a', 5_000) + "\n::set-env name=a::b")), null);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith("A text takes too long to search: 'aaa").And.EndWith("Shorten it; no person wrote all of it.");
    }

    [Fact]
    public async Task Outputs_of_a_failed_run_are_written_all_the_same()
    {
        var run = await Over(w => throw ActionException.Refused("No", "Yes"), null);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Outputs.Should().Contain("said", "before");
    }

    [Fact]
    public async Task On_a_laptop_outputs_and_summary_are_printed()
    {
        using var output = new StringWriter();
        var variables = new Dictionary<string, string> { ["GITHUB_WORKSPACE"] = _checkout.Root };
        await ActionHost.RunAsync(
            new SampleAction { OnApply = w => { w.Summary.Add("## Done"); return Task.CompletedTask; } }, [],
            new HostEnvironment(variables, output, TimeProvider.System), CancellationToken.None);

        output.ToString().Should().Be("name= dry-run=False\nsaid=before\n\n## A plan\n\n## Done\n\n\n");
    }

    private Task<RunResult> Over(Func<Writers, Task> act, string? outputFile) =>
        new Rig(_checkout) { OutputFile = outputFile }.RunAsync(new SampleAction { OnApply = act });
}
