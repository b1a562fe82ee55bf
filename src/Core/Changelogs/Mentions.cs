namespace ReleaseActions.Core.Changelogs;

/// <summary>What becomes of <c>@names</c> in notes, outside code.</summary>
public enum Mentions
{
    /// <summary>They stay, and GitHub tells the people who are named.</summary>
    Keep,

    /// <summary>They become plain text, and nobody is called.</summary>
    Neutralise,
}
