using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReleaseActions.Core.Text;

/// <summary>The texts by which a secret could be recognised in an output.</summary>
internal static class SecretForms
{
    // Shorter pieces are found in ordinary text, and hiding them would make the log unreadable without keeping anything secret.
    private const int LeastCharactersOfAPiece = 6;

    // A secret of one to three characters keeps nothing secret, and hiding it would black out half of every line.
    private const int LeastCharacters = 4;

    // Anything shorter may be ordinary text: `release` and `sha256` are passwords somewhere.
    private const int LeastBytesToRefuse = 16;

    /// <summary>What is hidden in the log.</summary>
    public static IEnumerable<string> Of(Secret secret)
    {
        var value = secret.Reveal();
        if (value.Length < LeastCharacters) return [];
        return Encoded(value).Prepend(value).Concat(LinesOf(value)).Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(value)))
            .Where(form => form.Length >= LeastCharactersOfAPiece || form == value).Distinct();
    }

    /// <summary>What is hidden in the log as well, and is not worth a mask of the runner: how servers and pages spell a text.</summary>
    public static IEnumerable<string> Spelled(Secret secret)
    {
        var value = secret.Reveal();
        if (value.Length < LeastCharacters) return [];
        return SecretSpellings.Of(value).Where(form => form.Length >= LeastCharactersOfAPiece && form != value).Distinct();
    }

    /// <summary>What may not be published; nothing of a short secret.</summary>
    public static IEnumerable<string> Refused(Secret secret)
    {
        var value = secret.Reveal();
        if (Encoding.UTF8.GetByteCount(value) < LeastBytesToRefuse) return [];
        var pieces = LinesOf(value).Prepend(value).Where(p =>
            Encoding.UTF8.GetByteCount(p) >= LeastBytesToRefuse && !p.StartsWith("-----", StringComparison.Ordinal));
        return pieces.SelectMany(p => Encoded(p).Prepend(p)).Concat(SecretSpellings.Of(value))
            .Where(form => form.Length >= LeastBytesToRefuse).Distinct();
    }

    private static IEnumerable<string> LinesOf(string value) => value
        .Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(l => l.Length >= LeastCharactersOfAPiece);

    private static IEnumerable<string> Encoded(string given)
    {
        // Half a surrogate pair, which an encoder refuses, becomes what it is printed as.
        var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(given));
        for (var before = 0; before < 3; before++)
        {
            var encoded = Base64(value, before);
            yield return encoded;
            yield return encoded.Replace('+', '-').Replace('/', '_');
        }

        var escaped = Uri.EscapeDataString(value);
        yield return escaped;
        if (escaped != value) yield return LowerEscapes(escaped);
        yield return WebUtility.UrlEncode(value);
        yield return WebUtility.HtmlEncode(value);
        yield return JsonEncodedText.Encode(value).ToString();
        yield return JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        var hex = Convert.ToHexString(Encoding.UTF8.GetBytes(value));
        yield return hex;
        yield return hex.ToLowerInvariant();
    }

    private static string LowerEscapes(string escaped)
    {
        var text = escaped.ToCharArray();
        for (var at = escaped.IndexOf('%', StringComparison.Ordinal); at >= 0; at = escaped.IndexOf('%', at + 1))
            (text[at + 1], text[at + 2]) = (char.ToLowerInvariant(text[at + 1]), char.ToLowerInvariant(text[at + 2]));
        return new string(text);
    }

    // Base64 of `anyone:secret` holds the secret at one of three offsets, by the length of what stands before it. The characters
    // at both ends that depend on the neighbours are left out.
    private static string Base64(string value, int before)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var text = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
        var begin = (before * 8 + 5) / 6;
        var end = (before + bytes.Length) * 8 / 6;
        return end > begin ? text[begin..end] : "";
    }
}
