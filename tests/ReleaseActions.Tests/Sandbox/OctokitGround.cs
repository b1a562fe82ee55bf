using System.Net;
using Octokit;
using Octokit.Internal;
using SandboxOptions = ReleaseActions.Sandbox.SandboxOptions;
using SandboxServer = ReleaseActions.Sandbox.SandboxServer;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>A sandbox and Octokit, GitHub's client for .NET: nobody here wrote it.</summary>
internal sealed class OctokitGround : IAsyncDisposable
{
    public const string Owner = "acme";
    public const string Name = "shop";

    private readonly SandboxGround _ground;

    private OctokitGround(SandboxGround ground)
    {
        _ground = ground;
        Client = NewClient(ground.Sandbox.ApiUrl, "sandbox-token");
    }

    public GitHubClient Client { get; }

    public SandboxServer Sandbox => _ground.Sandbox;

    public IReleasesClient Releases => Client.Repository.Release;

    public IReferencesClient Refs => Client.Git.Reference;

    // Octokit holds an asset's number in 32 bits.
    public static async Task<OctokitGround> NewAsync(Func<SandboxOptions, SandboxOptions>? change = null) =>
        new(await SandboxGround.NewAsync(options => (change?.Invoke(options) ?? options) with { FirstAssetId = 2_000_000_001 }));

    /// <summary>A client that refuses every host that is not loopback, also as the target of a redirect.</summary>
    public static GitHubClient NewClient(string address, string? token, AuthenticationType scheme = AuthenticationType.Bearer)
    {
        var credentials = new InMemoryCredentialStore(token is null ? Credentials.Anonymous : new Credentials(token, scheme));
        var connection = new Connection(
            new ProductHeaderValue("release-actions-tests"), new Uri(address + "/"), credentials,
            new HttpClientAdapter(() => new LoopbackOnly()), new SimpleJsonSerializer());
        return new GitHubClient(connection);
    }

    public string Git(params string[] arguments) => _ground.Git(arguments);

    /// <summary>Commits a file on a branch, straight in the bare repository.</summary>
    public string Commit(string branch, string file, string text)
    {
        var path = Path.Combine(_ground.Origin, "blob");
        File.WriteAllText(path, text);
        var blob = Git("hash-object", "-w", path);
        Git("read-tree", branch);
        Git("update-index", "--add", "--cacheinfo", $"100644,{blob},{file}");
        var commit = Git("commit-tree", Git("write-tree"), "-p", branch, "-m", $"Write {file}");
        Git("update-ref", $"refs/heads/{branch}", commit);
        return commit;
    }

    public Task<Release> PublishAsync(string tag, string? target = null) =>
        Releases.Create(Owner, Name, new NewRelease(tag) { TargetCommitish = target });

    public Task<ReleaseAsset> UploadAsync(Release release, string name, byte[] bytes, string type = "application/octet-stream") =>
        Releases.UploadAsset(release, new ReleaseAssetUpload(name, type, new MemoryStream(bytes), null));

    /// <summary>The exception that a call ends with.</summary>
    public static async Task<T> RefusedAsync<T>(Func<Task> call)
        where T : Exception => (await call.Should().ThrowAsync<T>()).Which;

    public async ValueTask DisposeAsync()
    {
        var unknown = Sandbox.Traffic.Unknown.Select(entry => entry.ToString()).ToList();
        var defects = Sandbox.Violations.Where(text => text.Contains("a defect of the sandbox", StringComparison.Ordinal)).ToList();
        await _ground.DisposeAsync();
        unknown.Should().BeEmpty("each address that Octokit calls is one that the sandbox has");
        defects.Should().BeEmpty();
    }

    private sealed class LoopbackOnly() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri is { IsLoopback: true }
                ? base.SendAsync(request, cancellationToken)
                : throw new WebException($"{request.RequestUri} is not on loopback");
    }
}
