namespace ReleaseActions.Core.Policy;

/// <summary>The kinds of value a key of the policy file can have.</summary>
public enum PolicyKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A mapping with keys of its own.</summary>
    Map,

    /// <summary>A list of mappings, each with the same keys.</summary>
    Maps,
}

/// <summary>One key as it was declared: what the JSON Schema is written from.</summary>
/// <param name="Name">The key in kebab-case.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Description">One sentence for the editor's completion.</param>
/// <param name="Default">What its absence means, or null.</param>
/// <param name="Choices">The legal values where there are few, else empty.</param>
/// <param name="IsRequired">Whether its absence is an error.</param>
/// <param name="Keys">The keys inside a map, or inside each map of a list.</param>
public sealed record PolicyKey(
    string Name, PolicyKind Kind, string Description, string? Default, IReadOnlyList<string> Choices, bool IsRequired, IReadOnlyList<PolicyKey> Keys);
