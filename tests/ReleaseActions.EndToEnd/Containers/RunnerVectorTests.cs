namespace ReleaseActions.EndToEnd.Containers;

/// <summary>The runner's own vectors on their way through an action in its container, and what starting one costs.</summary>
public sealed class RunnerVectorTests
{
    // What an action prints for the runner of itself.
    private static readonly string[] OurCommands = ["group", "endgroup", "notice", "warning", "debug", "add-mask", "stop-commands"];

    [Fact]
    [Trait("Row", "B15")]
    public async Task Lines_that_the_runner_takes_for_commands_or_outputs_come_through_as_text()
    {
        var vectors = Corpora.Json("github-runner-vectors/runner-vectors.json");
        string[] lines = [.. vectors.GetProperty("log_command_vectors").EnumerateArray().Select(v => v.GetProperty("line").GetString()!)];
        string[] files = [.. vectors.GetProperty("env_file_vectors").EnumerateArray().Select(v => v.GetProperty("file").GetString()!)];
        string[] commands = [.. lines.SelectMany(RunnerModel.ReadCommands).Select(c => c.Message).Where(m => m.Length > 0)];
        commands.Should().NotBeEmpty();
        await using var job = await ContainerJob.OnTagAsync("v1.0.0", checkout =>
        {
            ContainerTests.Sample(checkout);
            checkout.Write(
                "CHANGELOG.md",
                $"## [1.0.0]\n\nThe log takes:\n\n{string.Join('\n', lines)}\n\nThe file of outputs "
                + $"takes:\n\n{string.Join('\n', files)}\n\nThe end.\n").Commit("Tell of the runner");
        });

        var run = await job.RunAsync("changelog-extract", ("version", "1.0.0"));

        run.ExitCode.Should().Be(0, run.Log);
        var taken = RunnerModel.ReadCommands(run.Log);
        taken.Select(c => c.Name).Except(OurCommands).Should().BeEmpty(run.Log);
        taken.Select(c => c.Message).Should().NotIntersectWith(commands);
        run.Outputs.Keys.Should().BeEquivalentTo(OutputsOf("changelog-extract"));
        run.Outputs["notes"].Should()
            .Be(File.ReadAllText(Path.Combine(job.Checkout.Root, run.Outputs["notes-file"])).TrimEnd('\n')).And.EndWith("The end.");
    }

    // Time differs between machines. That there is nothing to load, link or compile when a program starts does not, and it is most of it.
    [Fact]
    [Trait("Row", "L12")]
    public void All_programs_are_names_of_one_native_file()
    {
        var files = Directory.GetFiles(Machine.Programs).Select(f => new FileInfo(f)).ToList();

        var program = files.Should().ContainSingle(f => f.LinkTarget == null).Subject;
        program.Name.Should().Be("release-actions");
        files.Except([program]).Should().HaveCount(7).And.OnlyContain(f => f.LinkTarget == program.Name);
        File.ReadAllBytes(program.FullName)[..4].Should().Equal(0x7f, (byte)'E', (byte)'L', (byte)'F');
    }

    private static IEnumerable<string> OutputsOf(string action) =>
        File.ReadLines(Path.Combine(Golden.Root, "actions", action, "action.yml")).SkipWhile(l => l != "outputs:").Skip(1)
            .TakeWhile(l => l.Length == 0 || l[0] == ' ')
            .Where(l => l.StartsWith("  ", StringComparison.Ordinal) && l[2] != ' ' && l.EndsWith(':')).Select(l => l.Trim().TrimEnd(':'));
}
