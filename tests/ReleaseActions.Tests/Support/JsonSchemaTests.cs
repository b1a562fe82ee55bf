using System.Text.Json;

namespace ReleaseActions.Tests.Support;

/// <summary>The checker is checked first: with documents that nobody here wrote, and with the keywords that those do not use.</summary>
public sealed class JsonSchemaTests
{
    private const string Folder = "cyclonedx/schema";

    [Theory]
    [InlineData("1.4", 29, 22)]
    [InlineData("1.5", 36, 22)]
    [InlineData("1.6", 45, 25)]
    [InlineData("1.7", 61, 29)]
    [Trait("Row", "B8")]
    public void Good_CycloneDX_documents_are_accepted_and_bad_ones_refused(string version, int good, int bad)
    {
        var schema = CycloneDx(version);
        var files = Directory.GetFiles(Corpora.Require($"cyclonedx/resources/{version}"), "*.json");

        IEnumerable<int> ErrorsOf(string kind) => files.Where(f => Path.GetFileName(f).StartsWith(kind, StringComparison.Ordinal))
            .Select(f => schema.Errors(JsonDocument.Parse(File.ReadAllText(f)).RootElement).Count);

        ErrorsOf("valid").Should().HaveCount(good).And.OnlyContain(count => count == 0);
        ErrorsOf("invalid").Should().HaveCount(bad).And.OnlyContain(count => count > 0);
    }

    [Theory]
    [InlineData("""{"type":["string","null"]}""", "null", "1")]
    [InlineData("""{"type":"integer"}""", "1.0", "1.5")]
    [InlineData("""{"const":{"a":1,"b":2}}""", """{"b":2,"a":1.0}""", """{"a":1}""")]
    [InlineData("""{"minLength":2}""", "\"😀😀\"", "\"😀\"")]
    [InlineData("""{"pattern":"^[$]a$"}""", "\"$a\"", "\"$a\\n\"")]
    [InlineData("""{"multipleOf":0.1}""", "0.3", "0.35")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", "2", "1")]
    [InlineData("""{"exclusiveMaximum":5}""", "4", "5")]
    [InlineData("""{"uniqueItems":true}""", "[1,\"1\"]", "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1}]")]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", "[\"a\"]", "[\"a\",1]")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", "[\"a\"]", "[\"a\",1]")]
    [InlineData("""{"contains":{"const":1},"maxContains":1}""", "[1,2]", "[1,1]")]
    [InlineData("""{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", """{"a":1,"b":2}""", """{"c":1}""")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"b":1}""", """{"a":1}""")]
    [InlineData("""{"patternProperties":{"^x-":true},"additionalProperties":false}""", """{"x-a":1}""", """{"y":1}""")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"a":1}""", """{"ab":1}""")]
    [InlineData("""{"if":{"type":"string"},"then":{"minLength":1},"else":{"minimum":1}}""", "\"a\"", "0")]
    [InlineData("""{"not":{"type":"string"}}""", "1", "\"a\"")]
    [InlineData("""{"definitions":{"a/b":{"type":"string"}},"$ref":"#/definitions/a~1b"}""", "\"a\"", "1")]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-02T03:04:05Z\"", "\"2026-13-02T03:04:05Z\"")]
    [InlineData("""{"format":"uri"}""", "\"https://example.com/a\"", "\"//example.com\"")]
    [InlineData("""{"format":"idn-email"}""", "\"ä@b\"", "\"ä\"")]
    public void A_keyword_accepts_and_refuses(string schema, string good, string bad)
    {
        var judge = Of(schema);

        judge.Errors(JsonDocument.Parse(good).RootElement).Should().BeEmpty();
        judge.Errors(JsonDocument.Parse(bad).RootElement).Should().NotBeEmpty();
    }

    [Fact]
    public void A_keyword_that_is_not_kept_is_never_passed_over()
    {
        var act = () => Of("""{"unevaluatedProperties":false}""").Errors(JsonDocument.Parse("{}").RootElement);

        act.Should().Throw<NotSupportedException>().WithMessage("*unevaluatedProperties*");
    }

    public static JsonSchema CycloneDx(string version) => JsonSchema.Load(
        Corpora.Require($"{Folder}/bom-{version}.schema.json"),
        Corpora.Require($"{Folder}/spdx.schema.json"), Corpora.Require($"{Folder}/jsf-0.82.schema.json"),
        Corpora.Require($"{Folder}/cryptography-defs.schema.json"));

    private static JsonSchema Of(string schema)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, schema);
            return JsonSchema.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
