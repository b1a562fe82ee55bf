using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseActions.Tests.Support;

/// <summary>Images as other build systems write them, made here without the code under test.</summary>
public sealed class ImageFiles
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>The files by name.</summary>
    public IReadOnlyDictionary<string, byte[]> All => _files;

    /// <summary>What <c>docker save</c> and Nix write: manifest.json, a configuration, a tar for each layer.</summary>
    public static ImageFiles DockerSave(params string[] layers)
    {
        var image = new ImageFiles();
        var tars = layers.Select(Layer).ToList();
        var config = Encoding.UTF8.GetBytes(Config(tars).ToJsonString());
        var names = new JsonArray([.. tars.Select((_, i) => (JsonNode)$"{i}/layer.tar")]);
        var list = new JsonObject { ["Config"] = $"{Hex(config)}.json", ["RepoTags"] = new JsonArray("dojo:latest"), ["Layers"] = names };
        foreach (var (index, tar) in tars.Index()) image._files[$"{index}/layer.tar"] = tar;
        image._files[$"{Hex(config)}.json"] = config;
        image._files["manifest.json"] = Encoding.UTF8.GetBytes(new JsonArray(list).ToJsonString());
        return image;
    }

    /// <summary>An OCI layout of one image for each platform, or of one alone.</summary>
    public static ImageFiles OciLayout(params string[] platforms)
    {
        var image = new ImageFiles();
        var manifests = platforms.Select(p => image.AddManifest(p)).ToList();
        var root = manifests[0];
        if (manifests.Count > 1)
        {
            var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray([.. manifests]) };
            root = image.Add("application/vnd.oci.image.index.v1+json", Json(index));
        }

        image._files["index.json"] = Json(new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(root) });
        image._files["oci-layout"] = "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray();
        return image;
    }

    /// <summary>The digest that tags will name.</summary>
    public string RootDigest => JsonNode.Parse(_files["index.json"])!["manifests"]![0]!["digest"]!.GetValue<string>();

    /// <summary>The same with one file's content changed.</summary>
    public ImageFiles With(string name, byte[] content)
    {
        _files[name] = content;
        return this;
    }

    public void WriteTar(string path)
    {
        using var file = File.Create(path);
        WriteTar(file);
    }

    public void WriteGzip(string path)
    {
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        WriteTar(gzip);
    }

    public void WriteFolder(string path)
    {
        foreach (var (name, content) in _files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(path, name))!);
            File.WriteAllBytes(Path.Combine(path, name), content);
        }
    }

    private void WriteTar(Stream stream)
    {
        using var tar = new TarWriter(stream, TarEntryFormat.Ustar);
        foreach (var (name, content) in _files) tar.WriteEntry(Entry(name, content));
    }

    private static UstarTarEntry Entry(string name, byte[] content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch };

    private JsonObject AddManifest(string platform)
    {
        var layer = Layer(platform);
        var config = Add("application/vnd.oci.image.config.v1+json", Json(Config([layer], platform)));
        var layers = new JsonArray(Add("application/vnd.oci.image.layer.v1.tar", layer));
        const string Type = "application/vnd.oci.image.manifest.v1+json";
        var content = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = Type, ["config"] = config, ["layers"] = layers };
        var manifest = Add(Type, Json(content));
        manifest["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = platform };
        return manifest;
    }

    private JsonObject Add(string mediaType, byte[] content)
    {
        _files[$"blobs/sha256/{Hex(content)}"] = content;
        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = $"sha256:{Hex(content)}", ["size"] = content.Length };
    }

    private static JsonObject Config(IEnumerable<byte[]> layers, string architecture = "amd64") => new()
    {
        ["architecture"] = architecture, ["os"] = "linux", ["config"] = new JsonObject { ["Cmd"] = new JsonArray("/app") },
        ["rootfs"] = new JsonObject
        {
            ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layers.Select(l => (JsonNode)$"sha256:{Hex(l)}")]),
        },
    };

    private static byte[] Layer(string text)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(Entry("app", Encoding.UTF8.GetBytes(text)));
        return bytes.ToArray();
    }

    private static byte[] Json(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
