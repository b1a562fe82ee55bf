namespace ReleaseActions.Core.Hosting;

/// <summary>What an action may change. <see cref="Writers"/> holds nothing else, so what is not declared cannot be written.</summary>
[Flags]
public enum Changes
{
    /// <summary>Nothing: the action looks and reports.</summary>
    None = 0,

    /// <summary>Files of the checkout; the job ends with them.</summary>
    Files = 1,

    /// <summary>Branches and tags of the repository, by git or by GitHub's API.</summary>
    Refs = 2,

    /// <summary>Releases and their assets.</summary>
    Releases = 4,

    /// <summary>Pull requests.</summary>
    PullRequests = 8,

    /// <summary>Images in registries.</summary>
    Images = 16,

    /// <summary>Messages to the channels of a team.</summary>
    Channels = 32,
}
