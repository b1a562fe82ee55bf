using System.Globalization;
using System.Text.Json.Nodes;

namespace ReleaseActions.Sandbox.Web;

/// <summary>
/// A request that GitHub or the registry refuses, in their words. GitHub's sentences come from public issue reports and recorded
/// traffic, the registry's codes from the table of the OCI distribution specification.
/// </summary>
internal sealed class Refusal(int status, string message, params JsonObject[] errors) : Exception(message)
{
    /// <summary>The registry's code; null for a refusal of GitHub.</summary>
    private string? Code { get; init; }

    public static Refusal OfRegistry(int status, string code, string message) => new(status, message) { Code = code };

    public static Refusal UnknownManifest() => OfRegistry(404, "MANIFEST_UNKNOWN", "manifest unknown");

    public static Refusal WrongDigest() => OfRegistry(400, "DIGEST_INVALID", "provided digest did not match uploaded content");

    public static Refusal NotFound() => new(404, "Not Found");

    public static Refusal NoWrite() => new(403, "Resource not accessible by integration");

    /// <summary>422 with a list of what is wrong.</summary>
    public static Refusal Invalid(params JsonObject[] errors) => new(422, "Validation Failed", errors);

    public static JsonObject Error(string resource, string code, string field) =>
        new() { ["resource"] = resource, ["code"] = code, ["field"] = field };

    public static JsonObject Custom(string resource, string? field, string text)
    {
        var error = new JsonObject { ["resource"] = resource, ["code"] = "custom" };
        if (field is not null) error["field"] = field;
        error["message"] = text;
        return error;
    }

    /// <summary>The answer. The upload host adds its own request id (recorded traffic).</summary>
    public Answer ToAnswer(Endpoint? endpoint, string requestId)
    {
        if (Code is not null)
        {
            var error = new JsonObject { ["code"] = Code, ["message"] = Message, ["detail"] = null };
            return Answer.Json(status, new JsonObject { ["errors"] = new JsonArray(error) });
        }

        var body = new JsonObject { ["message"] = Message };
        if (endpoint?.Area == Area.Uploads) body["request_id"] = requestId;
        if (errors.Length > 0) body["errors"] = new JsonArray([.. errors.Select(error => error.DeepClone())]);
        body["documentation_url"] = "https://docs.github.com/rest" + (endpoint is { Manual.Length: > 0 } ? "/" + endpoint.Manual : "");
        body["status"] = status.ToString(CultureInfo.InvariantCulture);
        return Answer.Json(status, body);
    }
}
