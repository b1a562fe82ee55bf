using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Texts of a YAML document are replaced in place; every other byte stays.</summary>
public sealed class StateUpdateTests
{
    [Theory]
    [InlineData("a: b\r\nc: d # e\r\n", "a: x\r\nc: d # e\r\n")]
    [InlineData("a: 'b'\n", "a: 'x'\n")]
    [InlineData("{ a: \"b\", c: d }", "{ a: \"x\", c: d }")]
    [InlineData("a: \"\"\n", "a: \"x\"\n")]
    [InlineData("a: null\n", "a: \"x\"\n")]
    [InlineData("a:\nb: 1\n", "a: \"x\"\nb: 1\n")]
    [InlineData("\"a\" : b\n", "\"a\" : x\n")]
    [InlineData("a: |\n  b\n  c\n", null)]
    [InlineData("b: &n y\na: *n\n", null)]
    [InlineData("a: &n y\nb: *n\n", null)]
    [InlineData("b: &n { a: y }\nc: *n\na: z\n", "b: &n { a: y }\nc: *n\na: x\n")]
    [InlineData("a: ~ # none\n", "a: \"x\" # none\n")]
    [InlineData("{ a: , b: 1 }", "{ a: \"x\" , b: 1 }")]
    [InlineData("b: 1\n", null)]
    [InlineData("a: { c: d }\n", null)]
    public void A_text_is_replaced_in_place_or_not_at_all(string yaml, string? written) =>
        StateUpdate.Replace(yaml, new Dictionary<string, string> { ["a"] = "x" }).Should().Be(written);

    [Fact]
    public void A_mapping_that_is_elsewhere_too_is_left_alone() =>
        StateUpdate.Replace("till: &all { version: y }\nscale: *all\n", new Dictionary<string, string> { ["scale.version"] = "x" })
            .Should().BeNull();
}
