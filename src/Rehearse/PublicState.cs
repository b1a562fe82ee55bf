using ReleaseActions.Core.Git;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>Everything that a step could have changed, each thing by name with a fingerprint: refs, releases, assets, image tags, files of the checkout.</summary>
internal sealed record PublicState(IReadOnlyDictionary<string, string> Things)
{
    public static async Task<PublicState> ReadAsync(GitRepository origin, SandboxServer sandbox, Workspace work, CancellationToken cancellation)
    {
        var things = new Dictionary<string, string>();
        foreach (var line in await origin.ListRefsAsync(cancellation)) things[Named(line[41..])] = line[..40];
        foreach (var release in sandbox.Releases)
        {
            things[$"release {release.TagName}"] = $"{release.Id} {release.Draft} {release.Prerelease} {release.Name} {release.Body}";
            foreach (var asset in release.Assets) things[$"asset {asset.Name}"] = $"{asset.Id} {asset.State} {asset.Digest}";
        }

        foreach (var (image, digest) in sandbox.ImageTags) things[$"image {image}"] = digest;
        foreach (var file in work.Find("**/*")) things[$"file {file}"] = (await work.HashAsync(file, cancellation)).Sha256;
        return new PublicState(things);
    }

    /// <summary>What is different from an earlier state.</summary>
    public IReadOnlyList<Change> ChangesSince(PublicState earlier) =>
    [
        .. Things.Keys.Where(k => !earlier.Things.ContainsKey(k)).Select(k => Change.Of('+', k)),
        .. Things.Where(t => earlier.Things.TryGetValue(t.Key, out var old) && old != t.Value).Select(t => Change.Of('~', t.Key)),
        .. earlier.Things.Keys.Where(k => !Things.ContainsKey(k)).Select(k => Change.Of('-', k)),
    ];

    private static string Named(string reference) => reference
        .Replace("refs/heads/", "branch ", StringComparison.Ordinal).Replace("refs/tags/", "tag ", StringComparison.Ordinal);
}

/// <summary>One thing that is new (<c>+</c>), changed (<c>~</c>) or gone (<c>-</c>).</summary>
internal sealed record Change(char Sign, string Kind, string Name)
{
    public static Change Of(char sign, string thing) => new(sign, thing.Split(' ')[0], thing[(thing.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
}
