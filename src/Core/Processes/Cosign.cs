using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Processes;

/// <summary>
/// Signs files and checks signatures, through the cosign program (3.x; 2.6.2 and later of 2.x), offline. Key and password travel
/// in the child's environment only: never in an argument, a log or a file.
/// </summary>
public sealed class Cosign(CommandRunner commands, Workspace workspace, Log log)
{
    // What `cosign signing-config create` and `trusted-root create` write when told to use no service: nothing goes online.
    private const string NoServices = """{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}""";
    private const string NoRoots = """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}""";

    private SemanticVersion? _version;

    /// <summary>Makes a key ready: cosign is fit, the password fits, the public half is known. Nothing is signed yet.</summary>
    /// <param name="key">The private key as PEM.</param>
    /// <param name="password">What it is encrypted with.</param>
    /// <param name="mayBeUnencrypted">Whether a key that anybody can use who sees it is taken all the same.</param>
    /// <param name="cancellation">Stops cosign.</param>
    /// <exception cref="ActionException">The key is none (exit 2) or unprotected (exit 3); cosign is missing, unfit, or cannot open the key (exit 4).</exception>
    public async Task<CosignKey> OpenKeyAsync(Secret key, Secret? password, bool mayBeUnencrypted, CancellationToken cancellation)
    {
        var isEncrypted = CosignKey.IsEncrypted(key);
        if ((!isEncrypted || password is null) && !mayBeUnencrypted)
            throw ActionException.Refused(
                isEncrypted ? "The signing key's password is empty: whoever sees the key can sign with it" : "The signing key is not encrypted: whoever sees it can sign with it",
                "Give a key made by `cosign generate-key-pair` with a password and the password in `cosign-password`, or set `allow-unencrypted-key: true`");
        await RequireFitAsync(cancellation);
        var opened = isEncrypted ? new CosignKey(key, password ?? new Secret(""), "") : await ImportAsync(key, cancellation);
        var result = await RunAsync(["public-key", "--key", CosignKey.Reference], opened, cancellation);
        if (result.Succeeded) return opened with { PublicKey = result.Output };
        throw ActionException.Remote($"cosign cannot open the signing key: {PlainText.Inert(result.LastWords)}", "See that `cosign-password` is the password of `cosign-key`");
    }

    /// <summary>Signs a file into a bundle, and verifies the bundle at once.</summary>
    /// <param name="key">The opened key.</param>
    /// <param name="file">The file, in the workspace or the scratch folder.</param>
    /// <param name="bundle">Where the bundle goes; a place in the scratch folder, so that no half one is ever published.</param>
    /// <param name="cancellation">Stops cosign.</param>
    /// <exception cref="ActionException">cosign refuses to sign (exit 4), or the bundle does not verify (exit 5).</exception>
    public async Task SignBlobAsync(CosignKey key, string file, string bundle, CancellationToken cancellation)
    {
        var (services, roots) = (Offline("signing-config.json", NoServices), Offline("trusted-root.json", NoRoots));
        // Up to 2.x a bundle of today's form has to be asked for.
        string[] form = _version?.Major == 2 ? ["--new-bundle-format=true"] : [];
        var result = await RunAsync(
            ["sign-blob", "--key", CosignKey.Reference, "--signing-config", services, "--trusted-root", roots, .. form, "--bundle", workspace.Resolve(bundle), "--yes", workspace.Resolve(file)], key, cancellation);
        if (!result.Succeeded) throw ActionException.Remote($"cosign could not sign: {PlainText.Inert(result.LastWords)}", "Run it again; the log of cosign tells more");
        if (!await VerifiesBlobAsync(key.PublicKey, file, bundle, cancellation))
            throw ActionException.Verification("The signature that was made just now does not verify", "Nothing was kept of it: see that cosign is the real one, and run it again");
    }

    /// <summary>Whether a bundle is the signature of a file by a key.</summary>
    /// <param name="publicKey">The public key as PEM.</param>
    /// <param name="file">The signed file.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="cancellation">Stops cosign.</param>
    public async Task<bool> VerifiesBlobAsync(string publicKey, string file, string bundle, CancellationToken cancellation)
    {
        var (keyFile, roots) = (Offline("cosign.pub", publicKey), Offline("trusted-root.json", NoRoots));
        string[] form = _version?.Major == 2 ? ["--new-bundle-format=true"] : [];
        var result = await RunAsync(
            ["verify-blob", "--key", keyFile, "--trusted-root", roots, "--insecure-ignore-tlog=true", .. form, "--bundle", workspace.Resolve(bundle), workspace.Resolve(file)], null, cancellation);
        return result.Succeeded;
    }

