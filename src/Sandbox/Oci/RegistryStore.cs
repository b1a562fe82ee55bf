using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ReleaseActions.Sandbox.Oci;

/// <summary>
/// A registry's content on disk. Bytes are stored once, by digest; a repository has links to the blobs and manifests it holds, and tags.
/// Folders of links begin with an underscore, which a repository's name cannot.
/// </summary>
internal sealed partial class RegistryStore(string folder)
{
    public static string DigestOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool IsDigest(string text) => Digest().IsMatch(text);

    public string BlobFile(string digest) => Path.Combine(folder, "blobs", Hex(digest));

    public bool HasBlob(string name, string digest) => IsDigest(digest) && File.Exists(Link(name, "_blobs", digest));

    public void RemoveBlob(string name, string digest) => File.Delete(Link(name, "_blobs", digest));

    public void LinkBlob(string name, string digest) => Write(Link(name, "_blobs", digest), "");

    /// <summary>Starts an upload and returns its session.</summary>
    public string StartUpload()
    {
        var session = Guid.NewGuid().ToString();
        Write(Upload(session), "");
        return session;
    }

    public long? UploadLength(string session) =>
        Session().IsMatch(session) && File.Exists(Upload(session)) ? new FileInfo(Upload(session)).Length : null;

    public async Task<long> AppendAsync(string session, Stream bytes, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Upload(session), FileMode.Append);
        await bytes.CopyToAsync(file, cancellationToken);
        return file.Length;
    }

    public void CancelUpload(string session) => File.Delete(Upload(session));

    /// <summary>Ends an upload: the bytes become a blob of the repository if they are what the digest says.</summary>
    public async Task<bool> FinishUploadAsync(string name, string session, string digest)
    {
        await using (var file = File.OpenRead(Upload(session)))
            if (!IsDigest(digest) || "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(file)) != digest)
                return false;
        Directory.CreateDirectory(Path.Combine(folder, "blobs"));
        File.Move(Upload(session), BlobFile(digest), overwrite: true);
        LinkBlob(name, digest);
        return true;
    }

    public void PutManifest(string name, string digest, string mediaType, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(folder, "blobs"));
        File.WriteAllBytes(BlobFile(digest), bytes);
        Write(Link(name, "_manifests", digest), mediaType);
    }

    /// <summary>The media type under which the repository holds a manifest; null where it does not.</summary>
    public string? MediaType(string name, string digest) =>
        IsDigest(digest) && File.Exists(Link(name, "_manifests", digest)) ? File.ReadAllText(Link(name, "_manifests", digest)) : null;

    public IEnumerable<string> Manifests(string name) =>
        Files(Folder(name, "_manifests")).Select(hex => "sha256:" + hex);

    /// <summary>Removes a manifest and the tags that point at it.</summary>
    public void RemoveManifest(string name, string digest)
    {
        File.Delete(Link(name, "_manifests", digest));
        foreach (var tag in Tags(name).Where(tag => Resolve(name, tag) == digest)) RemoveTag(name, tag);
    }

    public void PutTag(string name, string tag, string digest) => Write(Path.Combine(Folder(name, "_tags"), tag), digest);

    public void RemoveTag(string name, string tag) => File.Delete(Path.Combine(Folder(name, "_tags"), tag));

    public bool HasRepository(string name) => Directory.Exists(Path.Combine(folder, "repositories", name));

    public IEnumerable<string> Tags(string name) => Files(Folder(name, "_tags")).Order(StringComparer.Ordinal);

    /// <summary>Every tag of every repository, as <c>name:tag</c>, with its digest.</summary>
    public IEnumerable<KeyValuePair<string, string>> AllTags()
    {
        var root = Path.Combine(folder, "repositories");
        if (!Directory.Exists(root)) return [];
        return Directory.EnumerateDirectories(root, "_tags", SearchOption.AllDirectories)
            .Select(tags => Path.GetRelativePath(root, Path.GetDirectoryName(tags)!)).Order(StringComparer.Ordinal)
            .SelectMany(name => Tags(name).Select(tag => KeyValuePair.Create($"{name}:{tag}", Resolve(name, tag)!)));
    }

    /// <summary>The digest behind a tag or a digest; null where the repository has neither.</summary>
    public string? Resolve(string name, string reference)
    {
        if (IsDigest(reference)) return MediaType(name, reference) is null ? null : reference;
        var file = Path.Combine(Folder(name, "_tags"), reference);
        return Tag().IsMatch(reference) && File.Exists(file) ? File.ReadAllText(file) : null;
    }

    public static bool IsTag(string text) => Tag().IsMatch(text);

    private static string Hex(string digest) => digest["sha256:".Length..];

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)) : [];

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string Folder(string name, string kind) => Path.Combine(folder, "repositories", name, kind);

    private string Link(string name, string kind, string digest) => Path.Combine(Folder(name, kind), Hex(digest));

    private string Upload(string session) => Path.Combine(folder, "uploads", session);

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$")]
    private static partial Regex Tag();

    [GeneratedRegex("^[0-9a-f-]{36}$")]
    private static partial Regex Session();
}
