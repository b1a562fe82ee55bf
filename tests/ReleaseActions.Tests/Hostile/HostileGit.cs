using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// A repository behind a sandbox GitHub, in whose checkout a stranger has written what they like. One release branch was squashed into
/// production, the other one was never merged.
/// </summary>
internal sealed class HostileGit : IAsyncDisposable
{
    public const string Lonely = "release/lonely";

    private HostileGit(ReleaseGround ground) => Ground = ground;

    public ReleaseGround Ground { get; }

    public Checkout Checkout => Ground.Checkout;

    /// <summary>The host to which a setting would lead git.</summary>
    public OtherHost Other { get; } = new();

    /// <summary>The folder of another git than the machine's; null where that is used.</summary>
    public string? Git { get; set; }

    private string Marker => Path.Combine(Checkout.Aside("marker"), "was-run");

    public static async Task<HostileGit> NewAsync()
    {
        var hostile = new HostileGit(await ReleaseGround.NewAsync());
        var checkout = hostile.Checkout;
        checkout.Policy("version:\n  manifests: [package.json]\n").Write(".gitattributes", "a.txt filter=evil diff=evil merge=evil\n");
        checkout.Write("package.json", "{\"version\": \"1.0.0\"}\n").Write("a.txt", "a\n");
        checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.0.0] - 2026-01-02\n\n- First\n").Commit("feat: first");
        checkout.Push().Tag("v1.0.0").Branch(Lonely).Write("lonely", "x").Commit("Never merged");
        checkout.Switch("main").Branch("release/done").Write("a.txt", "b\n").Commit("Squashed");
        checkout.Switch("main").Write("a.txt", "b\n").Commit("feat: second");
        checkout.Write("c.txt", "c\n").Commit("feat: third");
        checkout.Push();
        // What is forged in the checkout must not be in the origin, which borrows its objects elsewhere.
        hostile.Origin("repack", "-a", "-d", "--quiet");
        File.Delete(Path.Combine(checkout.Origin, "objects/info/alternates"));
        return hostile;
    }

    /// <summary>Deletes the branch that production holds, and keeps the other one.</summary>
    public async Task CleanUpAsync()
    {
        var run = await Rig().OnBranch("main").Input("branches", "release/*").RunAsync(new BranchCleanupAction());
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("deleted", "release/done").And.Contain("kept", Lonely);
    }

    /// <summary>Cuts the next release.</summary>
    public async Task PrepareAsync()
    {
        var run = await Rig().OnBranch("main").Input("bump", "patch").RunAsync(new ReleasePrepareAction());
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("tag", "v1.0.1");
        Origin("rev-parse", "main", "v1.0.1^{commit}").Split('\n').Should().OnlyContain(id => id == run.Outputs["commit"]);
    }

    /// <summary>Runs git as anybody would in the checkout; its exit code does not matter.</summary>
    public (int ExitCode, string Output) Plain(params string[] arguments)
    {
        Dictionary<string, string> variables = new() { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_TERMINAL_PROMPT"] = "0" };
        return Programs.Run(Git is null ? "git" : Path.Combine(Git, "git"), Checkout.Root, variables, arguments);
    }

    public string Origin(params string[] arguments) => Checkout.Git(["--git-dir", Checkout.Origin, .. arguments]);

    /// <summary>Whether a program was run, or the other host asked, since this was last called.</summary>
    public bool TakeTrace()
    {
        var wasRun = File.Exists(Marker);
        File.Delete(Marker);
        return (Other.TakeVisits() > 0) | wasRun;
    }

    /// <summary>A text with the names of this place in it.</summary>
    public string Filled(string text)
    {
        var evil = Path.Combine(Checkout.Aside("evil"), "config");
        File.WriteAllText(evil, $"[http]\n\tproxy = {Other.Url}\n");
        return text.Replace("HOOKS", Hooks(), StringComparison.Ordinal)
            .Replace("MARKING", Script.Write(Checkout.Aside("evil"), "program", $"touch '{Marker}'"), StringComparison.Ordinal)
            .Replace("MARKER", Marker, StringComparison.Ordinal).Replace("OTHER", Other.Url, StringComparison.Ordinal)
            .Replace("ORIGIN", Checkout.Origin, StringComparison.Ordinal)
            .Replace("SERVER", Ground.GitHub.ServerUrl, StringComparison.Ordinal).Replace("EVIL", evil, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        Other.Dispose();
        return Ground.DisposeAsync();
    }

    private Rig Rig() => Git is null ? Ground.Rig() : Ground.Rig().With("PATH", $"{Git}:{Environment.GetEnvironmentVariable("PATH")}");

    private string Hooks()
    {
        string[] hooks = ["pre-push", "reference-transaction", "post-index-change", "pre-commit", "post-merge", "post-checkout"];
        foreach (var hook in hooks) Script.Write(Checkout.Aside("hooks"), hook, $"touch '{Marker}'");
        return Checkout.Aside("hooks");
    }
}
