namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>
/// Counts what packages depend on. A name can mean a hundred versions, so that a file of a megabyte could name a hundred million.
/// </summary>
internal sealed class Dependencies
{
    // The largest lock files have some ten thousand.
    private const int Most = 1_000_000;

    private int _count;

    /// <summary>The references, each once.</summary>
    /// <exception cref="FormatException">The file has too many.</exception>
    public IReadOnlyList<string> Of(IEnumerable<string> references)
    {
        var found = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            if (++_count > Most) throw new FormatException($"its packages have more than {Most:#,0} dependencies");
            found.TryAdd(reference, true);
        }

        return [.. found.Keys];
    }
}
