using System.Globalization;
using System.Text;
using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz;

/// <summary>Counts cases and failures by kind; the same failure is shown once, with the programs that have it.</summary>
internal sealed class FuzzTable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Times, SortedSet<string> Programs)> _reasons = [];

    /// <summary>How many cases failed.</summary>
    public int Failures
    {
        get
        {
            lock (_lock) return _rows.Values.Sum(r => r.Failures);
        }
    }

    /// <summary>How many cases were played.</summary>
    public int Cases
    {
        get
        {
            lock (_lock) return _rows.Values.Sum(r => r.Cases);
        }
    }

    /// <summary>Whether nothing failed in this way before.</summary>
    public bool IsNew(string failure)
    {
        lock (_lock) return !_reasons.ContainsKey(failure);
    }

    /// <summary>Counts a case, and shows what is new of its failures.</summary>
    public void Add(CaseResult result)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(result.Kind, out var row)) _rows[result.Kind] = row = new Row();
            row.Cases++;
            row.Slowest = Math.Max(row.Slowest, result.Run.Seconds);
            row.Largest = Math.Max(row.Largest, result.Run.Megabytes);
            row.ExitCodes[result.Run.ExitCode ?? -1] = row.ExitCodes.GetValueOrDefault(result.Run.ExitCode ?? -1) + 1;
            if (result.Failures.Count > 0) row.Failures++;
            foreach (var reason in result.Failures)
            {
                var (times, programs) = _reasons.GetValueOrDefault(reason, (0, []));
                programs.Add(result.Program);
                _reasons[reason] = (times + 1, programs);
                if (times == 0) Console.WriteLine($"fail kind={result.Kind} seed={result.Seed} {result.Program}: {reason}");
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lock)
        {
            var text = new StringBuilder(Line("kind", "cases", "failures", "slowest", "largest", "exit codes"));
            foreach (var (kind, row) in _rows)
                text.Append(Line(kind, $"{row.Cases}", $"{row.Failures}", $"{row.Slowest:0.0} s", $"{row.Largest:0} MB",
                    string.Join(' ', row.ExitCodes.Select(c => $"{c.Key}:{c.Value}"))));
            foreach (var (reason, (times, programs)) in _reasons.OrderByDescending(r => r.Value.Times))
                text.Append(CultureInfo.InvariantCulture, $"{times,6} × {reason} ({string.Join(", ", programs)})\n");
            return text.ToString();
        }
    }

    private static string Line(string kind, string cases, string failures, string slowest, string largest, string codes) =>
        $"{kind,-16}{cases,7}{failures,10}{slowest,10}{largest,10}  {codes}\n";

    private sealed class Row
    {
        public int Cases { get; set; }

        public int Failures { get; set; }

        public double Slowest { get; set; }

        public double Largest { get; set; }

        public SortedDictionary<int, int> ExitCodes { get; } = [];
    }
}
