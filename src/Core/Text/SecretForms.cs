using System.Text;

namespace ReleaseActions.Core.Text;

/// <summary>The texts by which a secret could be recognised in an output.</summary>
internal static class SecretForms
{
    // Shorter pieces are found in ordinary text, and hiding them would make the log unreadable without keeping anything secret.
    private const int LeastCharactersOfAPiece = 6;

    // A secret of one to three characters keeps nothing secret, and hiding it would black out half of every line.
    private const int LeastCharacters = 4;

    public static IEnumerable<string> Of(Secret secret)
    {
        var value = secret.Reveal();
        if (value.Length < LeastCharacters) return [];
        var lines = value.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l.Length >= LeastCharactersOfAPiece);
        var encoded = Enumerable.Range(0, 3).Select(before => Base64(value, before)).Where(b => b.Length >= LeastCharactersOfAPiece);
        return new[] { value, Uri.EscapeDataString(value) }.Concat(lines).Concat(encoded)
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(value))).Distinct();
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
