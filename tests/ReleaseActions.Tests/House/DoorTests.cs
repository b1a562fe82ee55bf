using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Registries;
using ReleaseActions.Rehearse;

namespace ReleaseActions.Tests.House;

/// <summary>What users see of an action is written from its declarations and compared here.</summary>
public sealed class DoorTests
{
    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void The_action_yml_is_what_the_action_declares(string name) =>
        Golden.MatchesFileOfRepository(
        Manual.Of(AllActions.Named(name)).ToActionYaml(StepRunner.ImageOf(name, "docker://ghcr.io/org/release-actions:main")),
        $"actions/{name}/action.yml");

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void The_tables_of_the_README_are_what_the_action_declares(string name) =>
        Golden.MatchesPartOf(
        $"actions/{name}/README.md", "<!-- declared: begin -->", "<!-- declared: end -->",
        Manual.Of(AllActions.Named(name)).ToReadmeTables());

    // Reading a registry needs no declaration in the code, and the README's list of hosts follows from the declaration.
    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void An_action_that_asks_a_registry_declares_images(string name)
    {
        var action = AllActions.Named(name);

        var asks = AssemblyUses.Of(action.GetType().Assembly).Any(u => u.To == typeof(RegistryClient) || u.To == typeof(RegistryWriter));

        asks.Should().Be(action.Changes.HasFlag(Changes.Images));
    }

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void The_help_is_what_the_action_declares(string name) =>
        Golden.Matches(Manual.Of(AllActions.Named(name)).ToHelp(), $"help/{name}");

    [Fact]
    public void The_schema_of_the_policy_file_is_what_the_policy_declares() =>
        Golden.MatchesFileOfRepository(ReleasePolicy.Schema(), "release-actions.schema.json");
}
