using System.Text;
using System.Text.Json;

namespace ReleaseActions.Fuzz.Runs;

/// <summary>A secret in the forms it travels in, written without the code under test.</summary>
internal static class SecretText
{
    /// <summary>Whether a text has it: raw, escaped for an address or for JSON, or in base64 behind anything.</summary>
    public static bool IsIn(string text, string secret) => Forms(secret).Any(f => text.Contains(f, StringComparison.Ordinal));

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return JsonSerializer.Serialize(secret)[1..^1];
        for (var before = 0; before < 3; before++)
        {
            byte[] bytes = [.. new byte[before], .. Encoding.UTF8.GetBytes(secret)];
            // Only whole groups of three bytes, whose four characters depend on nothing beside them.
            var first = before == 0 ? 0 : 4;
            var text = Convert.ToBase64String(bytes[..(bytes.Length / 3 * 3)]);
            yield return text[first..];
        }
    }
}
