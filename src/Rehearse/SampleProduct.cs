using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Rehearse;

/// <summary>The bundled sample: three components released under one version, with a history, a release branch and what a build would have made.</summary>
internal sealed class SampleProduct(Workspace folder, World world)
{
    /// <summary>The tag that the sample releases.</summary>
    public const string Tag = "v1.0.0";

    /// <summary>Its repository's name.</summary>
    public const string Name = "acme/aof";

    /// <summary>Where it lies, relative to the rehearsal's folder.</summary>
    public const string Folder = "sample";

    private const string Policy = ".github/release-actions.yml";

    /// <summary>Writes the sample's repository anew, as its team would have left it just before pushing the tag.</summary>
    public async Task<Workspace> WriteAsync(CancellationToken cancellation)
    {
        folder.DeleteFolder(Folder);
        folder.MakeFolder(Folder);
        var sample = folder.At(Folder);
        var git = world.Git.In(sample.Root);
        var hasDocker = await HasDockerAsync(cancellation);
        await git.InitAsync("main", cancellation);

        sample.WriteText("VERSION", "0.9.0\n");
        await git.CommitAllAsync("Begin", cancellation);
        await git.TagAsync("v0.9.0", "HEAD", "Release v0.9.0", cancellation);
        await git.SwitchToNewAsync("release/1.0.0", "main", cancellation);
        CopyFiles(sample, hasDocker);
        await git.CommitAllAsync("feat: one version for coordinator, runner and dashboard", cancellation);
        await git.SwitchAsync("main", cancellation);
        await git.SquashMergeAsync("release/1.0.0", "Release 1.0.0", cancellation);
        await git.TagAsync(Tag, "HEAD", $"Release {Tag}", cancellation);
        await BuildAsync(sample, cancellation);
        world.Log.Line(hasDocker ? "docker is there: two images are built from Dockerfiles, one comes from an archive" : "docker is not there: all three images come from archives");
        return sample;
    }

    private async Task<bool> HasDockerAsync(CancellationToken cancellation)
    {
        if (!world.Commands.IsInstalled("docker")) return false;
        var engine = await world.Commands.RunAsync("docker", ["version", "--format", "{{.Server.Version}}"], null, cancellation);
        return engine.Succeeded && (await world.Commands.RunAsync("docker", ["buildx", "version"], null, cancellation)).Succeeded;
    }

    private void CopyFiles(Workspace sample, bool hasDocker)
    {
        using var bundled = world.Workspace.At(Path.Combine(AppContext.BaseDirectory, "samples", "aof"));
        foreach (var file in bundled.Find("**/*")) sample.CopyIn(bundled.Resolve(file), file);
        if (hasDocker) return;
        // Without docker each image comes from an archive, as Nix or Bazel would make it.
        var policy = sample.ReadText(Policy)!
            .Replace("context: servers/agent-coordinator", "archive: dist/aof-coordinator.tar", StringComparison.Ordinal)
            .Replace("context: runner", "archive: dist/aof-runner.tar", StringComparison.Ordinal);
        sample.WriteText(Policy, policy);
    }

    // What `make dist` would leave behind: the tool's archive, and an image archive for each component.
    private static async Task BuildAsync(Workspace sample, CancellationToken cancellation)
    {
        using var tool = new MemoryStream();
        await using (var gzip = new GZipStream(tool, CompressionLevel.Optimal, leaveOpen: true)) WriteTar(gzip, FilesOf(sample, "cli"));
        await WriteAsync(sample, "dist/aof-cli-1.0.0.tar.gz", tool, cancellation);
        foreach (var (image, component) in ((string, string)[])[("aof-coordinator", "servers/agent-coordinator"), ("aof-runner", "runner"), ("aof-dashboard", "dashboard")])
        {
            using var archive = ImageArchive(FilesOf(sample, component));
            await WriteAsync(sample, $"dist/{image}.tar", archive, cancellation);
        }
    }

    private static MemoryStream ImageArchive(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var layer = new MemoryStream();
        WriteTar(layer, files.Select(f => ($"app/{f.Name}", f.Content)));
        var layerDigest = Digest(layer.ToArray());
        var configuration = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { ["WorkingDir"] = "/app" },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray($"sha256:{layerDigest}") },
        }.ToJsonString());
        var manifest = Encoding.UTF8.GetBytes(new JsonArray(new JsonObject
        {
            ["Config"] = $"{Digest(configuration)}.json",
            ["RepoTags"] = new JsonArray(),
            ["Layers"] = new JsonArray($"{layerDigest}/layer.tar"),
        }).ToJsonString());
        var archive = new MemoryStream();
        WriteTar(archive, [($"{Digest(configuration)}.json", configuration), ($"{layerDigest}/layer.tar", layer.ToArray()), ("manifest.json", manifest)]);
        return archive;
    }

    private static IEnumerable<(string Name, byte[] Content)> FilesOf(Workspace sample, string component) =>
        sample.Find($"{component}/**/*").Select(f => (f[(component.Length + 1)..], sample.ReadBytes(f)));

    // No times, no owners: the same files give the same bytes.
    private static void WriteTar(Stream to, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var tar = new TarWriter(to, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var (name, content) in files)
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch, Mode = (UnixFileMode)0b110_100_100 });
    }

    private static async Task WriteAsync(Workspace sample, string path, MemoryStream content, CancellationToken cancellation)
    {
        content.Position = 0;
        await sample.WriteAsync(path, content, cancellation);
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
