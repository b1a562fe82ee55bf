using System.Text.Json.Nodes;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.Tests.SbomChecksum;

public sealed class TomlTests
{
    [Theory]
    [InlineData("a = \"x\"", """{"a":"x"}""")]
    [InlineData("a = 'C:\\x' # why", """{"a":"C:\\x"}""")]
    [InlineData("a = \"\\u00e9\\n\\U0001F600\\\"\"", """{"a":"é\n😀\""}""")]
    [InlineData("a = \"\"\"\none\ntwo\"\"\"\"\"\nb = ''''''", """{"a":"one\ntwo\"\"","b":""}""")]
    [InlineData("a = [\n  \"x\", # one\n  [true, 1],\n]", """{"a":["x",[true,"1"]]}""")]
    [InlineData("a = { b = \"x\", \"c.d\" = [], e.f = 'y' }", """{"a":{"b":"x","c.d":[],"e":{"f":"y"}}}""")]
    [InlineData("a.b = 1\n[t.u]\nc = 2", """{"a":{"b":"1"},"t":{"u":{"c":"2"}}}""")]
    [InlineData("[[p]]\nn = 1\n[p.d]\nx = 2\n[[p]]\n[[p.q]]\ny = 3", """{"p":[{"n":"1","d":{"x":"2"}},{"q":[{"y":"3"}]}]}""")]
    [InlineData("\r\n# only\r\na = 1979-05-27T07:32:00Z\r\n", """{"a":"1979-05-27T07:32:00Z"}""")]
    [InlineData("[a]\nb = 1\n[c]\n[a.d]\ne = 2", """{"a":{"b":"1","d":{"e":"2"}},"c":{}}""")]
    [InlineData("[[p]]\nn = 1\n[x]\n[p.d]\ny = 2\n[[p]]", """{"p":[{"n":"1","d":{"y":"2"}},{}],"x":{}}""")]
    [InlineData("", "{}")]
    public void What_lock_files_contain_is_read(string toml, string json)
    {
        var read = JsonTree.ReadToml(toml);

        JsonNode.DeepEquals(read, JsonNode.Parse(json)).Should().BeTrue("{0} is {1}", toml, read.ToJsonString());
    }

    [Theory]
    [Trait("Row", "S34")]
    [InlineData("a", "line 1: Expected `=` after key but was `Eof`")]
    [InlineData("= 1", "line 1: Unexpected token `=` while parsing TOML document")]
    [InlineData("a = ", "line 1: Missing value after `=`")]
    [InlineData("a = \"x\nb = 1", "line 1: Invalid newline in a string")]
    [InlineData("a = \"\"\"x", "line 1: Invalid End-Of-File found for multi-line string")]
    [InlineData("a = \"\\q\"", "line 1: Unexpected escape character [q] in string. *")]
    [InlineData("a = \"\\ud800\"", "line 1: Invalid Unicode scalar value [D800]")]
    [InlineData("a = 1\n\na = 2", "line 3: 'a' is defined twice")]
    [InlineData("a = [[1]", "line 1: Unexpected end-of-file while parsing array")]
    [InlineData("a = [1 2\n", "line 1: Expected `,` or `]` while parsing array but was `2`")]
    [InlineData("a = {b = 1", "line 1: Unexpected end-of-file while parsing inline table")]
    [InlineData("a = [1,", "line 1: Unexpected end-of-file while parsing array")]
    [InlineData("[a\nb = 1", "line 1: Expected `]` but was `*`")]
    [InlineData("a = 1\n[a]\n", "line 2: 'a' is defined twice")]
    [InlineData("a = 1\n[[a]]\n", "line 2: 'a' is defined twice")]
    [InlineData("a = \"x\" y", "line 1: Expected end-of-line after value but was `y`")]
    public void A_syntax_error_is_reported_with_its_line(string toml, string message) =>
        FluentActions.Invoking(() => JsonTree.ReadToml(toml)).Should().Throw<FormatException>().WithMessage(message);

    [Theory]
    [Trait("Row", "S34")]
    [InlineData("a = ", "[", "")]
    [InlineData("a = ", "{a=", "")]
    [InlineData("a", ".a", " = 1")]
    [InlineData("[a", ".a", "]")]
    [InlineData("[[a", ".a", "]]")]
    public void Nesting_is_bounded(string begin, string repeated, string end)
    {
        var text = begin + string.Concat(Enumerable.Repeat(repeated, 100_000)) + end;

        FluentActions.Invoking(() => JsonTree.ReadToml(text)).Should().Throw<FormatException>().WithMessage("*maximum depth of 64*");
    }
}
