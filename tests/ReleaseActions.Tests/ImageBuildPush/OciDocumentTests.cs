using System.Text;
using System.Text.Json;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush.Archives;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Manifests, indexes, configurations and layouts, compared with the vectors of the OCI image specification.</summary>
[Trait("Row", "B7")]
public sealed class OciDocumentTests
{
    [Fact]
    public void Every_document_is_read_or_refused_as_the_specification_says()
    {
        var vectors = Corpora.Json("oci-image-spec/image-spec-vectors.json");

        vectors.GetArrayLength().Should().Be(65);
        foreach (var vector in vectors.EnumerateArray())
            foreach (var (document, isRefused) in Documents(vector))
            {
                var read = () => Read(vector.GetProperty("kind").GetString()!, Encoding.UTF8.GetBytes(document));
                var why = $"{vector.GetProperty("comment").GetString()}: {document}";
                if (isRefused) read.Should().Throw<FormatException>(why);
                else read.Should().NotThrow(why);
            }
    }

    [Fact]
    public void A_manifest_that_is_written_can_be_read_and_always_has_the_same_bytes()
    {
        var layer = new ImageDescriptor(ImageDescriptor.Layer, ContentDigest.Of("layer"u8), 5);
        var config = new ImageDescriptor(ImageDescriptor.Configuration, ContentDigest.Of("config"u8), 6);
        var manifest = new ImageManifest(config, [layer, layer]);

        ContentDigest.Of(manifest.ToBytes()).Should().Be(ContentDigest.Of(manifest.ToBytes()));
        ImageManifest.Parse(manifest.ToBytes()).Should().BeEquivalentTo(manifest);
        Encoding.UTF8.GetString(manifest.ToBytes()).Should()
            .StartWith("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{""");
    }

    // In two places the extraction of the vectors ran past the end of a Go string into the next case; all but the last are valid.
    private static IEnumerable<(string Document, bool IsRefused)> Documents(JsonElement vector)
    {
        var pieces = vector.GetProperty("document").GetString()!.Split('`');
        var isRefused = vector.GetProperty("fail").GetBoolean();
        for (var i = 0; i < pieces.Length; i += 2) yield return (pieces[i], isRefused && i == pieces.Length - 1);
    }

    private static void Read(string kind, byte[] document)
    {
        switch (kind)
        {
            case "descriptor": ImageDescriptor.Read(OciObject.Parse(document, "the descriptor").Element); break;
            case "manifest": ImageManifest.Parse(document); break;
            case "imageIndex": ImageIndex.Parse(document); break;
            case "config": ImageConfig.Parse(document); break;
            case "imageLayout": OciLayout.RequireVersion1(document); break;
            default: throw new InvalidOperationException(kind);
        }
    }
}
