using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.ImageBuildPush.Archives;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Archives that are damaged, by mistake or on purpose.</summary>
[Trait("Row", "S33")]
public sealed class HostileArchiveTests : IDisposable
{
    private const string Index =
        """{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,"digest":"DIGEST"}]}""";

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("sha256:../../../../etc/passwd", "is not a digest")]
    [InlineData("sha512:aa", "is not sha256, which registries ask for")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000", "it lacks 'blobs/sha256/0000")]
    public async Task A_digest_that_points_at_nothing_is_refused(string digest, string problem)
    {
        WithIndex(Index.Replace("DIGEST", digest, StringComparison.Ordinal));

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain(problem);
    }

    [Fact]
    public async Task A_manifest_that_does_not_match_its_digest_fails_verification()
    {
        var image = ImageFiles.OciLayout("amd64");
        image.With($"blobs/sha256/{image.RootDigest[7..]}", "{}"u8.ToArray()).WriteTar(Place);

        (await RefusalAsync(ExitCode.VerificationFailed)).Should().Contain("does not match its digest");
    }

    [Fact]
    public async Task An_index_of_a_million_entries_is_refused_unread()
    {
        var entry = Index[Index.IndexOf("{\"mediaType", StringComparison.Ordinal)..^2];
        var index = $"{{\"schemaVersion\":2,\"manifests\":[{string.Join(',', Enumerable.Repeat(entry, 1_000_000))}]}}";
        WithIndex(index);

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain("'index.json' has");
    }

    [Fact]
    public async Task A_blob_in_a_folder_that_is_a_link_out_of_the_workspace_is_refused()
    {
        var image = ImageFiles.OciLayout("amd64");
        image.WriteFolder(Place);
        var blob = Path.Combine(Place, "blobs", "sha256", image.RootDigest[7..]);
        File.Delete(blob);
        File.CreateSymbolicLink(blob, "/etc/passwd");

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain("resolves outside the workspace");
    }

    [Fact]
    public async Task Links_in_a_tar_stay_in_the_tar()
    {
        using (var tar = new TarWriter(File.Create(Place)))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "manifest.json") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "a") { LinkName = "b" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "b") { LinkName = "a" });
        }

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain("it holds neither manifest.json nor oci-layout");
    }

    [Fact]
    public async Task A_layer_that_docker_saved_as_a_link_is_found()
    {
        var image = ImageFiles.DockerSave("same", "same");
        using (var tar = new TarWriter(File.Create(Place)))
        {
            foreach (var (name, content) in image.All.Where(f => f.Key != "1/layer.tar"))
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "1/layer.tar") { LinkName = "../0/layer.tar" });
        }

        var archive = await ReadAsync();

        archive.Blobs.Should().HaveCount(2, "the layer is sent once, beside the configuration");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not a tar at all, but a line of text that somebody gave the wrong name")]
    [InlineData("\u001f\u008b broken")]
    [InlineData("\u00fd7zXZ\0 of another kind")]
    public async Task A_file_that_is_not_an_archive_is_refused(string content)
    {
        File.WriteAllBytes(Place, Encoding.Latin1.GetBytes(content));

        (await RefusalAsync(ExitCode.BadInput)).Should().StartWith("The archive 'image' is not an image: ");
    }

    [Theory]
    [InlineData("[]", "it holds 0 images")]
    [InlineData("{}", "manifest.json is not a list")]
    [InlineData("[{\"Config\":\"x.json\",\"Layers\":[]}]", "names no layers")]
    [InlineData("[{\"Config\":\"../../etc/passwd\",\"Layers\":[\"0/layer.tar\"]}]", "it lacks '../../etc/passwd'")]
    [InlineData("[[[[", "manifest.json cannot be read: ")]
    public async Task A_malformed_list_of_images_is_refused(string list, string problem)
    {
        ImageFiles.DockerSave("app").With("manifest.json", Encoding.UTF8.GetBytes(list)).WriteTar(Place);

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain(problem);
    }

    [Fact]
    [Trait("Row", "S46")]
    public async Task A_layer_that_is_named_a_thousand_times_is_not_read_a_thousand_times()
    {
        var image = ImageFiles.DockerSave("a");
        var layers = string.Join(',', Enumerable.Repeat("\"0/layer.tar\"", 1_001));
        image.With("manifest.json", Encoding.UTF8.GetBytes($$"""[{"Config":"x.json","Layers":[{{layers}}]}]""")).WriteTar(Place);

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain("its manifest.json names more than 1,000 layers");
    }

    [Fact]
    [Trait("Row", "S46")]
    public async Task Manifests_of_four_megabytes_each_are_refused_before_they_fill_the_memory()
    {
        var image = ImageFiles.OciLayout("amd64");
        var manifest = Encoding.UTF8.GetString(image.All[$"blobs/sha256/{image.RootDigest[7..]}"]);
        var children = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(manifest + new string(' ', 4_000_000 - manifest.Length - i));
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            image.With($"blobs/sha256/{digest}", bytes);
            children.Add(TarBytes.Descriptor("manifest", bytes, digest));
        }

        var index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{string.Join(',', children)}}]}""");
        var hex = Convert.ToHexStringLower(SHA256.HashData(index));
        var root = TarBytes.Descriptor("index", index, hex);
        image.With($"blobs/sha256/{hex}", index)
            .With("index.json", Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{root}}]}""")).WriteTar(Place);

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain("its manifests have more than 33,554,432 bytes");
    }

    [Theory]
    [Trait("Row", "S46")]
    [InlineData("manifest.json")]
    [InlineData("0/layer.tar")]
    public async Task A_name_that_is_there_twice_is_refused(string name)
    {
        using (var tar = new TarWriter(File.Create(Place)))
        {
            foreach (var (file, content) in ImageFiles.DockerSave("a").All.Append(new(name, [])))
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(content) });
        }

        (await RefusalAsync(ExitCode.BadInput)).Should().Contain($"it holds '{name}' twice");
    }

    [Fact]
    [Trait("Row", "S46")]
    public async Task Links_in_a_circle_and_out_of_the_archive_lead_nowhere()
    {
        foreach (var (type, target) in ((TarEntryType, string)[])
            [(TarEntryType.HardLink, "manifest.json"), (TarEntryType.HardLink, "/etc/passwd"), (TarEntryType.HardLink, "../../etc/passwd"),
            (TarEntryType.SymbolicLink, "b"), (TarEntryType.SymbolicLink, "../../../../etc/passwd"), (TarEntryType.SymbolicLink, ".")])
        {
            using (var tar = new TarWriter(File.Create(Place)))
            {
                tar.WriteEntry(new PaxTarEntry(type, "manifest.json") { LinkName = target });
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "b") { LinkName = "manifest.json" });
            }

            (await RefusalAsync(ExitCode.BadInput)).Should().Contain("it holds neither manifest.json nor oci-layout");
        }
    }

    private void WithIndex(string index) =>
        ImageFiles.OciLayout("amd64").With("index.json", Encoding.UTF8.GetBytes(index)).WriteTar(Place);

    private string Place => Path.Combine(_checkout.Root, "image");

    private async Task<ImageArchive> ReadAsync()
    {
        using var workspace = new Workspace(_checkout.Root, _checkout.Aside("temp"));
        return await ImageArchive.ReadAsync("image", workspace, TestContext.Current.CancellationToken);
    }

    private async Task<string> RefusalAsync(ExitCode exitCode)
    {
        var refusal = (await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<ActionException>()).Which;
        refusal.ExitCode.Should().Be(exitCode, refusal.Message);
        return refusal.Findings.Single().Message;
    }
}
