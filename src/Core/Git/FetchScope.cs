namespace ReleaseActions.Core.Git;

/// <summary>How much of a history is fetched: what will be asked of it.</summary>
public enum FetchScope
{
    /// <summary>Ancestry, messages and dates.</summary>
    Commits,

    /// <summary>Also which paths each commit has; the content of a file is fetched by its id.</summary>
    Paths,

    /// <summary>Everything: merges need the content of files.</summary>
    Files,
}
