using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Git;

/// <summary>Tag objects.</summary>
public sealed partial class GitRepository
{
    /// <summary>
    /// The object of an annotated tag that is on <c>origin</c>, or null where the tag is lightweight. It is fetched: checkouts are known to put
    /// a lightweight tag of the same name in its place. No ref of the checkout is changed.
    /// </summary>
    /// <exception cref="ActionException">It cannot be fetched (exit 4).</exception>
    public async Task<TagObject?> FindRemoteTagObjectAsync(string tag, CancellationToken cancellation)
    {
        if (!await FetchAsync([$"refs/tags/{RefName.Require("tag", tag)}"], cancellation))
            throw ActionException.Remote($"The tag '{tag}' could not be fetched from origin", "Run it again, or check out with `fetch-depth: 0`");
        var result = await TryAsync(["cat-file", "tag", "FETCH_HEAD"], cancellation);
        return result.Succeeded ? TagObject.Parse(result.Output) : null;
    }
}

/// <summary>An annotated tag.</summary>
/// <param name="Message">Its message, without a signature, without blank lines at its ends.</param>
public sealed record TagObject(string Message)
{
    /// <summary>The message's lines, without spaces at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. Message.Split('\n').Select(l => l.TrimEnd())];

    /// <summary>Reads what <c>git cat-file tag</c> prints: headers, a blank line, the message and perhaps a signature.</summary>
    internal static TagObject Parse(string text)
    {
        var at = text.IndexOf("\n\n", StringComparison.Ordinal);
        var message = at < 0 ? "" : text[(at + 2)..];
        foreach (var kind in (string[])["PGP", "SSH"])
            if (message.IndexOf($"-----BEGIN {kind} SIGNATURE-----", StringComparison.Ordinal) is >= 0 and var signature) message = message[..signature];
        return new TagObject(message.Replace("\r", "", StringComparison.Ordinal).Trim('\n'));
    }
}
