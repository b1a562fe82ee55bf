using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>Calendar versions of one format.</summary>
internal sealed class CalVerScheme(CalendarFormat format) : VersionScheme
{
    private const string Micro = "MICRO";
    private const string Minor = "MINOR";
    private const string Major = "MAJOR";
    private static readonly string[] Counters = [Major, Minor, Micro];

    /// <inheritdoc/>
    public override string Name => "calver";

    /// <inheritdoc/>
    public override string Example => format.Write(new DateOnly(2026, 7, 1), _ => 1);

    /// <inheritdoc/>
    public override string Form => $"A version has the form {format.Text}, such as {Example}: https://calver.org";

    /// <inheritdoc/>
    public override bool IsByDate => true;

    // What is counted within a date increases within it; dates increase among all versions.
    /// <inheritdoc/>
    public override int NumbersOfLine => format.Tokens[^1] == Micro ? format.Tokens.Count - 1 : 0;

    /// <inheritdoc/>
    public override string Word(string word) => LooseVersion.WordOf(word);

    /// <inheritdoc/>
    public override ReleaseVersion? Find(string text)
    {
        if (text.Length > ReleaseVersion.MostCharacters || format.Read(text) is not { Wrong: null } read) return null;
        return LooseVersion.Of(text, read.Length, read.Numbers);
    }

    /// <inheritdoc/>
    internal override (string Wrong, string? Meant)? Complaint(string text)
    {
        if (base.Complaint(text) is not { } complaint) return null;
        if (text.Length is 0 or > ReleaseVersion.MostCharacters || text[0] is 'v' or 'V') return complaint;
        var (_, length, wrong, meant) = format.Read(text);
        return wrong is null ? ($"'{text[length..]}' after {format.Text} is no prerelease", null)
            : (wrong, meant is null ? null : IfVersion(meant));
    }

    /// <inheritdoc/>
    public override string First(DateOnly today) => format.Write(today, token => token == Major ? 1 : 0);

    /// <inheritdoc/>
    public override string Next(ReleaseVersion old, VersionStep step, DateOnly? today)
    {
        BigInteger OldOf(string token) => old.Numbers.ElementAtOrDefault(format.Tokens.ToList().IndexOf(token));
        if (today is { } day)
        {
            var major = OldOf(Major) + (step == VersionStep.Major ? 1 : 0);
            var dated = format.Write(day, token => token == Major ? major : 0);
            if (Find(dated) is { } version && version.CompareNumbers(old) > 0) return dated;
            if (!DateOf(Find(dated)!).SequenceEqual(DateOf(old)))
                throw ActionException.Refused($"{old} has a later date than {day:yyyy-MM-dd}", "Name the version with `version`");
        }

        var raised = step != VersionStep.Patch && format.Tokens.Contains(Minor) ? Minor : Micro;
        if (!format.Tokens.Contains(raised))
            throw ActionException.Refused(
                $"{old} has this date already, and '{format.Text}' counts nothing within a date",
                "Release it on a later day, or add .MICRO to `version.calver-format` of the policy");
        return format.Write([.. format.Tokens.Select(t => t == raised ? OldOf(t) + 1 : t == Micro ? 0 : OldOf(t))]);
    }

    private IEnumerable<BigInteger> DateOf(ReleaseVersion version) =>
        version.Numbers.Where((_, i) => !Counters.Contains(format.Tokens[i]));
}
