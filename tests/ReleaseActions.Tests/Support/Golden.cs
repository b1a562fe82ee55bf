using System.Runtime.CompilerServices;

namespace ReleaseActions.Tests.Support;

/// <summary>Compares text with a file of the repository. <c>UPDATE_GOLDEN=1 ./test</c> writes it; review the diff as prose.</summary>
public static class Golden
{
    /// <summary>The repository's root: where the solution file is.</summary>
    public static string Root { get; } = FindRoot(FolderOfThisFile());

    private static bool IsUpdating => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>Compares with <c>NAME.golden</c> beside the calling test.</summary>
    public static void Matches(string text, string name, [CallerFilePath] string caller = "") =>
        MatchesFile(text, Path.Combine(Path.GetDirectoryName(OnThisMachine(caller))!, $"{name}.golden"));

    /// <summary>Compares with a file named relative to the repository's root.</summary>
    public static void MatchesFileOfRepository(string text, string path) => MatchesFile(text, Path.Combine(Root, path));

    /// <summary>Compares a part of a file, between two marker lines, with a text.</summary>
    public static void MatchesPartOf(string path, string begin, string end, string text)
    {
        var file = Path.Combine(Root, path);
        var whole = File.ReadAllText(file);
        var from = whole.IndexOf(begin, StringComparison.Ordinal);
        var to = whole.IndexOf(end, StringComparison.Ordinal);
        (from >= 0 && to > from).Should().BeTrue("{0} needs the lines '{1}' and '{2}'", path, begin, end);
        MatchesFile(whole[..(from + begin.Length)] + "\n" + text + whole[to..], file);
    }

    private static void MatchesFile(string text, string file)
    {
        if (IsUpdating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        File.Exists(file).Should().BeTrue("{0} is written by `UPDATE_GOLDEN=1 ./test`", file);
        text.Should().Be(File.ReadAllText(file), "`UPDATE_GOLDEN=1 ./test` writes {0}", Path.GetRelativePath(Root, file));
    }

    // Builds map the checkout's path to /_/; this is the reverse.
    private static string OnThisMachine(string path) =>
        path.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(Root, path[3..]) : path;

    private static string FolderOfThisFile([CallerFilePath] string path = "") =>
        path.StartsWith("/_/", StringComparison.Ordinal) ? AppContext.BaseDirectory : Path.GetDirectoryName(path)!;

    private static string FindRoot(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Actions.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Tests run inside the repository");
        return folder;
    }
}
