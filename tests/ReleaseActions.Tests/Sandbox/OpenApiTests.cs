using System.Text.Json.Nodes;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>The checker is checked: it refuses what it must.</summary>
public sealed class OpenApiTests
{
    private static readonly OpenApi _small = new(JsonNode.Parse("""
        {
          "paths": { "/things": { "get": { "responses": { "200": { "content": { "application/json": { "schema": {
            "type": "object", "required": ["id", "owner"],
            "properties": {
              "id": { "type": "integer" }, "owner": { "$ref": "#/components/schemas/owner" },
              "at": { "type": "string", "format": "date-time" },
              "state": { "type": "string", "enum": ["on", "off"] }, "tags": { "type": "array", "items": { "type": "string" } },
              "either": { "oneOf": [{ "type": "string" }, { "type": "object", "additionalProperties": false }] }
            } } } } } } } } },
          "components": { "schemas": {
            "owner": { "type": "object", "nullable": true, "required": ["login"], "properties": { "login": { "type": "string" } } },
            "basic-error": { "type": "object", "properties": { "message": { "type": "string" } } } } }
        }
        """)!);

    [Theory]
    [InlineData("""{"id":1,"owner":null,"state":"on","tags":["a"],"either":{},"at":"2026-01-01T00:00:00Z","more":1}""")]
    [InlineData("""{"id":1,"owner":{"login":"ada"},"either":"text"}""")]
    public void What_fits_has_no_problems(string body) =>
        _small.Problems("GET", "/things", 200, JsonNode.Parse(body)).Should().BeEmpty();

    [Theory]
    [InlineData("""{"owner":null}""", "$.id is required")]
    [InlineData("""{"id":"1","owner":null}""", "$.id: String is not integer")]
    [InlineData("""{"id":1.5,"owner":null}""", "$.id: Number is not integer")]
    [InlineData("""{"id":1,"owner":{}}""", "$.owner.login is required")]
    [InlineData("""{"id":1,"owner":null,"state":"maybe"}""", "$.state: \"maybe\" is not one of [\"on\",\"off\"]")]
    [InlineData("""{"id":1,"owner":null,"tags":[null]}""", "$.tags[0]: Null is not string")]
    [InlineData("""{"id":1,"owner":null,"either":{"x":1}}""", "$.either: 0 of 2 oneOf fit")]
    [InlineData("""{"id":1,"owner":null,"at":"soon"}""", "$.at: 'soon' is no date-time")]
    [InlineData("""[]""", "$: Array is not object")]
    public void What_does_not_fit_is_named(string body, string problem) =>
        _small.Problems("GET", "/things", 200, JsonNode.Parse(body)).Should().Equal(problem);

    [Fact]
    public void A_status_that_is_not_described_is_a_problem() =>
        _small.Problems("GET", "/things", 201, null).Should().Equal("GET /things: status 201 is not described");

    [Fact]
    public void An_error_has_the_basic_shape() =>
        _small.Problems("GET", "/things", 404, JsonNode.Parse("""{"message":1}""")).Should().Equal("$.message: Number is not string");
}
