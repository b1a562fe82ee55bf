using System.Globalization;
using System.Text;

namespace ReleaseActions.Matrix;

/// <summary>The table of all guarantees and what the tests of the last run say about them. Pure, but for <see cref="Print"/>.</summary>
public static class MatrixTable
{
    private static readonly string[] Documents = ["MATRIX.md", "SEEDS.md"];

    /// <summary>Prints the table of the reports in a folder, and how the list differs from the documents in another, if there.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="arguments">The folder of reports, and the folder of <c>MATRIX.md</c> and <c>SEEDS.md</c>.</param>
    /// <returns>0; 1 where a test of a guarantee failed or the list differs, 2 where there are no reports.</returns>
    public static int Print(TextWriter output, string[] arguments)
    {
        var reports = arguments is [var folder, ..] && Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
        if (reports.Length == 0)
        {
            output.WriteLine("There are no reports of a run. ./test without a filter writes them.");
            return 2;
        }

        var outcomes = reports.SelectMany(r => TestOutcome.Read(File.ReadAllText(r))).ToList();
        output.Write(Write(Guarantee.All, outcomes));
        var ended = reports.Max(File.GetLastWriteTimeUtc);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From the run of {ended:yyyy-MM-dd HH:mm} UTC."));
        var agrees = arguments is not [_, var documents] || PrintDifferences(output, documents);
        return outcomes.Any(o => o is { Result: "Fail", Guarantees.Count: > 0 }) || !agrees ? 1 : 0;
    }

    /// <summary>The table: a line for each guarantee, and how many of them are kept.</summary>
    public static string Write(IReadOnlyList<Guarantee> guarantees, IReadOnlyList<TestOutcome> outcomes)
    {
        var results = outcomes.SelectMany(o => o.Guarantees.Distinct(), (o, id) => (id, o.Result))
            .ToLookup(r => r.id, r => r.Result, StringComparer.Ordinal);
        var table = new StringBuilder($"{"id",-7}{"state",-13}{"passed",6}{"failed",8}{"skipped",9}  meaning\n");
        foreach (var guarantee in guarantees)
        {
            var (state, tests) = (StateOf(guarantee, results), results[guarantee.Id].ToList());
            var (passed, failed, skipped) = (Count(tests, "Pass"), Count(tests, "Fail"), Count(tests, "Skip"));
            table.Append(CultureInfo.InvariantCulture, $"{guarantee.Id,-7}{state,-13}{passed,6}{failed,8}{skipped,9}  {guarantee.Meaning}");
            table.Append(guarantee.Missing is { } missing ? $" {Guarantee.Mark} {missing}\n" : "\n");
        }

        var states = guarantees.GroupBy(g => StateOf(g, results)).OrderBy(g => g.Key, StringComparer.Ordinal);
        var totals = states.Select(g => $"{g.Count()} {g.Key}");
        return table.Append(CultureInfo.InvariantCulture, $"\n{guarantees.Count} guarantees: {string.Join(", ", totals)}\n").ToString();
    }

    private static bool PrintDifferences(TextWriter output, string folder)
    {
        var documents = Documents.Select(d => Path.Combine(folder, d)).ToList();
        if (!documents.TrueForAll(File.Exists)) return true;
        var differences = Comparison.Differences(Guarantee.All, string.Join('\n', documents.Select(File.ReadAllText)));
        output.WriteLine($"guarantees.txt {(differences.Count == 0 ? "agrees with" : "differs from")} {string.Join(" and ", Documents)}");
        foreach (var difference in differences) output.WriteLine($"  {difference}");
        return differences.Count == 0;
    }

    // A guarantee is kept where one of its tests passed and none failed; one whose tests were all skipped was not shown to be kept.
    private static string StateOf(Guarantee guarantee, ILookup<string, string> results)
    {
        var tests = results[guarantee.Id].ToList();
        if (tests.Count == 0) return "no test";
        if (tests.Contains("Fail")) return "FAILED";
        if (!tests.Contains("Pass")) return "skipped";
        return guarantee.Missing is null ? "kept" : "kept in part";
    }

    private static int Count(List<string> tests, string result) => tests.Count(t => t == result);
}
