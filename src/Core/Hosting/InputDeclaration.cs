namespace ReleaseActions.Core.Hosting;

/// <summary>One input as it was declared: what <c>action.yml</c>, the README's table and <c>--help</c> are written from.</summary>
/// <param name="Name">The name in kebab-case, as a workflow writes it under <c>with:</c>.</param>
/// <param name="Description">One or two sentences for the reader of the table.</param>
/// <param name="Default">What an absent or empty value means, as text; null where absence has a meaning of its own.</param>
/// <param name="IsRequired">Whether absence is an error.</param>
/// <param name="Choices">The legal values where there are few, else empty.</param>
public sealed record InputDeclaration(string Name, string Description, string? Default, bool IsRequired, IReadOnlyList<string> Choices)
{
    /// <summary>Whether its value is a secret, which is masked and never printed.</summary>
    public bool IsSecret { get; init; }
}

/// <summary>One output as it was declared.</summary>
/// <param name="Name">The name in kebab-case.</param>
/// <param name="Description">What a later step finds in it.</param>
public sealed record OutputDeclaration(string Name, string Description);
