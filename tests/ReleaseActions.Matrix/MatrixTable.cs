using System.Globalization;
using System.Text;

namespace ReleaseActions.Matrix;

/// <summary>The table of all promises and what the tests of the last run say about them. Pure, but for <see cref="Print"/>.</summary>
public static class MatrixTable
{
    /// <summary>Prints the table of the reports in a folder.</summary>
    /// <returns>0; 1 where a test of a promise failed, 2 where there are no reports.</returns>
    public static int Print(TextWriter output, string[] arguments)
    {
        var reports = arguments is [var folder] && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
        if (reports.Length == 0)
        {
            output.WriteLine("There are no reports of a run. ./test without a filter writes them.");
            return 2;
        }

        var outcomes = reports.SelectMany(r => TestOutcome.Read(File.ReadAllText(r))).ToList();
        output.Write(Write(Promise.All, outcomes));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From the run of {reports.Max(File.GetLastWriteTimeUtc):yyyy-MM-dd HH:mm} UTC."));
        return outcomes.Any(o => o is { Result: "Fail", Promises.Count: > 0 }) ? 1 : 0;
    }

    /// <summary>The table: a line for each promise, and how many of them are kept.</summary>
    public static string Write(IReadOnlyList<Promise> promises, IReadOnlyList<TestOutcome> outcomes)
    {
        var results = outcomes.SelectMany(o => o.Promises.Distinct(), (o, id) => (id, o.Result)).ToLookup(r => r.id, r => r.Result, StringComparer.Ordinal);
        var states = promises.Select(p => (Promise: p, Tests: results[p.Id].ToList())).ToList();
        var table = new StringBuilder($"{"id",-7}{"state",-9}{"passed",6}{"failed",8}{"skipped",9}  meaning\n");
        foreach (var (promise, tests) in states)
            table.Append(CultureInfo.InvariantCulture, $"{promise.Id,-7}{StateOf(tests),-9}{Count(tests, "Pass"),6}{Count(tests, "Fail"),8}{Count(tests, "Skip"),9}  {promise.Meaning}\n");
        var totals = states.GroupBy(s => StateOf(s.Tests)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}");
        return table.Append(CultureInfo.InvariantCulture, $"\n{states.Count} promises: {string.Join(", ", totals)}\n").ToString();
    }

    // A promise is kept where a test of it passed and none failed; one whose tests were all skipped is not shown to be kept.
    private static string StateOf(List<string> tests) =>
        tests.Count == 0 ? "no test" : tests.Contains("Fail") ? "FAILED" : tests.Contains("Pass") ? "kept" : "skipped";

    private static int Count(List<string> tests, string result) => tests.Count(t => t == result);
}
