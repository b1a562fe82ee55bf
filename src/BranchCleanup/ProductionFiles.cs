namespace ReleaseActions.BranchCleanup;

/// <summary>What the files of a branch are in a commit of production.</summary>
internal enum Held
{
    /// <summary>All are there as the branch has them: merging it changes nothing.</summary>
    All,

    /// <summary>One is there as it was where the branch began: merging the branch changes it.</summary>
    NotAll,

    /// <summary>One is there in a third form, or under another name: only a merge can say.</summary>
    Unknown,
}

/// <summary>
/// The files of production at each of its own commits, by what each of these changed. So most branches are judged without a merge, and
/// the others by merges into the few commits that touch their files: between two of them, a merge gives the same.
/// </summary>
/// <param name="changes">What each of production's own commits changed, newest first.</param>
internal sealed class ProductionFiles(IReadOnlyList<IReadOnlyList<FileChange>> changes)
{
    private readonly Dictionary<string, List<(int Place, FileChange Change)>> _touching = changes.Index()
        .SelectMany(c => c.Item.Select(f => (c.Index, Change: f))).GroupBy(c => c.Change.Name, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    // The place of the next commit, itself included, that deletes a file: it may have renamed one.
    private readonly int[] _nextDeletion = NextDeletions(changes);

    /// <summary>The places of the commits that touch one of these files, or what became of one that was renamed; and the newest.</summary>
    public IReadOnlySet<int> PlacesOf(IReadOnlyList<FileChange> files)
    {
        var places = new SortedSet<int> { 0 };
        var known = files.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(known);
        while (open.TryDequeue(out var file))
        {
            foreach (var (place, change) in _touching.GetValueOrDefault(file) ?? [])
            {
                places.Add(place);
                if (change.After.Length > 0) continue;
                // Deleted: any file that the same commit added may be the same one under its new name.
                foreach (var added in changes[place].Where(f => f.Before.Length == 0 && known.Add(f.Name))) open.Enqueue(added.Name);
            }
        }

        return places;
    }

    /// <summary>Compares the files that a branch changed with those at a place; the first that was not taken in decides.</summary>
    /// <param name="files">What the branch changed since it began.</param>
    /// <param name="place">The place of the commit.</param>
    /// <param name="fork">The place of the commit that the branch began at.</param>
    public Held Compare(IReadOnlyList<FileChange> files, int place, int fork)
    {
        var held = Held.All;
        foreach (var file in files)
        {
            if (IsHeld(file, place, fork)) continue;
            if (IsUntouched(file, place, fork)) return Held.NotAll;
            held = Held.Unknown;
        }

        return held;
    }

    /// <summary>The files that a merge into the newest commit would change; null where only the merge can say.</summary>
    public IReadOnlyList<string>? Missing(IReadOnlyList<FileChange> files, int fork)
    {
        var missing = files.Where(f => !IsHeld(f, 0, fork)).ToList();
        return missing.TrueForAll(f => IsUntouched(f, 0, fork)) ? [.. missing.Select(f => f.Name).Order(StringComparer.Ordinal)] : null;
    }

    private bool IsHeld(FileChange file, int place, int fork) => EntryAt(file, place, fork) == file.After;

    // What a branch adds may have gone under another name: into a folder that production renamed.
    private bool IsUntouched(FileChange file, int place, int fork) =>
        EntryAt(file, place, fork) == file.Before && (file.Before.Length > 0 || _nextDeletion[place] >= fork);

    // By the newest change at the place or before it, since the fork; null where that is further back than was read.
    private string? EntryAt(FileChange file, int place, int fork)
    {
        if (fork > changes.Count) return null;
        var touching = _touching.GetValueOrDefault(file.Name) ?? [];
        var at = touching.BinarySearch((place, file), Comparer<(int Place, FileChange)>.Create((a, b) => a.Place.CompareTo(b.Place)));
        var next = at < 0 ? ~at : at;
        return next < touching.Count && touching[next].Place < fork ? touching[next].Change.After : file.Before;
    }

    private static int[] NextDeletions(IReadOnlyList<IReadOnlyList<FileChange>> changes)
    {
        var next = Enumerable.Repeat(int.MaxValue, changes.Count + 1).ToArray();
        for (var place = changes.Count - 1; place >= 0; place--)
            next[place] = changes[place].Any(f => f.After.Length == 0) ? place : next[place + 1];
        return next;
    }
}
