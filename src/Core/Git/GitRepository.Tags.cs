using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

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

    /// <summary>Lets a tag on <c>origin</c> lead to a commit, if it still is what it was when it was read: git compares and moves in one step.</summary>
    /// <param name="tag">The tag's name.</param>
    /// <param name="from">The tag's own object as it was read; null where there was no such tag.</param>
    /// <param name="commit">Where it is to lead.</param>
    /// <param name="cancellation">Stops git.</param>
    /// <returns>Null where it is done, else git's last words: somebody else moved it, or a rule forbids it.</returns>
    /// <remarks>
    /// The lease names the old object, and the server compares it under the ref's lock. GitHub's REST API has no such condition:
    /// <c>PATCH git/refs</c> with <c>force</c> takes whatever is there, so that two runs could move a tag back.
    /// </remarks>
    public async Task<string?> MoveRemoteTagAsync(string tag, string? from, string commit, CancellationToken cancellation)
    {
        var name = Tags + RefName.Require("tag", tag);
        var result = await TryAsync(["push", "--porcelain", $"--force-with-lease={name}:{from}", "origin", $"{commit}:{name}"], cancellation);
        return result.Succeeded ? null : PlainText.Inert(result.Lines.FirstOrDefault(l => l.StartsWith('!')) ?? result.LastWords);
    }
}

/// <summary>A tag on a remote.</summary>
/// <param name="Id">Its own object: of an annotated tag the tag object, else the commit.</param>
/// <param name="Commit">The commit that it leads to.</param>
public sealed record RemoteTag(string Id, string Commit);
