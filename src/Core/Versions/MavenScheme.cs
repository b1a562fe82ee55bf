using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>The versions of Maven artifacts: https://maven.apache.org/pom.html#version-order-specification.</summary>
internal sealed class MavenScheme : VersionScheme
{
    /// <inheritdoc/>
    public override string Name => "maven";

    /// <inheritdoc/>
    public override string Form => "Maven's versions have the form 1.2.3, 1.2.3-rc-1 or 1.2.3.Final";

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualPrereleases => ["alpha", "beta", "milestone", "rc"];

    /// <inheritdoc/>
    public override bool HasFixedOrder => true;

    /// <inheritdoc/>
    public override ReleaseVersion? Find(string text) => text.Length <= ReleaseVersion.MostCharacters ? MavenVersion.Read(text) : null;

    /// <inheritdoc/>
    public override string Word(string word) => MavenVersion.WordOf(word);

    /// <inheritdoc/>
    public override string WithLabel(string core, string word, BigInteger number) => $"{core[..NumbersOf(core)]}-{word}-{number}";

    // `1.2.3.Final` is followed by `1.2.4.Final`.
    /// <inheritdoc/>
    public override string Next(ReleaseVersion old, VersionStep step, DateOnly? today)
    {
        var at = NumbersOf(old.Core);
        return Raised(old.Core[..at], step) + old.Core[at..];
    }

    private static int NumbersOf(string core)
    {
        var end = 0;
        while (end < core.Length && (char.IsAsciiDigit(core[end]) || core[end] == '.')) end++;
        return core[..end].TrimEnd('.').Length;
    }
}
