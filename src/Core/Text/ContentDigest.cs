using System.Buffers;
using System.Security.Cryptography;

namespace ReleaseActions.Core.Text;

/// <summary>The names of content: <c>sha256:</c> and 64 hex digits. Other algorithms are legal in OCI documents, and no registry here is asked for them.</summary>
public static class ContentDigest
{
    private const string Sha256 = "sha256:";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The digest of bytes that are at hand.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Sha256 + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The digest that a finished hash stands for.</summary>
    public static string Of(IncrementalHash hash) => Sha256 + Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <summary>The digest of a stream from where it stands to its end, read once and not kept.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellation) =>
        Sha256 + Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));

    /// <summary>Whether a text is a sha256 digest by the letter.</summary>
    public static bool IsSha256(string text) => text.StartsWith(Sha256, StringComparison.Ordinal) && IsIdentifier(text.AsSpan(Sha256.Length));

    /// <summary>Whether a text is 64 hex digits in lower case: what docker calls an identifier, and no image may be called.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(HexDigits);

    /// <summary>Whether a text is a digest of any algorithm, by the grammar of the OCI image specification.</summary>
    public static bool IsLegal(string text)
    {
        if (text.Split(':') is not [var algorithm, { Length: > 0 } encoded]) return false;
        if (!encoded.All(c => char.IsAsciiLetterOrDigit(c) || c is '=' or '_' or '-')) return false;
        var parts = algorithm.Split('+', '.', '_', '-');
        if (!parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))) return false;
        return algorithm != "sha256" || IsSha256(text);
    }
}
