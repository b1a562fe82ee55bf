namespace ReleaseActions.Tests.Changelogs.Generated;

/// <summary>A changelog that was made from known sections.</summary>
/// <param name="Kind">The form that it was made in.</param>
/// <param name="Seed">What makes the same one again.</param>
/// <param name="Path">Its name, whose end says how it is written; or none does.</param>
/// <param name="Text">The text.</param>
/// <param name="Sections">What it says about which version.</param>
/// <param name="IsPerVersion">Whether the file is about one version alone.</param>
internal sealed record MadeChangelog(
    string Kind, int Seed, string Path, string Text, IReadOnlyList<MadeSection> Sections, bool IsPerVersion);

/// <summary>A section that was made.</summary>
/// <param name="Version">The version; null where the section is about none that is released.</param>
/// <param name="Words">The words that are in this section and nowhere else.</param>
internal sealed record MadeSection(string? Version, IReadOnlyList<string> Words);

/// <summary>What became of a question.</summary>
internal enum Outcome
{
    Right,
    Refused,
    Wrong,
}
