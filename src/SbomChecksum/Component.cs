using ReleaseActions.Core.Text;

namespace ReleaseActions.SbomChecksum;

/// <summary>What a component is needed for, in CycloneDX's words for <c>scope</c>.</summary>
internal enum Scope
{
    /// <summary>Part of what runs.</summary>
    Required,

    /// <summary>Part of what runs on some platforms, or where the user chose it.</summary>
    Optional,

    /// <summary>Needed to build or test only.</summary>
    Excluded,
}

/// <summary>A digest of a package's file, as its registry published it.</summary>
/// <param name="Algorithm">CycloneDX's name for it, such as <c>SHA-512</c>.</param>
/// <param name="Hex">The digest in lower-case hex.</param>
internal sealed record Hash(string Algorithm, string Hex)
{
    /// <summary>Reads <c>sha512-BASE64</c> as npm writes it (W3C Subresource Integrity); null where it is something else.</summary>
    public static Hash? FromIntegrity(string? text)
    {
        // There may be several digests; in practice the strongest is the last.
        var last = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return last?.Split('-', 2) is [var algorithm, var base64] ? FromBase64(algorithm, base64) : null;
    }

    /// <summary>Reads <c>sha256:HEX</c> as Python's tools and Cargo write it; null where it is something else.</summary>
    public static Hash? FromPrefixed(string? text) =>
        text?.Split(':', 2) is [var algorithm, var hex] ? Of(algorithm, hex.ToLowerInvariant()) : null;

    public static Hash? FromBase64(string algorithm, string base64)
    {
        var bytes = new byte[128];
        var isRead = Convert.TryFromBase64String(base64, bytes, out var length);
        return isRead ? Of(algorithm, Convert.ToHexStringLower(bytes, 0, length)) : null;
    }

    // A digest of the wrong length is omitted: a wrong hash in an SBOM is worse than none.
    private static Hash? Of(string algorithm, string hex) => algorithm switch
    {
        "sha1" when IsHex(hex, 40) => new Hash("SHA-1", hex),
        "sha256" when IsHex(hex, 64) => new Hash("SHA-256", hex),
        "sha384" when IsHex(hex, 96) => new Hash("SHA-384", hex),
        "sha512" when IsHex(hex, 128) => new Hash("SHA-512", hex),
        _ => null,
    };

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>A package that a lock file pins.</summary>
/// <param name="Url">Its package URL.</param>
internal sealed record Component(PackageUrl Url)
{
    /// <summary>The package URL as text: its identity here and in the SBOM.</summary>
    public string Reference { get; } = Url.ToString();

    /// <summary>Digests of its file; empty where the lock file has none, or has several files and does not choose among them.</summary>
    public IReadOnlyList<Hash> Hashes { get; init; } = [];

    /// <summary>The licence as the lock file has it: an SPDX id, an expression or plain words; null where it has none.</summary>
    public string? License { get; init => field = value is null ? null : UrlText.WithoutCredentials(value); }

    /// <summary>What it is needed for.</summary>
    public Scope Scope { get; init; }

    /// <summary>The references of what it depends on; null where the lock file does not say.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }
}
