using System.Numerics;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Versions;

/// <summary>The versions of Python packages: https://packaging.python.org/en/latest/specifications/version-specifiers.</summary>
internal sealed partial class Pep440Scheme : VersionScheme
{
    /// <inheritdoc/>
    public override string Name => "pep440";

    /// <inheritdoc/>
    public override string Form => "PEP 440 has the form 1.2.3, 1.2.3rc1, 1.2.3.dev1 or 1.2.3.post1";

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualPrereleases => ["dev", "a", "b", "rc"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualPostReleases => ["post"];

    /// <inheritdoc/>
    public override bool HasFixedOrder => true;

    /// <inheritdoc/>
    public override bool HasBareWords => false;

    /// <inheritdoc/>
    public override ReleaseVersion? Find(string text) =>
        text.Length <= ReleaseVersion.MostCharacters && Grammar().Match(text) is { Success: true } match
            ? Pep440Version.Of(text, match) : null;

    /// <inheritdoc/>
    public override string Word(string word) => Pep440Version.WordOf(word);

    /// <inheritdoc/>
    public override string WithLabel(string core, string word, BigInteger number) =>
        word is "a" or "b" or "rc" ? $"{core}{word}{number}" : $"{core}.{word}{number}";

    /// <inheritdoc/>
    public override string Next(ReleaseVersion old, VersionStep step, DateOnly? today)
    {
        var epoch = old.Core.IndexOf('!', StringComparison.Ordinal) + 1;
        return old.Core[..epoch] + Raised(old.Core[epoch..], step);
    }

    // Appendix B of PEP 440, without spaces and the letter v around it: a tag has its prefix already.
    private const string Pattern =
        @"\A(?<core>(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*))"
        + @"(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)(?:[-_.]?(?<preNumber>[0-9]+))?)?"
        + @"(?<post>-(?<postNumber>[0-9]+)|[-_.]?(?:post|rev|r)(?:[-_.]?(?<postNumber>[0-9]+))?)?"
        + @"(?<dev>[-_.]?dev(?:[-_.]?(?<devNumber>[0-9]+))?)?"
        + @"(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\z";

    [GeneratedRegex(Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grammar();
}
