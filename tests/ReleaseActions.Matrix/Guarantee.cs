namespace ReleaseActions.Matrix;

/// <summary>Something that the suite guarantees, and that tests name by its id.</summary>
/// <param name="Id">Such as <c>F01</c> (a row) or <c>AOF-01</c> (a rule).</param>
/// <param name="Meaning">In one line.</param>
/// <param name="Missing">What tests do not show yet; null where they show all of it.</param>
public sealed record Guarantee(string Id, string Meaning, string? Missing = null)
{
    /// <summary>Marks a guarantee that is kept in part; what is missing follows it.</summary>
    public const char Mark = '◆';

    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>Every guarantee, in the order of <c>guarantees.txt</c>.</summary>
    public static IReadOnlyList<Guarantee> All { get; } = ReadAll();

    /// <summary>The trait under which tests name it.</summary>
    public string Trait => Id.Contains('-', StringComparison.Ordinal) ? "Rule" : "Row";

    /// <summary>The guarantees of a list: one a line, <c>ID meaning</c> or <c>ID meaning ◆ missing</c>.</summary>
    public static IReadOnlyList<Guarantee> Read(string list) =>
        [.. list.Split('\n', Trimmed).Where(line => line[0] != '#').Select(ReadLine)];

    /// <summary>An id and its text, which may hold the mark.</summary>
    public static Guarantee Of(string id, string text) =>
        text.Split(Mark, 2, StringSplitOptions.TrimEntries) is [var meaning, var missing] ? new(id, meaning, missing) : new(id, text);

    private static Guarantee ReadLine(string line) =>
        line.Split(' ', 2) is [var id, var text] ? Of(id, text) : throw new FormatException($"'{line}' has no meaning");

    private static IReadOnlyList<Guarantee> ReadAll()
    {
        using var reader = new StreamReader(typeof(Guarantee).Assembly.GetManifestResourceStream("guarantees.txt")!);
        return Read(reader.ReadToEnd());
    }
}
