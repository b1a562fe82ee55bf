using System.IO.Compression;
using System.Text;
using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// Histories that are not true: in each of these checkouts plain git says that production holds a branch which was never merged. On a
/// runner the remote's history counts.
/// </summary>
public sealed class ForgedObjectsTests : IAsyncLifetime
{
    private HostileGit _git = null!;

    private string Folder => Path.Combine(_git.Checkout.Root, ".git");

    public async ValueTask InitializeAsync() => _git = await HostileGit.NewAsync();

    public ValueTask DisposeAsync() => _git.DisposeAsync();

    [Theory]
    [Trait("Row", "S41")]
    [InlineData("replace ref")]
    [InlineData("graft")]
    [InlineData("object")]
    [InlineData("commit graph")]
    [InlineData("pack")]
    [InlineData("multi-pack index")]
    [InlineData("branch")]
    public async Task A_branch_that_only_the_checkout_says_was_merged_is_kept(string forgery)
    {
        Forge(forgery);
        _git.Plain("merge-base", "--is-ancestor", HostileGit.Lonely, "main").ExitCode.Should().Be(0, "plain git believes it");

        var run = await _git.Ground.Rig().With("GITHUB_SHA", _git.Origin("rev-parse", "main")).With("GITHUB_REF", "refs/heads/main")
            .Input("branch", HostileGit.Lonely).RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        _git.Origin("branch", "--list", HostileGit.Lonely).Trim().Should().Be(HostileGit.Lonely);
    }

    [Fact]
    [Trait("Row", "S41")]
    [Trait("Row", "F50")]
    public async Task A_history_that_the_checkout_cuts_off_is_whole()
    {
        var head = _git.Checkout.Head;
        await File.WriteAllTextAsync(Path.Combine(Folder, "shallow"), head + "\n", TestContext.Current.CancellationToken);
        _git.Plain("rev-list", "--count", "HEAD").Output.Trim().Should().Be("1", "plain git believes it");

        var run = await _git.Ground.Rig().With("GITHUB_SHA", head).With("GITHUB_REF", "refs/heads/main").Input("version", "1.1.0")
            .Input("fallback", "commits").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["notes"].Should().Contain("Second").And.Contain("Third");
    }

    private void Forge(string what)
    {
        var (main, lonely) = (_git.Checkout.Git("rev-parse", "main"), _git.Checkout.Git("rev-parse", HostileGit.Lonely));
        if (what == "replace ref") _git.Checkout.Git("replace", "--graft", main, $"{main}^", lonely);
        if (what == "graft") WriteInfo("grafts", $"{main} {_git.Checkout.Git("rev-parse", "main^")} {lonely}\n");
        if (what == "branch") _git.Checkout.Git("update-ref", "refs/heads/main", lonely);
        if (what is not ("object" or "commit graph" or "pack" or "multi-pack index")) return;
        // Of a commit that is named, git compares the hash; not of those on the way.
        var parent = _git.Checkout.Git("rev-parse", "main^");
        var file = Path.Combine(Folder, "objects", parent[..2], parent[2..]);
        var real = File.ReadAllBytes(file);
        WriteForged(file, parent, lonely);
        // git itself writes the rest from what it finds: it compares no hash.
        if (what == "commit graph") _git.Checkout.Git("commit-graph", "write", "--reachable");
        if (what is "pack" or "multi-pack index") _git.Checkout.Git("repack", "-a", "-d", "--quiet");
        if (what == "multi-pack index") _git.Checkout.Git("multi-pack-index", "write");
        if (what == "commit graph") File.WriteAllBytes(file, real);
    }

    private void WriteInfo(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "info"));
        File.WriteAllText(Path.Combine(Folder, "info", name), text);
    }

    // The commit's own name on another content: one with a second parent.
    private void WriteForged(string file, string id, string lonely)
    {
        var commit = _git.Checkout.Git("cat-file", "commit", id) + "\n";
        var forged = commit.Insert(commit.IndexOf("author ", StringComparison.Ordinal), $"parent {lonely}\n");
        File.Delete(file);
        using var stream = new ZLibStream(File.Create(file), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes($"commit {Encoding.UTF8.GetByteCount(forged)}\0{forged}"));
    }
}
