using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>A request that GitHub refuses, in its words. The sentences come from public issue reports and recorded traffic.</summary>
internal sealed class Refusal(int status, string message, params JsonObject[] errors) : Exception(message)
{
    public int Status => status;

    public static Refusal NotFound() => new(404, "Not Found");

    public static Refusal NoWrite() => new(403, "Resource not accessible by integration");

    /// <summary>422 with a list of what is wrong.</summary>
    public static Refusal Invalid(params JsonObject[] errors) => new(422, "Validation Failed", errors);

    public static JsonObject Error(string resource, string code, string field) =>
        new() { ["resource"] = resource, ["code"] = code, ["field"] = field };

    public static JsonObject Custom(string resource, string? field, string text)
    {
        var error = new JsonObject { ["resource"] = resource, ["code"] = "custom" };
        if (field is not null)
            error["field"] = field;
        error["message"] = text;
        return error;
    }

    /// <summary>The answer. The upload host adds its own request id (recorded traffic).</summary>
    public Answer ToAnswer(Endpoint? endpoint, string requestId)
    {
        var body = new JsonObject { ["message"] = Message };
        if (endpoint?.Area == Area.Uploads)
            body["request_id"] = requestId;
        if (errors.Length > 0)
            body["errors"] = new JsonArray([.. errors.Select(error => error.DeepClone())]);
        body["documentation_url"] = "https://docs.github.com/rest" + (endpoint is { Manual.Length: > 0 } ? "/" + endpoint.Manual : "");
        body["status"] = status.ToString(CultureInfo.InvariantCulture);
        return Answer.Json(status, body);
    }
}
