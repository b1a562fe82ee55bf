using ReleaseActions.Core;
using ReleaseActions.Core.Files;

namespace ReleaseActions.Tests.Files;

/// <summary>Whatever leads into a folder of git is neither read nor written, by any method.</summary>
[Trait("Row", "S42")]
public sealed class GitFolderTests : IDisposable
{
    private const string Credential = "AUTHORIZATION: basic";

    private readonly Checkout _checkout = new();

    public GitFolderTests()
    {
        _checkout.Git("config", "http.https://github.com/.extraheader", $"{Credential} c2VjcmV0");
        var config = File.ReadAllText(Path.Combine(_checkout.Root, ".git/config"));
        // A submodule or worktree with its repository under a name of its own, a nested repository, and what other file systems call .git.
        _checkout.Write("sub/.git", "gitdir: ../store\n").Write("store/HEAD", "ref: refs/heads/main\n").Write("store/config", config)
            .Write("store/objects/x", "").Write("store/refs/x", "").Write("tree/HEAD", "ref: refs/heads/x\n").Write("tree/commondir", "..")
            .Write("tree/config", config).Write("nested/.git/config", config).Write(".GIT/config", config).Write("a/git~1/config", config)
            .Write("b/.git./config", config).Write("c/.g\u200cit/config", config).Write("d/.git /config", config);
        Link("to-file", ".git/config");
        Link("to-folder", ".git");
        Link("chain", "to-folder/config");
        Link("deep/er/link", "../../nested/.git/config");
        Link("to-store", "store/config");
        Link("into", "nested/.git/x");
        Link("real", "plain/folder");
        _checkout.Write("plain/folder/x", "").Write("plain/config", "fine").Write("dist/a.txt", "fine");
    }

    public void Dispose() => _checkout.Dispose();

    public static TheoryData<string> Places =>
    [
        ".git/config", ".git", "./dist/../.git/config", ".GIT/config", "to-file", "to-folder/config", "chain", "deep/er/link",
        "nested/.git/config", "sub/.git", "store/config", "to-store", "tree/config", "a/git~1/config", "b/.git./config",
        "c/.g\u200cit/config", "d/.git /config", ".git/refs/heads/new", "to-folder/refs/heads/new", "into", "store/refs/heads/new",
        "to-folder/../.git/config", "nested/.git/../.git/config",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task No_method_reads_or_writes_what_is_gits(string path)
    {
        var before = Snapshot();
        using var files = new Workspace(_checkout.Root, _checkout.Aside("temp"));

        Refusal(() => files.ReadText(path));
        Refusal(() => files.OpenRead(path).Dispose());
        Refusal(() => files.HasFile(path));
        Refusal(() => files.SizeOf(path));
        Refusal(() => files.ReadBytes(path));
        Refusal(() => files.WriteText(path, "written"));
        Refusal(() => files.CopyIn("/etc/hostname", path));
        Refusal(() => files.GiveBack($"{path}/x"));
        await files.Awaiting(f => f.HashAsync(path, default)).Should().ThrowAsync<ActionException>();
        await files.Awaiting(f => f.WriteAsync(path, new MemoryStream([1]), default)).Should().ThrowAsync<ActionException>();
        files.Invoking(f => f.FindFiles(new FileList([path])).Files).Should().Throw<ActionException>();
        Snapshot().Should().Equal(before);
    }

    [Theory]
    [InlineData("plain/config")]
    [InlineData("real/../config")]
    public void A_link_that_leads_nowhere_else_is_followed(string path)
    {
        using var files = new Workspace(_checkout.Root, _checkout.Aside("temp"));

        // The second one is another file to the kernel than to us; both are in the checkout.
        files.Invoking(f => f.ReadText(path)).Should().NotThrow();
        files.ReadText("plain/config").Should().Be("fine");
    }

    [Theory]
    [InlineData(".gitignore")]
    [InlineData(".github/x")]
    [InlineData("git/x")]
    [InlineData("a.git/x")]
    [InlineData("dist/HEAD")]
    [InlineData(".gitmodules")]
    [InlineData("…git/x")]
    public void What_is_only_called_like_it_can_be_used(string path)
    {
        using var files = new Workspace(_checkout.Root, _checkout.Aside("temp"));

        files.WriteText(path, "text");

        files.ReadText(path).Should().Be("text");
    }

    [Fact]
    public void A_folder_that_becomes_a_link_after_the_check_is_not_followed()
    {
        using var held = HeldPath.Open(Path.Combine(_checkout.Root, "dist"))!;
        Directory.Move(Path.Combine(_checkout.Root, "dist"), Path.Combine(_checkout.Root, "moved"));
        Link("dist", ".git");

        File.WriteAllText($"{held.Name}/config", "written");

        File.ReadAllText(Path.Combine(_checkout.Root, "moved/config")).Should().Be("written");
        File.ReadAllText(Path.Combine(_checkout.Root, ".git/config")).Should().Contain(Credential);
    }

    [Fact]
    public void Globs_find_nothing_of_git()
    {
        using var files = new Workspace(_checkout.Root, _checkout.Aside("temp"));

        files.Find("**/config").Should().BeEquivalentTo("plain/config", "store/config", "tree/config", "to-folder/config");
        files.Invoking(f => f.FindFiles(new FileList(["**/config"])).Files).Should().Throw<ActionException>()
            .Which.Findings.Should().HaveCount(3);
    }

    private static void Refusal(Action action) =>
        action.Should().Throw<ActionException>().Which.ExitCode.Should().Be(ExitCode.BadInput);

    private Dictionary<string, string> Snapshot() =>
        Directory.EnumerateFiles(_checkout.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(f => new FileInfo(f).LinkTarget is null).ToDictionary(f => f, File.ReadAllText);

    private void Link(string path, string target)
    {
        var full = Path.Combine(_checkout.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }
}
