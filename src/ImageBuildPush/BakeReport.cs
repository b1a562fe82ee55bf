using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>What buildx wrote about a build that it pushed.</summary>
internal static class BakeReport
{
    /// <summary>The digest of each image that was built, by the image's name.</summary>
    /// <exception cref="ActionException">It says none for an image (exit 5).</exception>
    public static IReadOnlyDictionary<string, string> Read(string metadata, ImagePlan plan)
    {
        var report = Parse(metadata);
        return plan.Builds.ToDictionary(i => i.Name, i => DigestOf(report, BakeFile.TargetOf(plan, i)) ?? throw ActionException.Verification(
            $"docker buildx did not say under which digest it pushed '{i.Name}'", "Use docker buildx 0.10 or newer"));
    }

    private static string? DigestOf(JsonObject? report, string target) =>
        report?[target] is JsonObject about && about["containerimage.digest"] is JsonValue value && value.TryGetValue<string>(out var digest) && ContentDigest.IsSha256(digest) ? digest : null;

    private static JsonObject? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
