using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// A version by the letter of SemVer 2.0 (https://semver.org), with numbers of any size. NuGet.Versioning, which the tests compare this
/// with, holds no number over 2^31, takes <c>RC</c> and <c>rc</c> for one, and reads more than SemVer does.
/// </summary>
public sealed class SemanticVersion : IComparable<SemanticVersion>, IEquatable<SemanticVersion>
{
    /// <summary>Longer texts are refused unread: the longest version in the public vectors has 70 characters.</summary>
    internal const int MostCharacters = 256;

    private readonly BigInteger[] _numbers;

    private SemanticVersion(string text)
    {
        var (core, prerelease, build) = VersionGrammar.Split(text);
        _numbers = [.. core.Split('.').Select(n => BigInteger.Parse(n, CultureInfo.InvariantCulture))];
        (Text, Prerelease, BuildMetadata) = (text, prerelease ?? "", build ?? "");
    }

    /// <summary>The version as it was written, without any prefix.</summary>
    public string Text { get; }

    /// <summary>The first number.</summary>
    public BigInteger Major => _numbers[0];

    /// <summary>The second number.</summary>
    public BigInteger Minor => _numbers[1];

    /// <summary>The third number.</summary>
    public BigInteger Patch => _numbers[2];

    /// <summary>What stands after the hyphen, such as <c>rc.1</c>; empty for a stable version.</summary>
    public string Prerelease { get; }

    /// <summary>The first word of the prerelease, such as <c>rc</c> in <c>rc.1</c>; empty for a stable version.</summary>
    public string Label => Prerelease.Split('.')[0];

    /// <summary>Whether the prerelease is a word and a number, such as <c>preview.1</c>.</summary>
    public bool IsNumbered => Prerelease.Split('.') is [_, var number] && number.All(char.IsAsciiDigit);

    /// <summary>Whether the version has a prerelease part.</summary>
    public bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>What stands after the plus sign; empty where there is none. It has no part in the order.</summary>
    public string BuildMetadata { get; }

    /// <summary>Reads a version; false where it is not one by the letter.</summary>
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
        return core != 0 ? core : PrereleaseOrder.Compare(Prerelease, other.Prerelease);
    }

    /// <summary>Whether the two stand at the same place in the order; build metadata does not count.</summary>
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

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>, or at the same place.</summary>
    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>, or at the same place.</summary>
    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the two stand at the same place in the order.</summary>
    public static bool operator ==(SemanticVersion? left, SemanticVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two stand at different places in the order.</summary>
    public static bool operator !=(SemanticVersion? left, SemanticVersion? right) => !(left == right);
}
