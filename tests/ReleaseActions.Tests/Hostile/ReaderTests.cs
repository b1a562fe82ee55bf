using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// Every reader of outside text, on texts that are deep, wide, long or repeat themselves: twice the text takes twice the work, or it is
/// refused as a wrong file.
/// </summary>
[Trait("Row", "L14")]
public sealed partial class ReaderTests
{
    private const int Many = 2_000;

    // Ten times as long as any of them takes on a machine that is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, Func<string, bool>> Readers = new(StringComparer.Ordinal)
    {
        ["changelog"] = ReadChangelog,
        ["notes"] = text => ReadNotes(text),
        ["policy"] = text => ReleasePolicy.Read(text, "policy.yml") is not null,
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (readers, shapes) in Families)
            foreach (var reader in readers)
                foreach (var shape in shapes.Keys) cases.Add(reader, shape);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Twice_the_text_takes_twice_the_work_or_is_refused(string reader, string shape)
    {
        var make = Families.First(f => f.Readers.Contains(reader)).Shapes[shape];
        // What is made once, such as tables of a parser, does not count.
        Work(reader, make(500));

        var once = await Task.Run(() => Work(reader, make(Many))).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var twice = await Task.Run(() => Work(reader, make(2 * Many))).WaitAsync(Patience, TestContext.Current.CancellationToken);

        ((twice + 1e6) / (once + 1e6)).Should().BeLessThan(3, $"{once:#,0} bytes, then {twice:#,0}");
        ((double)twice / make(2 * Many).Length).Should().BeLessThan(3_000, "of bytes for each character");
    }

    [Theory]
    [InlineData("package-lock.json", "{\"dependencies\":{\"a\":")]
    [InlineData("package-lock.json", "{\"packages\":{\"\":")]
    [InlineData("packages.lock.json", "{\"dependencies\":{\"net10.0\":")]
    [InlineData("Pipfile.lock", "{\"default\":[")]
    [InlineData("Cargo.lock", "a = [")]
    [InlineData("uv.lock", "a = {b = ")]
    public void Twenty_thousand_levels_are_refused(string name, string level) =>
        FluentActions.Invoking(() => LockFile.Read(name, Repeat(level, 20_000))).Should().Throw<ActionException>()
            .Which.ExitCode.Should().Be(ExitCode.BadInput);

    [Theory]
    [InlineData("Cargo.lock", "source = 'x'\n")]
    [InlineData("uv.lock", "")]
    public void Names_that_mean_a_hundred_versions_do_not_multiply_without_end(string file, string source)
    {
        var versions = string.Concat(Enumerable.Range(0, 100).Select(i => $"[[package]]\nname = 'a'\nversion = '{i}'\n{source}"));
        var need = file == "Cargo.lock" ? "'a'," : "{name='a'},";
        var needs = $"dependencies = [{Repeat(need, 20_000)}]";

        FluentActions.Invoking(() => LockFile.Read(file, $"{versions}[[package]]\nname = 'b'\nversion = '1'\n{source}{needs}"))
            .Should().Throw<ActionException>().WithMessage("*more than 1,000,000 dependencies*");
    }

    private static long Work(string reader, string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (Readers.TryGetValue(reader, out var read)) read(text);
            else if (LockFile.Names.Contains(reader)) LockFile.Read(reader, text);
            else ManifestPlace.Parse(reader).Read(text);
        }
        catch (ActionException e)
        {
            e.ExitCode.Should().BeOneOf(ExitCode.BadInput, ExitCode.Refused);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static bool ReadChangelog(string text)
    {
        var changelog = Changelog.Parse(text);
        foreach (var section in changelog.Sections)
            _ = (section.Refusal, section.IsEmpty, section.Headings.Count, section.Body.Length, changelog.LinkOf(section));
        return true;
    }

    private static bool ReadNotes(string text)
    {
        var quiet = NotesText.WithoutMentions(NotesText.ShowHidden(text));
        quiet = NotesLinks.ToAbsolute(quiet, "https://example.com/a/b", "v1", "CHANGELOG.md");
        return NotesText.Shortened(NotesText.Closed(quiet), NotesText.MostCharacters, null).Length + Change.In(text).Count > 0;
    }
}
