using System.Security.Cryptography;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Hosting;

/// <summary>Writes the files through which the runner takes outputs and the summary. On a laptop, outputs are printed instead.</summary>
internal static class CommandFiles
{
    // On a laptop an output is shown for a person to recognise, not to be read by a program.
    private const int MostCharactersShown = 200;

    /// <summary>Writes what was set and said; secrets are replaced by <c>***</c>.</summary>
    /// <exception cref="ActionException">A file cannot be written (exit 4, telling which).</exception>
    public static void Write(RunnerContext runner, Log log, Outputs outputs, JobSummary summary)
    {
        if (runner.OutputFile is { } outputFile)
            Append("GITHUB_OUTPUT", outputFile, string.Concat(outputs.Values.Select(o => Heredoc(o.Key, log.Redact(o.Value)))));
        else
            foreach (var (name, value) in outputs.Values) log.Line(
                $"{name}={PlainText.Cut(value.ReplaceLineEndings("\\n"), MostCharactersShown)}");

        if (runner.SummaryFile is { } summaryFile) Append("GITHUB_STEP_SUMMARY", summaryFile, log.Redact(summary.ToMarkdown()));
        else if (!runner.IsRunner && summary.ToMarkdown().Length > 0) log.Line("\n" + summary.ToMarkdown());
    }

    /// <summary>An output in the file's multi-line form. The delimiter is random, so that no value can end it early.</summary>
    internal static string Heredoc(string name, string value)
    {
        var delimiter = "ghadelimiter_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }

    private static void Append(string variable, string path, string text)
    {
        if (text.Length > 0) new RunnersFile(variable, path).Append(text);
    }
}
