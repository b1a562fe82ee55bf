using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// A version exactly as SemVer 2.0 (https://semver.org) defines it, with numbers of any size. NuGet.Versioning, which the tests compare it
/// with, holds no number over 2^31, treats <c>RC</c> and <c>rc</c> as equal, and accepts more than SemVer does. Pure.
/// </summary>
public sealed class SemanticVersion : IComparable<SemanticVersion>, IEquatable<SemanticVersion>
{
    /// <summary>Longer texts are refused without being parsed: the longest version in the public vectors has 70 characters.</summary>
    internal const int MostCharacters = 256;

    private readonly BigInteger[] _numbers;

    private SemanticVersion(string text)
    {
        var (core, prerelease, build) = VersionGrammar.Split(text);
        _numbers = [.. core.Split('.').Select(n => BigInteger.Parse(n, CultureInfo.InvariantCulture))];
        (Text, Prerelease, BuildMetadata) = (text, prerelease ?? "", build ?? "");
    }

    /// <summary>The version as written, without any prefix.</summary>
    public string Text { get; }

    /// <summary>The first number.</summary>
    public BigInteger Major => _numbers[0];

    /// <summary>The second number.</summary>
    public BigInteger Minor => _numbers[1];

    /// <summary>The third number.</summary>
    public BigInteger Patch => _numbers[2];

    /// <summary>The part after the hyphen, such as <c>rc.1</c>; empty for a stable version.</summary>
    public string Prerelease { get; }

    /// <summary>The first word of the prerelease, such as <c>rc</c> in <c>rc.1</c>; empty for a stable version.</summary>
    public string Label => Prerelease.Split('.')[0];

    /// <summary>Whether the prerelease is a word and a number, such as <c>preview.1</c>.</summary>
    public bool IsNumbered => Prerelease.Split('.') is [_, var number] && number.All(char.IsAsciiDigit);

    /// <summary>Whether the version has a prerelease part.</summary>
    public bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>The part after the plus sign; empty where there is none. It does not affect the order.</summary>
    public string BuildMetadata { get; }

    /// <summary>Reads a version; false where SemVer 2.0 does not allow it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = VersionGrammar.IsStrict(text) ? new SemanticVersion(text) : null;
        return version is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null) return 1;
        var core = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return core != 0 ? core : ComparePrereleases(Prerelease, other.Prerelease);
    }

    /// <summary>Whether the two have the same place in the order; build metadata does not count.</summary>
    public bool Equals(SemanticVersion? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SemanticVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, string.GetHashCode(Prerelease, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>, or has the same place.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>, or has the same place.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the two have the same place in the order.</summary>
    public static bool operator ==(SemanticVersion? left, SemanticVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two have different places in the order.</summary>
    public static bool operator !=(SemanticVersion? left, SemanticVersion? right) => !(left == right);

    // Item 11 of SemVer 2.0: numbers by value, words by their bytes, numbers before words. An empty prerelease is a stable version: last.
    private static int ComparePrereleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0) return right.Length.CompareTo(left.Length);
        var (ours, theirs) = (left.Split('.'), right.Split('.'));
        foreach (var (mine, other) in ours.Zip(theirs))
            if (CompareIdentifiers(mine, other) is not 0 and var order) return order;
        return ours.Length.CompareTo(theirs.Length);
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
