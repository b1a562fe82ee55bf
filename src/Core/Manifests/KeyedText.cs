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

/// <summary>
/// The texts of a document by their keys, while it is read. A key is all the names above it: what is stored is bounded, because one long
/// name above many others would unfold a file of a megabyte into a hundred gigabytes.
/// </summary>
internal sealed class KeyedTexts() : Dictionary<string, KeyedText>(StringComparer.Ordinal)
{
    private const long MostCharacters = 64 * 1024 * 1024;

    private long _characters;

    /// <summary>Counts what is about to be stored.</summary>
    /// <param name="characters">How long the key and the text are.</param>
    /// <exception cref="FormatException">That is too much.</exception>
    public void Expect(long characters)
    {
        if ((_characters += characters) > MostCharacters) throw new FormatException("its keys unfold into more than 64 MiB");
    }
}
