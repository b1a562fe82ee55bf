namespace ReleaseActions.BranchCleanup;

/// <summary>What became of one file between two trees.</summary>
/// <param name="Name">The file, from the root.</param>
/// <param name="Before">Its mode and the id of its content; empty where it was not there.</param>
/// <param name="After">The same afterwards; empty where it is deleted.</param>
internal sealed record FileChange(string Name, string Before, string After)
{
    private const string NoMode = "000000";

    /// <summary>Reads what git prints with <c>--raw -z</c>: <c>:MODE MODE ID ID LETTER</c>, then the name.</summary>
    public static FileChange Read(string record, string name)
    {
        var fields = record.Trim().TrimStart(':').Split(' ');
        return new FileChange(name, EntryOf(fields[0], fields[2]), EntryOf(fields[1], fields[3]));
    }

    private static string EntryOf(string mode, string id) => mode == NoMode ? "" : $"{mode} {id}";
}
