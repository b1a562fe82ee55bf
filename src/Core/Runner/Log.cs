using System.Text;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Runner;

/// <summary>
/// The one writer of everything a program prints. Text from outside (a changelog, a tag, an API's error, a child's output)
/// cannot become a workflow command here, and no secret gets through.
/// </summary>
/// <remarks>
/// The runner takes <c>::name::</c> at the start of a line after trimming, and the older <c>##[name]</c> anywhere in a line;
/// a bare carriage return starts a new line too (actions/runner, ActionCommand.cs).
/// </remarks>
public sealed class Log(TextWriter output, bool isRunner)
{
    // GitHub shows an annotation's beginning only, and a hostile tag may have a million characters.
    private const int MostCharactersOfAnAnnotation = 4_000;

    private readonly Lock _lock = new();

    /// <summary>What is hidden here, and refused where it must not be replaced.</summary>
    public KnownSecrets Secrets { get; } = new();

    /// <summary>
    /// Hides a secret from now on, in the forms it travels in: itself, each line of it, base64 as git and registries send it, as a part
    /// of an address, in JSON, in HTML and as hex digits.
    /// </summary>
    /// <remarks>A secret of fewer than four characters is not hidden: it is found in every other word.</remarks>
    public void Hide(Secret secret)
    {
        lock (_lock)
        {
            var forms = Secrets.Add(secret);
            if (!isRunner) return;
            foreach (var form in forms) output.WriteLine($"::add-mask::{EscapeData(form)}");
        }
    }

    /// <summary>Writes text for a person; each line is made inert.</summary>
    public void Line(string text)
    {
        foreach (var line in Redact(text).ReplaceLineEndings("\n").Split('\n')) Write(PlainText.Inert(line));
    }

    /// <summary>
    /// Writes what we drew ourselves, such as a table with colours. Text from outside in it has gone through
    /// <see cref="PlainText.Inert"/> before.
    /// </summary>
    public void Drawing(string text) => Write(text.TrimEnd('\n'));

    /// <summary>Writes one logfmt line for one thing that was done, such as <c>step=push tag=v1.2.3 status=ok</c>.</summary>
    public void Step(string step, params ReadOnlySpan<(string Key, object? Value)> pairs)
    {
        var line = new StringBuilder($"step={Logfmt(step)}");
        foreach (var (key, value) in pairs) line.Append($" {key}={Logfmt(Redact(value?.ToString() ?? ""))}");
        Write(PlainText.Inert(line.ToString()));
    }

    /// <summary>Writes an annotation that stops nothing and warns of nothing.</summary>
    public void Notice(string message) => Annotate("notice", new Finding(message, ""));

    /// <summary>Writes a warning with its remedy.</summary>
    public void Warning(Finding finding) => Annotate("warning", finding);

    /// <summary>Writes an error with its remedy.</summary>
    public void Error(Finding finding) => Annotate("error", finding);

    /// <summary>Puts the lines until disposal under a heading that the runner folds.</summary>
    public IDisposable Group(string title)
    {
        var text = PlainText.Inert(Redact(title));
        Write(isRunner ? $"::group::{EscapeData(text)}" : $"-- {text}");
        return new GroupEnd(this);
    }

    private string Redact(string text) => Secrets.Redact(text);

    private void Annotate(string level, Finding finding)
    {
        var text = Redact(
            finding.Remedy.Length == 0 ? finding.Message
            : $"{finding.Message.TrimEnd('.')}. {finding.Remedy.TrimEnd('.', '?')}{(finding.Remedy.EndsWith('?') ? '?' : '.')}");
        var file = finding.File is null ? null : Redact(finding.File);
        var place = file is null ? "" : finding.Line is null ? file : $"{file}:{finding.Line}";
        if (!isRunner)
        {
            Line(place.Length == 0 ? $"{level}: {text}" : $"{level}: {place}: {text}");
            return;
        }

        var properties = file is null ? "" : $" file={EscapeProperty(PlainText.Inert(file))}";
        if (finding is { File: not null, Line: not null }) properties += $",line={finding.Line}";
        var lines = PlainText.Cut(text, MostCharactersOfAnAnnotation).Split('\n')
            .Select(l => PlainText.Printable(l.TrimEnd('\r')).Replace("##[", "# #[", StringComparison.Ordinal));
        Write($"::{level}{properties}::{EscapeData(string.Join('\n', lines))}");
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            // Whole lines only: output that ends without a newline swallows the next command of the runner.
            output.WriteLine(Redact(line));
            output.Flush();
        }
    }

    private static string Logfmt(string value)
    {
        if (value.Length > 0 && value.All(c => c > ' ' && c is not ('"' or '=' or '\\') && !char.IsControl(c))) return value;
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped.ReplaceLineEndings("\\n")}\"";
    }

    private static string EscapeData(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) => EscapeData(text)
        .Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private sealed class GroupEnd(Log log) : IDisposable
    {
        public void Dispose()
        {
            if (log.IsRunner) log.Write("::endgroup::");
        }
    }

    private bool IsRunner => isRunner;
}
