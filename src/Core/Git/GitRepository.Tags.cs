namespace ReleaseActions.Core.Git;

/// <summary>Tags on <c>origin</c>.</summary>
public sealed partial class GitRepository
{
    private const string Tags = "refs/tags/";

    /// <summary>The tags on <c>origin</c>, by name. Asks the remote; nothing is fetched.</summary>
    public async Task<IReadOnlyDictionary<string, RemoteTag>> ReadRemoteTagsAsync(CancellationToken cancellation)
    {
        var result = await RunAsync(["ls-remote", "--tags", "--end-of-options", "origin"], cancellation);
        var tags = new Dictionary<string, RemoteTag>(StringComparer.Ordinal);
        foreach (var line in result.Lines)
        {
            if (line.Split('\t') is not [var id, var name] || !name.StartsWith(Tags, StringComparison.Ordinal)) continue;
            // `^{}` is the commit behind an annotated tag; it comes after the tag itself.
            var tag = name[Tags.Length..].Replace("^{}", "", StringComparison.Ordinal);
            tags[tag] = tags.TryGetValue(tag, out var annotated) ? annotated with { Commit = id } : new RemoteTag(id, id);
        }

        return tags;
    }
}

/// <summary>A tag on a remote.</summary>
/// <param name="Id">Its own object: of an annotated tag the tag object, else the commit.</param>
/// <param name="Commit">The commit that it leads to.</param>
public sealed record RemoteTag(string Id, string Commit);
