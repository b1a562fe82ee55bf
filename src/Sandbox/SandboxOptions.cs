using ReleaseActions.Sandbox.GitHub;

namespace ReleaseActions.Sandbox;

/// <summary>The repository that a sandbox stands for, and how strict it is.</summary>
public sealed record SandboxOptions
{
    /// <summary>The account that owns the repository, and the actor behind the tokens.</summary>
    public string Owner { get; init; } = "acme";

    /// <summary>The repository's name.</summary>
    public string Repository { get; init; } = "shop";

    /// <summary>The bare git repository behind the API. Refs made by push and refs made by the API are the same refs.</summary>
    public required string BareRepository { get; init; }

    /// <summary>Where releases, assets, blobs and manifests are kept, so that a new sandbox on the same folder goes on.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The token that may write. For the registry it is the password, with any user name.</summary>
    public string Token { get; init; } = "sandbox-token";

    /// <summary>A token that may only read: writes answer 403 <c>Resource not accessible by integration</c>.</summary>
    public string ReadOnlyToken { get; init; } = "sandbox-read-only-token";

    /// <summary>A person's token that may read the owner's teams besides the repository; a workflow's own token never may.</summary>
    public string OrganizationToken { get; init; } = "sandbox-organization-token";

    /// <summary>Whether the job's token has <c>contents</c> only: checks, statuses, issues, pull requests and runs answer 403.</summary>
    public bool OnlyContents { get; init; }

    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The clock behind dates, rate limits and token expiry.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The repository enforces immutable releases (general on GitHub since 2025-10-28).</summary>
    public bool ImmutableReleases { get; init; }

    /// <summary>The categories of the repository's discussions; without any there are no discussions.</summary>
    public IReadOnlyList<string> DiscussionCategories { get; init; } = [];

    /// <summary>
    /// The number of the first asset. Beyond 32 bits, so that a client which truncates numbers fails, and never equal to a release's.
    /// </summary>
    public long FirstAssetId { get; init; } = 3_000_000_001;

    /// <summary>How an uploaded asset's name is changed. GitHub does not publish its rules: this one is what reports saw.</summary>
    public Func<string, string> RenameAsset { get; init; } = AssetNames.Renamed;

    /// <summary>Whether assets carry <c>digest</c>. Older GitHub Enterprise Servers do not.</summary>
    public bool AssetDigests { get; init; } = true;

    /// <summary>
    /// Whether asset downloads redirect to another host name without accepting a token there, as GitHub's object storage does.
    /// </summary>
    public bool RedirectDownloads { get; init; } = true;

    /// <summary>Requests an hour. A workflow token has 1,000 for a repository; the sandbox has more unless a test asks.</summary>
    public int RequestsPerHour { get; init; } = 15_000;

    /// <summary>Content writes a minute before the secondary limit answers; GitHub documents 80. Null switches it off.</summary>
    public int? WritesPerMinute { get; init; }

    /// <summary>Content writes an hour before the secondary limit answers; GitHub documents 500. Null switches it off.</summary>
    public int? WritesPerHour { get; init; }

    /// <summary>Whether the registry asks for a bearer token, as GHCR and Docker Hub do.</summary>
    public bool RegistryAuthentication { get; init; } = true;

    /// <summary>Whether the registry has the referrers API of the OCI distribution specification 1.1.</summary>
    public bool Referrers { get; init; } = true;
}
