using System.Text.Json.Nodes;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.Tests.Policy;

/// <summary>Which changes of a policy loosen what guards a release.</summary>
[Trait("Row", "S25")]
public sealed class PolicyGuardTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);

    [Theory]
    [InlineData("branches: {production: main}", "branches: {production: feature}", "branches.production")]
    [InlineData("", "branches: {production: feature}", "branches.production")]
    [InlineData("branches: {production: master}", "", "branches.production")]
    [InlineData("branches: {tip-only: true}", "branches: {tip-only: false}", "branches.tip-only")]
    [InlineData("gates: {checks: [build, test]}", "gates: {checks: [build]}", "gates.checks")]
    [InlineData("gates: {checks: [build]}", "gates: {checks: [Build]}", "gates.checks")]
    [InlineData("gates: {checks: build}", "", "gates.checks")]
    [InlineData("gates: {blocking-labels: [blocker]}", "gates: {blocking-labels: []}", "gates.blocking-labels")]
    [InlineData("gates: {approvals: [{team: security}]}", "gates: {approvals: [{team: friends}]}", "gates.approvals")]
    [InlineData("gates: {approvals: [{team: security}]}", "gates: {approvals: [{team: security, major-only: true}]}", "gates.approvals")]
    [InlineData("gates: {approvals: [{team: security}]}", "gates: {approvals: [{team: security, members: [eve]}]}", "gates.approvals")]
    [InlineData("gates: {approvals: [{team: security, members: [ada]}]}", "gates: {approvals: [{team: security, members: [ada, eve]}]}",
        "gates.approvals")]
    [InlineData("gates: {approvals: [{team: security, members: [ada]}]}", "gates: {approvals: [{team: security}]}", "gates.approvals")]
    [InlineData("gates: {environments: [production]}", "gates: {environments: [production, anything]}", "gates.environments")]
    [InlineData("gates: {environments: [production]}", "", "gates.environments")]
    [InlineData("gates: {blackouts: [{name: x, from: 12-20, to: 01-05}]}", "gates: {blackouts: [{name: x, from: 12-20, to: 01-04}]}",
        "gates.blackouts")]
    [InlineData("gates: {blackouts: [{name: x, from: 12-20, to: 12-31}]}",
        "gates: {blackouts: [{name: x, from: 2026-12-20, to: 2026-12-31}]}", "gates.blackouts")]
    [InlineData("gates: {blackouts: [{name: x, from: 02-29, to: 02-29}]}", "", "gates.blackouts")]
    [InlineData("gates: {blackouts: [{name: x, from: 12-20, to: 01-05}], time-zone: Asia/Tokyo}",
        "gates: {blackouts: [{name: x, from: 12-20, to: 01-05}]}", "gates.time-zone")]
    [InlineData("{branches: {tip-only: true}, gates: {checks: [a], blocking-labels: [b]}}", "", "branches.tip-only gates.checks "
        + "gates.blocking-labels")]
    public void What_is_less_strict_is_named_with_both_values(string there, string here, string keys)
    {
        var loosened = Read(here).LoosenedFrom(Read(there), Today);

        loosened.Select(f => f.Message.Split('\'')[1]).Should().Equal(keys.Split(' '));
        loosened.Should().OnlyContain(f => f.Remedy.Contains("change it there first"));
        foreach (var finding in loosened)
        {
            var guard = PolicyGuard.All.Single(g => g.Key == finding.Message.Split('\'')[1]);
            finding.Message.Should().Contain($"here it is '{guard.Show(Read(here))}'").And.EndWith($"branch '{guard.Show(Read(there))}'");
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "branches: {tip-only: true}")]
    [InlineData("", "gates: {checks: [build], blocking-labels: [b], approvals: [{team: t}], environments: [production]}")]
    [InlineData("", "gates: {time-zone: Asia/Tokyo, blackouts: [{name: x, from: 12-20, to: 01-05}]}")]
    [InlineData("gates: {time-zone: Asia/Tokyo}", "gates: {time-zone: UTC}")]
    [InlineData("gates: {checks: [a, b]}", "gates: {checks: [c, b, a]}")]
    [InlineData("gates: {approvals: [{team: t, major-only: true}]}", "gates: {approvals: [{team: u}, {team: t}]}")]
    [InlineData("gates: {approvals: [{team: t, members: [a, b]}]}", "gates: {approvals: [{team: t, members: [b]}]}")]
    [InlineData("gates: {environments: [production, staging]}", "gates: {environments: [production]}")]
    [InlineData("gates: {blackouts: [{name: x, from: 12-20, to: 12-31}]}",
        "gates: {blackouts: [{name: y, from: 12-01, to: 12-25}, {name: z, from: 12-26, to: 01-05}]}")]
    [InlineData("gates: {blackouts: [{name: over, from: 2025-12-20, to: 2025-12-31}]}", "")]
    [InlineData("version: {tag-prefix: v}", "version: {tag-prefix: x, increasing: false}")]
    public void What_is_as_strict_or_stricter_is_accepted(string there, string here) =>
        Read(here).LoosenedFrom(Read(there), Today).Should().BeEmpty();

    [Fact]
    public void Every_gate_is_a_guard_and_every_guard_is_a_key()
    {
        var schema = JsonNode.Parse(ReleasePolicy.Schema())!["properties"]!;
        IEnumerable<string> KeysOf(string section) => schema[section]!["properties"]!.AsObject().Select(p => $"{section}.{p.Key}");

        PolicyGuard.All.Select(g => g.Key).Should().Contain(KeysOf("gates")).And.BeSubsetOf([.. KeysOf("gates"), .. KeysOf("branches")]);
    }

    private static ReleasePolicy Read(string yaml) => ReleasePolicy.Read(yaml, "policy");
}
