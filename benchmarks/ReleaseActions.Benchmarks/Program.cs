using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["read", var file, var version, var times])
    return ReleaseActions.Benchmarks.Reading.Run(file, version, int.Parse(times, System.Globalization.CultureInfo.InvariantCulture));

// The pure parts of Core, each beside what anybody would use in its place. Run by ./bench; writes artifacts/bench/pure.md below the
// current folder. In this process: BenchmarkDotNet's own way builds a project for each run, and that restores packages anew.
var folder = Path.GetFullPath("artifacts/bench");
var configuration = ManualConfig.CreateEmpty()
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(15))
    .AddColumn(TargetMethodColumn.Method, StatisticColumn.Median, StatisticColumn.Min, StatisticColumn.Max, BaselineRatioColumn.RatioMean)
    .AddColumnProvider(DefaultColumnProviders.Metrics)
    .AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)))
    .AddExporter(MarkdownExporter.GitHub)
    .AddLogger(ConsoleLogger.Default)
    .WithArtifactsPath(Path.Combine(folder, "pure"));

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).RunAll(configuration).ToList();
if (summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success))) return 1;
var tables = summaries.Select(
    s => Rows(Directory.GetFiles(s.ResultsDirectoryPath, $"{s.BenchmarksCases[0].Descriptor.Type.FullName}-*.md").Single())).ToList();
File.WriteAllLines(Path.Combine(folder, "pure.md"), [.. tables[0].Take(2), .. tables.SelectMany(t => t.Skip(2))]);
return 0;

// The exporter quotes names that have spaces in them.
static IReadOnlyList<string> Rows(string file) =>
    [.. File.ReadLines(file).SkipWhile(l => !l.StartsWith('|')).Select(l => l.Replace("&#39;", "", StringComparison.Ordinal))];
