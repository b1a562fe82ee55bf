using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.SbomChecksum;

/// <summary>What later steps read.</summary>
internal sealed class SbomChecksumOutputs(Outputs outputs)
{
    private readonly Output _checksums = outputs.Declare("checksums", "The path of checksums.txt.");
    private readonly Output _sbom = outputs.Declare("sbom", "The path of sbom.json.");
    private readonly Output _bundle = outputs.Declare("bundle", "The path of the signature bundle; empty if nothing was signed.");
    private readonly Output _publicKey =
        outputs.Declare("public-key", "The path of cosign.pub, which verifies the bundle; empty if nothing was signed.");
    private readonly Output _files =
        outputs.Declare("files", "Every file to attach to the release, including those written here, one per line.");
    private readonly Output _digests =
        outputs.Declare("digests", "The SHA-256 of each file in checksums.txt, as a JSON object by name.");
    private readonly Output _componentCount = outputs.Declare("component-count", "The number of packages in the SBOM.");

    /// <summary>Sets all of them; none where the plan is refused.</summary>
    public void Report(SbomChecksumPlan plan)
    {
        if (plan.Refusals.Count > 0) return;
        var isSigned = plan.Signature != SignatureState.Unsigned;
        _checksums.Set(plan.Request.ChecksumsPath);
        _sbom.Set(plan.Request.SbomPath);
        _bundle.Set(isSigned ? plan.Request.BundlePath : "");
        _publicKey.Set(isSigned ? plan.Request.PublicKeyPath : "");
        _files.Set(plan.AssetPaths);
        _digests.Set(new JsonObject(plan.Digests.Select(d => KeyValuePair.Create(d.Name, (JsonNode?)d.Sha256))).ToJsonString());
        _componentCount.Set(plan.Bom.Components.Count.ToString(CultureInfo.InvariantCulture));
    }
}
