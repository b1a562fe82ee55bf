using System.Text.Json.Nodes;
using ReleaseActions.Sandbox.Web;

namespace ReleaseActions.Sandbox.Oci;

/// <summary>An error of the OCI distribution specification: a status, and a code from its table.</summary>
internal sealed class RegistryRefusal(int status, string code, string message) : Exception(message)
{
    public static RegistryRefusal UnknownBlob() => new(404, "BLOB_UNKNOWN", "blob unknown to registry");

    public static RegistryRefusal UnknownManifest() => new(404, "MANIFEST_UNKNOWN", "manifest unknown");

    public static RegistryRefusal UnknownUpload() => new(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");

    public static RegistryRefusal WrongDigest() => new(400, "DIGEST_INVALID", "provided digest did not match uploaded content");

    public Answer ToAnswer() => Answer.Json(status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = Message, ["detail"] = null }),
    });
}
