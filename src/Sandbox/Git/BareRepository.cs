using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Sandbox.Git;

/// <summary>The bare repository behind the API, read and changed with git's plumbing, under no configuration but its own.</summary>
internal sealed partial class BareRepository(string folder)
{
    private const string Nothing = "0000000000000000000000000000000000000000";
    private const string CommitFormat = "--format=%H%x1f%T%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%B";

    public async Task<string> DefaultBranchAsync() => (await RunAsync("symbolic-ref", "--short", "HEAD")).Trim();

    /// <summary>All refs whose name starts with the given text, in order.</summary>
    public async Task<GitRef[]> RefsAsync(string prefix)
    {
        var lines = await RunAsync("for-each-ref", "--format=%(refname)%09%(objectname)%09%(objecttype)%09%(*objectname)");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ParseRef)
            .Where(found => found.Name.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public async Task<GitRef?> FindRefAsync(string name)
    {
        if (!await IsWellFormedAsync(name)) return null;
        var lines = await RunAsync("for-each-ref", "--format=%(refname)%09%(objectname)%09%(objecttype)%09%(*objectname)", name);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ParseRef).FirstOrDefault(found => found.Name == name);
    }

    // The answer depends on the name alone, and most requests have the same few names: git is asked once for each.
    private static readonly ConcurrentDictionary<string, bool> WellFormed = new(StringComparer.Ordinal);

    public async Task<bool> IsWellFormedAsync(string name)
    {
        if (name.StartsWith('-')) return false;
        if (WellFormed.TryGetValue(name, out var known)) return known;
        var isWellFormed = (await TryAsync("check-ref-format", name)).Code == 0;
        // A program that lives long keeps no more than this of them.
        if (WellFormed.Count < 10_000) WellFormed[name] = isWellFormed;
        return isWellFormed;
    }

    /// <summary>The type of an object: commit, tag, tree or blob; null where there is none of that name.</summary>
    public async Task<string?> TypeAsync(string sha)
    {
        if (!FullSha().IsMatch(sha)) return null;
        var (code, output, _) = await TryAsync("cat-file", "-t", sha);
        return code == 0 ? output.Trim() : null;
    }

    /// <summary>The commit that a branch, a tag, a full ref name or a SHA names, in the order in which GitHub looks.</summary>
    public async Task<string?> ResolveAsync(string commitish)
    {
        foreach (var name in (string[])[$"refs/heads/{commitish}", $"refs/tags/{commitish}", commitish])
            if (await FindRefAsync(name) is { } found) return found.Commit;
        var (code, output, _) = AnySha().IsMatch(commitish)
            ? await TryAsync("rev-parse", "--verify", "--quiet", "--end-of-options", commitish + "^{commit}")
            : (1, "", "");
        return code == 0 ? output.Trim() : null;
    }

    /// <summary>Creates a ref; false where it exists, also where another client was faster.</summary>
    public Task<bool> CreateRefAsync(string name, string sha) => MoveRefAsync(name, sha, Nothing);

    /// <summary>Moves a ref from one commit to another; false where it is no longer there.</summary>
    public async Task<bool> MoveRefAsync(string name, string sha, string from) =>
        (await TryAsync("update-ref", name, sha, from)).Code == 0;

    /// <summary>Deletes a ref wherever it points now: GitHub's REST API has no compare-and-swap.</summary>
    public Task DeleteRefAsync(string name) => RunAsync("update-ref", "-d", name);

    /// <summary>The text of a file at a commit or ref; null where there is none.</summary>
    public async Task<string?> TextOfAsync(string at, string path)
    {
        var (code, output, _) = await TryAsync("cat-file", "blob", $"{at}:{path}");
        return code == 0 ? output : null;
    }

    /// <summary>Whether a commit changes files below a folder, compared with its first parent or with the default branch.</summary>
    public async Task<bool> ChangesFilesAsync(string sha, string folder)
    {
        string[] own = ["diff-tree", "--root", "-m", "--first-parent", "--no-commit-id", "-r", "--name-only", sha, "--", folder];
        return (await RunAsync(own)).Length > 0 || (await RunAsync("diff", "--name-only", "HEAD", sha, "--", folder)).Length > 0;
    }

    public async Task<bool> IsAncestorAsync(string ancestor, string descendant) =>
        (await TryAsync("merge-base", "--is-ancestor", ancestor, descendant)).Code == 0;

