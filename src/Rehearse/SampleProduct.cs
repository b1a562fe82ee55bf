using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Rehearse;

/// <summary>The bundled sample: three components released under one version, with history, a release branch and build results.</summary>
internal sealed class SampleProduct(Workspace folder, GitRepository git, bool hasDocker)
{
    /// <summary>The tag that the sample releases.</summary>
    public const string Tag = "v1.0.0";

    /// <summary>The name of its repository.</summary>
    public const string Name = "acme/aof";

    private const string Place = "sample";
    private const string PolicyFile = ".github/release-actions.yml";

    /// <summary>The files that come with this program.</summary>
    public static WorkspaceReader Bundled(RunnerContext runner) =>
        new(Path.Combine(AppContext.BaseDirectory, "samples", "aof"), runner.Temporary);

    /// <summary>The sample's policy. Without docker each image comes from an archive, as Nix or Bazel would make it.</summary>
    public static string PolicyOf(WorkspaceReader bundled, bool hasDocker)
    {
        var policy = bundled.ReadText(PolicyFile)!;
        return hasDocker ? policy : policy
            .Replace("context: servers/agent-coordinator", "archive: dist/aof-coordinator.tar", StringComparison.Ordinal)
            .Replace("context: runner", "archive: dist/aof-runner.tar", StringComparison.Ordinal);
    }

    /// <summary>Writes the sample's repository from scratch, as its team would have left it just before pushing the tag.</summary>
    /// <param name="bundled">The files that come with this program.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<Workspace> WriteAsync(WorkspaceReader bundled, CancellationToken cancellation)
    {
        folder.DeleteFolder(Place);
        folder.MakeFolder(Place);
        var sample = folder.At(Place);
        var repository = git.In(sample.Root);
        Task GitAsync(params string[] arguments) => repository.RunAsync([.. Stage.Identity, .. arguments], cancellation);

        await GitAsync("init", "--quiet", "--initial-branch=main");
        sample.WriteText("VERSION", "0.9.0\n");
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", "Begin");
        await GitAsync("tag", "--annotate", "--message", "Release v0.9.0", "v0.9.0");
        await GitAsync("switch", "--quiet", "--create", "release/1.0.0");
        foreach (var file in bundled.Find("**/*")) sample.CopyIn(bundled.Resolve(file), file);
        sample.WriteText(PolicyFile, PolicyOf(bundled, hasDocker));
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", "feat: one version for coordinator, runner and dashboard");
        await GitAsync("switch", "--quiet", "main");
        // As GitHub's "Squash and merge" does.
        await GitAsync("merge", "--quiet", "--squash", "release/1.0.0");
        await GitAsync("commit", "--quiet", "--message", "Release 1.0.0");
        await GitAsync("tag", "--annotate", "--message", $"Release {Tag}", Tag);
        await BuildAsync(sample, cancellation);
        return sample;
    }

    // What `make dist` would leave behind: the tool's archive, and an image archive for each component.
    private static async Task BuildAsync(Workspace sample, CancellationToken cancellation)
    {
        using var tool = new MemoryStream();
        await using (var gzip = new GZipStream(tool, CompressionLevel.Optimal, leaveOpen: true)) WriteTar(gzip, FilesOf(sample, "cli"));
        await WriteAsync(sample, "dist/aof-cli-1.0.0.tar.gz", tool, cancellation);
        (string Image, string Component)[] images =
            [("aof-coordinator", "servers/agent-coordinator"), ("aof-runner", "runner"), ("aof-dashboard", "dashboard")];
        foreach (var (image, component) in images)
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
        var configurationName = $"{Digest(configuration)}.json";
        WriteTar(archive, [(configurationName, configuration), ($"{layerDigest}/layer.tar", layer.ToArray()), ("manifest.json", manifest)]);
        return archive;
    }

    private static IEnumerable<(string Name, byte[] Content)> FilesOf(Workspace sample, string component) =>
        sample.Find($"{component}/**/*").Select(f => (f[(component.Length + 1)..], sample.ReadBytes(f)));

    // No times, no owners: the same files give the same bytes.
    private static void WriteTar(Stream to, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var tar = new TarWriter(to, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var (name, content) in files)
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(content),
                ModificationTime = DateTimeOffset.UnixEpoch,
                Mode = (UnixFileMode)0b110_100_100,
            });
    }

    private static async Task WriteAsync(Workspace sample, string path, MemoryStream content, CancellationToken cancellation)
    {
        content.Position = 0;
        await sample.WriteAsync(path, content, cancellation);
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
