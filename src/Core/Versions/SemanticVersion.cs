using System.Diagnostics.CodeAnalysis;
using NuGet.Versioning;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// A version by the letter of SemVer 2.0 (https://semver.org): parsed by NuGet.Versioning, with the strictness that NuGet leaves
/// out checked on top. The order of prereleases is our own: NuGet takes <c>RC</c> and <c>rc</c> for one, and SemVer does not.
/// </summary>
public sealed class SemanticVersion : IComparable<SemanticVersion>, IEquatable<SemanticVersion>
{
    /// <summary>Longer texts are refused unread: the longest version in the public vectors has 70 characters.</summary>
    internal const int MostCharacters = 256;

    private readonly NuGet.Versioning.SemanticVersion _version;

    private SemanticVersion(NuGet.Versioning.SemanticVersion version, string text)
    {
        _version = version;
        Text = text;
    }

    /// <summary>The version as it was written, without any prefix.</summary>
    public string Text { get; }

    /// <summary>The first number.</summary>
    public int Major => _version.Major;

    /// <summary>The second number.</summary>
    public int Minor => _version.Minor;

    /// <summary>The third number.</summary>
    public int Patch => _version.Patch;

    /// <summary>What stands after the hyphen, such as <c>rc.1</c>; empty for a stable version.</summary>
    public string Prerelease => _version.Release;

    /// <summary>The first word of the prerelease, such as <c>rc</c> in <c>rc.1</c>; empty for a stable version.</summary>
    public string Label => Prerelease.Split('.')[0];

    /// <summary>Whether the version has a prerelease part.</summary>
    public bool IsPrerelease => _version.IsPrerelease;

    /// <summary>What stands after the plus sign; empty where there is none. It has no part in the order.</summary>
    public string BuildMetadata => _version.Metadata ?? "";

    /// <summary>Reads a version; false where it is not one by the letter.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        if (text.Length > MostCharacters || !VersionGrammar.IsStrict(text)) return false;
        // Numbers that NuGet cannot hold (over 2^31) are legal SemVer; no release has them, and no order would be right.
        if (!NuGet.Versioning.SemanticVersion.TryParse(text, out var parsed)) return false;
        version = new SemanticVersion(parsed, text);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null) return 1;
        var core = VersionComparer.Version.Compare(_version, other._version);
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
