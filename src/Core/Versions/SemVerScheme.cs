namespace ReleaseActions.Core.Versions;

/// <summary>SemVer 2.0 to the letter.</summary>
internal sealed class SemVerScheme : VersionScheme
{
    /// <inheritdoc/>
    public override string Name => "semver";

    /// <inheritdoc/>
    public override string Form => "SemVer 2.0 has the form 1.2.3 or 1.2.3-rc.1: https://semver.org";

    /// <inheritdoc/>
    public override ReleaseVersion? Find(string text) => SemanticVersion.TryParse(text, out var version) ? version : null;

    /// <inheritdoc/>
    internal override (string Wrong, string? Meant)? Complaint(string text) => VersionGrammar.Complaint(text);
}
