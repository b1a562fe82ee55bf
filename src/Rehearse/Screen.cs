using ReleaseActions.Core;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Sandbox.Runner;
using Spectre.Console;

namespace ReleaseActions.Rehearse;

/// <summary>Shows a rehearsal to a person: each step live, and a table at the end. Colours only on a terminal.</summary>
internal sealed class Screen(Log log, bool isTerminal)
{
    private const int Width = 110;

    public void Begin(int number, int count, RehearsalStep step) =>
        Draw(c => c.Write(new Rule($"[bold]{number}/{count} {step.Action}[/]").LeftJustified()));

    /// <summary>One line of a step's log, with the runner's commands shown as the runner's page shows them.</summary>
    public void Line(string line)
    {
        var command = RunnerModel.ReadCommand(line);
        switch (command?.Name)
        {
            case null: log.Line($"  {line}"); break;
            case "group": log.Line($"  ▸ {command.Message}"); break;
            case "error": Mark("red", "✗", command); break;
            case "warning": Mark("yellow", "!", command); break;
            case "notice": Mark("blue", "i", command); break;
        }
    }

    public void End(StepResult result) => log.Line(result.Step.Skipped is null ? $"  → {result.Outcome}" : $"  {result.Outcome}");

    public void Table(IReadOnlyList<StepResult> results, string page)
    {
        var table = new Table().RoundedBorder().AddColumns("step", "exit", "seconds", "what changed");
        foreach (var result in results)
        {
            var colour = result.ExitCode == ExitCode.Done ? "green" : "red";
            var wasRun = result.Step.Skipped is null;
            var exit = wasRun ? $"[{colour}]{(int)result.ExitCode}[/]" : "–";
            var seconds = wasRun ? $"{result.Seconds:0.0}" : "";
            table.AddRow(Markup.Escape(result.Step.Action), exit, seconds, Markup.Escape(PlainText.Inert(result.Outcome)));
        }

        Draw(c => c.Write(table));
        log.Line($"The release page: {page}");
    }

    private void Mark(string colour, string sign, RunnerCommand command)
    {
        var file = command.Properties.GetValueOrDefault("file");
        var place = command.Properties.TryGetValue("line", out var line) ? $"{file}:{line}" : file;
        var text = PlainText.Inert(command.Message.ReplaceLineEndings(" ")) + (file is null ? "" : $" ({place})");
        Draw(c => c.MarkupLine($"  [{colour}]{sign}[/] {Markup.Escape(text)}"), width: 10_000);
    }

    private void Draw(Action<IAnsiConsole> draw, int width = Width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        draw(console);
        log.Drawing(text.ToString());
    }
}
