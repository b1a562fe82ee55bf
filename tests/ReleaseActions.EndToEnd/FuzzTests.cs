namespace ReleaseActions.EndToEnd;

/// <summary>What <c>./test --fuzz</c> runs for minutes goes on working, and sees what it is for.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task One_case_of_each_kind_is_played()
    {
        var run = await FuzzAsync(Machine.Programs);

        run.ExitCode.Should().Be(0, run.Output);
        run.Output.Should().Contain("api-bodies").And.Contain("special-files").And.Contain("12 cases");
    }

    [Fact]
    public async Task A_program_that_leaks_and_writes_where_it_must_not_is_caught()
    {
        // The first program that is tried, and so the only one.
        Script.Write(
            _folder, "version-validate", """
            echo "$INPUT_TOKEN"
            printf %s "x:$INPUT_TOKEN" | base64 >&2
            echo "::set-env name=a::b"
            echo x > "$GITHUB_WORKSPACE/../outside/x"
            echo y > "$RUNNER_TEMP/y"
            cat "$GITHUB_WORKSPACE/../outside/secret.txt" > "$GITHUB_WORKSPACE/leak.txt"
            exit 1
            """);

        var run = await FuzzAsync(_folder);

        run.ExitCode.Should().Be(2, run.Output);
        run.Lines.Where(l => l.StartsWith("fail: ", StringComparison.Ordinal)).Select(l => l.Trim()).Should().BeEquivalentTo(
            "fail: exit 1: no exception in the log", "fail: command injected: set-env", "fail: secret: the token in standard output",
            "fail: secret: the token in standard error", "fail: secret: a file outside of the workspace in a written file .txt",
            "fail: a file was written in outside/x", "fail: left behind in RUNNER_TEMP: temp/y");
    }

    private static Task<Core.Processes.CommandResult> FuzzAsync(string programs) => Run.ProgramAsync(
        Path.Combine(Golden.Root, "artifacts/bin/ReleaseActions.Fuzz/release/ReleaseActions.Fuzz"), ["0", "77"], Golden.Root,
        ("FUZZ_PROGRAMS", programs));
}
