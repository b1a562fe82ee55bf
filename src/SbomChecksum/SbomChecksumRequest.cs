using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

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

/// <summary>The inputs, merged with the policy.</summary>
internal sealed class SbomChecksumRequest
{
    private readonly ReleasePolicy _policy;
    private readonly RunnerContext _runner;
    private readonly string? _version;
    private readonly bool _allowUnencryptedKey;

    public SbomChecksumRequest(Inputs inputs, ReleasePolicy policy)
    {
        (_policy, _runner) = (policy, inputs.Runner);
        Files = new FileInputs(inputs, "Overrides the policy.").Or(policy.Artifacts.Files);
        var folder = inputs.OptionalText(
            "folder", "Where to write checksums.txt, sbom.json and the signature. Overrides the policy (release-artifacts).");
        Folder = folder ?? policy.Artifacts.Folder;
        var lockfiles = inputs.Lines(
            "lockfiles",
            "The lock files to read for the SBOM, one per line. Overrides the policy. If neither names any, they are searched for.");
        Lockfiles = lockfiles.Count > 0 ? lockfiles : policy.Artifacts.Lockfiles;
        _version = inputs.OptionalText(
            "version",
            "The version to release, without the tag prefix. If omitted: the tag that started the run or, without a tag, the commit.");
        var sign = inputs.Choice(
            "sign",
            "Whether to sign checksums.txt: with the key if one is given (auto), always with the key (key), or not at all (none).",
            SignMode.Auto);
        var key = inputs.Secret("cosign-key", "The private key to sign with: the text of the file that cosign generate-key-pair wrote.");
        Password = inputs.Secret("cosign-password", "The password that the key is encrypted with.");
        _allowUnencryptedKey = inputs.Flag("allow-unencrypted-key", "Sign even with a key that has no password.", fallback: false);
        var bundleName = inputs.OptionalText(
            "bundle-name", "The name of the signature bundle. Overrides the policy (checksums.txt.sigstore.json).");
        BundleName = bundleName ?? policy.Artifacts.BundleName;
        SigningKey = sign == SignMode.None ? null : key;
        RejectWrongKey(inputs, sign);
        RejectWrongBundleName(inputs);
    }

    /// <summary>The files to publish.</summary>
    public FileList Files { get; }

    /// <summary>Where the files are written, as it was given.</summary>
    public string Folder { get; }

    /// <summary>The lock files to read; empty where they are looked for.</summary>
    public IReadOnlyList<string> Lockfiles { get; }

    /// <summary>The key to sign with; null where nothing is signed.</summary>
    public Secret? SigningKey { get; }

    /// <summary>The password of the key.</summary>
    public Secret? Password { get; }

    /// <summary>The file name of the signature bundle.</summary>
    public string BundleName { get; }

    /// <summary>The path of checksums.txt, relative to the workspace.</summary>
    public string ChecksumsPath => InFolder("checksums.txt");

    /// <summary>The path of sbom.json.</summary>
    public string SbomPath => InFolder("sbom.json");

    /// <summary>The path of the signature bundle.</summary>
    public string BundlePath => InFolder(BundleName);

    /// <summary>The path of cosign.pub.</summary>
    public string PublicKeyPath => InFolder("cosign.pub");

    /// <summary>Every path that is written to.</summary>
    public IReadOnlyCollection<string> MadePaths => [ChecksumsPath, SbomPath, BundlePath, PublicKeyPath];

    /// <summary>Why the key is not signed with, or null: a key without a password needs <c>allow-unencrypted-key</c>.</summary>
    public Finding? KeyRefusal
    {
        get
        {
            if (SigningKey is null || _allowUnencryptedKey) return null;
            var isEncrypted = CosignKey.IsEncrypted(SigningKey) == true;
            if (isEncrypted && Password is not null) return null;
            return new Finding(
                isEncrypted
                    ? "The signing key's password is empty: whoever sees the key can sign with it"
                    : "The signing key is not encrypted: whoever sees it can sign with it",
                "Give a key made by `cosign generate-key-pair` with a password and the password in `cosign-password`, "
                    + "or set `allow-unencrypted-key: true`");
        }
    }

    /// <summary>The release of this run; null where the run releases no version, such as on a branch.</summary>
    /// <exception cref="ActionException">The given version is not valid, or the policy needs a product (exit 2).</exception>
    public ReleaseTag? FindRelease()
    {
        _policy.RequireUseOfProduct();
        var (prefix, scheme) = (_policy.Version.TagPrefix, _policy.Version.Scheme);
        var release = _version is not null ? ReleaseTag.OfRun(_version, _runner.Ref, prefix, scheme)
            : _runner.Tag is { } tag ? ReleaseTag.Find(tag, prefix, scheme)
            : null;
        if (release is not null) _policy.RequireProduct();
        return release;
    }

    private void RejectWrongKey(Inputs inputs, SignMode sign)
    {
        if (sign == SignMode.Key && SigningKey is null)
            inputs.Reject(
                "The input 'sign' is 'key', and 'cosign-key' was not given",
                "Give the key as a secret: `cosign-key: ${{ secrets.COSIGN_KEY }}`");
        if (SigningKey is not null && CosignKey.IsEncrypted(SigningKey) is null)
            inputs.Reject(
                "The signing key is not a private key that cosign reads",
                "Give the whole text of the file that `cosign generate-key-pair` wrote, including its first and last line");
    }

    private void RejectWrongBundleName(Inputs inputs)
    {
        var isTaken = BundleName is "checksums.txt" or "sbom.json" or "cosign.pub";
        var isFileName = BundleName.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && BundleName is not ("" or ['.', ..]);
        if (isTaken || !isFileName)
            inputs.Reject(
                $"The bundle name '{PlainText.Inert(BundleName)}' cannot be used",
                "Name a file without a folder, such as checksums.txt.sigstore.json or package.sigstore");
    }

    private string InFolder(string name)
    {
        var folder = Path.GetRelativePath(_runner.Workspace, Path.Combine(_runner.Workspace, Folder));
        return folder == "." ? name : $"{folder}/{name}";
    }
}
