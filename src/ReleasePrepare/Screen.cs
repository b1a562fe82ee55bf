using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using Spectre.Console;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What a run shows: a table and ticks for a person at a terminal, logfmt lines and the job summary elsewhere.</summary>
internal sealed class Screen(World world, bool isDrawn)
{
    private const int Width = 110;

    /// <summary>One thing that was done.</summary>
    public void Step(string step, params ReadOnlySpan<(string Key, object? Value)> pairs)
    {
        if (!isDrawn)
        {
            world.Log.Step(step, pairs);
            return;
        }

        var words = string.Join("  ", pairs.ToArray().Where(p => p.Key != "status").Select(p => $"{p.Key} {PlainText.Inert($"{p.Value}")}"));
        Draw(c => c.MarkupLine($"[green]✓[/] [bold]{step}[/]  {Markup.Escape(words)}"));
    }

    /// <summary>The plan, before anything is done.</summary>
    public void Plan(PreparePlan plan)
    {
        if (!isDrawn)
        {
            world.Summary.Add(plan.ToMarkdown());
            return;
        }

        var table = new Table().RoundedBorder().HideHeaders().AddColumns("what", "which");
        foreach (var (what, which) in plan.Rows()) table.AddRow(what, Markup.Escape(PlainText.Inert(which)));
        Draw(c => c.Write(table));
        foreach (var finding in plan.Broken) Draw(c => c.MarkupLine($"[red]✗[/] {Markup.Escape(PlainText.Inert(finding.Message))}"));
    }

    /// <summary>That nothing was done.</summary>
    public void Nothing(PreparePlan plan)
    {
        if (isDrawn) Draw(c => c.MarkupLine("[yellow]A dry run: nothing was changed, here and on origin.[/]"));
        else world.Log.Step("release", ("tag", plan.Release.Name), ("status", "dry-run"));
    }

    /// <summary>What would be done, exactly.</summary>
    public void Draft(Draft draft, PreparePlan plan)
    {
        if (!isDrawn)
        {
            if (draft.Diff.Length > 0) world.Summary.Add($"### The commit\n\n{Markdown.Block("diff", Shown(draft.Diff))}");
            world.Summary.Add($"### The commands\n\n{Markdown.Block("sh", string.Join('\n', draft.Commands(plan).Select(PlainText.Inert)))}");
            return;
        }

        foreach (var line in draft.Diff.TrimEnd('\n').Split('\n'))
            Draw(c => c.MarkupLine($"[{Colour(line)}]{Markup.Escape(PlainText.Inert(line))}[/]"), width: 10_000);
        foreach (var command in draft.Commands(plan)) Draw(c => c.MarkupLine($"[blue]$[/] {Markup.Escape(PlainText.Inert(command))}"), width: 10_000);
    }

    /// <summary>What a person does next.</summary>
    public void Next(string next)
    {
        if (isDrawn && next.Length > 0) Draw(c => c.MarkupLine($"Then: {Markup.Escape(PlainText.Inert(next))}"), width: 10_000);
    }

    private static string Shown(string diff) => string.Join('\n', diff.Split('\n').Select(line => PlainText.Inert(line.TrimEnd('\r'))));

    private static string Colour(string line) => line switch { ['+', ..] => "green", ['-', ..] => "red", ['@', ..] => "blue", _ => "default" };

    private void Draw(Action<IAnsiConsole> draw, int width = Width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        draw(console);
        world.Log.Drawing(text.ToString());
    }
}
