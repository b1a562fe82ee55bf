using System.Diagnostics;
using System.Globalization;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Manifests;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// Ten times the largest real input is read in twelve times its memory. Each reader runs in a process whose heap may not grow beyond that:
/// there the runtime collects what it can, and what remains is needed.
/// </summary>
public sealed class ReaderMemoryTests
{
    private const string Variable = "READER_UNDER_TEST";
    private const int Megabyte = 1_000_000;

    // What the runtime and the test runner need without any input.
    private const long Base = 64L * Megabyte;

    // The largest found in public repositories, ten times over.
    private static readonly Dictionary<string, (int Megabytes, Func<int, string> Make, Action<string> Read)> Readers = new()
    {
        ["package-lock.json"] = (30, Npm, text => LockFile.Read("package-lock.json", text)),
        ["package.json"] = (30, Npm, text => ManifestPlace.Parse("package-lock.json").Read(text)),
        ["Cargo.toml"] = (5, Manifest, text => ManifestPlace.Parse("Cargo.toml").Read(text)),
        ["packages.lock.json"] = (10, NuGet, text => LockFile.Read("packages.lock.json", text)),
        ["Cargo.lock"] = (5, Cargo, text => LockFile.Read("Cargo.lock", text)),
        ["uv.lock"] = (20, Uv, text => LockFile.Read("uv.lock", text)),
        ["changelog"] = (10, Sections, text => _ = Changelog.Parse(text).Sections[^1].Body),
        ["notes"] = (10, OneSection, text => NotesText.Shortened(
            NotesLinks.ToAbsolute(NotesText.WithoutMentions(NotesText.Bounded(text)), "https://x.y/a/b", "v1", "a.md"), 100_000, null)),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [Trait("Row", "L16")]
    [MemberData(nameof(Names))]
    public async Task A_reader_needs_at_most_twelve_times_its_input(string name)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ReaderMemoryTests).Assembly.Location);
        foreach (var argument in (string[])["-noLogo", "-noColor", "-method", $"*{nameof(In_a_process_with_that_much_memory)}"])
            start.ArgumentList.Add(argument);
        start.Environment[Variable] = name;
        var limit = Base + (12L * Readers[name].Megabytes * Megabyte);
        start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.Should().Be(0, $"{await output}{await errors}");
        (await output).Should().Contain("Total: 1,").And.Contain("Failed: 0,");
    }

    [Fact]
    public void In_a_process_with_that_much_memory()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } name) return;
        var (megabytes, make, read) = Readers[name];
        read(make(megabytes * Megabyte));
    }

    private static string Npm(int length) => Filled(length, "{\"packages\":{\"\":{}", "}}", i =>
        $$"""
        ,"node_modules/package-{{i}}":{"version":"1.{{i}}.0","resolved":"https://example.com/package-{{i}}/package-{{i}}-1.{{i}}.0.tgz",
        "integrity":"sha512-{{Convert.ToBase64String(new byte[64])}}","dev":true,"license":"MIT","engines":{"node":">=12"},
        "dependencies":{"package-{{i + 1}}":"^1.0.0","package-{{i + 2}}":"^1.0.0"} }
        """);

    private static string NuGet(int length) => Filled(length, "{\"version\":1,\"dependencies\":{\"net10.0\":{\"A\":{}", "}}}", i =>
        $$"""
        ,"Package.{{i}}":{"type":"Transitive","resolved":"1.{{i}}.0","contentHash":"{{Convert.ToBase64String(new byte[64])}}",
        "dependencies":{"Package.{{i + 1}}":"1.0.0"} }
        """);

    private static string Cargo(int length) => Filled(length, "version = 4\n", "", i =>
        $"""
        [[package]]
        name = "package-{i}"
        version = "1.{i}.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "{i:x64}"
        dependencies = [
         "package-{i + 1}",
         "package-{i + 2}",
        ]

        """);

    private static string Manifest(int length) => Filled(length, "[package]\nversion = \"1.0.0\"\n\n[dependencies]\n", "", i =>
        $$"""
        package-{{i}} = { version = "1.{{i}}", features = ["a", "b"], optional = true }
        other-{{i}} = "1.{{i}}"

        """);

    private static string Uv(int length) => Filled(length, "version = 1\n", "", i =>
        $$"""
        [[package]]
        name = "package-{{i}}"
        version = "1.{{i}}.0"
        source = { registry = "https://pypi.org/simple" }
        dependencies = [
            { name = "package-{{i + 1}}" },
        ]
        sdist = { url = "https://files.example.com/packages/00/00/{{i:x64}}/package-{{i}}.tar.gz", hash = "sha256:{{i:x64}}", size = 12345 }
        wheels = [
            { url = "https://example.com/00/{{i:x64}}/package-{{i}}-py3-none-any.whl", hash = "sha256:{{i:x64}}", size = 1 },
        ]

        """);

    private static string Sections(int length) => Filled(length, "# Changelog\n\n", "", i =>
        $"""
        ## [1.{i}.0] - 2026-01-02

        ### Fixed

        {string.Concat(Enumerable.Repeat($"- Entry {i} of @ada, in as many words as it takes to say what changed, see `code`\n", 8))}
        [1.{i}.0]: https://example.com/compare/v1.{i - 1}.0...v1.{i}.0


        """);

    private static string OneSection(int length) =>
        Filled(length, "## [1.0.0] - 2026-01-02\n\n### Fixed\n\n", "\n[#7]: https://x.y/7\n", i =>
            $"- Entry {i} of @ada, in as many words as it takes to say what changed, for whom, and what to do about it, "
            + $"see `code` and [#{i}](https://x.y/{i})\n");

    private static string Filled(int length, string begin, string end, Func<int, string> unit)
    {
        var text = new System.Text.StringBuilder(begin, length + 2_000);
        for (var i = 0; text.Length < length; i++) text.Append(unit(i));
        return text.Append(end).ToString();
    }
}
