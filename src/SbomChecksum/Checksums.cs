using System.Security.Cryptography;
using System.Text;

namespace ReleaseActions.SbomChecksum;

/// <summary>The text that <c>sha256sum -c</c> reads.</summary>
internal static class Checksums
{
    /// <summary>The digest of a text in UTF-8, lower-case hex.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The text of <c>checksums.txt</c>: GNU's form, by base name, in ordinal order.</summary>
    public static string Write(IEnumerable<(string Name, string Sha256)> files)
    {
        var text = new StringBuilder();
        foreach (var (name, sha256) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            // GNU marks a line whose name is escaped with a backslash of its own.
            var isEscaped = name.Contains('\\', StringComparison.Ordinal);
            text.Append(isEscaped ? "\\" : "").Append(sha256).Append("  ").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }
}
