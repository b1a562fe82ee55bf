namespace ReleaseActions.Core.Text;

/// <summary>The words of an enum as users write them, in kebab-case.</summary>
public static class Choices
{
    /// <summary>Every word with its value, in the order of declaration.</summary>
    public static IReadOnlyDictionary<string, T> Of<T>() where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => Word(v), v => v);

    /// <summary>The word of one value.</summary>
    public static string Word<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
