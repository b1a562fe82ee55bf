using System.Text.RegularExpressions;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Versions;

/// <summary>Which product of several a run is about, where the policy says <c>{product}</c>: the one that the input <c>product</c> names, or else the tag.</summary>
public static class ProductName
{
    private const string Placeholder = "{product}";

    /// <summary>Whether a text depends on the product.</summary>
    public static bool IsIn(string text) => text.Contains(Placeholder, StringComparison.Ordinal);

    /// <summary>The text with the product filled in; as it is where none is known.</summary>
    public static string Fill(string text, string? product) => product is null ? text : text.Replace(Placeholder, product, StringComparison.Ordinal);

    /// <summary>A text of the policy or of an input that is about to be used.</summary>
    /// <exception cref="ActionException">It depends on the product, and nobody named one (exit 2).</exception>
    public static string Require(string text) =>
        IsIn(text) ? throw ActionException.BadInput("The policy speaks of {product}, and no product was named", "Give the input `product`, such as the folder of the product") : text;

    /// <summary>What stands before the version in a tag, when a tag is about to be read or made.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="tag">The tag that should have named the product; null where a version was typed.</param>
    /// <exception cref="ActionException">It depends on the product, and nobody named one (exit 2).</exception>
    public static string RequireIn(string prefix, string? tag) => !IsIn(prefix) ? prefix : throw ActionException.BadInput(
        tag is null ? "The policy speaks of {product}, and no product was named" : $"The tag '{PlainText.Inert(tag)}' names no product", $"Release tags look like {Fill(prefix, "billing")}1.2.3; a run by hand takes the input `product`");

    /// <summary>A product that a person named.</summary>
    /// <exception cref="ActionException">It is no name (exit 2).</exception>
    public static string RequireName(string product) => product.Length is > 0 and <= 100 && product.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && product[0] is not ('-' or '.')
        ? product : throw ActionException.BadInput($"The product '{PlainText.Inert(product)}' is no name", "Use letters, digits and . _ -");

    /// <summary>The product that a tag names; null where the prefix does not depend on it, or the tag is none of a product.</summary>
    public static string? OfTag(string? tag, string prefix) => tag is null || !IsIn(prefix) ? null : Match($"{prefix}{{version}}", tag)?.Product;

    /// <summary>The product and the version in the name of the branch that the run, or its pull request, comes from or goes to; null where none of them is a release branch.</summary>
    /// <param name="runner">What the runner said about the run.</param>
    /// <param name="template">The release branch, with <c>{version}</c> in it.</param>
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
}
