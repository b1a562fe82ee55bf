using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Versions;

/// <summary>The product that a run releases, where a repository has several and the policy says <c>{product}</c>. Pure.</summary>
public static class ProductName
{
    private const string Placeholder = "{product}";

    /// <summary>Whether a text depends on the product.</summary>
    public static bool IsIn(string text) => text.Contains(Placeholder, StringComparison.Ordinal);

    /// <summary>The text with the product filled in; unchanged where none is known.</summary>
    public static string Fill(string text, string? product) =>
        product is null ? text : text.Replace(Placeholder, product, StringComparison.Ordinal);

    /// <summary>A text of the policy or of an input that is about to be used.</summary>
    /// <exception cref="ActionException">It depends on the product, and none was named (exit 2).</exception>
    public static string Require(string text) => !IsIn(text) ? text : throw ActionException.BadInput(
        "The policy speaks of {product}, and no product was named", "Give the input `product`, such as the folder of the product");

    /// <summary>The tag prefix, when a tag is about to be read or created.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="tag">The tag that should have named the product; null where the version is an input.</param>
    /// <exception cref="ActionException">It depends on the product, and none was named (exit 2).</exception>
    public static string RequireIn(string prefix, string? tag)
    {
        if (!IsIn(prefix)) return prefix;
        throw ActionException.BadInput(
            tag is null ? "The policy speaks of {product}, and no product was named" : $"The tag '{PlainText.Inert(tag)}' names no product",
            $"Release tags look like {Fill(prefix, "billing")}1.2.3; a manual run needs the input `product`");
    }

    /// <summary>The value of the input <c>product</c>.</summary>
    /// <exception cref="ActionException">It is not a valid name (exit 2).</exception>
    public static string RequireName(string product)
    {
        var isValid = product.Length is > 0 and <= 100 && product[0] is not ('-' or '.')
            && product.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return isValid ? product : throw ActionException.BadInput(
            $"The product '{PlainText.Inert(product)}' is not a valid name", "Use letters, digits and . _ -");
    }

    /// <summary>The product in a tag; null where the prefix does not depend on it, or the tag does not match.</summary>
    public static string? OfTag(string? tag, string prefix) =>
        tag is null || !IsIn(prefix) ? null : VersionPattern.Match($"{prefix}{{version}}", tag)?.Product;
}
