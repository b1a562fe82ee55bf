namespace ReleaseActions.Core.Versions;

/// <summary>The order of what stands after the hyphen, by item 11 of SemVer 2.0: numbers as numbers of any size, words by their bytes, numbers before words.</summary>
internal static class PrereleaseOrder
{
    /// <summary>Negative where <paramref name="left"/> comes first; an empty text is a stable version, which comes last.</summary>
    public static int Compare(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0) return right.Length.CompareTo(left.Length);
        var (ours, theirs) = (left.Split('.'), right.Split('.'));
        foreach (var (mine, other) in ours.Zip(theirs))
            if (CompareWords(mine, other) is not 0 and var order) return order;
        return ours.Length.CompareTo(theirs.Length);
    }

    private static int CompareWords(string left, string right)
    {
        var (isNumber, isOtherNumber) = (left.All(char.IsAsciiDigit), right.All(char.IsAsciiDigit));
        if (isNumber != isOtherNumber) return isNumber ? -1 : 1;
        // Without leading zeros the longer number is the larger one, and equally long ones compare like texts.
        if (isNumber && left.Length != right.Length) return left.Length.CompareTo(right.Length);
        return string.CompareOrdinal(left, right);
    }
}
