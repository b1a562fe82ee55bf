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

    /// <summary>Writes what was set and said, unchanged.</summary>
    /// <exception cref="ActionException">There is a secret in it (exit 3), or a file cannot be written (exit 4, with its name).</exception>
    public static void Write(RunnerContext runner, Log log, Outputs outputs, JobSummary summary)
    {
        Check(log, outputs, summary);
        if (runner.OutputFile is { } outputFile)
            new RunnersFile("GITHUB_OUTPUT", outputFile).Append(string.Concat(outputs.Values.Select(o => Heredoc(o.Key, o.Value))));
        else
            foreach (var (name, value) in outputs.Values) log.Line(
                $"{name}={PlainText.Cut(value.ReplaceLineEndings("\\n"), MostCharactersShown)}");

        if (runner.SummaryFile is { } file && summary.ToMarkdown() is { Length: > 0 } text)
            new RunnersFile("GITHUB_STEP_SUMMARY", file).Append(text);
        else if (!runner.IsRunner && summary.ToMarkdown().Length > 0) log.Line("\n" + summary.ToMarkdown());
    }

    /// <summary>Refuses outputs or a summary with a secret in them, before anything is changed and again before they are written.</summary>
    /// <exception cref="ActionException">There is a secret in one of them (exit 3).</exception>
    public static void Check(Log log, Outputs outputs, JobSummary summary)
    {
        foreach (var (name, value) in outputs.Values) log.Secrets.Refuse(value, $"The output '{name}'");
        log.Secrets.Refuse(summary.ToMarkdown(), "The job summary");
    }

    /// <summary>An output in the file's multi-line form. The delimiter is random, so that no value can end it early.</summary>
    internal static string Heredoc(string name, string value)
    {
        var delimiter = "ghadelimiter_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }
}
