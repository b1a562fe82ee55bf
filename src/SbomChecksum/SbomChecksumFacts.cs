using ReleaseActions.Core.Files;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.SbomChecksum;

/// <summary>What is known before anything is written.</summary>
/// <param name="Product">What is released.</param>
/// <param name="Files">The files to publish with their digests, by name.</param>
/// <param name="LockFiles">The lock files, by path.</param>
/// <param name="Existing">The texts of checksums, SBOM and public key from an earlier run, by path.</param>
/// <param name="Key">The key to sign with; null where nothing is signed.</param>
/// <param name="Signature">The signature of an earlier run; null where there is none.</param>
internal sealed record SbomChecksumFacts(
    Product Product,
    IReadOnlyList<HashedFile> Files,
    IReadOnlyDictionary<string, LockFile> LockFiles,
    IReadOnlyDictionary<string, string> Existing,
    CosignKey? Key,
    EarlierSignature? Signature)
{
    /// <summary>What was named and is no file of this run, and why.</summary>
    public IReadOnlyList<string> OmittedFiles { get; init; } = [];
}

/// <summary>A signature that an earlier run made. cosign signs differently each time, so it is kept where it still fits.</summary>
/// <param name="Verifies">Whether the bundle is the key's signature of the checksums beside it.</param>
/// <param name="Published">The two texts where they are on the published release of the tag; null where they are in the folder.</param>
internal sealed record EarlierSignature(bool Verifies, (string Checksums, string Bundle)? Published);
