using System.Reflection;
using System.Text.RegularExpressions;
using ReleaseActions.Tests.Support;

namespace ReleaseActions.Tests.Hostile;

/// <summary>Every regular expression of the programs, on texts that make careless ones try without end.</summary>
public sealed partial class RegexTests
{
    private const int Length = 50_000;

    // These see texts of a bounded length only; the bound is in the code that calls them.
    private static readonly Dictionary<string, int> Bounded = new(StringComparer.Ordinal)
    {
        // A heading that is read has at most 1,000 characters, and so has a heading in HTML.
        ["VersionHeading.AVersion"] = 1_000, ["VersionHeading.HtmlHeading"] = 1_000, ["VersionHeading.HtmlTag"] = 1_000,
        ["VersionHeading.NumericDate"] = 1_000, ["VersionHeading.DateByName"] = 1_000,
        // A subject of a commit that is read has at most 200.
        ["CommitSelection.Release"] = 200,
        // A link has at most 4,000.
        ["CompareLink.Address"] = 4_000,
    };

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Regex> All { get; } = FindAll();

    [Fact]
    [Trait("Row", "S35")]
    public void All_regular_expressions_are_found() => All.Count.Should().BeGreaterThan(35);

    [Theory]
    [Trait("Row", "S35")]
    [MemberData(nameof(Names))]
    public void A_regular_expression_takes_a_time_that_grows_with_the_text(string name)
    {
        var regex = All[name];
        // Without the source generator it is the same expression, only slower; the limit is ten times that of the code.
        var slow = new Regex(regex.ToString(), regex.Options, TimeSpan.FromSeconds(10));
        foreach (var text in TextsFor(regex.ToString(), Bounded.GetValueOrDefault(name, Length)))
            FluentActions.Invoking(() => slow.Count(text)).Should().NotThrow($"of {text[..60].Trim()}…");
    }

    private static IEnumerable<string> TextsFor(string pattern, int length)
    {
        string[] ends = ["!", "\n", "]"];
        string[] units =
        [
            "-", "a", "(", ")", "[", " ", "\t", "1", "0.", "1.1.1-", "\n", "\r\n", "<", ">", "\"", "'", "/", "@", "#", "..", "1.0.0 ",
            "[1.0.0",
            "a ", "a-", "a.", "\\", "{", ":a", "=", "é", "\u202e", "😀", "<a ", "(#1) ", "12/", "Jan ", "1 Jan ",
        ];
        // What the expression itself begins, continues and ends with makes it try most.
        var own = Literal().Matches(pattern).Select(m => m.Value).Distinct().Take(8).ToList();
        foreach (var unit in units.Concat(own).Concat(own.Select(o => o + " ")).Concat(own.Select(o => o + "a")).Distinct())
        {
            var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
            foreach (var end in ends) yield return text + end;
            foreach (var begin in own.Take(3)) yield return begin + text + "!";
        }
    }

    private static Dictionary<string, Regex> FindAll()
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        var assemblies = AllActions.List.Select(a => a.GetType().Assembly).Append(typeof(Core.Finding).Assembly).Distinct();
        var methods = from type in assemblies.SelectMany(a => a.GetTypes())
                      from method in type.GetMethods(Any)
                      where method.GetCustomAttribute<GeneratedRegexAttribute>() is not null
                      select (Name: $"{type.Name}.{method.Name}", Regex: (Regex)method.Invoke(null, null)!);
        return methods.ToDictionary(m => m.Name, m => m.Regex);
    }

    [GeneratedRegex(@"[A-Za-z0-9/<>=""'#(),:@ -]{2,}|\\[\[\](){}.]")]
    private static partial Regex Literal();
}
