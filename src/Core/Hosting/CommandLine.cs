using System.CommandLine;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Hosting;

/// <summary>The flags of a laptop: one for each declared input, so that <c>--dry-run</c> and <c>INPUT_DRY-RUN</c> mean the same.</summary>
internal sealed class CommandLine
{
    private readonly IReadOnlyDictionary<string, string> _values;

    private CommandLine(ExitCode? exitCode, IReadOnlyDictionary<string, string> values)
    {
        ExitCode = exitCode;
        _values = values;
    }

    /// <summary>Set where the program has said all it has to say: help was asked for, or the flags are wrong.</summary>
    public ExitCode? ExitCode { get; }

    /// <summary>The value of a flag, or null where it was not given.</summary>
    public string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>
    /// Reads flags, answering <c>--help</c> and <c>--version</c> and refusing unknown flags on <paramref name="output"/>.
    /// </summary>
    public static CommandLine Parse(ReleaseAction action, string[] arguments, TextWriter output)
    {
        var options = Manual.Of(action).Inputs.ToDictionary(i => i.Name, OptionOf);
        var command = new Command(action.Name, action.Description);
        foreach (var option in options.Values) command.Add(option);
        if (arguments.Any(a => a is "--help" or "-h" or "-?")) return Say(output, Manual.Of(action).ToHelp());
        if (arguments is ["--version"]) return Say(output, $"{action.Name} {SuiteVersion.Full}\n");

        // `@name` is a value here, not a file of further flags.
        var result = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count == 0)
            return new CommandLine(null,
                options.Where(o => result.GetResult(o.Value) is not null)
                .ToDictionary(o => o.Key, o => result.GetValue(o.Value) ?? "true"));

        foreach (var error in result.Errors) output.WriteLine($"error: {PlainText.Inert(error.Message)}");
        foreach (var flag in result.UnmatchedTokens.Where(t => t.StartsWith("--", StringComparison.Ordinal)))
            if (Spelling.Nearest(flag[2..], options.Keys) is { } nearest) output.WriteLine($"Did you mean --{nearest}?");
        output.WriteLine($"Type `{action.Name} --help` for the flags it takes.");
        return new CommandLine(Core.ExitCode.BadInput, new Dictionary<string, string>());
    }

    private static Option<string?> OptionOf(InputDeclaration input) => new($"--{input.Name}")
    {
        Description = input.Description,
        // A flag alone means true, as `--dry-run` does everywhere.
        Arity = input.Choices is ["true", "false"] ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };

    private static CommandLine Say(TextWriter output, string text)
    {
        output.Write(text);
        return new CommandLine(Core.ExitCode.Done, new Dictionary<string, string>());
    }
}
