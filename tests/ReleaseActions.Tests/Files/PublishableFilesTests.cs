using System.Diagnostics;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;

namespace ReleaseActions.Tests.Files;

public sealed class PublishableFilesTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Globs_name_files_once_in_order_and_with_labels()
    {
        _checkout.Write("dist/b.tgz", "bb").Write("dist/a.tgz", "a").Write("notes.txt", "n");

        Find("notes.txt#The notes", "dist/*.tgz", "dist/a.tgz").Should().Equal(
            new PublishableFile("notes.txt", "notes.txt", 1, "The notes"),
            new PublishableFile("dist/a.tgz", "a.tgz", 1, null),
            new PublishableFile("dist/b.tgz", "b.tgz", 2, null));
    }

    [Fact]
    public void A_glob_without_a_file_is_an_error_unless_that_is_allowed()
    {
        _checkout.Write("dist/a.tgz", "a");

        Problems("out/*.zip", "dist").Should().Equal(
            "The glob 'out/*.zip' matches no file. Correct the path (it is relative to the workspace), or build the file first",
            "The glob 'dist' matches no file. It is a folder: write dist/** for everything in it, or put it into an archive");
        var found = Workspace().FindFiles(new FileList(["out/*.zip"]) { FailOnUnmatched = false });
        found.Files.Should().BeEmpty();
        found.Notices.Should().Equal("The glob 'out/*.zip' matches no file");
    }

    [Theory]
    [Trait("Row", "S11")]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    public void A_link_that_leads_outside_is_refused(string target)
    {
        Link("dist/x", target.StartsWith('/') ? target : "../../outside");
        File.WriteAllText(Path.Combine(_checkout.Root, "../outside"), "");

        Problems("dist/*").Should().ContainSingle().Which.Should().StartWith("asset 'dist/x' resolves outside the workspace");
    }

    [Fact]
    [Trait("Row", "S11")]
    public void A_link_through_another_link_that_leads_outside_is_refused()
    {
        Link("way", "/etc");
        Link("dist/x", "../way/passwd");

        Problems("dist/*").Should().ContainSingle().Which.Should().StartWith("asset 'dist/x' resolves outside the workspace");
    }

    [Fact]
    public void A_link_that_stays_inside_is_published_under_its_own_name()
    {
        _checkout.Write("out/real.bin", "four");
        Link("dist/x.bin", "../out/real.bin");

        Find("dist/*").Should().Equal(new PublishableFile("dist/x.bin", "x.bin", 4, null));
    }

    [Theory]
    [Trait("Row", "S12")]
    [InlineData("../x")]
    [InlineData("dist/../../x")]
    [InlineData("/etc/passwd")]
    public void A_path_outside_is_refused(string glob) =>
        Problems(glob).Should().ContainSingle().Which.Should().StartWith($"asset '{glob}' resolves outside the workspace");

    [Fact]
    [Trait("Row", "S13")]
    public void Files_of_the_git_folder_are_omitted_with_a_notice()
    {
        _checkout.Write("a.txt", "a");
        Link("b.txt", ".git/config");

        Problems("**").Should().ContainSingle().Which.Should().Contain("skipped: .git is never published");
        Problems(".git/config").Should().ContainSingle().Which.Should().Contain("skipped: .git is never published");
        File.Delete(Path.Combine(_checkout.Root, "b.txt"));
        Workspace().FindFiles(new FileList(["**"])).Notices.Should().Equal("skipped: .git is never published, although '**' matches it");
    }

    [Fact]
    [Trait("Row", "S14")]
    public void A_pipe_is_refused_without_being_opened()
    {
        _checkout.Write("dist/a.txt", "a");
        using var made = Process.Start("mkfifo", Path.Combine(_checkout.Root, "dist/pipe"))!;
        made.WaitForExit();

        Problems("dist/*").Should().ContainSingle().Which.Should().StartWith("asset 'dist/pipe' is not a regular file");
    }

    [Fact]
    [Trait("Row", "S15")]
    public void Two_files_of_one_name_are_refused()
    {
        _checkout.Write("linux/shop", "l").Write("mac/shop", "m");

        Problems("linux/*", "mac/*").Should().ContainSingle().Which.Should().StartWith("duplicate asset name 'shop': linux/shop, mac/shop");
    }

    [Fact]
    [Trait("Row", "S15"), Trait("Row", "F53")]
    public void Two_names_that_would_become_one_on_GitHub_are_refused()
    {
        _checkout.Write("a/My App.zip", "l").Write("b/My.App.zip", "m").Write("名前.pdf", "n").Write("説明.pdf", "s");

        Problems("a/*", "b/*", "*.pdf").Should().SatisfyRespectively(
            p => p.Should().StartWith("duplicate asset name 'My.App.zip': a/My App.zip, b/My.App.zip"),
            p => p.Should().StartWith("duplicate asset name 'default.pdf': ").And.Contain("名前.pdf").And.Contain("説明.pdf"));
    }

    [Fact]
    public async Task The_digest_of_a_file_is_its_sha256()
    {
        _checkout.Write("a.txt", "abc");

        var hashed = await Workspace().HashAsync("a.txt", CancellationToken.None);

        hashed.Sha256.Should().Be("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private Workspace Workspace() => new(_checkout.Root, _checkout.Aside("temp"));

    private IReadOnlyList<PublishableFile> Find(params string[] globs) => Workspace().FindFiles(new FileList(globs)).Files;

    private IReadOnlyList<string> Problems(params string[] globs)
    {
        var refusal = FluentActions.Invoking(() => Find(globs)).Should().Throw<ActionException>().Which;
        return [.. refusal.Findings.Select(f => $"{f.Message}. {f.Remedy}")];
    }

    private void Link(string path, string target)
    {
        var full = Path.Combine(_checkout.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }
}
