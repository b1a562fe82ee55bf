namespace ReleaseActions.Core.Git;

/// <summary>Tags on <c>origin</c>.</summary>
public sealed partial class GitRepository
{
    private const string Tags = "refs/tags/";

    /// <summary>The tags on <c>origin</c>, by name. Asks the remote; nothing is fetched.</summary>
    public async Task<IReadOnlyDictionary<string, RemoteTag>> ReadRemoteTagsAsync(CancellationToken cancellation)
    {
        var tags = new Dictionary<string, RemoteTag>(StringComparer.Ordinal);
        foreach (var (id, name) in await ListRemoteAsync("--tags", cancellation))
        {
            if (!name.StartsWith(Tags, StringComparison.Ordinal)) continue;
            // `^{}` is the commit behind an annotated tag; it comes after the tag itself.
            var tag = name[Tags.Length..].Replace("^{}", "", StringComparison.Ordinal);
            tags[tag] = tags.TryGetValue(tag, out var annotated) ? annotated with { Commit = id } : new RemoteTag(id, id);
        }

        return tags;
    }

    /// <summary>The ids of some refs on <c>origin</c>, by their full names, now; without those that are not there.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> ReadRemoteIdsAsync(
        IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (kind, start) in ((string, string)[])[("--heads", Heads), ("--tags", Tags)])
        {
            if (!names.Any(n => n.StartsWith(start, StringComparison.Ordinal))) continue;
            foreach (var (id, name) in await ListRemoteAsync(kind, cancellation))
                if (names.Contains(name)) ids[name] = id;
        }

        return ids;
    }

    // GitHub's repositories have SHA-1 ids; a server that lists others is not asked anything else.
    private async Task<IReadOnlyList<(string Id, string Name)>> ListRemoteAsync(string kind, CancellationToken cancellation)
    {
        var result = await RunAsync(["ls-remote", "--quiet", kind, "--end-of-options", Remote], cancellation);
        var refs = result.Lines.Select(l => l.Split('\t')).Where(f => f.Length == 2).Select(f => (Id: f[0], Name: f[1])).ToList();
        if (refs.All(r => IsId(r.Id))) return refs;
        throw ActionException.Refused(
            $"The remote lists objects by ids of {refs.First(r => !IsId(r.Id)).Id.Length} digits, and only SHA-1 (40 digits) is read",
            "Use a repository with SHA-1 objects, as all of GitHub's are");
    }

    private static bool IsId(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>A tag on a remote.</summary>
/// <param name="Id">Its own object: of an annotated tag the tag object, else the commit.</param>
/// <param name="Commit">The commit that it leads to.</param>
public sealed record RemoteTag(string Id, string Commit);
