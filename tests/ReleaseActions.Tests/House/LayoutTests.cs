using System.Text.RegularExpressions;

namespace ReleaseActions.Tests.House;

/// <summary>The project layout in CONTRIBUTING.md: it lists every folder, and names no file that is not there.</summary>
public sealed partial class LayoutTests
{
    private static readonly string Document = File.ReadAllText(InRoot("CONTRIBUTING.md"));

    [Fact]
    public void Every_path_in_CONTRIBUTING_exists()
    {
        PathsOf(Document).Should().HaveCountGreaterThan(60);
        Missing(Document).Should().BeEmpty();
    }

    [Theory]
    [InlineData("src")]
    [InlineData("src/Core")]
    [InlineData("tests")]
    public void Every_folder_is_in_the_layout(string parent)
    {
        var folders = Directory.EnumerateDirectories(InRoot(parent)).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));

        folders.Where(name => !Document.Contains($"\n| `{parent}/{name}/` | ", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void A_path_that_is_gone_is_found()
    {
        const string Text = """
            Run `./test` or `./gone`. See `src/Core/Gone/`, `src/Suite/Gone.cs`, `Gone.csproj` and `DependencyTests.cs`.
            Not a path: `./gone --all`, `src/*/Gone.cs`, `src/NAME/Gone.cs`, `/gone/true`, `.tools/gone`, `Gone.Text`, `a/{gone}`.
            ```
            a block with `src/Gone/`
            ```
            """;

        Missing(Text).Should().Equal("gone", "src/Core/Gone/", "src/Suite/Gone.cs", "Gone.csproj");
    }

    private static IEnumerable<string> Missing(string markdown) => PathsOf(markdown).Where(path => !Exists(path));

    /// <summary>
    /// The paths of the repository that a document names in backticks, outside of fenced blocks. A path has a slash or the ending of a
    /// file. It has neither spaces (those are commands) nor stars (globs) nor the placeholder NAME, and it is not generated.
    /// </summary>
    private static IReadOnlyList<string> PathsOf(string markdown) =>
    [
        .. Span().Matches(Fence().Replace(markdown, "")).Select(m => m.Groups["text"].Value)
            .Where(text => RepositoryPath().IsMatch(text) && !text.Contains("NAME", StringComparison.Ordinal) && !Generated().IsMatch(text))
            .Select(text => text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text).Distinct(),
    ];

    // A file name alone may be anywhere among the sources.
    private static bool Exists(string path) => Path.Exists(InRoot(path)) || (!path.Contains('/') && ((string[])["actions", "src", "tests"])
        .Any(folder => Directory.EnumerateFiles(InRoot(folder), path, SearchOption.AllDirectories).Any()));

    private static string InRoot(string path) => Path.Combine(Golden.Root, path);

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`(?<text>[^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"^(?=.*/|.*\.(cs|csproj|sln|props|json|md|yml|txt)$)[\w.][\w.-]*(/[\w.-]+)*/?$", RegexOptions.ExplicitCapture)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^(\.tools|artifacts)/", RegexOptions.ExplicitCapture)]
    private static partial Regex Generated();
}
