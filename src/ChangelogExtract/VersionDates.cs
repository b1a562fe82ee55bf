namespace ReleaseActions.ChangelogExtract;

/// <summary>What is wrong with a date that could not be read.</summary>
internal static class VersionDates
{
    /// <summary>Whether a text has the form of a date and names no day, whichever number is the month.</summary>
    // With dots and the year first it may be a version.
    public static bool IsImpossible(string text)
    {
        if (text.Split('-', '/', '.') is not [{ } first, { } middle, { } last]) return false;
        if (first.Length == 4) return !text.Contains('.', StringComparison.Ordinal);
        return int.TryParse(first, out var a) && int.TryParse(middle, out var b) && last.Length == 4 && (a is 0 or > 12 || b is 0 or > 12);
    }
}
