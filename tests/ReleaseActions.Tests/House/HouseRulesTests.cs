using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Matrix;

namespace ReleaseActions.Tests.House;

/// <summary>The house's rules that the compiler does not keep; this reads the tree.</summary>
public sealed partial class HouseRulesTests
{
    private static readonly string[] VagueSuffixes = ["Helper", "Helpers", "Util", "Utils", "Manager", "Service", "Processor", "Data", "Info", "Impl"];

    private static readonly string[] Wrappers =
        ["src/Sandbox/", .. ((string[])["Runner", "Hosting", "Processes", "Http", "Git", "GitHub", "Registries", "Files"]).Select(f => $"src/Core/{f}/")];

    private static readonly string[] Sources = Tree("src", "*.cs");
    private static readonly string[] TestSources = Tree("tests", "*.cs");

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void An_action_has_its_room_and_its_door_and_is_on_every_list(string name)
    {
        var pascal = string.Concat(name.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

        File.Exists(InRoot($"src/{pascal}/{pascal}Action.cs")).Should().BeTrue();
        File.Exists(InRoot($"actions/{name}/action.yml")).Should().BeTrue();
        File.Exists(InRoot($"actions/{name}/README.md")).Should().BeTrue();
        Read("Actions.sln").Should().Contain($@"src\{pascal}\{pascal}.csproj");
        if (File.Exists(InRoot("README.md"))) Read("README.md").Should().Contain($"actions/{name}", "the README's table leads to every action");
    }

    [Fact]
    public void Every_program_of_the_suite_is_on_the_list_of_the_tests()
    {
        var actions = Sources.Where(f => f.EndsWith("Action.cs", StringComparison.Ordinal) && File.ReadAllText(f).Contains(": IAction", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension);

        AllActions.List.Select(a => a.GetType().Name).Should().Contain(actions.Where(a => a is not ("RehearseAction" or "IAction")));
    }

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void Inputs_and_outputs_are_described_in_sentences_under_kebab_case_names(string name)
    {
        var manual = Manual.Of(AllActions.Named(name));
        var inputs = manual.Inputs.Select(i => (i.Name, i.Description)).ToList();
        var outputs = manual.Outputs.Select(o => (o.Name, o.Description)).ToList();

        inputs.Concat(outputs).Where(d => !KebabCase().IsMatch(d.Name)).Should().BeEmpty();
        inputs.Concat(outputs).Where(d => d.Description.Length < 5 || !d.Description.EndsWith('.')).Should().BeEmpty();
        inputs.Select(d => d.Name).Should().OnlyHaveUniqueItems();
        outputs.Select(d => d.Name).Should().OnlyHaveUniqueItems();
        AllActions.Named(name).Description.Should().EndWith(".");
    }

    [Fact]
    public void Every_key_of_the_policy_is_described()
    {
        var keys = WithInner(JsonNode.Parse(ReleasePolicy.Schema())!.AsObject()).ToList();

        keys.Should().HaveCountGreaterThan(50);
        keys.Where(k => k.Description.Length < 5 || !k.Description.EndsWith('.')).Select(k => k.Name).Should().BeEmpty();
        keys.Where(k => !KebabCase().IsMatch(k.Name)).Select(k => k.Name).Should().BeEmpty();
    }

    [Fact]
    public void No_file_and_no_type_has_a_vague_name()
    {
        var names = Sources.Concat(TestSources).Select(f => Path.GetFileNameWithoutExtension(f).Split('.')[0])
            .Concat(Sources.Concat(TestSources).SelectMany(f => TypeDeclaration().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value)));

        names.Where(n => VagueSuffixes.Any(s => n.EndsWith(s, StringComparison.Ordinal))).Distinct().Should().BeEmpty();
    }

    [Fact]
    public void No_source_file_is_longer_than_250_lines() =>
        Sources.Concat(TestSources).Select(f => (File: Relative(f), Lines: File.ReadLines(f).Count())).Where(f => f.Lines > 250).Should().BeEmpty();

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong = from file in Sources.Concat(TestSources)
                    let declared = NamespaceDeclaration().Match(File.ReadAllText(file))
                    where declared.Success && declared.Groups["name"].Value != NamespaceOf(Relative(file))
                    select (Relative(file), declared.Groups["name"].Value);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void A_program_is_one_statement() =>
        Sources.Where(f => Path.GetFileName(f) == "Program.cs" && Relative(f).Split('/').Length == 3)
            .Select(f => (File: Relative(f), Statements: File.ReadAllLines(f).Count(l => l.Trim().Length > 0 && !l.StartsWith("using ", StringComparison.Ordinal) && !l.TrimStart().StartsWith("//", StringComparison.Ordinal))))
            .Where(f => f.Statements != 1).Should().BeEmpty();

    [Fact]
    public void Only_the_folders_that_wrap_the_machine_use_what_is_banned() =>
        Sources.Where(f => !Wrappers.Any(w => Relative(f).StartsWith(w, StringComparison.Ordinal)))
            .Where(f => File.ReadAllText(f) is var text && (text.Contains("RS0030", StringComparison.Ordinal) || text.Contains("SuppressMessage", StringComparison.Ordinal)))
            .Select(Relative).Should().BeEmpty();

    [Fact]
    public void Every_package_has_a_reason_before_it() => WithoutComment("Directory.Packages.props", "<PackageVersion ", "-->", sameGroup: true).Should().BeEmpty();

    [Fact]
    public void Every_rule_switched_off_has_a_reason()
    {
        WithoutComment(".editorconfig", "severity = none", "#", sameGroup: true).Should().BeEmpty();
        foreach (var project in Tree(".", "*.csproj").Concat(Tree(".", "*.props")).Concat(Tree(".", "*.targets")).Where(f => !Relative(f).StartsWith("samples/", StringComparison.Ordinal)))
            WithoutComment(Relative(project), "<NoWarn>", "-->", sameGroup: false).Should().BeEmpty(Relative(project));
        Sources.SelectMany(f => File.ReadLines(f).Where(l => l.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal) && !l.Contains("//", StringComparison.Ordinal))).Should().BeEmpty();
    }

