using Microsoft.Extensions.FileSystemGlobbing;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Files;

/// <summary>The files that a release publishes.</summary>
public partial class WorkspaceReader
{
    private const string GitIsOmitted = "skipped: .git is never published";

    /// <summary>The files that globs match, each once, in the order of the globs and then of their paths.</summary>
    /// <param name="globs">
    /// Such as <c>dist/**/*.tgz</c>, relative to the workspace; what follows the first <c>#</c> is the label of the files it matches.
    /// </param>
    /// <param name="failOnUnmatched">Whether a glob without a file is an error.</param>
    /// <param name="notice">Called with what was omitted and why; null where nobody listens.</param>
    /// <exception cref="ActionException">
    /// A file is outside the workspace, is not a regular file, or has the same name as another (exit 2, all problems at once).
    /// </exception>
    public IReadOnlyList<PublishableFile> FindFiles(IReadOnlyList<string> globs, bool failOnUnmatched, Action<string>? notice = null)
    {
        var problems = new List<Finding>();
        var files = new Dictionary<string, PublishableFile>(StringComparer.Ordinal);
        foreach (var (glob, label) in globs.Select(WithLabel))
        {
            if (Path.GetFullPath(glob, Root) is var full && !IsInside(full))
            {
                problems.Add(OutsideOf(glob));
                continue;
            }

            var relative = Path.GetRelativePath(Root, full);
            var (found, omitsGit) = (Find(relative), ReachesGit(relative));
            if (omitsGit) notice?.Invoke($"{GitIsOmitted}, although '{glob}' matches it");
            var reason = omitsGit ? $" ({GitIsOmitted})" : "";
            if (found.Count == 0 && failOnUnmatched)
                problems.Add(new Finding($"The glob '{glob}' matches no file{reason}", RemedyForUnmatched(glob)));
            foreach (var path in found.Where(path => !files.ContainsKey(path)))
            {
                if (ProblemOf(path) is { } problem) problems.Add(problem);
                else files[path] = new PublishableFile(path, Path.GetFileName(path), SizeOf(path), label);
            }
        }

        problems.AddRange(files.Values.GroupBy(f => f.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(DuplicateOf));
        return problems.Count == 0 ? [.. files.Values] : throw new ActionException(ExitCode.BadInput, problems);
    }

    // .git is never walked into; whether the glob reaches it is asked of a path that every repository has.
    private static bool ReachesGit(string glob) =>
        glob.StartsWith(".git/", StringComparison.Ordinal)
        || new Matcher(StringComparison.Ordinal).AddInclude(glob).Match(".git/config").HasMatches;

    private Finding? ProblemOf(string path)
    {
        var full = Path.GetFullPath(path, Root);
        if (!EndsInside(full)) return OutsideOf(path);
        if (GitFolder.Contains(RealPath.Of(full), _realRoot ??= RealPath.Of(Root)))
            return new Finding($"asset '{path}' leads into .git ({GitIsOmitted})", "Remove the link, or narrow the glob");
        if (!FileKind.IsRegular(full))
            return new Finding($"asset '{path}' is not a regular file", "Publish files only: no folders, pipes, sockets or devices");
        var shown = PlainText.Printable(path).Replace("\t", "\\x09", StringComparison.Ordinal);
        return shown == path ? null : new Finding(
            $"asset '{shown}' has invisible characters in its name", "Rename the file; letters, digits and . _ - + are safe everywhere");
    }

    private string RemedyForUnmatched(string glob) => Directory.Exists(Path.GetFullPath(glob, Root))
        ? $"It is a folder: write {glob.TrimEnd('/')}/** for everything in it"
        : "Correct the path (it is relative to the workspace), or build the file first";

    private static Finding OutsideOf(string path) =>
        new($"asset '{path}' resolves outside the workspace", "Name files inside the checkout; a link must end inside too");

    private static Finding DuplicateOf(IGrouping<string, PublishableFile> same) => new(
        $"duplicate asset name '{same.Key}': {string.Join(", ", same.Select(f => f.Path))}",
        "A release has each name once: rename one of them, or narrow the globs");

    private static (string Glob, string? Label) WithLabel(string entry)
    {
        if (entry.IndexOf('#', StringComparison.Ordinal) is not (> 0 and var at)) return (entry, null);
        var label = entry[(at + 1)..].Trim();
        return (entry[..at].TrimEnd(), label.Length > 0 ? label : null);
    }
}

/// <summary>A file that may be published: regular, inside the workspace, with a name no other one has.</summary>
/// <param name="Path">Relative to the workspace, with forward slashes.</param>
/// <param name="Name">The last part of the path.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Label">What a reader sees in place of the name, or null.</param>
public sealed record PublishableFile(string Path, string Name, long Size, string? Label);
