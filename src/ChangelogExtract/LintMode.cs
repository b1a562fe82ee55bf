namespace ReleaseActions.ChangelogExtract;

/// <summary>What is checked in a changelog, in the words of the input <c>lint</c>.</summary>
internal enum LintMode
{
    /// <summary>Nothing.</summary>
    False,

    /// <summary>What will break the next release, or misleads a reader.</summary>
    True,

    /// <summary>That, and what is a matter of style.</summary>
    Style,
}