    [Fact]
    public void Every_test_is_named_by_a_sentence() =>
        Tests().Where(t => !t.Name.Contains('_') || !char.IsUpper(t.Name[0])).Select(t => $"{t.DeclaringType!.Name}.{t.Name}").Should().BeEmpty();

    [Fact]
    public void Every_trait_names_a_rule_or_a_row()
    {
        // Read from the sources, so that traits of classes and those of every suite are among them.
        var traits = TestSources.SelectMany(f => TraitUse().Matches(File.ReadAllText(f)).Select(m => (File: Relative(f), Name: m.Groups["name"].Value, Value: m.Groups["value"].Value))).ToList();

        traits.Should().HaveCountGreaterThan(100);
        traits.Where(t => !Guarantee.All.Any(g => g.Id == t.Value && g.Trait == t.Name)).Should().BeEmpty("guarantees.txt lists all rows and rules");
    }

    // Lines that hold `what` and stand behind no comment; a comment counts for all lines of its group where it may.
    private static IEnumerable<string> WithoutComment(string file, string what, string comment, bool sameGroup)
    {
        var isExplained = false;
        foreach (var line in File.ReadLines(InRoot(file)))
        {
            if (line.Contains(what, StringComparison.Ordinal) && !isExplained) yield return $"{file}: {line.Trim()}";
            if (line.Trim().Length == 0 || line.Contains("ItemGroup", StringComparison.Ordinal) || (!sameGroup && line.Contains("PropertyGroup", StringComparison.Ordinal))) isExplained = false;
            else if (line.Contains(comment, StringComparison.Ordinal)) isExplained = true;
        }
    }

    // The keys of a mapping, and of the mappings in it and in its lists.
    private static IEnumerable<(string Name, string Description)> WithInner(JsonObject schema) =>
        (schema["properties"] as JsonObject ?? []).SelectMany(p => new[] { p.Value!, p.Value!["items"] }.OfType<JsonObject>()
            .SelectMany(WithInner).Prepend((p.Key, $"{p.Value!["description"]}")));

    private static IEnumerable<MethodInfo> Tests() =>
        typeof(HouseRulesTests).Assembly.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(m => m.GetCustomAttribute<FactAttribute>() is not null);

    private static string NamespaceOf(string file)
    {
        var folders = Path.GetDirectoryName(file)!.Split('/');
        return string.Join('.', folders.Skip(1).Select(f => f.StartsWith("ReleaseActions.", StringComparison.Ordinal) ? f : folders[0] == "src" && f == folders[1] ? $"ReleaseActions.{f}" : f));
    }

    private static string[] Tree(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(InRoot(folder), pattern, SearchOption.AllDirectories).Where(f => !$"/{Relative(f)}".Split('/').Any(p => p is "artifacts" or "bin" or "obj" or ".tools" or ".git" or "node_modules")).Order(StringComparer.Ordinal)];

    private static string InRoot(string path) => Path.GetFullPath(Path.Combine(Golden.Root, path));

    private static string Relative(string path) => Path.GetRelativePath(Golden.Root, path);

    private static string Read(string path) => File.ReadAllText(InRoot(path));

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"^\s*(?:public |internal |private |sealed |static |partial |abstract |readonly )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"Trait\(""(?<name>\w+)"", ""(?<value>[^""]+)""\)")]
    private static partial Regex TraitUse();
}
