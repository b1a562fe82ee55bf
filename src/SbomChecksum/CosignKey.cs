using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.SbomChecksum;

/// <summary>
/// A signing key that was opened with the cosign program (3.x; 2.6.2 and later of 2.x), offline. Key and password reach cosign
/// through its environment only: never through an argument, a log or a file.
/// </summary>
internal sealed class CosignKey
{
    // What `cosign signing-config create` and `trusted-root create` write with no service configured: nothing goes online.
    private const string NoServices =
        """{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","rekorTlogConfig":{},"tsaConfig":{}}""";
    private const string NoRoots = """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}""";
    private const string Variable = "COSIGN_PRIVATE_KEY";
    private const string Reference = $"env://{Variable}";

    private readonly Secret _key;
    private readonly Secret _password;
    private readonly SemanticVersion? _cosign;

    private CosignKey(Secret key, Secret password, SemanticVersion? cosign) => (_key, _password, _cosign) = (key, password, cosign);

    /// <summary>The public half, as PEM.</summary>
    public string PublicKey { get; private init; } = "";

    // Before 3.0 the current form of a bundle is an option.
    private string[] BundleForm => _cosign?.Major == 2 ? ["--new-bundle-format=true"] : [];

    /// <summary>Opens a key: checks cosign's version and the password, and finds the public half. Nothing is signed yet.</summary>
    /// <param name="key">The private key as PEM.</param>
    /// <param name="password">What it is encrypted with.</param>
    /// <param name="readers">Starts cosign.</param>
    /// <param name="cancellation">Stops cosign.</param>
    /// <exception cref="ActionException">cosign is missing, has a known flaw, or cannot open the key (exit 4).</exception>
    public static async Task<CosignKey> OpenAsync(Secret key, Secret? password, Readers readers, CancellationToken cancellation)
    {
        var cosign = await RequireSafeVersionAsync(readers, cancellation);
        var given = new CosignKey(key, password ?? new Secret(""), cosign);
        var opened = IsEncrypted(key) == true ? given : await given.EncryptAsync(readers, cancellation);
        var result = await RunAsync(readers, ["public-key", "--key", Reference], opened, null, cancellation);
        if (result.Succeeded) readers.Log.Secrets.Allow(result.Output);
        if (result.Succeeded) return new CosignKey(opened._key, opened._password, cosign) { PublicKey = result.Output };
        throw ActionException.Remote(
            $"cosign cannot open the signing key: {PlainText.Inert(result.LastWords)}",
            "Check that `cosign-password` is the password of `cosign-key`");
    }

    /// <summary>Signs the text of checksums.txt and verifies the signature. Neither is written to the workspace.</summary>
    /// <returns>The text of the bundle.</returns>
    /// <exception cref="ActionException">cosign refuses to sign (exit 4), or the bundle does not verify (exit 5).</exception>
    public async Task<string> SignAsync(string checksums, Readers readers, CancellationToken cancellation)
    {
        var file = readers.Files.WriteScratch("checksums.txt", checksums);
        var bundle = Path.Combine(readers.Files.Scratch, "bundle.json");
        var services = readers.Files.WriteScratch("signing-config.json", NoServices);
        var roots = readers.Files.WriteScratch("trusted-root.json", NoRoots);
        string[] arguments =
        [
            "sign-blob", "--key", Reference, "--signing-config", services, "--trusted-root", roots, .. BundleForm,
            "--bundle", bundle, "--yes", file,
        ];
        var result = await RunAsync(readers, arguments, this, null, cancellation);
        if (!result.Succeeded)
            throw ActionException.Remote(
                $"cosign could not sign: {PlainText.Inert(result.LastWords)}", "Run it again; cosign's own log has more");
        if (await VerifiesAsync(file, bundle, readers, cancellation)) return readers.Files.ReadText(bundle)!;
        throw ActionException.Verification(
            "The signature that was just made does not verify", "Nothing was written: check that cosign is the real one, and run it again");
    }

    /// <summary>Whether a bundle is the key's signature of a file.</summary>
    /// <param name="file">The path of the signed file, in the workspace or the scratch folder.</param>
    /// <param name="bundle">The path of the bundle.</param>
    /// <param name="readers">Starts cosign.</param>
    /// <param name="cancellation">Stops cosign.</param>
    public async Task<bool> VerifiesAsync(string file, string bundle, Readers readers, CancellationToken cancellation)
    {
        var key = readers.Files.WriteScratch("cosign.pub", PublicKey);
        var roots = readers.Files.WriteScratch("trusted-root.json", NoRoots);
        var (filePath, bundlePath) = (readers.Files.Resolve(file), readers.Files.Resolve(bundle));
        string[] arguments =
        [
            "verify-blob", "--key", key, "--trusted-root", roots, "--insecure-ignore-tlog=true", .. BundleForm,
            "--bundle", bundlePath, filePath,
        ];
        return (await RunAsync(readers, arguments, null, null, cancellation)).Succeeded;
    }

