using System.Text;

namespace ReleaseActions.Fuzz.Mutations;

/// <summary>Texts that programs trip over.</summary>
internal static class Hostile
{
    /// <summary>Begins every command that only a stranger would give to the runner.</summary>
    public const string Mark = "fuzz-injected";

    /// <summary>Short texts: commands of the runner, paths, numbers, marks of formats, characters that hide.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "\0", "\r", "\n", "\t", "\u001b[2J", "\u202e", "\u200b", "\u2028", "\u0085", "\uFEFF",
        "\ud800", "\udc00", "é", "١", "🛒",
        $"::set-output name={Mark}::x", $"\r::add-mask::{Mark}", $"\n::stop-commands::{Mark}", $"x##[add-matcher]{Mark}",
        $"%0A::error::{Mark}", $"\u2028::set-env name={Mark}::x", $"  ::save-state name={Mark}::x", "EOF", "ghadelimiter_x",
        "../../../../etc/passwd", "/etc/passwd", "/dev/zero", "/proc/self/environ", ".git/config", "./.git/../.git/config", "~", "-", "--",
        "-rf", "--upload-pack=touch /tmp/fuzz", "-c", "$(touch /tmp/fuzz)", "`id`", "; id", "| id", "%s%n", "{version}", "{", "}", "{{",
        "${{ github.token }}", "$HOME", "*", "**", "**/*", "?", "[", "[a-", "{a,b", "!", "@org/team", "@", "#", "#7", "GH-1", "&amp;",
        "&#xD800;", "<!--", "-->", "<![CDATA[", "]]>", "<details>", "```", "~~~", "![](", "[x]: <", "> > > >", "| a | b |", "\\", "\\\\",
        "\"", "'", "\"\"\"", "'''", "`", "\\ud800", "\\u0000", "\\x", "&x ", "*x", "<<: *x", "? ", "- ", ": ", "---\n", "...\n", "|9\n",
        "!!binary ", "%YAML 9.9\n", "0", "-1", "1.", "00", "1e999", "-0", "NaN", "9223372036854775808", "-9223372036854775808",
        "4294967296", "99999999999999999999999999999999", "0x10", "1_000", "true", "null", "yes", "~", "1.2.3", "v1.1.0", "1.1.0-rc.1+x",
        "999999999.0.0", "1.1.0-00", "latest", "HEAD", "refs/heads/main", "main", "@{-1}", "a..b", "a.lock", "a~1", "a^{}", "http://",
        "http:///", "//", "https://[::1", "http://169.254.169.254/", "http://metadata.google.internal/", "file:///etc/passwd", "ssh://-x/y",
        "ext::sh -c id", "https://a:b@c/", "http://127.0.0.1:1/", "2026-02-30", "0000-00-00", "9999-12-31T23:59:60Z", "sha256:",
        "sha256:0000", "sha512:aa", "acme/shop", "a/b/c", ".", "..", "CON", "a\u0000b", "ﬁ", "ﷺ", "İ", "ß",
    ];

    /// <summary>UTF-8 in which a surrogate alone becomes a question mark and no exception.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static readonly int[] Lengths = [100, 4_096, 65_536, 1_000_000];
    private static readonly string[] Brackets =
        ["[", "{\"a\":", "(", "<a>", "> ", "- ", "*", "_", "`", "![", "{", "\"", "&a [*a,", "  ", "::"];

    /// <summary>One of the texts; now and then a very long one, or many openings of one kind.</summary>
    public static string Text(Random random) => random.Next(12) switch
    {
        0 => new string((char)random.Next(1, 0x250), Lengths[Math.Min(random.Next(Lengths.Length), random.Next(Lengths.Length))]),
        1 => Repeated(Brackets[random.Next(Brackets.Length)], 10 << random.Next(14)),
        2 => Text(random) + Text(random),
        3 => Repeated(Texts[random.Next(Texts.Length)], random.Next(2, 200)),
        _ => Texts[random.Next(Texts.Length)],
    };

    /// <summary>A text many times.</summary>
    public static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
