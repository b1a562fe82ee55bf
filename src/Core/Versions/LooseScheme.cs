namespace ReleaseActions.Core.Versions;

/// <summary>Two to four numbers, zeros before them or not, and a word as SemVer has it or without its hyphen.</summary>
internal sealed class LooseScheme : VersionScheme
{
    private const int MostNumbers = 4;

    /// <inheritdoc/>
    public override string Name => "semver-loose";

    /// <inheritdoc/>
    public override string Example => "1.2";

    /// <inheritdoc/>
    public override string Form => "A version has two to four numbers, such as 1.2, 1.2.3.4 or 1.2-rc.1";

    /// <inheritdoc/>
    public override string Word(string word) => LooseVersion.WordOf(word);

    /// <inheritdoc/>
    public override ReleaseVersion? Find(string text)
    {
        if (text.Length > ReleaseVersion.MostCharacters || NumbersIn(text) is not { Count: > 1 and <= MostNumbers } numbers) return null;
        return LooseVersion.Of(text, numbers.Sum(n => n.Length + 1) - 1, numbers);
    }

    /// <inheritdoc/>
    internal override (string Wrong, string? Meant)? Complaint(string text)
    {
        if (base.Complaint(text) is not { } complaint || text.Length is 0 or > ReleaseVersion.MostCharacters) return base.Complaint(text);
        if (text[0] is 'v' or 'V') return complaint;
        return NumbersIn(text) switch
        {
            [] => ("it does not begin with a number", null),
            [var one] => ("it has 1 number, and needs two to four", IfVersion($"{one}.0{text[one.Length..]}")),
            { Count: > MostNumbers } numbers => ($"it has {numbers.Count} numbers, and may have four", null),
            var numbers => ($"'{text[(numbers.Sum(n => n.Length + 1) - 1)..]}' after its numbers is no prerelease", null),
        };
    }

    // The numbers at the beginning of a text, as far as there are dots between them.
    private static List<string> NumbersIn(string text)
    {
        var numbers = new List<string>();
        for (var at = 0; at < text.Length; at++)
        {
            var end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end == at) break;
            numbers.Add(text[at..end]);
            at = end;
            if (at < text.Length && text[at] != '.') break;
        }

        return numbers;
    }
}