    /// <summary>Whether a PEM is encrypted as cosign does it; false for a plain EC, RSA or PKCS #8 key, null for anything else.</summary>
    public static bool? IsEncrypted(Secret key) => key.Reveal().TrimStart().Split('\n')[0].Trim() switch
    {
        "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----" or "-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----" => true,
        "-----BEGIN PRIVATE KEY-----" or "-----BEGIN EC PRIVATE KEY-----" or "-----BEGIN RSA PRIVATE KEY-----" => false,
        _ => null,
    };

    /// <summary>Why a version of cosign must not be used, or null.</summary>
    /// <remarks>CVE-2026-22703, fixed in 2.6.2 and 3.0.4; measured: 2.5.0 accepts a bundle whose digest does not match.</remarks>
    public static string? FlawOf(SemanticVersion version)
    {
        // A prerelease of the version with the fix may be from before it.
        bool IsBefore(int major, int minor, int patch)
        {
            var order = (version.Major, version.Minor, version.Patch).CompareTo((major, minor, patch));
            return order < 0 || (order == 0 && version.IsPrerelease);
        }

        var isOld = IsBefore(2, 6, 2);
        var isEarly3 = version.Major == 3 && IsBefore(3, 0, 4);
        return isOld || isEarly3 ? $"cosign {version} is affected by CVE-2026-22703; need >= 3.0.4 (or 2.6.2+)" : null;
    }

    private static async Task<SemanticVersion?> RequireSafeVersionAsync(Readers readers, CancellationToken cancellation)
    {
        var text = VersionIn((await RunAsync(readers, ["version", "--json"], null, null, cancellation)).Output);
        if (SemanticVersion.TryParse(text.TrimStart('v'), out var version))
        {
            if (FlawOf(version) is not { } flaw) return version;
            throw ActionException.Remote(flaw, "Install a later cosign, or use the action's own image, which has one");
        }

        // Distributions build it without a version. It is used anyway: what it signs is verified.
        readers.Log.Warning(new Finding(
            $"cosign does not report its version ('{PlainText.Inert(text)}')",
            "Check that it is 3.0.4 or later, or 2.6.2 or later of 2.x"));
        return null;
    }

    private static string VersionIn(string json)
    {
        try
        {
            return BoundedJson.ReadObject(json)["gitVersion"]?.ToString() ?? "";
        }
        catch (FormatException)
        {
            return "";
        }
    }

    // cosign signs with encrypted keys only: a plain one goes to it through a pipe, and is encrypted for this run.
    private async Task<CosignKey> EncryptAsync(Readers readers, CancellationToken cancellation)
    {
        var random = new Secret(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        var prefix = Path.Combine(readers.Files.Scratch, "imported");
        string[] arguments = ["import-key-pair", "--key", "/dev/stdin", "--output-key-prefix", prefix, "--yes"];
        var result = await RunAsync(readers, arguments, new CosignKey(_key, random, _cosign), _key.Reveal() + "\n", cancellation);
        if (result.Succeeded && readers.Files.ReadText($"{prefix}.key") is { } encrypted)
            return new CosignKey(new Secret(encrypted), random, _cosign);
        throw ActionException.Remote(
            $"cosign cannot read the signing key: {PlainText.Inert(result.LastWords)}",
            "Give a key made by `cosign generate-key-pair`, or an EC, RSA or PKCS #8 key as PEM");
    }

    private static Task<CommandResult> RunAsync(
        Readers readers, IReadOnlyList<string> arguments, CosignKey? key, string? input, CancellationToken cancellation)
    {
        // A private home: cosign keeps a cache there, and nothing may stay behind.
        var scratch = readers.Files.Scratch;
        var environment = new Dictionary<string, string> { ["HOME"] = scratch, ["TUF_ROOT"] = Path.Combine(scratch, "tuf") };
        if (key is not null) (environment[Variable], environment["COSIGN_PASSWORD"]) = (key._key.Reveal(), key._password.Reveal());
        var options = new CommandOptions
        {
            Environment = environment, StandardInput = input, InputIsSecret = input is not null, Timeout = TimeSpan.FromMinutes(1),
        };
        return readers.Programs.RunAsync("cosign", arguments, options, cancellation);
    }
}
