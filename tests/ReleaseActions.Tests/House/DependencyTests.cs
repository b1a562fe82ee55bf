using System.Reflection;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.House;

/// <summary>
/// Who uses whom, read from the compiled assemblies: Core's folders depend one way, and Core holds only what several programs use.
/// </summary>
public sealed class DependencyTests
{
    private const string Core = "ReleaseActions.Core";

    // Each folder with those that it may use. The root holds what every layer needs: findings, exit codes, secrets.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [""] = [],
        ["Text"] = [""],
        ["Versions"] = ["", "Text"],
        ["Policy"] = ["", "Text", "Versions"],
        ["Changelogs"] = ["", "Text", "Versions", "Policy"],
        ["Manifests"] = ["", "Text", "Versions", "Policy", "Files"],
        ["Files"] = ["", "Text"],
        ["Runner"] = ["", "Text", "Files"],
        ["Processes"] = ["", "Text", "Runner"],
        ["Http"] = ["", "Text", "Runner"],
        ["Git"] = ["", "Text", "Versions", "Changelogs", "Runner", "Processes", "Files"],
        ["GitHub"] = ["", "Text", "Runner", "Http", "Files"],
        ["Registries"] = ["", "Text", "Runner", "Http"],
    };

    [Fact]
    public void The_folders_of_Core_use_only_those_below_them() => Upward(UsesInCore()).Should().BeEmpty();

    [Fact]
    public void A_folder_that_uses_one_above_it_is_found() =>
        Upward([("Text.Markdown", "Policy.ReleasePolicy"), ("Policy.ReleasePolicy", "Text.Markdown"),
        ("Git.GitRepository", "Hosting.ActionHost"),
            ("Hosting.ActionHost", "Git.GitRepository"), ("Invented.Thing", "Text.Markdown")])
            .Should()
            .Equal("Text.Markdown uses Policy.ReleasePolicy", "Git.GitRepository uses Hosting.ActionHost",
            "Invented.Thing uses Text.Markdown");

    [Fact]
    public void The_reader_of_assemblies_sees_fields_signatures_and_bodies()
    {
        var uses = AssemblyUses.Of(typeof(DependencyTests).Assembly).Where(u => u.From == typeof(DependencyTests)).Select(u => u.To)
            .ToList();

        uses.Should().Contain([typeof(Finding), typeof(ExitCode), typeof(ActionException), typeof(Secret)]);
    }

    [Fact]
    public void What_is_in_Core_is_used_by_several_programs()
    {
        var programs = UsesOfCore().ToLookup(u => u.Used, u => u.Program);
        var justified = programs.Where(u => u.Distinct().Count() > 1).Select(u => u.Key).ToHashSet(StringComparer.Ordinal);
        // What these use themselves is used by several programs too.
        var within = UsesInCore().ToLookup(u => u.From, u => u.To);
        var open = new Queue<string>(justified);
        while (open.TryDequeue(out var type))
            foreach (var used in within[type].Where(justified.Add)) open.Enqueue(used);

        typeof(Finding).Assembly.GetTypes().Where(IsOurs).Select(Short).Distinct().Where(t => !justified.Contains(t))
            .Order(StringComparer.Ordinal).Should().BeEmpty();
    }

    private static IEnumerable<string> Upward(IEnumerable<(string From, string To)> uses) => uses
        .Where(u => FolderOf(u.From) is not "Hosting" && FolderOf(u.From) != FolderOf(u.To) && !MayUse(FolderOf(u.From), FolderOf(u.To)))
        .Select(u => $"{u.From} uses {u.To}").Distinct();

    private static bool MayUse(string folder, string other) => Allowed.TryGetValue(folder, out var allowed) && allowed.Contains(other);

    private static IEnumerable<(string From, string To)> UsesInCore() => AssemblyUses.Of(typeof(Finding).Assembly)
        .Where(u => IsOurs(u.From) && IsOurs(u.To)).Select(u => (Short(u.From), Short(u.To))).Distinct();

    private static IEnumerable<(string Program, string Used)> UsesOfCore() =>
        from program in AllActions.List.Select(a => a.GetType().Assembly).Append(typeof(ReleaseActions.Rehearse.RehearseAction).Assembly)
        from use in AssemblyUses.Of(program)
        where IsOurs(use.To)
        select (program.GetName().Name!, Short(use.To));

    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(Finding).Assembly && type.Namespace?.StartsWith(Core, StringComparison.Ordinal) == true;

    private static string FolderOf(string type) => type.Contains('.', StringComparison.Ordinal) ? type[..type.LastIndexOf('.')] : "";

    // Nested types count as the type around them.
    private static string Short(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.FullName![Core.Length..].TrimStart('.').Split('`')[0];
    }

    private sealed class Sample(Finding field)
    {
        public ExitCode Signature(Secret secret) =>
            secret.Reveal().Length > 0 ? throw ActionException.BadInput(field.Message, "") : ExitCode.Done;
    }
}
