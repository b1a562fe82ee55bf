using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using Spectre.Console;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What a run shows: a table and ticks for a person at a terminal, logfmt lines elsewhere.</summary>
internal sealed class Screen(Log log, bool isDrawn)
{
    private const int Width = 110;
    private const int NeverWrapped = 10_000;

    /// <summary>One thing that was done.</summary>
    public void Step(string step, params ReadOnlySpan<(string Key, object? Value)> pairs)
    {
        if (!isDrawn)
        {
            log.Step(step, pairs);
            return;
        }

        var shown = pairs.ToArray().Where(p => p.Key != "status");
        var words = string.Join("  ", shown.Select(p => $"{p.Key} {PlainText.Inert($"{p.Value}")}"));
        Draw(c => c.MarkupLine($"[green]✓[/] [bold]{step}[/]  {Markup.Escape(words)}"));
    }

    /// <summary>The plan, before anything is done; of a dry run with its diff and its commands.</summary>
    public void Plan(PreparePlan plan)
    {
        if (isDrawn) DrawTable(plan);
        var status = plan.Refusals.Count == 0 ? "ok" : plan.Request.IsDryRun ? "dry-run" : "refused";
        Step("preflight", ("flow", Choices.Word(plan.Request.Flow)), ("refusals", plan.Refusals.Count), ("status", status));
        var old = plan.Choice.Old?.Text ?? "none";
        Step("version", ("old", old), ("new", plan.Release.Version), ("bump", plan.Choice.Bump), ("status", "ok"));
        Step("changelog", ("source", plan.ChangelogSource), ("status", plan.ChangelogSource is "none" or "written" ? "skipped" : "ok"));
        if (!plan.Request.IsDryRun) return;
        if (isDrawn) DrawDraft(plan);
        else log.Step("release", ("tag", plan.Release.Name), ("status", "dry-run"));
    }

    /// <summary>The commit that is pushed, where one was made.</summary>
    public void Commit(PreparePlan plan)
    {
        if (plan.Draft.Diff.Length == 0) return;
        Step("commit", ("commit", plan.Draft.Commit[..12]), ("files", plan.Commit!.Changes.Count), ("status", "ok"));
    }

    /// <summary>What a person does next.</summary>
    public void Next(PreparePlan plan)
    {
        if (isDrawn && plan.Next.Length > 0) Draw(c => c.MarkupLine($"Then: {Markup.Escape(PlainText.Inert(plan.Next))}"), NeverWrapped);
    }

    private void DrawTable(PreparePlan plan)
    {
        var table = new Table().RoundedBorder().HideHeaders().AddColumns("what", "which");
        foreach (var (what, which) in plan.Rows()) table.AddRow(what, Markup.Escape(PlainText.Inert(which)));
        Draw(c => c.Write(table));
        foreach (var finding in plan.Refusals) Draw(c => c.MarkupLine($"[red]✗[/] {Markup.Escape(PlainText.Inert(finding.Message))}"));
    }

    private void DrawDraft(PreparePlan plan)
    {
        foreach (var line in plan.Draft.Diff.TrimEnd('\n').Split('\n'))
            Draw(c => c.MarkupLine($"[{Colour(line)}]{Markup.Escape(PlainText.Inert(line))}[/]"), NeverWrapped);
        foreach (var command in plan.Draft.Commands(plan))
            Draw(c => c.MarkupLine($"[blue]$[/] {Markup.Escape(PlainText.Inert(command))}"), NeverWrapped);
    }

    private static string Colour(string line) => line switch
    {
        ['+', ..] => "green",
        ['-', ..] => "red",
        ['@', ..] => "blue",
        _ => "default",
    };

    private void Draw(Action<IAnsiConsole> draw, int width = Width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        draw(console);
        log.Drawing(text.ToString());
    }
}
