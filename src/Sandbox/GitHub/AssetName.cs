using System.Text.RegularExpressions;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>
/// How GitHub renames assets: "special characters, non-alphanumeric characters, and leading or trailing periods" (its API description).
/// Spaces and other special characters are seen to become one period; a leading one gets <c>default</c> before it.
/// </summary>
internal static partial class AssetName
{
    public static string Renamed(string name)
    {
        var plain = Periods().Replace(Special().Replace(name, "."), ".").TrimEnd('.');
        return plain.StartsWith('.') || plain.Length == 0 ? "default" + plain : plain;
    }

    [GeneratedRegex("[^A-Za-z0-9._+@~-]+")]
    private static partial Regex Special();

    [GeneratedRegex(@"\.{2,}")]
    private static partial Regex Periods();
}
