using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Sandbox.Git;

/// <summary>The bare repository behind the API, read and changed with git's own plumbing.</summary>
internal sealed partial class BareRepository(string folder)
{
    private const string Nothing = "0000000000000000000000000000000000000000";
    private const string CommitFormat = "--format=%H%x1f%T%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%B";
    private readonly GitProcess _git = new(folder);

    public async Task<string> DefaultBranchAsync() => (await _git.RunAsync("symbolic-ref", "--short", "HEAD")).Trim();

    /// <summary>All refs whose name starts with the given text, in order.</summary>
    public async Task<GitRef[]> RefsAsync(string prefix)
    {
        var lines = await _git.RunAsync("for-each-ref", "--format=%(refname)%09%(objectname)%09%(objecttype)%09%(*objectname)");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ParseRef)
            .Where(found => found.Name.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public async Task<GitRef?> FindRefAsync(string name)
    {
        if (!await IsWellFormedAsync(name))
            return null;
        var lines = await _git.RunAsync("for-each-ref", "--format=%(refname)%09%(objectname)%09%(objecttype)%09%(*objectname)", name);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ParseRef).FirstOrDefault(found => found.Name == name);
    }

    public async Task<bool> IsWellFormedAsync(string name) =>
        !name.StartsWith('-') && (await _git.TryAsync("check-ref-format", name)).Code == 0;

    /// <summary>The type of an object: commit, tag, tree or blob; null where there is none of that name.</summary>
    public async Task<string?> TypeAsync(string sha)
    {
        if (!FullSha().IsMatch(sha))
            return null;
        var (code, output, _) = await _git.TryAsync("cat-file", "-t", sha);
        return code == 0 ? output.Trim() : null;
    }

    /// <summary>The commit that a branch, a tag, a full ref name or a SHA stands for, in the order in which GitHub looks.</summary>
    public async Task<string?> ResolveAsync(string commitish)
    {
        foreach (var name in (string[])[$"refs/heads/{commitish}", $"refs/tags/{commitish}", commitish])
            if (await FindRefAsync(name) is { } found)
                return found.Commit;
        var (code, output, _) = AnySha().IsMatch(commitish)
            ? await _git.TryAsync("rev-parse", "--verify", "--quiet", "--end-of-options", commitish + "^{commit}")
            : (1, "", "");
        return code == 0 ? output.Trim() : null;
    }

    /// <summary>Creates a ref; false where it exists, also where a rival was faster.</summary>
    public Task<bool> CreateRefAsync(string name, string sha) => MoveRefAsync(name, sha, Nothing);

    /// <summary>Moves a ref from one commit to another; false where it is no longer there.</summary>
    public async Task<bool> MoveRefAsync(string name, string sha, string from) =>
        (await _git.TryAsync("update-ref", name, sha, from)).Code == 0;

    /// <summary>Deletes a ref wherever it points now: GitHub's REST API has no compare-and-swap.</summary>
    public Task DeleteRefAsync(string name) => _git.RunAsync("update-ref", "-d", name);

    public async Task<bool> IsAncestorAsync(string ancestor, string descendant) =>
        (await _git.TryAsync("merge-base", "--is-ancestor", ancestor, descendant)).Code == 0;

    /// <summary>The tree of a merge; null where the two sides conflict.</summary>
    public async Task<string?> MergedTreeAsync(string into, string from)
    {
        var (code, output, _) = await _git.TryAsync("merge-tree", "--write-tree", into, from);
        return code == 0 ? output.Trim() : null;
    }

    public async Task<string> CommitTreeAsync(string tree, string message, string[] parents) => (await _git.RunAsync(
    [
        "-c", "user.name=GitHub", "-c", "user.email=noreply@github.com", "commit-tree", tree, "-m", message,
        .. parents.SelectMany(parent => (string[])["-p", parent]),
    ])).Trim();

    public async Task<GitCommit> CommitAsync(string sha) =>
        (await CommitsAsync("--no-walk=unsorted", sha)).Single();

    /// <summary>The commits of a <c>git log</c>.</summary>
    public async Task<GitCommit[]> CommitsAsync(params string[] arguments)
    {
        var log = await _git.RunAsync(["log", "-z", CommitFormat, .. arguments, "--"]);
        return [.. log.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(ParseCommit)];
    }

    public async Task<GitTag> TagAsync(string sha)
    {
        var text = await _git.RunAsync("cat-file", "tag", sha);
        var (head, message) = Split(text, "\n\n");
        var fields = head.Split('\n').Select(line => Split(line, " ")).ToDictionary(field => field.Before, field => field.After);
        var person = Person().Match(fields.GetValueOrDefault("tagger", ""));
        var tagger = new GitPerson(person.Groups[1].Value, person.Groups[2].Value, Seconds(person.Groups[3].Value));
        return new GitTag(sha, fields["tag"], fields["object"], fields["type"], tagger, message.TrimEnd('\n'));
    }

    /// <summary>The comparison of two commits; null where they have no common ancestor.</summary>
    public async Task<GitComparison?> CompareAsync(string from, string to)
    {
        var (code, output, _) = await _git.TryAsync("merge-base", from, to);
        if (code != 0)
            return null;
        var mergeBase = output.Trim();
        var counts = (await _git.RunAsync("rev-list", "--left-right", "--count", $"{from}...{to}")).Trim().Split('\t');
        var diff = await _git.RunAsync("diff-tree", "-r", "-M", "-z", "--no-abbrev", "--raw", "--numstat", mergeBase, to);
        return new GitComparison(
            await CommitAsync(from), await CommitAsync(mergeBase), Number(counts[1]), Number(counts[0]),
            await CommitsAsync("--reverse", $"{from}..{to}"), DiffTree.Parse(diff));
    }

    private static GitRef ParseRef(string line)
    {
        var parts = line.Split('\t');
        return new GitRef(parts[0], parts[1], parts[2], parts[3].Length > 0 ? parts[3] : parts[1]);
    }

    private static GitCommit ParseCommit(string text)
    {
        var part = text.TrimStart('\n').Split('\x1f', 10);
        return new GitCommit(
            part[0], part[1], part[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new GitPerson(part[3], part[4], Date(part[5])), new GitPerson(part[6], part[7], Date(part[8])), part[9].TrimEnd('\n'));
    }

    private static (string Before, string After) Split(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + separator.Length)..]);
    }

    private static DateTimeOffset Date(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Seconds(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex FullSha();

    [GeneratedRegex("^[0-9a-f]{7,40}$")]
    private static partial Regex AnySha();

    [GeneratedRegex(@"^(.*) <(.*)> (\d+) ")]
    private static partial Regex Person();
}
