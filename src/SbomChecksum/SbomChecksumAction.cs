using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.SbomChecksum;

/// <summary>Writes the checksums, the SBOM and the signature of a release.</summary>
internal sealed class SbomChecksumAction : ReleaseAction<SbomChecksumRequest, SbomChecksumFacts, SbomChecksumPlan, SbomChecksumOutputs>
{
    public override string Name => "sbom-checksum";

    public override string Description =>
        "Writes checksums.txt, a CycloneDX SBOM and a cosign signature for the files of a release, the same bytes for the same commit.";

    public override IReadOnlyList<string> Permissions => ["contents: read"];

    protected override Changes Changes => Changes.Files;

    protected override SbomChecksumOutputs Declare(Outputs outputs) => new(outputs);

    protected override SbomChecksumRequest Read(Inputs inputs, ReleasePolicy policy) => new(inputs, policy);

    protected override Task<SbomChecksumFacts> GatherAsync(SbomChecksumRequest request, Readers readers, CancellationToken cancellation) =>
        new SbomChecksumGathering(request, readers, cancellation).GatherAsync();

    protected override SbomChecksumPlan Plan(SbomChecksumRequest request, SbomChecksumFacts facts) => SbomChecksumPlan.For(request, facts);

    protected override void Report(SbomChecksumPlan plan, SbomChecksumOutputs outputs) => outputs.Report(plan);

    protected override async Task ApplyAsync(
        SbomChecksumPlan plan, SbomChecksumOutputs outputs, Writers writers, CancellationToken cancellation)
    {
        // Signed before anything is written: where signing fails, the folder is unchanged.
        var bundle = plan.Signature switch
        {
            SignatureState.New => await plan.Facts.Key!.SignAsync(plan.Checksums, writers.Readers, cancellation),
            SignatureState.Published => plan.Facts.Signature!.Published!.Value.Bundle,
            _ => null,
        };
        foreach (var (path, text, isThere) in plan.MadeFiles)
        {
            if (!isThere) writers.Files.WriteText(path, text);
            var status = isThere ? "unchanged" : "ok";
            writers.Log.Step("write", ("file", path), ("sha256", SbomChecksumPlan.Sha256Of(text)), ("status", status));
        }

        if (plan.Signature == SignatureState.Unsigned) return;
        var (file, bundlePath) = (plan.Request.ChecksumsPath, plan.Request.BundlePath);
        if (bundle is not null) writers.Files.WriteText(bundlePath, bundle);
        writers.Log.Step("sign", ("file", file), ("bundle", bundlePath), ("verified", "true"), ("status", StatusOf(plan.Signature)));
    }

    private static string StatusOf(SignatureState signature) =>
        signature switch { SignatureState.New => "ok", SignatureState.Published => "published", _ => "unchanged" };
}
