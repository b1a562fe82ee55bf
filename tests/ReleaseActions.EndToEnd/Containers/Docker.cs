using ReleaseActions.Core.Processes;

namespace ReleaseActions.EndToEnd.Containers;

/// <summary>The docker client, for what tests ask beside the actions.</summary>
internal static class Docker
{
    public static Task<CommandResult> RunAsync(params string[] arguments) => Run.ProgramAsync("docker", arguments, Path.GetTempPath());

    public static async Task<CommandResult> RequireAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        result.ExitCode.Should().Be(0, result.Error);
        return result;
    }
}
