using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Text;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.SbomChecksum;

/// <summary>Where the made files go.</summary>
internal sealed record MadePaths(string Folder, string BundleName)
{
    public string Checksums => In("checksums.txt");

    public string Sbom => In("sbom.json");

    public string Bundle => In(BundleName);

    public string PublicKey => In("cosign.pub");

    public IReadOnlyCollection<string> All => [Checksums, Sbom, Bundle, PublicKey];

    private string In(string name) => Folder.Length == 0 ? name : $"{Folder}/{name}";
}

/// <summary>What is known about the signature before anything is made.</summary>
/// <param name="PublicKey">The public half of the signing key.</param>
/// <param name="HasBundle">Whether a bundle lies there from an earlier run.</param>
/// <param name="BundleVerifies">Whether it is this key's signature of the checksums.txt that lies beside it.</param>
/// <param name="Published">The signature on the published release of this tag, by this key; null where there is none, or a bundle lies here.</param>
internal sealed record SigningFacts(string PublicKey, bool HasBundle, bool BundleVerifies, PublishedSignature? Published);

/// <summary>A bundle, and the checksums that it was verified to sign. Signed once more, the same checksums have another bundle.</summary>
internal sealed record PublishedSignature(string Checksums, string Bundle);

/// <summary>What is known before anything is made.</summary>
/// <param name="Product">What is released.</param>
/// <param name="Files">The published files with their digests.</param>
/// <param name="LockFiles">The lock files that were read, by path.</param>
/// <param name="Paths">Where the made files go.</param>
/// <param name="Existing">The texts of made files that lie there already, by path.</param>
/// <param name="Signing">About the signature; null where nothing is signed.</param>
internal sealed record ArtifactFacts(
    Product Product, IReadOnlyList<HashedFile> Files, IReadOnlyDictionary<string, LockFile> LockFiles, MadePaths Paths,
    IReadOnlyDictionary<string, string> Existing, SigningFacts? Signing);

/// <summary>A file that is made.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text.</param>
/// <param name="IsThere">Whether it lies there already, byte for byte.</param>
internal sealed record MadeFile(string Path, string Text, bool IsThere);

/// <summary>What becomes of the signature.</summary>
internal enum SignatureState
{
    /// <summary>Nothing is signed.</summary>
    Unsigned,

    /// <summary>There is none yet, and one is made.</summary>
    New,

    /// <summary>There is one, it verifies, and it stays.</summary>
    Kept,

    /// <summary>There is none here; the release that is published has one of these very checksums, and it is taken.</summary>
    Published,

    /// <summary>There is one, and it is not the signature of these checksums.</summary>
    Broken,
}

/// <summary>What is made of the files and lock files. Pure: the same facts give the same plan, byte for byte.</summary>
internal sealed record ArtifactPlan(ArtifactFacts Facts, Bom Bom, IReadOnlyList<(string Name, string Sha256)> Digests, MadeFile Sbom, MadeFile Checksums, SignatureState Signature)
{
    /// <summary>Why nothing may be made, or null.</summary>
    public Finding? Problem => Signature != SignatureState.Broken ? null : new Finding(
        Facts.Signing!.BundleVerifies
            ? $"The files are not those that '{Facts.Paths.Bundle}' signed: {string.Join(", ", Changed())} changed since"
            : $"The bundle '{Facts.Paths.Bundle}' does not verify '{Facts.Paths.Checksums}': one of them was changed, or another key signed it",
        $"Compare them with what was published; to sign anew, delete the folder '{Facts.Paths.Folder}' first");

