using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;

namespace ReleaseActions.SbomChecksum;

/// <summary>How checksums.txt is signed.</summary>
internal enum SignMode
{
    /// <summary>With the key where one is given.</summary>
    Auto,

    /// <summary>With the key, which must be given.</summary>
    Key,

    /// <summary>Not at all.</summary>
    None,
}

internal sealed class SbomChecksumInputs
{
    public SbomChecksumInputs(Inputs inputs)
    {
        Files = inputs.Lines("files", "The files that are published: globs such as dist/*.tgz, relative to the workspace, one a line. Overrides the policy.");
        FailOnUnmatchedFiles = inputs.Flag("fail-on-unmatched-files", "Refuse a glob that matches no file.", fallback: true);
        Folder = inputs.OptionalText("folder", "Where checksums.txt, sbom.json and the signature are written. Overrides the policy (release-artifacts).");
        Lockfiles = inputs.Lines("lockfiles", "The lock files that the SBOM is read from, one a line. Overrides the policy; those found in the workspace where neither names any.");
        Version = inputs.OptionalText("version", "The version that is released, without the tag prefix. Where absent, the tag that started the run decides, and else the commit.");
        Sign = inputs.Choice("sign", "Whether checksums.txt is signed: with the key where one is given (auto), with the key always (key), or not (none).", SignMode.Auto);
        CosignKey = inputs.Secret("cosign-key", "The private key to sign with: the text of the file that cosign generate-key-pair wrote.");
        CosignPassword = inputs.Secret("cosign-password", "The password that the key is encrypted with.");
        AllowUnencryptedKey = inputs.Flag("allow-unencrypted-key", "Sign also with a key that has no password.", fallback: false);
        BundleName = inputs.OptionalText("bundle-name", "The name of the signature bundle. Overrides the policy (checksums.txt.sigstore.json).");
        DryRun = inputs.Flag("dry-run", "Hash and show everything, write nothing.", fallback: false);
        if (Sign == SignMode.Key && CosignKey is null)
            inputs.Reject("The input 'sign' is 'key', and 'cosign-key' was not given", "Give the key as a secret: `cosign-key: ${{ secrets.COSIGN_KEY }}`");
    }

    public IReadOnlyList<string> Files { get; }

    public bool FailOnUnmatchedFiles { get; }

    public string? Folder { get; }

    public IReadOnlyList<string> Lockfiles { get; }

    public string? Version { get; }

    public SignMode Sign { get; }

    public Secret? CosignKey { get; }

    public Secret? CosignPassword { get; }

    public bool AllowUnencryptedKey { get; }

    public string? BundleName { get; }

    public bool DryRun { get; }

    /// <summary>The key to sign with, or null where nothing is signed.</summary>
    public Secret? SigningKey => Sign == SignMode.None ? null : CosignKey;
}

internal sealed class SbomChecksumOutputs(Outputs outputs)
{
    public Output Checksums { get; } = outputs.Declare("checksums", "The path of checksums.txt.");

    public Output Sbom { get; } = outputs.Declare("sbom", "The path of sbom.json.");

    public Output Bundle { get; } = outputs.Declare("bundle", "The path of the signature bundle; empty where nothing was signed.");

    public Output PublicKey { get; } = outputs.Declare("public-key", "The path of cosign.pub, which verifies the bundle; empty where nothing was signed.");

    public Output Files { get; } = outputs.Declare("files", "Every file to attach to the release, those made here included, one a line.");

    public Output Digests { get; } = outputs.Declare("digests", "The SHA-256 of each file in checksums.txt, as a JSON object by name.");

    public Output ComponentCount { get; } = outputs.Declare("component-count", "How many packages the SBOM lists.");
}
