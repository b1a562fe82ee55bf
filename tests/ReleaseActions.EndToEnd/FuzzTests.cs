namespace ReleaseActions.EndToEnd;

/// <summary>One case of each kind, so that what <c>./test --fuzz</c> runs for minutes goes on working.</summary>
public sealed class FuzzTests
{
    [Fact]
    public async Task Every_kind_of_damage_can_be_played()
    {
        var program = Path.Combine(Golden.Root, "artifacts/bin/ReleaseActions.Fuzz/release/ReleaseActions.Fuzz");

        var run = await Run.ProgramAsync(program, ["0", "1"], Golden.Root, ("FUZZ_PROGRAMS", Machine.Programs));

        run.ExitCode.Should().Be(0, run.Output);
        run.Output.Should().Contain("api-bodies").And.Contain("special-files").And.Contain("12 cases");
    }
}
