using System.Text.Json.Nodes;
using ReleaseActions.Core.Files;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>The folder with everything the release would have made public: the page, the notes, the assets, the images, and each step's summary.</summary>
internal sealed class PublicFolder(Workspace folder, SandboxServer sandbox, RehearsalFacts facts)
{
    private const string Root = "public";

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
        var page = new ReleasePage(facts.Name, release, facts.Commit, release is not null && sandbox.Latest?.Id == release.Id, images, steps);
        folder.WriteText($"{Root}/index.html", page.ToHtml());
        return folder.Resolve($"{Root}/index.html");
    }

    // The page shows the names that the images will have: the policy's registry in the place of the rehearsal's.
    private IReadOnlyList<(string Reference, string Digest)> ImagesOf(IReadOnlyList<StepResult> steps)
    {
        var pushed = steps.FirstOrDefault(s => s.Step.Action == "image-build-push")?.Outputs.GetValueOrDefault("images") ?? "";
        var registry = facts.Policy.Registry.Replace("{owner}", facts.Name.Split('/')[0].ToLowerInvariant(), StringComparison.Ordinal);
        return [.. pushed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('@')).Where(p => p.Length == 2)
            .Select(p => (p[0].Replace(facts.Registry, registry, StringComparison.Ordinal), p[1]))];
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

            folder.WriteText($"{place}/index.json", new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = "application/vnd.oci.image.index.v1+json", ["manifests"] = manifests }.ToJsonString());
        }
    }

    // A manifest and, below it, whatever it names: an index's manifests, a manifest's configuration and layers.
    private async Task<JsonNode> CopyBlobAsync(string place, string digest, CancellationToken cancellation)
    {
        folder.CopyIn(sandbox.FileOfBlob(digest), BlobOf(place, digest));
        var manifest = JsonNode.Parse(folder.ReadBytes(BlobOf(place, digest)))!;
        foreach (var child in manifest["manifests"]?.AsArray() ?? []) await CopyBlobAsync(place, child!["digest"]!.GetValue<string>(), cancellation);
        foreach (var blob in (manifest["layers"]?.AsArray() ?? []).Append(manifest["config"]))
            if (blob?["digest"]?.GetValue<string>() is { } name) folder.CopyIn(sandbox.FileOfBlob(name), BlobOf(place, name));
        return manifest;
    }

    private static string BlobOf(string place, string digest) => $"{place}/blobs/{digest.Replace(':', '/')}";
}