    /// <summary>Why a version must not be used, or null.</summary>
    /// <remarks>CVE-2026-22703, mended in 2.6.2 and 3.0.4; measured: 2.5.0 accepts a bundle whose digest does not match.</remarks>
    internal static string? Complaint(SemanticVersion version) =>
        (version.Major, version.Minor, version.Patch).CompareTo((2, 6, 2)) < 0 || (version.Major == 3 && (version.Minor, version.Patch).CompareTo((0, 4)) < 0)
            ? $"cosign {version} is affected by CVE-2026-22703; need >= 3.0.4 (or 2.6.2+)"
            : null;

    private async Task RequireFitAsync(CancellationToken cancellation)
    {
        var result = await RunAsync(["version", "--json"], null, cancellation);
        var said = VersionIn(result.Output);
        if (SemanticVersion.TryParse(said.TrimStart('v'), out _version))
        {
            if (Complaint(_version) is { } complaint) throw ActionException.Remote(complaint, "Install a later cosign, or use the action's own image, which has one");
            return;
        }

        // Distributions build it without a version. It cannot be judged; what it signs is verified all the same.
        log.Warning(new Finding($"cosign does not say its version ('{PlainText.Inert(said)}')", "See that it is 3.0.4 or later, or 2.6.2 or later of 2.x"));
    }

    private static string VersionIn(string json)
    {
        try
        {
            return JsonNode.Parse(json)?["gitVersion"]?.ToString() ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>Cosign signs with encrypted keys only: a plain one is given to it by a pipe, and encrypted for this run.</summary>
    private async Task<CosignKey> ImportAsync(Secret key, CancellationToken cancellation)
    {
        var password = new Secret(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        var prefix = Path.Combine(workspace.Scratch, "imported");
        var result = await RunAsync(["import-key-pair", "--key", "/dev/stdin", "--output-key-prefix", prefix, "--yes"], new CosignKey(key, password, ""), cancellation, key.Reveal() + "\n");
        if (!result.Succeeded || workspace.ReadText($"{prefix}.key") is not { } encrypted)
            throw ActionException.Remote($"cosign cannot take the signing key: {PlainText.Inert(result.LastWords)}", "Give a key made by `cosign generate-key-pair`, or an EC, RSA or PKCS #8 key as PEM");
        return new CosignKey(new Secret(encrypted), password, "");
    }

    private Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CosignKey? key, CancellationToken cancellation, string? input = null)
    {
        // A home of its own: cosign keeps a cache there, and nothing is to stay behind.
        var environment = new Dictionary<string, string> { ["HOME"] = workspace.Scratch, ["TUF_ROOT"] = Path.Combine(workspace.Scratch, "tuf") };
        foreach (var (name, value) in key?.Environment ?? []) environment[name] = value;
        return commands.RunAsync("cosign", arguments, new CommandOptions { Environment = environment, StandardInput = input, Timeout = TimeSpan.FromMinutes(1) }, cancellation);
    }

    private string Offline(string name, string text)
    {
        var path = Path.Combine(workspace.Scratch, name);
        workspace.WriteText(path, text);
        return path;
    }
}

/// <summary>A signing key that cosign can use.</summary>
public sealed record CosignKey
{
    /// <summary>How cosign is told to look into its environment for the key.</summary>
    internal const string Reference = $"env://{Variable}";

    private const string Variable = "COSIGN_PRIVATE_KEY";

    private readonly Secret _key;
    private readonly Secret _password;

    internal CosignKey(Secret key, Secret password, string publicKey) => (_key, _password, PublicKey) = (key, password, publicKey);

    /// <summary>The public half, as PEM.</summary>
    public string PublicKey { get; internal init; }

    internal Dictionary<string, string> Environment => new() { [Variable] = _key.Reveal(), ["COSIGN_PASSWORD"] = _password.Reveal() };

    /// <summary>Whether a PEM is encrypted in cosign's way; a plain EC, RSA or PKCS #8 key is not.</summary>
    /// <exception cref="ActionException">It is neither (exit 2).</exception>
    internal static bool IsEncrypted(Secret key)
    {
        var label = key.Reveal().TrimStart().Split('\n')[0].Trim();
        return label switch
        {
            "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----" or "-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----" => true,
            "-----BEGIN PRIVATE KEY-----" or "-----BEGIN EC PRIVATE KEY-----" or "-----BEGIN RSA PRIVATE KEY-----" => false,
            _ => throw ActionException.BadInput("The signing key is no private key that cosign reads", "Give the whole text of the file that `cosign generate-key-pair` wrote, its first and last line included"),
        };
    }
}
