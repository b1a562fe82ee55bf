using System.Security.Cryptography;
using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.SbomChecksum;

/// <summary>What happens with the signature.</summary>
internal enum SignatureState
{
    /// <summary>Nothing is signed.</summary>
    Unsigned,

    /// <summary>None fits yet, and one is made.</summary>
    New,

    /// <summary>The one in the folder verifies, and is kept.</summary>
    Kept,

    /// <summary>The published release has one of exactly these checksums, and it is used.</summary>
    Published,

    /// <summary>The one in the folder is not a signature of these checksums by this key.</summary>
    Broken,
}

/// <summary>The texts to write. The same request and facts give the same plan, byte for byte.</summary>
internal sealed record SbomChecksumPlan : IPlan
{
    private SbomChecksumPlan(SbomChecksumRequest request, SbomChecksumFacts facts)
    {
        (Request, Facts) = (request, facts);
        Bom = Bom.Of(facts.Product, facts.Files, [.. facts.LockFiles.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value)]);
        Sbom = CycloneDx.Write(Bom);
        var digests = facts.Files.Select(f => (f.Name, f.Sha256)).Append((Name: "sbom.json", Sha256: Sha256Of(Sbom)));
        Digests = [.. digests.OrderBy(d => d.Name, StringComparer.Ordinal)];
        Checksums = string.Concat(Digests.Select(d => $"{d.Sha256}  {d.Name}\n"));
        Signature = Decide();
    }

    public SbomChecksumRequest Request { get; }

    public SbomChecksumFacts Facts { get; }

    public Bom Bom { get; }

    /// <summary>The text of sbom.json.</summary>
    public string Sbom { get; }

    /// <summary>The text of checksums.txt, as <c>sha256sum --check</c> reads it.</summary>
    public string Checksums { get; }

    /// <summary>The files of checksums.txt, in ordinal order of their names.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Digests { get; }

    public SignatureState Signature { get; }

    /// <summary>The files to write, except the bundle, and whether each is there already, byte for byte.</summary>
    public IReadOnlyList<(string Path, string Text, bool IsThere)> MadeFiles
    {
        get
        {
            List<(string Path, string Text)> made = [(Request.SbomPath, Sbom), (Request.ChecksumsPath, Checksums)];
            if (Facts.Key is { } key) made.Add((Request.PublicKeyPath, key.PublicKey));
            return [.. made.Select(f => (f.Path, f.Text, Facts.Existing.GetValueOrDefault(f.Path) == f.Text))];
        }
    }

    /// <summary>The paths of all files to attach to the release; those written here come last.</summary>
    public IReadOnlyList<string> AssetPaths
    {
        get
        {
            string[] signed = Facts.Key is null ? [] : [Request.BundlePath, Request.PublicKeyPath];
            return [.. Facts.Files.Select(f => f.Path), Request.SbomPath, Request.ChecksumsPath, .. signed];
        }
    }

    public IReadOnlyList<Finding> Refusals =>
        Request.KeyRefusal is { } refusal ? [refusal] : Signature == SignatureState.Broken ? [BrokenSignature] : [];

    public ExitCode RefusalCode => Signature == SignatureState.Broken ? ExitCode.VerificationFailed : ExitCode.Refused;

    public static SbomChecksumPlan For(SbomChecksumRequest request, SbomChecksumFacts facts) => new(request, facts);

    /// <summary>The digest of a text in UTF-8, in lower-case hex.</summary>
    public static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public void WriteTo(Log log)
    {
        foreach (var notice in Facts.OmittedFiles) log.Notice(notice);
        foreach (var file in Facts.Files) log.Step("hash", ("file", file.Path), ("bytes", file.Size), ("sha256", file.Sha256));
    }

    public string ToMarkdown()
    {
        static string[] Row(string name, long size, string sha256) => [Markdown.Code(name), Markdown.Size(size), Markdown.Code(sha256)];
        var rows = Facts.Files.Select(f => Row(f.Name, f.Size, f.Sha256))
            .Append(Row("sbom.json", Encoding.UTF8.GetByteCount(Sbom), Sha256Of(Sbom)));
        return $"""
            ## Artifacts of {Markdown.Text(Facts.Product.Name)} {Markdown.Text(Facts.Product.Version)}

            {Markdown.Table(["file", "size", "SHA-256"], rows)}
            {string.Concat(Facts.OmittedFiles.Select(notice => $"⚠️ {Markdown.Text(notice)}\n\n"))}{SbomMarkdown()}

            {VerifyMarkdown()}
            """;
    }

    private SignatureState Decide()
    {
        if (Facts.Key is null) return SignatureState.Unsigned;
        if (Facts.Signature is not { } earlier) return SignatureState.New;
        if (earlier.Published is { } published)
            return earlier.Verifies && published.Checksums == Checksums ? SignatureState.Published : SignatureState.New;
        var isSigned = earlier.Verifies && Facts.Existing.GetValueOrDefault(Request.ChecksumsPath) == Checksums;
        return isSigned ? SignatureState.Kept : SignatureState.Broken;
    }

    private Finding BrokenSignature => new(
        Facts.Signature!.Verifies
            ? $"The files are not those that '{Request.BundlePath}' signed: {string.Join(", ", ChangedNames())} changed since"
            : $"The bundle '{Request.BundlePath}' does not verify '{Request.ChecksumsPath}': "
                + "one of them was changed, or another key signed it",
        $"Compare them with what was published; to sign again, delete the folder '{Request.Folder}' first");

    /// <summary>The names whose lines are not in the checksums that were signed.</summary>
    private IEnumerable<string> ChangedNames()
    {
        var signed = Facts.Existing[Request.ChecksumsPath].Split('\n').ToHashSet(StringComparer.Ordinal);
        var now = Checksums.Split('\n').ToHashSet(StringComparer.Ordinal);
        signed.SymmetricExceptWith(now);
        return signed.Select(line => line.Split("  ", 2)[^1]).Distinct().Order(StringComparer.Ordinal).Take(10);
    }

    private string SbomMarkdown()
    {
        if (Bom.Components.Count == 0) return "`sbom.json` (CycloneDX 1.6) lists no packages: no lock file pins any.";
        var sources = string.Join(", ", Facts.LockFiles.Keys.Order(StringComparer.Ordinal).Select(Markdown.Code));
        var slices = string.Concat(Bom.Ecosystems.Select(e => $"    \"{e.Ecosystem}\" : {e.Count}\n"));
        var chart = Markdown.Block("mermaid", $"pie showData\n    title Packages by ecosystem\n{slices}");
        return $"`sbom.json` (CycloneDX 1.6) lists {Bom.Components.Count} packages from {sources}.\n\n{chart}";
    }

    private string VerifyMarkdown()
    {
        var check = "sha256sum --check --ignore-missing checksums.txt";
        if (Facts.Key is null)
        {
            var reason = Request.KeyRefusal is { } refusal
                ? $"**{Markdown.Text(refusal.Message)}**"
                : "Nothing is signed: give `cosign-key` to sign.";
            return $"To verify, in the folder with the downloads:\n\n{Markdown.Block("sh", check)}\n\n{reason}";
        }

        var state = Signature switch
        {
            SignatureState.Kept => "from an earlier run, and it verifies",
            SignatureState.Published => "taken from the published release, and it verifies",
            SignatureState.Broken => $"**{Markdown.Text(BrokenSignature.Message)}**",
            _ => "made with the key below, and verified immediately",
        };
        var verify = $"cosign verify-blob --key cosign.pub --bundle {Request.BundleName} --insecure-ignore-tlog=true checksums.txt";
        return $"""
            Signature `{Request.BundleName}`: {state}. To verify, in the folder with the downloads:

            {Markdown.Block("sh", $"{verify}\n{check}")}

            The key:

            {Markdown.Block("", Facts.Key.PublicKey)}
            """;
    }
}
