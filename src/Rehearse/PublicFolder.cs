using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Files;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>The folder with everything the release would have made public: page, notes, assets, images, and each step's summary.</summary>
internal sealed class PublicFolder(Workspace folder, SandboxServer sandbox, RehearseFacts facts, string registry)
{
    private const string Root = "public";
    private const string ImageIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>Writes the folder anew.</summary>
    /// <returns>The page's absolute path.</returns>
    public async Task<string> WriteAsync(IReadOnlyList<StepResult> steps, CancellationToken cancellation)
    {
        folder.DeleteFolder(Root);
        var release = sandbox.Releases.FirstOrDefault(r => r.TagName == facts.Tag);
        if (release is not null)
        {
            folder.WriteText($"{Root}/notes.md", (release.Body ?? "") + "\n");
            foreach (var asset in release.Assets) folder.CopyIn(sandbox.FileOf(asset), $"{Root}/assets/{asset.Name}");
        }

        foreach (var (index, step) in steps.Index())
            if (step.Summary.Length > 0) folder.WriteText($"{Root}/summaries/{index + 1}-{step.Step.Action}.md", step.Summary);
        var images = ImagesOf(steps);
        await WriteImagesAsync(cancellation);
        var isLatest = release is not null && sandbox.Latest?.Id == release.Id;
        var page = new ReleasePage(facts.Name, release, facts.Commit!, isLatest, images, steps);
        folder.WriteText($"{Root}/index.html", page.ToHtml());
        return folder.Resolve($"{Root}/index.html");
    }

    // The page shows the names that the images will have: with the policy's registry instead of the rehearsal's.
    private IReadOnlyList<(string Reference, string Digest)> ImagesOf(IReadOnlyList<StepResult> steps)
    {
        var pushed = steps.FirstOrDefault(s => s.Step.Action == "image-build-push")?.Outputs.GetValueOrDefault("images") ?? "";
        var owner = facts.Name.Split('/')[0].ToLowerInvariant();
        var published = facts.Policy.Registry.Replace("{owner}", owner, StringComparison.Ordinal);
        return [.. pushed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('@')).Where(p => p.Length == 2)
            .Select(p => (p[0].Replace(registry, published, StringComparison.Ordinal), p[1]))];
    }

    // Each image as an OCI layout.
    private async Task WriteImagesAsync(CancellationToken cancellation)
    {
        foreach (var image in sandbox.ImageTags.GroupBy(t => t.Key[..t.Key.LastIndexOf(':')]))
        {
            var place = $"{Root}/images/{image.Key[(image.Key.LastIndexOf('/') + 1)..]}";
            folder.WriteText($"{place}/oci-layout", """{"imageLayoutVersion":"1.0.0"}""");
            var manifests = new JsonArray();
            foreach (var (name, digest) in image)
            {
                var manifest = await CopyBlobAsync(place, digest, cancellation);
                manifests.Add((JsonNode)new JsonObject
                {
                    ["mediaType"] = manifest["mediaType"]?.GetValue<string>() ?? "application/vnd.oci.image.manifest.v1+json",
                    ["digest"] = digest,
                    ["size"] = folder.SizeOf(BlobOf(place, digest)),
                    ["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = name[(name.LastIndexOf(':') + 1)..] },
                });
            }

            var index = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = ImageIndex, ["manifests"] = manifests };
            folder.WriteText($"{place}/index.json", index.ToJsonString());
        }
    }

    // A manifest and, below it, whatever it names: an index's manifests, a manifest's configuration and layers.
    private async Task<JsonNode> CopyBlobAsync(string place, string digest, CancellationToken cancellation)
    {
        folder.CopyIn(sandbox.FileOfBlob(digest), BlobOf(place, digest));
        var manifest = BoundedJson.ReadObject(folder.ReadBytes(BlobOf(place, digest)));
        foreach (var child in manifest["manifests"]?.AsArray() ?? [])
            await CopyBlobAsync(place, child!["digest"]!.GetValue<string>(), cancellation);
        foreach (var blob in (manifest["layers"]?.AsArray() ?? []).Append(manifest["config"]))
            if (blob?["digest"]?.GetValue<string>() is { } name) folder.CopyIn(sandbox.FileOfBlob(name), BlobOf(place, name));
        return manifest;
    }

    private static string BlobOf(string place, string digest) => $"{place}/blobs/{digest.Replace(':', '/')}";
}
