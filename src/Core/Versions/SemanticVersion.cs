using System.Diagnostics.CodeAnalysis;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// A version exactly as SemVer 2.0 (https://semver.org) defines it, with numbers of any size. NuGet.Versioning, which the tests compare it
/// with, holds no number over 2^31, treats <c>RC</c> and <c>rc</c> as equal, and accepts more than SemVer does. Pure.
/// </summary>
public sealed class SemanticVersion : ReleaseVersion
{
    private SemanticVersion(string text, string core, string? prerelease, string? build) : base(text, core, core.Split('.'))
    {
        (Prerelease, BuildMetadata) = (prerelease ?? "", build ?? "");
        var words = Prerelease.Split('.');
        Label = words[0];
        LabelNumber = words.Length == 2 && words[1].All(char.IsAsciiDigit) ? words[1] : null;
        IsPlain = words.Length == 1 || LabelNumber is not null;
    }

    /// <summary>Whether the version has a prerelease part.</summary>
    public override bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>The part after the plus sign; empty where there is none. It does not affect the order.</summary>
    public string BuildMetadata { get; }

    /// <summary>Reads a version; false where SemVer 2.0 does not allow it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        if (!VersionGrammar.IsStrict(text)) return false;
        var (core, prerelease, build) = VersionGrammar.Split(text);
        version = new SemanticVersion(text, core, prerelease, build);
        return true;
    }

    private protected override string Key => $"{Core}-{Prerelease}";

    private protected override int CompareSame(ReleaseVersion other)
    {
        var core = CompareNumbers(other);
        return core != 0 ? core : ComparePrereleases(Prerelease, other.Prerelease);
    }

    // Item 11 of SemVer 2.0: numbers by value, words by their bytes, numbers before words. An empty prerelease is a stable version: last.
    private static int ComparePrereleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0) return right.Length.CompareTo(left.Length);
        return CompareIdentifiers(left.Split('.'), right.Split('.'));
    }

    /// <summary>The order of identifiers, as SemVer's item 11 has it. Numbers have no leading zeros.</summary>
    internal static int CompareIdentifiers(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        foreach (var (mine, other) in left.Zip(right))
            if (CompareIdentifiers(mine, other) is not 0 and var order) return order;
        return left.Count.CompareTo(right.Count);
    }

    private static int CompareIdentifiers(string left, string right)
    {
        var (isNumber, isOtherNumber) = (left.All(char.IsAsciiDigit), right.All(char.IsAsciiDigit));
        if (isNumber != isOtherNumber) return isNumber ? -1 : 1;
        // Without leading zeros the longer number is the larger one, and equally long ones compare like texts.
        if (isNumber && left.Length != right.Length) return left.Length.CompareTo(right.Length);
        return string.CompareOrdinal(left, right);
    }
}
