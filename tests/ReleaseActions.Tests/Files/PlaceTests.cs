using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.SbomChecksum;

namespace ReleaseActions.Tests.Files;

/// <summary>What is in the place of a file that is to be written is found before anything is written, also by a dry run.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public static TheoryData<string, bool> Places =>
    [
        .. ((string[])["notes.md/", "out/notes.md/", "out", "checksums.txt/", "sbom.json/", "cosign.pub/"])
            .SelectMany(place => (bool[])[false, true], (place, dryRun) => (place, dryRun)),
    ];

    // A place that ends with a slash is a folder; another one is a file.
    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_is_in_the_way_of_a_file_is_named_and_nothing_is_written(string place, bool dryRun)
    {
        var forNotes = place.Contains("notes", StringComparison.Ordinal) || place == "out";
        var inWay = forNotes ? place : $"release-artifacts/{place}";
        _checkout.Write(inWay.EndsWith('/') ? inWay + "kept.txt" : inWay, "kept");
        _checkout.Write("CHANGELOG.md", "## 1.0.0\n\n- Something\n").Write("dist/a.tgz", "a").Commit("Files");
        var before = Everything();
        ReleaseAction action = forNotes ? new ChangelogExtractAction() : new SbomChecksumAction();
        var rig = new Rig(_checkout).OnTag("v1.0.0").Input("dry-run", dryRun ? "true" : "false");
        rig = forNotes ? rig.Input("notes-file", place == "notes.md/" ? "notes.md" : "out/notes.md") : rig.Input("files", "dist/*");

        var run = await rig.RunAsync(action);

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Log.Should().Contain($"'{inWay.TrimEnd('/')}' is a f");
        Everything().Should().BeEquivalentTo(before);
    }

    public void Dispose() => _checkout.Dispose();

    private List<string> Everything() => [.. Directory.GetFileSystemEntries(_checkout.Root, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/.git/", StringComparison.Ordinal))];
}
