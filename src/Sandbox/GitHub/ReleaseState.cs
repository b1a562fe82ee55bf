using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>Everything about releases that outlives the server.</summary>
internal sealed record ReleaseState
{
    public long NextReleaseId { get; init; } = 1000;

    public required long NextAssetId { get; init; }

    /// <summary>The release that was made latest on request or by default.</summary>
    public long? LatestId { get; init; }

    /// <summary>Tag names of deleted immutable releases: burned for ever.</summary>
    public ImmutableHashSet<string> BurnedTags { get; init; } = [];

    public ImmutableList<Release> Releases { get; init; } = [];
}

[JsonSerializable(typeof(ReleaseState))]
internal sealed partial class ReleaseStateJson : JsonSerializerContext;
