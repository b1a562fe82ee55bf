using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.ImageBuildPush.Archives;
using ReleaseActions.Tests.Support;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Archives that claim, hold or unpack to more than anybody has. None of them may take memory or disk for it.</summary>
[Trait("Row", "S46")]
public sealed class ArchiveBombTests : IDisposable
{
    private const long Gibibyte = 1L << 30;
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    private string Place => Path.Combine(_checkout.Root, "image");

    public static TheoryData<char, string> Claims()
    {
        var claims = new TheoryData<char, string>();
        foreach (var type in "xgLK")
            foreach (var size in (string[])["00010000001", "17777777776", "17777777777", "77777777777", "base256", "negative", "9999999999\0"])
                claims.Add(type, size);
        foreach (var size in (string[])["77777777777", "base256", "beyond", "negative", "-1", "9", "zzzzzzzzzzz"]) claims.Add('0', size);
        return claims;
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task A_size_in_a_header_is_not_believed(char type, string size)
    {
        var before = GC.GetTotalAllocatedBytes();
        using (var tar = File.Create(Place))
        {
            tar.Write(Header("manifest.json", type, Field(size)));
            // As long as it says, without the disk having it.
            tar.SetLength(4 * Gibibyte);
        }

        await RefusalAsync();

        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(20_000_000);
    }

    [Fact]
    public async Task A_long_name_within_the_bound_is_read()
    {
        var name = string.Join('/', Enumerable.Repeat(new string('d', 100), 30));
        using (var tar = new TarWriter(File.Create(Place), TarEntryFormat.Gnu))
        {
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) });
            foreach (var (file, content) in ImageFiles.DockerSave("a").All)
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(content) });
        }

        (await ReadAsync()).Blobs.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("sparse")]
    [InlineData("GNU.sparse.major")]
    [InlineData("GNU.sparse.realsize")]
    [InlineData("SCHILY.realsize")]
    public async Task A_sparse_file_is_refused(string kind)
    {
        using (var file = File.Create(Place))
        {
            if (kind == "sparse")
            {
                file.Write(Header("manifest.json", 'S', Field("00000001000")));
                file.Write(new byte[2048]);
            }
            else
            {
                using var tar = new TarWriter(file, leaveOpen: true);
                var more = new Dictionary<string, string> { [kind] = "99999999999" };
                tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, "manifest.json", more) { DataStream = new MemoryStream("[]"u8.ToArray()) });
            }
        }

        (await RefusalAsync()).Should().ContainEquivalentOf("sparse");
    }

    [Theory]
    [InlineData("size", "9223372036854775807")]
    [InlineData("size", "9223372036854775808")]
    [InlineData("size", "-1")]
    [InlineData("size", "1e9")]
    [InlineData("mtime", "9999999999999999999999")]
    [InlineData("path", "")]
    public async Task An_attribute_beyond_all_numbers_is_refused(string key, string value)
    {
        var record = Record(key, value);
        using (var tar = File.Create(Place))
        {
            tar.Write(Header("x", 'x', Field(Convert.ToString(record.Length, 8).PadLeft(11, '0'))));
            tar.Write(Padded(record));
            tar.Write(Header("manifest.json", '0', Field("00000000002")));
            tar.Write(Padded("[]"u8.ToArray()));
            tar.Write(new byte[1024]);
        }

        await RefusalAsync();
    }

    [Theory]
    [InlineData('0')]
    [InlineData('5')]
    [InlineData('1')]
    public async Task More_entries_than_the_bound_are_refused_whatever_they_are(char type)
    {
        // The same name each time: what counts are entries, not names.
        using (var tar = new BufferedStream(File.Create(Place), 1 << 20))
        {
            var header = Header("a", type, Field("00000000000"));
            for (var i = 0; i < 100_001; i++) tar.Write(header);
        }

        var before = GC.GetTotalAllocatedBytes();
        (await RefusalAsync()).Should().Contain("it holds more than 100,000 entries");
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(300_000_000, "of which nothing stays");
    }

    [Fact]
    public async Task Names_of_a_megabyte_each_are_refused_before_they_fill_the_memory()
    {
        var name = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a/", 400_000)));
        using (var tar = File.Create(Place))
        {
            for (var i = 0; i < 60; i++)
            {
                tar.Write(Header("././@LongLink", 'L', Field(Convert.ToString(name.Length, 8).PadLeft(11, '0'))));
                name[0] = (byte)('A' + i);
                tar.Write(Padded(name));
                tar.Write(Header("x", '0', Field("00000000000")));
            }
        }

        (await RefusalAsync()).Should().Contain("the names in it have more than 16,777,216 characters");
    }

    [Fact]
    public async Task A_gzip_bomb_stops_at_the_bound_and_leaves_no_file()
    {
        using (var gzip = new GZipStream(File.Create(Place), CompressionLevel.SmallestSize))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 512; i++) gzip.Write(zeros);
        }

        (await RefusalAsync()).Should().Contain("unpack to more than 64.0 MiB; decompress it first if that is meant");
        WrittenMost.Should().BeLessThan(70L << 20);
    }

    [Fact]
    public async Task A_bound_grows_with_the_archive_and_ends_somewhere()
    {
        static async Task<long> ReadAsync(long packed, long unpacked)
        {
            await using var stream = new UnpackedSize(new Zeros(unpacked), packed);
            var (buffer, total) = (new byte[1 << 20], 0L);
            for (int count; (count = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;) total += count;
            return total;
        }

        (await ReadAsync(2 << 20, 128L << 20)).Should().Be(128L << 20);
        await FluentActions.Awaiting(() => ReadAsync(2 << 20, (128L << 20) + 1)).Should().ThrowAsync<FormatException>();
        await FluentActions.Awaiting(() => ReadAsync(long.MaxValue / 64, (32 * Gibibyte) + 1)).Should().ThrowAsync<FormatException>();
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public async Task A_truncated_archive_is_refused_wherever_it_ends(CompressionLevel level)
    {
        var whole = new MemoryStream();
        ImageFiles.DockerSave("a", "b").WriteTar(Place);
        using (var gzip = new GZipStream(whole, level, leaveOpen: true)) gzip.Write(File.ReadAllBytes(Place));
        foreach (var archive in (byte[][])[whole.ToArray(), File.ReadAllBytes(Place)])
        {
            // A tar without the empty blocks at its end is whole to every program, and so is a gzip without its checksum.
            for (var end = 1; end < archive.Length * 4 / 5; end += 97)
            {
                File.WriteAllBytes(Place, archive[..end]);
                await RefusalOrImageAsync();
            }
        }
    }

    [Fact]
    public async Task A_layer_that_is_named_a_thousand_times_is_not_read_a_thousand_times()
    {
        var image = ImageFiles.DockerSave("a");
        var layers = string.Join(',', Enumerable.Repeat("\"0/layer.tar\"", 1_001));
        image.With("manifest.json", Encoding.UTF8.GetBytes($$"""[{"Config":"x.json","Layers":[{{layers}}]}]""")).WriteTar(Place);

        (await RefusalAsync()).Should().Contain("its manifest.json names more than 1,000 layers");
    }

    [Fact]
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
            children.Add(Descriptor("manifest", bytes, digest));
        }

        var index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{string.Join(',', children)}}]}""");
        var hex = Convert.ToHexStringLower(SHA256.HashData(index));
        var root = Descriptor("index", index, hex);
        image.With($"blobs/sha256/{hex}", index)
            .With("index.json", Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{root}}]}""")).WriteTar(Place);

        (await RefusalAsync()).Should().Contain("its manifests have more than 33,554,432 bytes");
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("0/layer.tar")]
    public async Task A_name_that_is_there_twice_is_refused(string name)
    {
        using (var tar = new TarWriter(File.Create(Place)))
        {
            foreach (var (file, content) in ImageFiles.DockerSave("a").All.Append(new(name, [])))
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(content) });
        }

        (await RefusalAsync()).Should().Contain($"it holds '{name}' twice");
    }

    [Fact]
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

            (await RefusalAsync()).Should().Contain("it holds neither manifest.json nor oci-layout");
        }
    }

    private static string Descriptor(string kind, byte[] bytes, string hex) =>
        $$"""{"mediaType":"application/vnd.oci.image.{{kind}}.v1+json","size":{{bytes.Length}},"digest":"sha256:{{hex}}"}""";

    private long WrittenMost => new DirectoryInfo(_checkout.Aside("temp")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    private static byte[] Field(string size) => size switch
    {
        "base256" => [0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
        "beyond" => [0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        "negative" => [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        _ => Encoding.ASCII.GetBytes(size.PadRight(12, '\0')),
    };

    private static byte[] Header(string name, char type, byte[] size)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "0000000\00000000\0"u8.CopyTo(header.AsSpan(108));
        size.CopyTo(header, 124);
        "00000000000\0"u8.CopyTo(header.AsSpan(136));
        header[156] = (byte)type;
        if (type is '1' or '2') "b"u8.CopyTo(header.AsSpan(157));
        if (type is 'L' or 'K' or 'S') "ustar  \0"u8.CopyTo(header.AsSpan(257));
        else "ustar\000"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }

    private static byte[] Record(string key, string value)
    {
        var rest = $" {key}={value}\n";
        var length = rest.Length + 1;
        while ($"{length}{rest}".Length != length) length++;
        return Encoding.UTF8.GetBytes($"{length}{rest}");
    }

    private static byte[] Padded(byte[] content) => [.. content, .. new byte[(512 - (content.Length % 512)) % 512]];

    private async Task<ImageArchive> ReadAsync()
    {
        using var workspace = new Workspace(_checkout.Root, _checkout.Aside("temp"));
        return await ImageArchive.ReadAsync("image", workspace, TestContext.Current.CancellationToken);
    }

    private async Task<string> RefusalAsync()
    {
        var refusal = (await FluentActions.Awaiting(ReadAsync).Should().ThrowAsync<ActionException>()).Which;
        refusal.ExitCode.Should().Be(ExitCode.BadInput, refusal.Message);
        return refusal.Findings.Single().Message;
    }

    private async Task RefusalOrImageAsync()
    {
        try
        {
            (await ReadAsync()).Blobs.Should().NotBeEmpty();
        }
        catch (ActionException e)
        {
            e.ExitCode.Should().Be(ExitCode.BadInput, e.Message);
        }
    }

    /// <summary>As many zeros as nobody could store.</summary>
    private sealed class Zeros(long count) : MemoryStream
    {
        private long _left = count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(buffer.Length, _left);
            _left -= read;
            return ValueTask.FromResult(read);
        }
    }
}
