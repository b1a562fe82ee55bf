using Microsoft.Extensions.FileSystemGlobbing;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The files that a release publishes.</summary>
public partial class WorkspaceReader
{
    /// <summary>The files that globs name, each once, in the order of the globs and then of their paths.</summary>
    /// <param name="globs">
    /// Such as <c>dist/**/*.tgz</c>, relative to the workspace; what follows the first <c>#</c> is the label of the files it matches.
    /// </param>
    /// <param name="failOnUnmatched">Whether a glob without a file is an error.</param>
    /// <param name="tell">Hears of what was left out and why; null where nobody listens.</param>
    /// <exception cref="ActionException">
    /// A file lies outside the workspace, is not a regular file, or shares its name with another (exit 2, all problems at once).
    /// </exception>
    public IReadOnlyList<PublishableFile> FindFiles(IReadOnlyList<string> globs, bool failOnUnmatched, Action<string>? tell = null)
    {
        var problems = new List<Finding>();
        var files = new List<PublishableFile>();
        foreach (var (glob, label) in globs.Select(WithLabel))
        {
            var (found, leftOut) = Match(glob, problems);
            if (leftOut) tell?.Invoke($"skipped: .git is never published, although '{glob}' matches it");
            if (found.Count == 0 && failOnUnmatched && !problems.Any(p => p.Message.Contains($"'{glob}'", StringComparison.Ordinal)))
                problems.Add(new Finding($"The glob '{glob}' matches no file{(leftOut ? " (skipped: .git is never published)" : "")}", RemedyForUnmatched(glob)));
            files.AddRange(found.Where(path => files.All(f => f.Path != path)).Select(path => Publishable(path, label, problems)).OfType<PublishableFile>());
        }

        problems.AddRange(files.GroupBy(f => f.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => new Finding(
            $"duplicate asset name '{g.Key}': {string.Join(", ", g.Select(f => f.Path))}", "A release holds a name once: rename one of them, or narrow the globs")));
        return problems.Count == 0 ? files : throw new ActionException(ExitCode.BadInput, problems);
    }

    private (IReadOnlyList<string> Found, bool LeftOut) Match(string glob, List<Finding> problems)
    {
        var full = Path.GetFullPath(glob, Root);
        if (!IsInside(full))
        {
            problems.Add(OutsideOf(glob));
            return ([], false);
        }

        var relative = Path.GetRelativePath(Root, full);
        // .git is never walked into; whether the glob reaches it is asked of a path that every repository has.
        var reachesGit = new Matcher(StringComparison.Ordinal).AddInclude(relative).Match(".git/config").HasMatches || relative.StartsWith(".git/", StringComparison.Ordinal);
        return (Find(relative), reachesGit);
    }

    private PublishableFile? Publishable(string path, string? label, List<Finding> problems)
    {
        var full = Path.GetFullPath(path, Root);
        var problem = !EndsInside(full) ? OutsideOf(path)
            : FollowLinks(full).Split('/').Contains(".git") ? new Finding($"asset '{path}' leads into .git (skipped: .git is never published)", "Take the link away, or narrow the glob")
            : !FileKind.IsRegular(full) ? new Finding($"asset '{path}' is not a regular file", "Publish files only: no folders, pipes, sockets or devices")
            : PlainText.Printable(path).Replace("\t", "\\x09", StringComparison.Ordinal) is var shown && shown != path ? new Finding($"asset '{shown}' has characters in its name that nobody sees", "Rename the file; letters, digits and . _ - + are safe everywhere")
            : null;
        if (problem is null) return new PublishableFile(path, Path.GetFileName(path), new FileInfo(FollowLinks(full)).Length, label);
        problems.Add(problem);
        return null;
    }

    private string RemedyForUnmatched(string glob) =>
        Directory.Exists(Path.GetFullPath(glob, Root)) ? $"It is a folder: write {glob.TrimEnd('/')}/** for all that is in it" : "Correct the path (it is relative to the workspace), or build the file first";

    private static Finding OutsideOf(string path) => new($"asset '{path}' resolves outside the workspace", "Name files inside the checkout; a link must end inside too");

    private static (string Glob, string? Label) WithLabel(string entry) =>
        entry.IndexOf('#', StringComparison.Ordinal) is > 0 and var at ? (entry[..at].TrimEnd(), entry[(at + 1)..].Trim() is { Length: > 0 } label ? label : null) : (entry, null);
}

/// <summary>A file that may be published: regular, inside the workspace, with a name no other one has.</summary>
/// <param name="Path">Relative to the workspace, with forward slashes.</param>
/// <param name="Name">The last part of the path.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Label">What a reader sees in place of the name, or null.</param>
public sealed record PublishableFile(string Path, string Name, long Size, string? Label);