    public static ArtifactPlan For(ArtifactFacts facts)
    {
        var bom = Bom.Of(facts.Product, facts.Files, [.. facts.LockFiles.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value)]);
        var sbom = Made(facts, facts.Paths.Sbom, CycloneDx.Write(bom));
        var digests = facts.Files.Select(f => (f.Name, f.Sha256)).Append((Name: "sbom.json", Sha256: SbomChecksum.Checksums.Of(sbom.Text)))
            .OrderBy(d => d.Name, StringComparer.Ordinal).ToList();
        var checksums = Made(facts, facts.Paths.Checksums, SbomChecksum.Checksums.Write(digests));
        return new ArtifactPlan(facts, bom, digests, sbom, checksums, StateOf(facts.Signing, checksums));
    }

    /// <summary>Every file to attach, those made here last.</summary>
    public IReadOnlyList<string> AllFiles =>
        [.. Facts.Files.Select(f => f.Path), Sbom.Path, Checksums.Path, .. Facts.Signing is null ? (string[])[] : [Facts.Paths.Bundle, Facts.Paths.PublicKey]];

    public string ToMarkdown()
    {
        var product = Facts.Product;
        var rows = Facts.Files.Select(f => (string[])[Markdown.Code(f.Name), Markdown.Size(f.Size), Markdown.Code(f.Sha256)])
            .Append([Markdown.Code("sbom.json"), Markdown.Size(System.Text.Encoding.UTF8.GetByteCount(Sbom.Text)), Markdown.Code(Digests.Single(d => d.Name == "sbom.json").Sha256)]);
        return $"""
            ## Artifacts of {Markdown.Text(product.Name)} {Markdown.Text(product.Version)}

            {Markdown.Table(["file", "size", "SHA-256"], rows)}
            {SbomMarkdown()}

            {VerifyMarkdown()}
            """;
    }

    private static MadeFile Made(ArtifactFacts facts, string path, string text) => new(path, text, facts.Existing.GetValueOrDefault(path) == text);

    private static SignatureState StateOf(SigningFacts? signing, MadeFile checksums) => signing switch
    {
        null => SignatureState.Unsigned,
        { HasBundle: false } => signing.Published?.Checksums == checksums.Text ? SignatureState.Published : SignatureState.New,
        { BundleVerifies: true } when checksums.IsThere => SignatureState.Kept,
        _ => SignatureState.Broken,
    };

    /// <summary>The names whose lines are not in the checksums that were signed.</summary>
    private IEnumerable<string> Changed()
    {
        var signed = (Facts.Existing.GetValueOrDefault(Checksums.Path) ?? "").Split('\n').ToHashSet(StringComparer.Ordinal);
        var now = Checksums.Text.Split('\n').ToHashSet(StringComparer.Ordinal);
        return now.Except(signed).Concat(signed.Except(now)).Select(line => line.Split("  ", 2)[^1]).Distinct().Order(StringComparer.Ordinal).Take(10);
    }

    private string SbomMarkdown()
    {
        if (Bom.Components.Count == 0) return "`sbom.json` (CycloneDX 1.6) lists no packages: no lock file pins any.";
        var from = string.Join(", ", Facts.LockFiles.Keys.Order(StringComparer.Ordinal).Select(Markdown.Code));
        var slices = string.Concat(Bom.Ecosystems.Select(e => $"    \"{e.Ecosystem}\" : {e.Count}\n"));
        return $"`sbom.json` (CycloneDX 1.6) lists {Bom.Components.Count} packages from {from}.\n\n{Markdown.Block("mermaid", $"pie showData\n    title Packages by ecosystem\n{slices}")}";
    }

    private string VerifyMarkdown()
    {
        var commands = "sha256sum --check --ignore-missing checksums.txt";
        if (Signature is SignatureState.Unsigned) return $"To verify, in the folder with the downloads:\n\n{Markdown.Block("sh", commands)}\n\nNothing is signed: give `cosign-key` to sign.";
        commands = $"cosign verify-blob --key cosign.pub --bundle {Facts.Paths.BundleName} --insecure-ignore-tlog=true checksums.txt\n{commands}";
        var state = Signature switch { SignatureState.Kept => "from an earlier run, and it verifies", SignatureState.Published => "taken from the published release, and it verifies", SignatureState.Broken => $"**{Markdown.Text(Problem!.Message)}**", _ => "made with the key below, and verified at once" };
        return $"Signature `{Facts.Paths.BundleName}`: {state}. To verify, in the folder with the downloads:\n\n{Markdown.Block("sh", commands)}\n\nThe key:\n\n{Markdown.Block("", Facts.Signing!.PublicKey)}";
    }
}
