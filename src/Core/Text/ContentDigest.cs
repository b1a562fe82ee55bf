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

    /// <summary>Whether a text is a sha256 digest by the letter.</summary>
    public static bool IsSha256(string text) => text.StartsWith(Sha256, StringComparison.Ordinal) && IsIdentifier(text.AsSpan(Sha256.Length));

    /// <summary>Whether a text is 64 hex digits in lower case: what docker calls an identifier, and no image may be called.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(HexDigits);
}
