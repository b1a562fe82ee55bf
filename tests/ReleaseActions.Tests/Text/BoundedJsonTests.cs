using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Tests.Text;

/// <summary>The one reader of JSON from outside: every document is read, or refused in the same way.</summary>
[Trait("Row", "S34"), Trait("Row", "S45")]
public sealed class BoundedJsonTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "a level too many", new string('[', 65) + new string(']', 65) },
        { "10,000 levels", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000) },
        { "levels without end", new string('[', 1_000_000) },
        { "a long number", $"[{new string('9', 1_000_000)}]" },
        { "a long fraction", $"[0.{new string('1', 200)}]" },
        { "too many values", $"[{string.Join(',', Enumerable.Repeat("1", 1_000_001))}]" },
        { "a name twice", """{"a":1,"a":1}""" },
        { "a name twice, once escaped", """{"a":1,"\u0061":2}""" },
        { "a name twice, deep inside", """{"x":[{"y":{"a":1,"a":1}}]}""" },
        { "half a pair in a text", """{"a":"\ud800"}""" },
        { "half a pair in a name", """{"\ud800":1}""" },
        { "the second half alone", """["x\udc00y"]""" },
        { "two first halves", """["\ud800\ud800"]""" },
        { "more behind it", "{} {}" },
        { "a letter behind it", "{}x" },
        { "a NUL behind it", "{}\0" },
        { "a byte order mark", "\uFEFF{}" },
        { "a comment", "{} // x" },
        { "a comma behind the last", """{"a":1,}""" },
        { "cut", """{"a":""" },
        { "nothing", "" },
        { "spaces", "   " },
        { "not a number", "[NaN]" },
        { "a page", "<!DOCTYPE html><html></html>" },
        { "a control character in a text", "[\"\u0001\"]" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_document_that_nobody_would_mean_is_refused_by_every_way_to_read(string what, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Action[] ways = [() => BoundedJson.ReadElement(bytes), () => BoundedJson.ReadObject(bytes), () => BoundedJson.ReadObject(json)];

        foreach (var way in ways) way.Should().Throw<FormatException>(what).Which.Message.Length.Should().BeLessThan(300);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC0, 0xAF)]
    [InlineData(0xED, 0xA0, 0x80)]
    [InlineData(0xF4, 0x90, 0x80, 0x80)]
    [InlineData(0xE2, 0x82)]
    public void Bytes_that_are_not_UTF_8_are_refused(params int[] inside)
    {
        byte[] json = [.. "{\"a\":\""u8, .. inside.Select(b => (byte)b), .. "\"}"u8];

        FluentActions.Invoking(() => BoundedJson.ReadElement(json)).Should().Throw<FormatException>().WithMessage("it is not valid UTF-8");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public void What_has_to_be_an_object_is_one(string json) =>
        FluentActions.Invoking(() => BoundedJson.ReadObject(json)).Should().Throw<FormatException>().WithMessage("it is not a JSON object");

    [Fact]
    public void What_people_and_programs_write_is_read_unchanged()
    {
        const string Json = """{"a":[1,-2.5e3,true,null,"\ud83d\ude00 \u00e9"],"A":{"":{"a":"b"}},"n":123456789012345678901234567890}""";

        var read = BoundedJson.ReadObject(Json);

        JsonNode.DeepEquals(read, JsonNode.Parse(Json)).Should().BeTrue();
        read["a"]![4]!.ToString().Should().Be("😀 é");
        BoundedJson.ReadObject("{\"a\": [1,], // x\n}", BoundedJson.AsWritten)["a"]![0]!.GetValue<int>().Should().Be(1);
        BoundedJson.ReadElement(Encoding.UTF8.GetBytes(new string('[', 64) + new string(']', 64))).ValueKind.Should()
            .Be(JsonValueKind.Array);
    }

    [Fact]
    public void Random_damage_is_a_refusal_or_a_document_of_which_every_text_can_be_used()
    {
        const string Json = """{"name":"a","list":[{"b":[1,2.5e3,true,null]},"\u00e9\ud83d\ude00"],"deep":{"":{"v":"1.0.0"}}}""";
        var random = new Random(20260112);
        for (var seed = 0; seed < 10_000; seed++)
        {
            var damaged = Hostile.MutationTests.Damaged(Json, random);
            try
            {
                Use(BoundedJson.ReadObject(damaged));
            }
            catch (FormatException)
            {
                continue;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {damaged}: {e}");
            }
        }
    }

    private static void Use(JsonNode? node)
    {
        if (node is JsonObject map) foreach (var (name, value) in map) Use(name.Length >= 0 ? value : null);
        else if (node is JsonArray list) foreach (var item in list) Use(item);
        else _ = node?.ToString().Normalize();
    }
}
