using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Fuzz.Mutations;
using ReleaseActions.Fuzz.Runs;
using ReleaseActions.Tests.Support;

namespace ReleaseActions.Fuzz.Kinds;

/// <summary>Images as tar, gzipped tar and OCI layouts.</summary>
internal sealed class Archives : FuzzKind
{
    public override string Name => "archives";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare("image-build-push");
        if (fuzz.Random.Next(4) == 0) fuzz.Input("dry-run", "true");
        var place = fuzz.Ground["work/dist/fuzz"];
        fuzz.Input("archive", "dist/fuzz");
        var image = fuzz.Random.Next(2) == 0 ? ImageFiles.DockerSave("one", "two") : ImageFiles.OciLayout("amd64", "arm64");
        var files = image.All.ToDictionary();
        if (fuzz.Random.Next(3) > 0) DamageDocument(files, fuzz.Random);
        if (fuzz.Random.Next(5) == 0) WriteFolder(files, place);
        else File.WriteAllBytes(place, Wrapped(Tar(files, fuzz.Random), fuzz.Random));
    }

    // A document that others name by its digest gets its new one there, so that it is read.
    private static void DamageDocument(Dictionary<string, byte[]> files, Random random)
    {
        var documents = files.Where(f => f.Value.Length > 0 && f.Value[0] is (byte)'{' or (byte)'[').Select(f => f.Key).ToArray();
        var name = documents[random.Next(documents.Length)];
        var (before, after) = (files[name], JsonMutation.Changed(files[name], random));
        files[name] = after;
        if (!name.StartsWith("blobs/", StringComparison.Ordinal) || random.Next(4) == 0) return;
        files.Remove(name);
        files[$"blobs/sha256/{Hex(after)}"] = after;
        foreach (var (other, content) in files.Where(f => documents.Contains(f.Key)).ToList())
        {
            var text = Encoding.UTF8.GetString(content).Replace(Hex(before), Hex(after), StringComparison.Ordinal)
                .Replace($"\"size\":{before.Length}", $"\"size\":{after.Length}", StringComparison.Ordinal);
            files[other] = Encoding.UTF8.GetBytes(text);
        }
    }

    private static void WriteFolder(Dictionary<string, byte[]> files, string place)
    {
        foreach (var (name, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(place, name))!);
            File.WriteAllBytes(Path.Combine(place, name), content);
        }
    }

    private static byte[] Tar(Dictionary<string, byte[]> files, Random random)
    {
        using var tar = new MemoryStream();
        var strange = random.Next(files.Count * 2);
        foreach (var (index, (name, content)) in files.Index())
        {
            if (index == strange) AddStrange(tar, name, random);
            Add(tar, name, content.Length.ToString(CultureInfo.InvariantCulture), '0', "", content);
        }

        if (random.Next(4) > 0) tar.Write(new byte[1024]);
        return tar.ToArray();
    }

    private static void AddStrange(MemoryStream tar, string name, Random random)
    {
        string Any(params string[] texts) => texts[random.Next(texts.Length)];
        var path = Any("../../x", "/etc/passwd", new string('a', 100_000), "a\0b", name);
        var pax = Any(
            "size=99999999999999999999", "size=-1", "size=8589934592", "GNU.sparse.size=1099511627776", "mtime=1e999", "linkpath=x",
            "GNU.sparse.map=0,1,9223372036854775807,1", "GNU.sparse.major=1", $"path={path}", "GNU.sparse.numblocks=999999999");
        var record = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pax.Length + 5} {pax}\n"));
        switch (random.Next(6))
        {
            case 0:
                Add(tar, "pax", $"{record.Length}", random.Next(2) == 0 ? 'x' : 'g', "", record);
                break;
            case 1:
                Add(tar, "pax", Any("8589934591", "4294967296", "-5", "99999999999", "\u0080\0\0\0\u007f"), 'x', "", record);
                break;
            case 2:
                Add(tar, name, Any("8589934591", "1099511627776", "9"), "0SLKV7\0x"[random.Next(8)], "", [1]);
                break;
            case 3:
                Add(tar, name, "0", random.Next(2) == 0 ? '2' : '1', Any("../../outside/secret.txt", "/etc/passwd", name, ""), []);
                break;
            case 4:
                for (var i = 1 << random.Next(16); i > 0; i--) Add(tar, $"f{i}", "0", '0', "", []);
                break;
            default:
                var other = Any("../../x", "/etc/x", "", ".", "a/../../b", "manifest.json", "oci-layout", "index.json");
                Add(tar, other, "2", '0', "", "{}"u8.ToArray());
                break;
        }
    }

    // A ustar header; its fields are as given, right or not.
    private static void Add(MemoryStream tar, string name, string size, char type, string link, byte[] content)
    {
        var header = new byte[512];
        void Put(int at, string text) => Encoding.Latin1.GetBytes(text.Length > 99 ? text[..99] : text).CopyTo(header, at);
        var isNumber = long.TryParse(size, CultureInfo.InvariantCulture, out var number) && number >= 0;
        var octal = isNumber ? Convert.ToString(number, 8).PadLeft(11, '0') : size;
        Put(0, name);
        Put(100, "0000644");
        Put(124, octal.Length > 12 ? octal[..12] : octal);
        Put(136, "00000000000");
        Put(148, "        ");
        header[156] = (byte)type;
        Put(157, link);
        Put(257, "ustar\0" + "00");
        Put(148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        tar.Write(header);
        tar.Write(content);
        tar.Write(new byte[(512 - content.Length % 512) % 512]);
    }

    private static byte[] Wrapped(byte[] tar, Random random)
    {
        if (random.Next(4) == 0) tar = ByteMutation.Damaged(tar, random);
        if (random.Next(3) > 0) return tar;
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar);
            // A bomb: a few hundred megabytes in one or two.
            if (random.Next(12) == 0) for (var i = random.Next(400); i > 0; i--) gzip.Write(new byte[1024 * 1024]);
        }

        return random.Next(4) == 0 ? ByteMutation.Damaged(bytes.ToArray(), random) : bytes.ToArray();
    }

    private static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
