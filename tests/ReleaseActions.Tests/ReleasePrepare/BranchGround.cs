using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>A product behind a sandbox GitHub whose releases go through release branches: develop → release/VERSION → main.</summary>
public sealed class BranchGround : IAsyncDisposable
{
    public const string FromDevelop = """
        version:
          manifests: [package.json, package-lock.json, deploy/Chart.yaml, .release-please-manifest.json]
        prepare:
          flow: branch
          from: develop
          commit-message: "chore(release): release {version}"
          promote-message: "chore(release): promote {version} to main"

        """;

    public const string FromMain =
        "version:\n  manifests: [package.json]\nbranches:\n  release: release/v{version}\nprepare:\n  flow: branch\n  commit-message: "
        + "Prepare release {tag}\n";

    public static readonly string[] Metadata =
        [".release-please-manifest.json", "CHANGELOG.md", "deploy/Chart.yaml", "package-lock.json", "package.json"];

    private BranchGround(ReleaseGround ground) => Ground = ground;

    public ReleaseGround Ground { get; }

    public Checkout Checkout => Ground.Checkout;

    public static async Task<BranchGround> NewAsync(string policy)
    {
        var ground = new BranchGround(await ReleaseGround.NewAsync());
        var checkout = ground.Checkout.Policy(policy).Write("CHANGELOG.md", Shop.Changelog)
            .Write("package.json", "{\"version\": \"1.2.2\"}\n").Write("app", "1");
        checkout.Write("package-lock.json", "{\"version\": \"1.2.2\", \"packages\": {\"\": {\"version\": \"1.2.2\"}}}\n")
            .Write("deploy/Chart.yaml", "version: 1.2.2\nappVersion: '1.2.2'\n");
        checkout.Write(".release-please-manifest.json", "{\".\": \"1.2.2\"}\n").Commit("feat: begin");
        checkout.Push().Tag("v1.2.2").Branch("develop").Write("app", "2").Write("tool", "1").Commit("feat: second");
        checkout.Push();
        return ground;
    }

    /// <summary>Cuts a release as a workflow on the production branch does.</summary>
    public Task<RunResult> RunAsync(params (string Name, string Value)[] inputs) =>
        inputs.Aggregate(Ground.Rig().OnBranch("main"), (rig, input) => rig.Input(input.Name, input.Value))
            .RunAsync(new ReleasePrepareAction());

    /// <summary>The branches on origin.</summary>
    public IReadOnlyList<string> Branches =>
        [.. Checkout.Git("ls-remote", "--heads", "origin").Split('\n').Select(l => l.Split("refs/heads/")[1])];

    /// <summary>The files that differ between two revisions on origin.</summary>
    public IReadOnlyList<string> Changed(string from, string to) =>
        Checkout.Git("--git-dir", Checkout.Origin, "diff", "--name-only", from, to).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The commit of a revision on origin.</summary>
    public string Tip(string revision) => Checkout.Git("--git-dir", Checkout.Origin, "rev-parse", revision);

    /// <summary>Merges a branch into another one on origin, as a pull request does.</summary>
    public BranchGround Merge(string head, string into)
    {
        Checkout.Git("fetch", "--quiet", "origin");
        Checkout.Git("switch", "--quiet", "--force-create", into, $"origin/{into}");
        Checkout.Git("merge", "--quiet", "--no-ff", "--no-edit", $"origin/{head}");
        Checkout.Git("push", "--quiet", "origin", into);
        return this;
    }

    /// <summary>Cuts 1.3.0 from develop, and merges its metadata into the release branch.</summary>
    public async Task CutAsync()
    {
        (await RunAsync(("version", "1.3.0"))).ExitCode.Should().Be(Core.ExitCode.Done);
        Merge("chore/release-1.3.0", "release/1.3.0");
    }

    /// <summary>
    /// Cuts 1.3.0 from develop and merges its metadata; main has got develop's code by a squash, and a changelog of its own, so that git
    /// cannot join the two.
    /// </summary>
    /// <param name="omitted">A file of develop that did not get to main; null for none.</param>
    public async Task<BranchGround> DivergeAsync(string? omitted = null)
    {
        await CutAsync();
        Checkout.Switch("main");
        foreach (var file in (string[])["app", "tool"])
            if (file != omitted) Checkout.Git("checkout", "--quiet", "origin/develop", "--", file);
        const string Unreleased = "[Unreleased]\n\n";
        var changelog = Shop.Changelog.Replace(Unreleased, Unreleased + "- Second (#8)\n\n", StringComparison.Ordinal);
        Checkout.Write("CHANGELOG.md", changelog).Commit("feat: second (#8)");
        Checkout.Push();
        return this;
    }

    public string OnOrigin(string revisionAndFile) => Checkout.Git("--git-dir", Checkout.Origin, "show", revisionAndFile);

    public ValueTask DisposeAsync() => Ground.DisposeAsync();
}
