using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Text;

/// <summary>Addresses from outside, which may have credentials in them.</summary>
public static partial class UrlText
{
    private const string Words = "token|secret|passw|pwd|auth|sig|key|credential|session|jwt";

    /// <summary>
    /// A text without the account in front of a host and without the values of what looks like a credential:
    /// <c>https://host/x?token=</c> for <c>https://user:password@host/x?token=abc</c>. Any other text stays as it is.
    /// </summary>
    public static string WithoutCredentials(string text)
    {
        if (text.AsSpan().IndexOfAny('@', '=') < 0) return text;
        return Parameter().Replace(Account().Replace(UserInfo().Replace(text, "//"), ""), "${name}=");
    }

    [GeneratedRegex(@"//[^/\s?#]*@", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UserInfo();

    // As in user:password@host:path; it begins after a separator, so that no text is looked at twice.
    [GeneratedRegex(@"(?<![^/\s@:?&#])[^/\s@:?&#]+:[^/\s@:]+@", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Account();

    [GeneratedRegex(
        @"(?<![\w.-])(?<name>[\w.-]{0,40}(?:" + Words + @")[\w.-]{0,40})=[^&#\s]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Parameter();
}
