using ReleaseActions.Core;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Tests.Processes;

/// <summary>Programs that do not end by themselves, or print without end.</summary>
[Trait("Row", "F67")]
public sealed class CommandRunnerTests : IDisposable
{
    private static readonly string LongInput = new('x', 10 * 1024 * 1024);

    private readonly string _folder = Directory.CreateTempSubdirectory("release-actions-test-").FullName;

    public static TheoryData<string, string?> Endless => new()
    {
        { "exec sleep 300", LongInput },                                      // never reads its input
        { "exec sleep 300", null },
        { "trap '' TERM INT HUP; while :; do sleep 1; done", null },          // ignores SIGTERM
        { "trap '' TERM INT HUP; while :; do sleep 1; done", LongInput },
        { "sleep 300 & exit 0", null },                                       // leaves a child that holds its pipes
        { "setsid sleep 300 & exit 0", null },                                // the same in a session of its own
        { "(trap '' TERM; sleep 300) & trap '' TERM; sleep 300", LongInput },
        { "while :; do sleep 1; echo a line; done", null },                   // slowly prints without end
    };

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task A_program_that_does_not_end_is_stopped_at_its_limit(string script, string? input)
    {
        var run = () => RunAsync(script, new CommandOptions { StandardInput = input, Timeout = TimeSpan.FromSeconds(1) },
            CancellationToken.None);

        var error = (await run.Should().ThrowAsync<ActionException>()).Which;
        error.ExitCode.Should().Be(ExitCode.RemoteFailed);
        error.Message.Should().Contain("did not end within 1 s");
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task A_program_that_does_not_end_is_stopped_when_the_run_is_cancelled(string script, string? input)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var run = () => RunAsync(script, new CommandOptions { StandardInput = input, Timeout = TimeSpan.FromHours(1) }, stop.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("yes >&2")]
    [InlineData("tr '\\0' x </dev/zero")]
    [InlineData("trap '' TERM; while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done")]
    public async Task A_program_that_floods_its_output_is_stopped_at_the_cap(string script)
    {
        var run = () => RunAsync(script, new CommandOptions { MostOutput = 1024 * 1024, Timeout = TimeSpan.FromMinutes(4) },
            CancellationToken.None);

        (await run.Should().ThrowAsync<ActionException>()).Which.Message.Should().Contain("printed more than 1 MiB and was stopped");
    }

    [Fact]
    public async Task A_line_without_an_end_is_passed_on_in_pieces()
    {
        var longest = 0;
        var options = new CommandOptions { OnLine = line => longest = Math.Max(longest, line.Length), Timeout = TimeSpan.FromMinutes(4) };

        var result = await RunAsync("head -c 30000000 /dev/zero | tr '\\0' x", options, CancellationToken.None);

        longest.Should().Be(64 * 1024);
        result.Output.Length.Should().BeLessThan(2 * 1024 * 1024);
    }

    [Fact]
    public async Task A_program_may_clean_up_on_SIGTERM_before_it_is_killed()
    {
        var marker = Path.Combine(_folder, "cleaned");

        var run = () => RunAsync($"trap 'touch {marker}; exit 0' TERM; while :; do sleep 0.1; done",
            new CommandOptions { Timeout = TimeSpan.FromSeconds(1) }, default);

        await run.Should().ThrowAsync<ActionException>();
        File.Exists(marker).Should().BeTrue();
    }

    [Fact]
    public async Task Input_output_and_exit_code_of_an_ordinary_program_are_complete()
    {
        var result = await RunAsync("cat; echo done >&2; exit 3", new CommandOptions { StandardInput = LongInput }, CancellationToken.None);

        result.Should().Be(new CommandResult(3, LongInput, "done\n"));
    }

    [Fact]
    public async Task On_a_laptop_the_users_environment_is_passed_on_without_inputs()
    {
        var lines = await EnvironmentAsync(new() { ["PATH"] = "/usr/bin:/bin", ["INPUT_TOKEN"] = "secret", ["KEPT"] = "yes" });

        lines.Should().BeEquivalentTo("PATH=/usr/bin:/bin", "KEPT=yes");
    }

    [Fact]
    [Trait("Row", "S44")]
    public async Task On_a_runner_the_environment_is_built_from_nothing()
    {
        var lines = await EnvironmentAsync(new()
        {
            ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = _folder, ["PATH"] = $"{_folder}/bin:.::/usr/bin:/bin",
            ["HOME"] = "/home/me", ["INPUT_TOKEN"] = "secret",
            ["GIT_TRACE"] = "1",
            ["LC_ALL"] = "POSIX", ["TMPDIR"] = _folder, ["ANYTHING"] = "else",
        });

        lines.Should().BeEquivalentTo("PATH=/usr/bin:/bin", "HOME=/private", "TMPDIR=/private", "LC_ALL=C.UTF-8");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<CommandResult> RunAsync(string script, CommandOptions options, CancellationToken cancellation)
    {
        var runner = new RunnerContext(new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" });
        var commands = new CommandRunner(runner, () => "/private", new KnownSecrets());
        return commands.RunAsync("sh", ["-c", script], options with { Folder = _folder }, cancellation);
    }

    private async Task<IEnumerable<string>> EnvironmentAsync(Dictionary<string, string> variables)
    {
        var commands = new CommandRunner(new RunnerContext(variables), () => "/private", new KnownSecrets());
        var options = new CommandOptions { Folder = _folder };
        return (await commands.RunAsync("env", [], options, TestContext.Current.CancellationToken)).Lines;
    }
}