    /// <summary>The tree of a merge; null where the two sides conflict.</summary>
    public async Task<string?> MergedTreeAsync(string into, string from)
    {
        var (code, output, _) = await TryAsync("merge-tree", "--write-tree", into, from);
        return code == 0 ? output.Trim() : null;
    }

    public async Task<string> CommitTreeAsync(string tree, string message, string[] parents) => (await RunAsync(
    [
        "-c", "user.name=GitHub", "-c", "user.email=noreply@github.com", "commit-tree", tree, "-m", message,
        .. parents.SelectMany(parent => (string[])["-p", parent]),
    ])).Trim();

    public async Task<GitCommit> CommitAsync(string sha) =>
        (await CommitsAsync("--no-walk=unsorted", sha)).Single();

    /// <summary>The commits of a <c>git log</c>.</summary>
    public async Task<GitCommit[]> CommitsAsync(params string[] arguments)
    {
        var log = await RunAsync(["log", "-z", CommitFormat, .. arguments, "--"]);
        return [.. log.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(ParseCommit)];
    }

    public async Task<(string Name, string ObjectSha, string ObjectType, GitPerson Tagger, string Message)> TagAsync(string sha)
    {
        var text = await RunAsync("cat-file", "tag", sha);
        var (head, message) = Split(text, "\n\n");
        var fields = head.Split('\n').Select(line => Split(line, " ")).ToDictionary(field => field.Before, field => field.After);
        var person = Person().Match(fields.GetValueOrDefault("tagger", ""));
        var tagger = new GitPerson(person.Groups[1].Value, person.Groups[2].Value, Seconds(person.Groups[3].Value));
        return (fields["tag"], fields["object"], fields["type"], tagger, message.TrimEnd('\n'));
    }

    /// <summary>The comparison of two commits; null where they have no common ancestor.</summary>
    public async Task<GitComparison?> CompareAsync(string from, string to)
    {
        var (code, output, _) = await TryAsync("merge-base", from, to);
        if (code != 0) return null;
        var mergeBase = output.Trim();
        var counts = (await RunAsync("rev-list", "--left-right", "--count", $"{from}...{to}")).Trim().Split('\t');
        var diff = await RunAsync("diff-tree", "-r", "-M", "-z", "--no-abbrev", "--raw", "--numstat", mergeBase, to);
        return new GitComparison(
            await CommitAsync(from), await CommitAsync(mergeBase), Number(counts[1]), Number(counts[0]),
            await CommitsAsync("--reverse", $"{from}..{to}"), ParseChanges(diff));
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, error) = await TryAsync(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error}");
    }

    private async Task<(int Code, string Output, string Error)> TryAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--git-dir", folder, "-c", "core.hooksPath=/dev/null", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    // `git diff-tree -z --raw --numstat`: first all raw records, then all counts, in the same order.
    private static GitChange[] ParseChanges(string output)
    {
        var fields = new Queue<string>(output.Split('\0', StringSplitOptions.RemoveEmptyEntries));
        var changes = new List<GitChange>();
        while (fields.TryPeek(out var next) && next.StartsWith(':'))
            changes.Add(Raw(fields));
        return [.. changes.Select(change => WithCounts(change, fields))];
    }

    // :100644 100644 <sha> <sha> R100 NUL old NUL new
    private static GitChange Raw(Queue<string> fields)
    {
        var part = fields.Dequeue().Split(' ');
        var path = fields.Dequeue();
        var isMove = part[4][0] is 'R' or 'C';
        var status = part[4][0] switch
        {
            'A' => "added",
            'D' => "removed",
            'R' => "renamed",
            'C' => "copied",
            'T' => "changed",
            _ => "modified",
        };
        return new GitChange(isMove ? fields.Dequeue() : path, isMove ? path : null, status, status == "removed" ? part[2] : part[3], 0, 0);
    }

    // 1 TAB 2 TAB path, or 1 TAB 2 TAB NUL old NUL new; a dash for binary files
    private static GitChange WithCounts(GitChange change, Queue<string> fields)
    {
        var part = fields.Dequeue().Split('\t');
        if (change.PreviousPath is not null) (_, _) = (fields.Dequeue(), fields.Dequeue());
        return change with { Additions = Number(part[0]), Deletions = Number(part[1]) };
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

    // A dash, for a binary file, counts as 0.
    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex FullSha();

    [GeneratedRegex("^[0-9a-f]{7,40}$")]
    private static partial Regex AnySha();

    [GeneratedRegex(@"^(.*) <(.*)> (\d+) ")]
    private static partial Regex Person();
}
