using System.Text.RegularExpressions;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>Which product of several is released, where the policy says <c>{product}</c>.</summary>
/// <param name="texts">What may name the product: the tag's prefix, the release branch, the changelog, the manifests.</param>
internal sealed class ProductName(IReadOnlyList<string> texts)
{
    private const string Placeholder = "{product}";

    private string Prefix => texts[0];

    public static bool IsIn(string text) => text.Contains(Placeholder, StringComparison.Ordinal);

    public static string Fill(string text, string? product) => product is null ? text : text.Replace(Placeholder, product, StringComparison.Ordinal);

    /// <summary>The product that the input, the tag or, before a release, the branch names; null where the repository is one product.</summary>
    /// <exception cref="ActionException">It is missing, is one too many, or is no name (exit 2).</exception>
    public string? Of(VersionValidateInputs inputs, ReleasePolicy policy, RunnerContext runner)
    {
        var isNeeded = texts.Any(IsIn);
        if (inputs.Product is { } given && !isNeeded)
            throw ActionException.BadInput($"The product '{Log.Inert(given)}' was named, and nothing in the policy depends on it", "Write {product} into `version.tag-prefix` and `changelog.path` of the policy, or leave the input away");
        if (!isNeeded) return null;
        if (inputs.Product is { } named) return IsName(named) ? named : throw ActionException.BadInput($"The product '{Log.Inert(named)}' is no name", "Use letters, digits and . _ -");
        if (inputs.Version is null && runner.Tag is { } tag) return Match($"{Prefix}{{version}}", tag)?.Product ?? throw NoProduct($"The tag '{Log.Inert(tag)}' names no product");
        return (inputs.DryRun && inputs.Version is null ? OfBranch(runner, policy.Branches.ReleasePattern(Prefix))?.Product : null) ?? throw NoProduct("The policy speaks of {product}, and no product was named");
    }

    /// <summary>The product and the version in the name of the branch that the run, or its pull request, comes from or goes to; null where none of them is a release branch.</summary>
    public static (string? Product, SemanticVersion? Version)? OfBranch(RunnerContext runner, string template) =>
        ((string?[])[runner.Branch, runner.BaseBranch, runner.HeadBranch]).OfType<string>().Select(branch => Match(template, branch)).FirstOrDefault(m => m?.Version is not null);

    // The version begins with a digit, so that in `my-till-1.0.0` the product is `my-till`.
    private static (string? Product, SemanticVersion? Version)? Match(string template, string text)
    {
        if (!template.Contains("{version}", StringComparison.Ordinal) || text.Length > 1_000) return null;
        var pattern = Regex.Escape(template).Replace(@"\{product}", "(?<product>[A-Za-z0-9._-]+?)", StringComparison.Ordinal).Replace(@"\{version}", "(?<version>[0-9].*)", StringComparison.Ordinal);
        var match = Regex.Match(text, $@"\A{pattern}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        if (!match.Success) return null;
        // A near miss of a version is no reason not to know the product: what is wrong with it is told later.
        return (match.Groups["product"] is { Success: true } product ? product.Value : null, SemanticVersion.TryParse(match.Groups["version"].Value, out var version) ? version : null);
    }

    private ActionException NoProduct(string what) =>
        ActionException.BadInput(what, IsIn(Prefix) ? $"Release tags look like {Fill(Prefix, "billing")}1.2.3; a run by hand takes the input `product`" : "Give the input `product`");

    private static bool IsName(string product) => product.Length is > 0 and <= 100 && product.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && product[0] is not ('-' or '.');
}
