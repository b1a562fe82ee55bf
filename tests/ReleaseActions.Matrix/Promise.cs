namespace ReleaseActions.Matrix;

/// <summary>Something that the suite promises, and that tests name by its id.</summary>
/// <param name="Id">Such as <c>F01</c> (a row) or <c>AOF-01</c> (a rule).</param>
/// <param name="Meaning">In one line.</param>
public sealed record Promise(string Id, string Meaning)
{
    /// <summary>Every promise, in the order of <c>promises.txt</c>.</summary>
    public static IReadOnlyList<Promise> All { get; } = Read();

    /// <summary>The trait under which tests name it.</summary>
    public string Trait => Id.Contains('-', StringComparison.Ordinal) ? "Rule" : "Row";

    private static List<Promise> Read()
    {
        using var reader = new StreamReader(typeof(Promise).Assembly.GetManifestResourceStream("promises.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#').Select(line => line.Split(' ', 2)).Select(parts => new Promise(parts[0], parts[1]))];
    }
}
