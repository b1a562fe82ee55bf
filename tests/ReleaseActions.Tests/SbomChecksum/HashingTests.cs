using ReleaseActions.Core;

namespace ReleaseActions.Tests.SbomChecksum;

public sealed class HashingTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_file_that_changes_while_it_is_hashed_is_an_error()
    {
        var path = Path.Combine(_shop.Checkout.Root, "dist/growing.bin");
        using (var file = File.Create(path)) file.SetLength(64 * 1024 * 1024);
        using var end = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            while (!end.IsCancellationRequested) File.AppendAllText(path, "more");
        });

        var run = await _shop.RunAsync();
        await end.CancelAsync();
        await writing;

        run.ExitCode.Should().Be(ExitCode.VerificationFailed);
        run.Errors.Should().Equal(
            "The file 'dist/growing.bin' changed while it was hashed. Let the build end before this step, and run it again.");
    }

    [Theory]
    [Trait("Row", "F34")]
    [InlineData("sbom.json", false)]
    [InlineData("checksums.txt", true)]
    public async Task On_a_full_disk_the_old_file_remains_whole(string name, bool fitsTheSbom)
    {
        const int Page = 4096;
        for (var file = 0; file < 100; file++) _shop.Checkout.Write($"dist/{file}.tgz", "x");
        (await _shop.RunAsync()).ExitCode.Should().Be(ExitCode.Done);
        var folder = Path.Combine(_shop.Checkout.Root, "release-artifacts");
        var sbomPages = (new FileInfo(Path.Combine(folder, "sbom.json")).Length + Page - 1) / Page;
        // The old files have a page each. Replacing the old SBOM frees its page; 100 checksums need two.
        var pages = 2 + (fitsTheSbom ? sbomPages : 0);
        using var disk = SmallDisk.At(folder, pages * Page);
        foreach (var old in (string[])["checksums.txt", "sbom.json"]) File.WriteAllText(Path.Combine(folder, old), "old");

        var run = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith($"The file 'release-artifacts/{name}' could not be written: ");
        _shop.AllMade.Should().Equal("checksums.txt", "sbom.json");
        _shop.Made(name).Should().Be("old");
    }

    /// <summary>A file system of a few pages, over a folder.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _folder;

        private SmallDisk(string folder) => _folder = folder;

        public static SmallDisk At(string folder, long bytes)
        {
            string[] mount = ["-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", folder];
            var mounted = Programs.Run("mount", "/", new Dictionary<string, string>(), mount);
            if (mounted.ExitCode != 0 && Environment.GetEnvironmentVariable("CI") != "true")
                Assert.Skip("a small file system cannot be mounted here");
            mounted.ExitCode.Should().Be(0, "a small file system is needed");
            return new SmallDisk(folder);
        }

        public void Dispose() => Programs.Run("umount", "/", new Dictionary<string, string>(), _folder);
    }

    [Theory]
    [Trait("Row", "S31")]
    [InlineData("a\u202egzt.exe", "asset 'dist/a\\u202egzt.exe' has invisible characters in its name*")]
    [InlineData("a\nb", "asset 'dist/a\\x0ab' has invisible characters in its name*")]
    [InlineData("a\tb", "asset 'dist/a\\x09b' has invisible characters in its name*")]
    public async Task A_name_with_invisible_characters_is_refused(string name, string error)
    {
        _shop.Checkout.Write($"dist/{name}", "x");

        var run = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Match(error);
    }

    [Fact]
    [Trait("Row", "S05")]
    public async Task A_name_that_looks_like_a_command_is_not_one()
    {
        _shop.Checkout.Write("dist/::set-env name=x::y", "x").Write("dist/##[add-mask]x", "x").Write("dist/a|b `c` <b>", "x");

        var run = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        RunnerModel.ReadCommands(run.Log).Should().BeEmpty();
        run.Summary.Should().Contain("| `a.b.c.b` | 1 B |").And.Contain("| `default.set-env.name.x.y` |");
    }

    [Fact]
    public async Task A_folder_link_that_leads_in_a_circle_is_not_followed()
    {
        Directory.CreateSymbolicLink(Path.Combine(_shop.Checkout.Root, "dist/again"), "..");

        var run = await _shop.RunAsync(("files", "**/*.tgz"));

        run.Outputs["files"].Split('\n').Should().StartWith("dist/shop-1.2.3.tgz", "release-artifacts/sbom.json");
    }

    [Fact]
    public async Task A_folder_link_that_leads_out_is_not_followed()
    {
        File.WriteAllText(Path.Combine(_shop.Checkout.Aside("secrets"), "id.tgz"), "secret");
        Directory.CreateSymbolicLink(Path.Combine(_shop.Checkout.Root, "dist/out"), _shop.Checkout.Aside("secrets"));

        var run = await _shop.RunAsync(("files", "**/*.tgz"));

        run.Log.Should().NotContain("id.tgz");
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
    }
}
