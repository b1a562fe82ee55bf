using System.Collections.Immutable;

namespace ReleaseActions.Core.Policy;

/// <summary>A key of the policy that guards a release: a commit must not release itself by loosening it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Show">Its value, for a message.</param>
/// <param name="Keeps">Whether the first policy is at least as strict as the second, on each day from a first one.</param>
public sealed record PolicyGuard(string Key, Func<ReleasePolicy, string> Show, Func<ReleasePolicy, ReleasePolicy, DateOnly, bool> Keeps)
{
    // Ranges of every year are seen in each; those of one year are never planned further ahead.
    private const int DaysAhead = 8 * 366;

    /// <summary>All of them. A test compares the list with the keys of <see cref="GatePolicy"/>.</summary>
    public static ImmutableArray<PolicyGuard> All { get; } =
    [
        new("branches.production", p => p.Branches.Production, (own, other, _) => own.Branches.Production == other.Branches.Production),
        new("branches.tip-only", p => p.Branches.TipOnly ? "true" : "false",
            (own, other, _) => own.Branches.TipOnly || !other.Branches.TipOnly),
        new("gates.checks", p => List(p.Gates.Checks), (own, other, _) => Contains(own.Gates.Checks, other.Gates.Checks)),
        new("gates.blocking-labels", p => List(p.Gates.BlockingLabels),
            (own, other, _) => Contains(own.Gates.BlockingLabels, other.Gates.BlockingLabels)),
        new("gates.approvals", p => List(p.Gates.Approvals), (own, other, _) =>
            other.Gates.Approvals.All(needed => own.Gates.Approvals.Any(a => IsAsStrict(a, needed)))),
        new("gates.environments", p => List(p.Gates.Environments),
            (own, other, _) => IsPart(own.Gates.Environments, other.Gates.Environments)),
        new("gates.blackouts", p => List(p.Gates.Blackouts), (own, other, today) =>
            Enumerable.Range(-1, DaysAhead).Select(today.AddDays).All(day => !IsBlackout(other, day) || IsBlackout(own, day))),
        new("gates.time-zone", p => p.Gates.TimeZone,
            (own, other, _) => other.Gates.Blackouts.Count == 0 || own.Gates.TimeZone == other.Gates.TimeZone),
    ];

    private static string List<T>(IReadOnlyList<T> items) => items.Count == 0 ? "none" : string.Join(", ", items);

    private static bool Contains(IReadOnlyList<string> own, IReadOnlyList<string> other) => !other.Except(own).Any();

    // An empty list means everybody, or everything: naming some of them is stricter.
    private static bool IsPart(IReadOnlyList<string> own, IReadOnlyList<string> other) =>
        other.Count == 0 || (own.Count > 0 && Contains(other, own));

    // Members that are not listed are asked of GitHub: a list in their place could hold anybody.
    private static bool IsAsStrict(ApprovalPolicy own, ApprovalPolicy other) =>
        own.Team == other.Team && (other.MajorOnly || !own.MajorOnly)
        && (other.Members.Count == 0 ? own.Members.Count == 0 : IsPart(own.Members, other.Members));

    private static bool IsBlackout(ReleasePolicy policy, DateOnly day) => policy.Gates.Blackouts.Any(b => b.Contains(day));
}
