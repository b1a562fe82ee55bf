using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Tests.Text;

[Trait("Row", "S22")]
public sealed class KnownSecretsTests
{
    private const string Password = "cörrect&horse\"battery<staple>'/ x";
    private const string Token = "ghs_16C7e42F292c6912E7710c838347Ae178B4a";

    /// <summary>As the libraries of servers write it, each by its own rules.</summary>
    public static TheoryData<string, string> Spellings => new()
    {
        { "Go, encoding/json", """cörrect\u0026horse\"battery\u003cstaple\u003e'/ x""" },
        { "Python, json.dumps", """c\u00f6rrect&horse\"battery<staple>'/ x""" },
        { "PHP, json_encode", """c\u00f6rrect&horse\"battery<staple>'\/ x""" },
        { "Ruby on Rails, to_json", """cörrect\u0026horse\"battery\u003cstaple\u003e'/ x""" },
        { ".NET, System.Text.Json", """c\u00F6rrect\u0026horse\u0022battery\u003Cstaple\u003E\u0027/ x""" },
        { "Python, html.escape", "cörrect&amp;horse&quot;battery&lt;staple&gt;&#x27;/ x" },
        { "Go, html.EscapeString", "cörrect&amp;horse&#34;battery&lt;staple&gt;&#39;/ x" },
        { "XML", "cörrect&amp;horse&quot;battery&lt;staple&gt;&apos;/ x" },
        { "JavaScript, encodeURIComponent", "c%C3%B6rrect%26horse%22battery%3Cstaple%3E'%2F%20x" },
        { "JavaScript, encodeURI", "c%C3%B6rrect&horse%22battery%3Cstaple%3E'/%20x" },
        { "Python, quote", "c%C3%B6rrect%26horse%22battery%3Cstaple%3E%27/%20x" },
        { "a form", "c%C3%B6rrect%26horse%22battery%3Cstaple%3E%27%2F+x" },
        { "an address in lower case", "c%c3%b6rrect%26horse%22battery%3cstaple%3e%27%2f%20x" },
        { "each byte", string.Concat(System.Text.Encoding.UTF8.GetBytes(Password).Select(b => $"%{b:X2}")) },
        { "each character in decimal", string.Concat(Password.Select(c => $"&#{(int)c};")) },
        { "each character in hexadecimal", string.Concat(Password.Select(c => $"&#x{(int)c:X};")) },
        { "each character in JSON", string.Concat(Password.Select(c => $"\\u{(int)c:x4}")) },
    };

    [Theory]
    [Trait("Row", "S51")]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_hidden_and_refused_as_any_library_spells_it(string library, string spelling)
    {
        var secrets = new KnownSecrets();
        secrets.Add(new Secret(Password));

        secrets.Redact($"The server said: {spelling}!").Should().Be("The server said: ***!", library);
        secrets.IsIn($"The server said: {spelling}!").Should().BeTrue(library);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(39)]
    public void What_is_left_of_a_secret_where_a_text_was_shortened_is_hidden(int length)
    {
        var secrets = new KnownSecrets();
        secrets.Add(new Secret(Token));

        secrets.Redact(PlainText.Cut($"It said {Token}, twice {Token}", 8 + length)).Should()
            .Be($"It said ***… ({22 + (2 * Token.Length) - 6} characters)");
        secrets.Redact($"a… {Token[..length]}… b").Should().Be("a… ***… b");
    }

    [Fact]
    public void Ordinary_text_that_was_shortened_stays()
    {
        var secrets = new KnownSecrets();
        secrets.Redact("a…").Should().Be("a…", "there may be no secret yet");
        secrets.Add(new Secret(Token));

        secrets.Redact("ghost… and ghs… and …").Should().Be("ghost… and ghs… and …");
    }
}
