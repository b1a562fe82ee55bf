namespace ReleaseActions.Core.Manifests;

/// <summary>The text at a key of a document.</summary>
/// <param name="Text">The text, without its quotes.</param>
/// <param name="Line">Its line, counted from 1.</param>
public readonly record struct KeyedText(string Text, int Line)
{
    /// <summary>Whether the key occurs again, in a format that gives a second one no meaning.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether the key occurs again, in a format where a condition or the order decides which one counts.</summary>
    public bool IsAssignedAgain { get; init; }

    /// <summary>Whether the key has no text: it has no value, or the format's null.</summary>
    public bool IsNothing { get; init; }

    /// <summary>
    /// Where the text begins, without its quotes, in UTF-16 characters; negative where the document does not hold the text as it reads.
    /// </summary>
    public int Start { get; init; }
}
