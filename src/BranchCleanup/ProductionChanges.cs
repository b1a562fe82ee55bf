namespace ReleaseActions.BranchCleanup;

/// <summary>
/// Which of production's own commits touch a branch's files. Between two of them a merge of the branch gives the same for these
/// files, so only they can be the one that took its content in: a few merges instead of a thousand.
/// </summary>
/// <param name="changes">What each of production's own commits changed, newest first.</param>
internal sealed class ProductionChanges(IReadOnlyList<IReadOnlyList<(char Status, string Name)>> changes)
{
    private readonly ILookup<string, int> _touching = changes.Index().SelectMany(c => c.Item.Select(f => (f.Name, c.Index)))
        .ToLookup(f => f.Name, f => f.Index, StringComparer.Ordinal);

    /// <summary>The places of the commits that touch one of these files, or what became of one that was renamed.</summary>
    public IReadOnlySet<int> Touching(IEnumerable<string> files)
    {
        var places = new SortedSet<int>();
        var known = files.ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(known);
        while (open.TryDequeue(out var file))
        {
            foreach (var place in _touching[file])
            {
                places.Add(place);
                if (!changes[place].Contains(('D', file))) continue;
                // Deleted: any file that the same commit added may be the same one under its new name.
                foreach (var added in changes[place].Where(f => f.Status == 'A' && known.Add(f.Name))) open.Enqueue(added.Name);
            }
        }

        return places;
    }
}
