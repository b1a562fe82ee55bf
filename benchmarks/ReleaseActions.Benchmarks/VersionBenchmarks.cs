using BenchmarkDotNet.Attributes;
using NuGet.Versioning;
using ReleaseActions.Core.Versions;
using SemanticVersion = ReleaseActions.Core.Versions.SemanticVersion;

namespace ReleaseActions.Benchmarks;

/// <summary>The highest of 10,000 tags, which is what decides on <c>latest</c>.</summary>
public class VersionBenchmarks
{
    private readonly string[] _tags = [
        .. Enumerable.Range(0, 10_000).Select(n => $"{n % 40}.{n % 97}.{n % 13}{(n % 3 == 0 ? $"-rc.{n % 7}" : "")}")];

    [Benchmark(Baseline = true, Description = "Highest of 10,000 tags by NuGet.Versioning")]
    public NuGetVersion? NuGetVersions() => _tags.Select(NuGetVersion.Parse).Max();

    [Benchmark(Description = "Highest of 10,000 tags")]
    public SemanticVersion? Versions() => _tags.Select(t => SemanticVersion.TryParse(t, out var version) ? version : null).Max();
}
