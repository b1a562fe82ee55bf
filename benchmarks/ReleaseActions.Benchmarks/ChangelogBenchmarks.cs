using BenchmarkDotNet.Attributes;
using Markdig;
using Markdig.Syntax;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Benchmarks;

/// <summary>A changelog of 500 releases, and the notes of one of them.</summary>
public class ChangelogBenchmarks
{
    private static readonly string Text = "# Changelog\n\n" + string.Concat(Enumerable.Range(0, 500).Select(n =>
        $"## [1.{500 - n}.0] - 2025-01-{n % 28 + 1:00}\n\n### Added\n\n- A thing of `code` and [a link](https://example.org/{n}), by "
        + $"@somebody (#{n})\n\n### Fixed\n\n- Another **thing**\n\n"));

    private static readonly SemanticVersion Wanted = SemanticVersion.TryParse("1.250.0", out var version) ? version
        : throw new InvalidOperationException();

    [Benchmark(Baseline = true, Description = "A changelog of 500 releases by Markdig alone")]
    public MarkdownDocument MarkdownAlone() => Markdig.Markdown.Parse(Text);

    [Benchmark(Description = "Notes of one of 500 releases")]
    public string NotesOfOneRelease() => Changelog.Parse(Text).Find(Wanted).Single().Body;
}
