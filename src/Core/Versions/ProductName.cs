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
        return IsName(product) ? product : throw ActionException.BadInput(
            $"The product '{PlainText.Inert(product)}' is not a valid name", "Use letters, digits and . _ -, and / between its parts");
    }

    // A name becomes a part of paths and refs, with its slashes: `@acme/till`, `services/billing`.
    private static bool IsName(string product) => product.Length is > 0 and <= 100 && product.Split('/').All(IsPart);

    private static bool IsPart(string part)
    {
        var name = part.StartsWith('@') ? part[1..] : part;
        return name.Length > 0 && name[0] is not ('-' or '.') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
    }

    /// <summary>The product in a tag; null where the prefix does not depend on it, or the tag does not match.</summary>
    public static string? OfTag(string? tag, string prefix) =>
        tag is not null && IsIn(prefix) && VersionPattern.Match($"{prefix}{{version}}", tag, VersionSchemes.SemVer)?.Product is { } product
            && IsName(product) ? product : null;
}
