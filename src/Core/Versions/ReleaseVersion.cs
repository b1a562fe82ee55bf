using System.Globalization;
using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// A version as one <see cref="VersionScheme"/> reads it, with its place in that scheme's order. Versions of different schemes are never
/// compared: a repository has one scheme. Pure.
/// </summary>
public abstract class ReleaseVersion : IComparable<ReleaseVersion>, IEquatable<ReleaseVersion>
{
    /// <summary>Longer texts are refused without being parsed: the longest version in the public vectors has 70 characters.</summary>
    internal const int MostCharacters = 256;

    private protected ReleaseVersion(string text, string core, IReadOnlyList<string> parts)
    {
        (Text, Core, Parts) = (text, core, parts);
        Numbers = [.. parts.Select(n => BigInteger.Parse(n, CultureInfo.InvariantCulture))];
    }

    /// <summary>The version as written, without any prefix.</summary>
    public string Text { get; }

    /// <summary>The stable version with the same numbers, as written: <c>1.2.3</c> of <c>1.2.3-rc.1</c>.</summary>
    public string Core { get; }

    /// <summary>The release numbers, first to last.</summary>
    public IReadOnlyList<BigInteger> Numbers { get; }

    /// <summary>The first number.</summary>
    public BigInteger Major => Numbers[0];

    /// <summary>The second number; 0 where there is none.</summary>
    public BigInteger Minor => Numbers.ElementAtOrDefault(1);

    /// <summary>The third number; 0 where there is none.</summary>
    public BigInteger Patch => Numbers.ElementAtOrDefault(2);

    /// <summary>
    /// What follows the numbers, such as <c>rc.1</c>, without its separator and build metadata; empty for a stable version.
    /// </summary>
    public string Prerelease { get; protected init; } = "";

    /// <summary>The word of it, such as <c>rc</c>, in the scheme's spelling; empty for a stable version.</summary>
    public string Label { get; protected init; } = "";

    /// <summary>The number after the word, in digits; null where there is none.</summary>
    public string? LabelNumber { get; protected init; }

    /// <summary>Whether nothing follows the numbers but a word, perhaps with a number.</summary>
    public bool IsPlain { get; protected init; } = true;

    /// <summary>Whether it is a word and a number, such as <c>preview.1</c>.</summary>
    public bool IsNumbered => IsPlain && LabelNumber is not null;

    /// <summary>
    /// Whether the scheme puts it before the stable version with the same numbers. A team's post-releases are not known here.
    /// </summary>
    public abstract bool IsPrerelease { get; }

    /// <summary>Whether the scheme itself puts it after the stable version with the same numbers.</summary>
    public virtual bool IsPostRelease => false;

    /// <summary>The numbers as written, such as <c>05</c> in <c>2024.05</c>.</summary>
    private protected IReadOnlyList<string> Parts { get; }

    /// <summary>The first numbers as written, such as <c>1.2</c>: what the versions of a line have in common.</summary>
    public string Line(int numbers) => string.Join('.', Parts.Take(numbers));

    /// <summary>Whether the first numbers of both are the same; a number that is missing is 0.</summary>
    public bool IsOfLine(ReleaseVersion other, int numbers) =>
        Enumerable.Range(0, numbers).All(i => Numbers.ElementAtOrDefault(i) == other.Numbers.ElementAtOrDefault(i));

    /// <summary>Whether all release numbers of both are the same.</summary>
    public bool HasNumbersOf(ReleaseVersion other) => IsOfLine(other, Math.Max(Numbers.Count, other.Numbers.Count));

    /// <inheritdoc/>
    public int CompareTo(ReleaseVersion? other)
    {
        if (other is null) return 1;
        return other.GetType() == GetType() ? CompareSame(other)
            : throw new ArgumentException($"{Text} and {other.Text} are of different schemes", nameof(other));
    }

    /// <summary>Whether the two have the same place in the order; SemVer's build metadata does not count, for one.</summary>
    public bool Equals(ReleaseVersion? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as ReleaseVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>, or has the same place.</summary>
    public static bool operator <=(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>, or has the same place.</summary>
    public static bool operator >=(ReleaseVersion left, ReleaseVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the two have the same place in the order.</summary>
    public static bool operator ==(ReleaseVersion? left, ReleaseVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the two have different places in the order.</summary>
    public static bool operator !=(ReleaseVersion? left, ReleaseVersion? right) => !(left == right);

    /// <summary>The order within the scheme.</summary>
    private protected abstract int CompareSame(ReleaseVersion other);

    /// <summary>A text that two versions share exactly where they have the same place in the order.</summary>
    private protected abstract string Key { get; }

    /// <summary>The numbers without zeros at their ends: those of <c>1.2</c> and <c>1.2.0</c> are the same.</summary>
    private protected string NumbersKey =>
        string.Join('.', Numbers.Take(Numbers.Count - Numbers.Reverse().TakeWhile(n => n.IsZero).Count()));

    /// <summary>The order by the release numbers alone; a number that is missing is 0.</summary>
    public int CompareNumbers(ReleaseVersion other)
    {
        for (var i = 0; i < Math.Max(Numbers.Count, other.Numbers.Count); i++)
            if (Numbers.ElementAtOrDefault(i).CompareTo(other.Numbers.ElementAtOrDefault(i)) is not 0 and var order) return order;
        return 0;
    }
}
