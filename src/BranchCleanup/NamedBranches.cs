using System.Text.RegularExpressions;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.BranchCleanup;

/// <summary>
/// The branches that a policy names for something other than a single release: they outlive every release. The key
/// <c>branches.release</c> is not among them, because it names the branches that are deleted. Pure.
/// </summary>
/// <param name="policies">The policies that count, each with <c>{product}</c> in its texts: what is a branch of one product stays.</param>
internal sealed class NamedBranches(IEnumerable<ReleasePolicy> policies)
{
    private const RegexOptions InLinearTime = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private readonly IReadOnlyList<(string Key, Regex Pattern)> _patterns = [.. policies.SelectMany(KeysOf).Distinct().Select(PatternOf)];

    /// <summary>The key that names a branch, or null.</summary>
    public string? KeyOf(string branch) => _patterns.FirstOrDefault(p => p.Pattern.IsMatch(branch)).Key;

    private static IEnumerable<(string Key, string Name)> KeysOf(ReleasePolicy policy)
    {
        (string Key, string? Name)[] keys =
        [
            ("branches.production", policy.Branches.Production), ("prepare.from", policy.Prepare.From),
            ("state.branch", policy.State.Branch),
        ];
        return keys.Where(k => k.Name is not null).Select(k => (k.Key, k.Name!));
    }

    // {product} and {version} stand for any text.
    private static (string, Regex) PatternOf((string Key, string Name) named)
    {
        const string Heads = "refs/heads/";
        var name = named.Name.StartsWith(Heads, StringComparison.Ordinal) ? named.Name[Heads.Length..] : named.Name;
        var parts = Regex.Split(name, "[{][a-z]+[}]", InLinearTime, TimeSpan.FromSeconds(1)).Select(Regex.Escape);
        return (named.Key, new Regex($@"\A{string.Join(".+", parts)}\z", InLinearTime, TimeSpan.FromSeconds(1)));
    }
}
