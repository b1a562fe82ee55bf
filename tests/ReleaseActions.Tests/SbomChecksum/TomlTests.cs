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
    [InlineData("", "{}")]
    public void What_lock_files_hold_is_read(string toml, string json) =>
        JsonNode.DeepEquals(Toml.Read(toml), JsonNode.Parse(json)).Should().BeTrue("{0} is {1}", toml, Toml.Read(toml).ToJsonString());

    [Theory]
    [Trait("Row", "S34")]
    [InlineData("a", "line 1: '=' is missing")]
    [InlineData("= 1", "line 1: a key is missing")]
    [InlineData("a = ", "line 1: a value is missing")]
    [InlineData("a = \"x\nb = 1", "line 1: a text does not end on its line")]
    [InlineData("a = \"\"\"x", "line 1: a text of many lines does not end")]
    [InlineData("a = \"\\q\"", "line 1: '\\q' means nothing")]
    [InlineData("a = \"\\ud800\"", "line 1: an escaped character is none")]
    [InlineData("a = 1\n\na = 2", "line 3: 'a' is there twice")]
    [InlineData("a = [[1]", "line 1: ',' or ']' is missing")]
    [InlineData("a = [1 2\n", "line 2: ',' or ']' is missing")]
    [InlineData("a = {b = 1", "line 1: ',' or '}' is missing")]
    [InlineData("a = [1,", "line 1: ']' is missing")]
    [InlineData("[a\nb = 1", "line 1: ']' is missing")]
    [InlineData("a = 1\n[a]\n", "line 2: 'a' is no table")]
    [InlineData("a = 1\n[[a]]\n", "line 2: 'a' is no list of tables")]
    [InlineData("a = \"x\" y", "line 1: 'y' stands after the end")]
    public void What_is_broken_is_named_with_its_line(string toml, string message) =>
        FluentActions.Invoking(() => Toml.Read(toml)).Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    [Trait("Row", "S34")]
    public void Nesting_is_bounded()
    {
        foreach (var text in (string[])["a = " + new string('[', 100_000), "a = " + string.Concat(Enumerable.Repeat("{a=", 100_000)), string.Join('.', Enumerable.Repeat("a", 100_000)) + " = 1"])
            FluentActions.Invoking(() => Toml.Read(text)).Should().Throw<FormatException>();
    }
}
