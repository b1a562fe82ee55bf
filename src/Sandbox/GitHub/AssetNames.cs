using System.Text;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>
/// The name that GitHub gives an asset. Its API description says: "special characters, non-alphanumeric characters, and leading or trailing
/// periods". The rest is what public reports saw: special characters become one period, accents are dropped, scripts and emoji vanish, and
/// <c>default</c> comes before a leading period.
/// </summary>
internal static class AssetNames
{
    // Each word is what the characters after it become.
    private static readonly Dictionary<char, string> Plain = (
        "A:ÀÁÂÃÄÅĀĂĄ AE:Æ C:ÇĆĈĊČ E:ÈÉÊËĒĔĖĘĚ I:ÌÍÎÏĨĪĬĮİ D:ÐĎĐ N:ÑŃŅŇ O:ÒÓÔÕÖØŌŎŐ x:× U:ÙÚÛÜŨŪŬŮŰŲ Y:ÝŶŸ "
        + "Th:Þ ss:ß a:àáâãäåāăą ae:æ c:çćĉċč "
        + "e:èéêëēĕėęě i:ìíîïĩīĭįı d:ðďđ n:ñńņňŉ o:òóôõöøōŏő u:ùúûüũūŭůűų y:ýÿŷ th:þ G:ĜĞĠĢ g:ĝğġģ H:ĤĦ h:ĥħ IJ:Ĳ ij:ĳ J:Ĵ j:ĵ K:Ķ k:ķĸ "
        + "L:ĹĻĽĿŁ l:ĺļľŀł NG:Ŋ ng:ŋ OE:Œ oe:œ R:ŔŖŘ r:ŕŗř S:ŚŜŞŠ s:śŝşšſ T:ŢŤŦ t:ţťŧ W:Ŵ w:ŵ Z:ŹŻŽ z:źżž")
        .Split(' ').SelectMany(w => w.Split(':')[1].Select(c => KeyValuePair.Create(c, w.Split(':')[0]))).ToDictionary();

    /// <summary>What an asset is called that was uploaded under a name.</summary>
    public static string Renamed(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-') plain.Append(c);
            else if (Plain.TryGetValue(c, out var letters)) plain.Append(letters);
            else if ((char.IsAscii(c) || c == '÷') && (plain.Length == 0 || plain[^1] != '.')) plain.Append('.');
        }

        var given = plain.ToString().TrimEnd('.');
        return given.StartsWith('.') || given.Length == 0 ? "default" + given : given;
    }
}
