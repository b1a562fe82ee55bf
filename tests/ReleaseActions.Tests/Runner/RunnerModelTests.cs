using System.Text.Json;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Tests.Runner;

/// <summary>The tests' model of the runner against the runner's own vectors, and what we write against the model.</summary>
public sealed class RunnerModelTests
{
    // Values that end lines early, look like delimiters, or hold what files do not like.
    private static readonly string[] Pieces = ["a", "=", "<<", "EOF", "\n", "\r\n", "\r", "ghadelimiter_", "name", "", " ", "é", "\ud83d\ude00", "\u2028", "\0", "%0A", "::"];

    [Fact]
    [Trait("Row", "B15")]
    public void The_model_reads_files_of_outputs_as_the_runner_does()
    {
        var vectors = Vectors("env_file_vectors");

        vectors.Should().HaveCount(11);
        foreach (var v in vectors)
        {
            var read = FluentActions.Invoking(() => RunnerModel.ReadOutputs(v.GetProperty("file").GetString()!));
            if (v.GetProperty("expect").ValueKind == JsonValueKind.Null)
                read.Should().Throw<FormatException>(v.ToString()).WithMessage($"*{v.GetProperty("error_contains").GetString()}*");
            else read().Should().Equal(Texts(v.GetProperty("expect")), v.ToString());
        }
    }

    [Fact]
    [Trait("Row", "B15")]
    public void The_model_takes_for_commands_what_the_runner_takes_for_commands()
    {
        var vectors = Vectors("log_command_vectors");

        vectors.Should().HaveCount(14);
        foreach (var v in vectors)
        {
            var commands = RunnerModel.ReadCommands(v.GetProperty("line").GetString()!);
            commands.Any().Should().Be(v.GetProperty("is_command").GetBoolean(), v.ToString());
            if (commands.Count == 0) continue;
            commands[0].Name.Should().Be(v.GetProperty("command").GetString());
            commands[0].Properties.Should().Equal(Texts(v.GetProperty("properties")), v.ToString());
            commands[0].Message.Should().Be(v.GetProperty("data").GetString() ?? "");
        }
    }

    [Fact]
    [Trait("Row", "B15")]
    [Trait("Row", "S06")]
    public void Any_value_comes_through_a_file_of_outputs_byte_for_byte()
    {
        var random = new Random(20260104);
        foreach (var value in Enumerable.Range(0, 5_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Pieces[random.Next(Pieces.Length)]))))
        {
            var file = "before=1\n" + CommandFiles.Heredoc("value", value) + CommandFiles.Heredoc("after", "2");
            RunnerModel.ReadOutputs(file).Should().Equal(new Dictionary<string, string> { ["before"] = "1", ["value"] = value, ["after"] = "2" });
        }
    }

    [Fact]
    public void Each_value_has_a_delimiter_of_its_own() =>
        Enumerable.Range(0, 100).Select(_ => CommandFiles.Heredoc("n", "v").Split('\n')[0]).Should().OnlyHaveUniqueItems();

    private static JsonElement[] Vectors(string list) => [.. Corpora.Json("github-runner-vectors/runner-vectors.json").GetProperty(list).EnumerateArray()];

    private static Dictionary<string, string> Texts(JsonElement properties) => properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
}
