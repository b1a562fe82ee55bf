using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseActions.Core.GitHub;

/// <summary>
/// Reads GitHub's answers without reflection. A field that is missing, or null where it must not be, makes the answer an error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, MaxDepth = 64)]
[JsonSerializable(typeof(List<Release>))]
[JsonSerializable(typeof(List<ReleaseAsset>))]
[JsonSerializable(typeof(List<PullRequest>))]
[JsonSerializable(typeof(GeneratedNotes))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<CommitCheck>))]
[JsonSerializable(typeof(List<StatusContext>))]
internal sealed partial class GitHubJson : JsonSerializerContext;
