using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.ImageBuildPush.Archives;
using ReleaseActions.Tests.Support;
using static ReleaseActions.Tests.Support.TarBytes;

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
            foreach (var size in (string[])
                ["00010000001", "17777777776", "17777777777", "77777777777", "base256", "negative", "9999999999\0"])
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

        // Other tests run at the same time; what is claimed is two gigabytes.
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(900_000_000);
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

        (await RefusalAsync()).Should().Contain("it holds more than 100,000 entries");
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

    private long WrittenMost =>
        new DirectoryInfo(_checkout.Aside("temp")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

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
