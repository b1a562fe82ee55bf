using System.Text;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Hosting;

/// <summary>
/// What a reader sees of an action, written from its declarations: <c>action.yml</c>, the tables of its README, <c>--help</c>.
/// The files in the repository are compared with this by a test.
/// </summary>
public sealed class Manual
{
    private readonly ReleaseAction _action;

    private Manual(ReleaseAction action, Inputs inputs, Outputs outputs)
    {
        _action = action;
        Inputs = inputs.Declarations;
        Outputs = outputs.Declarations;
    }

    /// <summary>The declared inputs, the action's own first.</summary>
    public IReadOnlyList<InputDeclaration> Inputs { get; }

    /// <summary>The declared outputs.</summary>
    public IReadOnlyList<OutputDeclaration> Outputs { get; }

    /// <summary>Asks an action for its declarations; nothing is run.</summary>
    public static Manual Of(ReleaseAction action)
    {
        var inputs = Hosting.Inputs.ForDocumentation();
        var outputs = new Outputs();
        action.Declare(inputs, outputs);
        _ = new StandardInputs(inputs, _ => null);
        return new Manual(action, inputs, outputs);
    }

    /// <summary>The text of <c>action.yml</c>. No <c>args</c>: they can be injected into; inputs come as variables.</summary>
    /// <param name="image">The image it runs, such as <c>docker://…@sha256:…</c>.</param>
    public string ToActionYaml(string image)
    {
        var yaml = new StringBuilder(
            $"name: {_action.Name}\ndescription: {Quote(_action.Description)}\nauthor: release-actions\ninputs:\n");
        foreach (var input in Inputs)
        {
            yaml.Append(
                $"  {input.Name}:\n    description: {Quote(Described(input))}\n    required: {(input.IsRequired ? "true" : "false")}\n");
            if (!string.IsNullOrEmpty(input.Default)) yaml.Append($"    default: {Quote(input.Default)}\n");
        }

        if (Outputs.Count > 0) yaml.Append("outputs:\n");
        foreach (var output in Outputs) yaml.Append($"  {output.Name}:\n    description: {Quote(output.Description)}\n");
        yaml.Append(
            $"runs:\n  using: docker\n  image: {Quote(image)}\n  entrypoint: /release-actions/{_action.Name}\nbranding:\n  icon: "
            + $"package\n  color: blue\n");
        return yaml.ToString();
    }

    /// <summary>The tables of inputs and outputs, and of what the action can reach, of the action's README.</summary>
    public string ToReadmeTables()
    {
        var text = new StringBuilder("### Inputs\n\n");
        text.Append(
            Markdown.Table(
            ["input", "default", "what it is"], Inputs.Select(i => (string[])[Markdown.Code(i.Name), DefaultCell(i), Cell(Described(i))])));
        if (Outputs.Count > 0)
            text.Append("\n### Outputs\n\n")
                .Append(Markdown.Table(
                ["output", "what it holds"], Outputs.Select(o => (string[])[Markdown.Code(o.Name), Cell(o.Description)])));
        return text.Append('\n').Append(new ReachTable(_action, Inputs).ToMarkdown()).ToString();
    }

    /// <summary>The text of <c>--help</c>, 100 columns wide.</summary>
    public string ToHelp()
    {
        var text = new StringBuilder(
            $"{_action.Description}\n\nUsage: {_action.Name} [--flag value ...]\n\nFlags (or variables INPUT_NAME, as a runner sets "
            + $"them):\n");
        foreach (var input in Inputs)
        {
            var notes = input.IsRequired ? " (required)" : IsForWorkflows(input.Default) ? "" : $" [{input.Default}]";
            text.Append($"  --{input.Name}{notes}\n").Append(Wrapped(Described(input), "      "));
        }

        text.Append("  --help, and --version alone for the version of this program\n");
        if (Outputs.Count > 0) text.Append("\nOutputs:\n");
        foreach (var output in Outputs) text.Append($"  {output.Name}\n").Append(Wrapped(output.Description, "      "));
        return text.Append(
            "\nExit codes: 0 done, 1 defect, 2 bad input, 3 refused, 4 remote failed, 5 verification failed, 130 cancelled.\n").ToString();
    }

    private static string Described(InputDeclaration input) =>
        input.Choices.Count == 0 || input.Choices is ["true", "false"] ? input.Description
        : $"{input.Description} One of: {string.Join(", ", input.Choices)}.";

    private static string DefaultCell(InputDeclaration input) =>
        input.IsRequired ? "**required**" : string.IsNullOrEmpty(input.Default) ? "" : Markdown.Code(input.Default);

    // An expression such as ${{ github.token }} is filled in by a workflow and means nothing on a command line.
    private static bool IsForWorkflows(string? fallback) =>
        string.IsNullOrEmpty(fallback) || fallback.StartsWith("${{", StringComparison.Ordinal);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Quote(string text) =>
        $"'{text.Replace("'", "''", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal)}'";

    private static string Wrapped(string text, string indent)
    {
        var lines = new StringBuilder();
        var line = indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length + 1 > 100)
            {
                lines.Append(line).Append('\n');
                line = indent;
            }

            line += line == indent ? word : $" {word}";
        }

        return lines.Append(line).Append('\n').ToString();
    }
}
