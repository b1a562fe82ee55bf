using System.Buffers;

namespace ReleaseActions.Core.Versions;

/// <summary>The grammar of SemVer 2.0, parsed without backtracking, and what is wrong with a near miss. Pure.</summary>
internal static class VersionGrammar
{
    private static readonly SearchValues<char> Legal =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    /// <summary>Whether SemVer 2.0 allows a text.</summary>
    public static bool IsStrict(string text) => Complaint(text) is null;

    /// <summary>What is wrong with a text that should be a version, and what was probably meant; null where nothing is wrong.</summary>
    public static (string Wrong, string? Meant)? Complaint(string text)
    {
        if (text.Length == 0) return ("it is empty", null);
        if (text.Length > ReleaseVersion.MostCharacters) return ($"it has {text.Length} characters", null);
        var (core, prerelease, build) = Split(text);
        if (text[0] is 'v' or 'V') return ("it begins with a letter", IfVersion(text[1..]));
        var numbers = core.Split('.');
        if (numbers.Any(n => n.Length == 0 || !n.All(char.IsAsciiDigit))) return ("it is not three numbers with dots between them", null);
        var zeros = string.Concat(Enumerable.Repeat(".0", Math.Max(0, 3 - numbers.Length)));
        if (zeros.Length > 0) return ($"it has {numbers.Length} of three numbers", IfVersion(core + zeros + text[core.Length..]));
        if (numbers.Length > 3) return ($"it has {numbers.Length} numbers where SemVer has three", null);
        var trimmed = string.Join('.', numbers.Select(WithoutLeadingZeros));
        if (numbers.FirstOrDefault(HasLeadingZero) is { } number)
            return ($"the number {number} has a leading zero", IfVersion(trimmed + text[core.Length..]));
        return ComplaintOfPart("prerelease", prerelease, areNumbersStrict: true)
            ?? ComplaintOfPart("build metadata", build, areNumbersStrict: false);
    }

    private static (string, string?)? ComplaintOfPart(string part, string? identifiers, bool areNumbersStrict)
    {
        foreach (var identifier in identifiers?.Split('.') ?? [])
        {
            if (identifier.Length == 0) return ($"its {part} has an empty word", null);
            if (identifier.AsSpan().IndexOfAnyExcept(Legal) is >= 0 and var at)
                return ($"its {part} has the character '{identifier[at]}'", null);
            if (areNumbersStrict && identifier.All(char.IsAsciiDigit) && HasLeadingZero(identifier))
                return ($"the number {identifier} in its {part} has a leading zero", null);
        }

        return null;
    }

    /// <summary>The three numbers, and the parts after hyphen and plus sign, not checked; null where there is no such sign.</summary>
    public static (string Core, string? Prerelease, string? Build) Split(string text)
    {
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var build = plus < 0 ? null : text[(plus + 1)..];
        var rest = plus < 0 ? text : text[..plus];
        var hyphen = rest.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0 ? (rest, null, build) : (rest[..hyphen], rest[(hyphen + 1)..], build);
    }

    // Only what would be accepted is suggested.
    private static string? IfVersion(string text) => IsStrict(text) ? text : null;

    private static bool HasLeadingZero(string number) => number.Length > 1 && number[0] == '0';

    private static string WithoutLeadingZeros(string number) => number.TrimStart('0') is { Length: > 0 } rest ? rest : "0";
}
