using ReleaseActions.Core.Changelogs;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>A checkout of a small product whose last release is 1.2.2, with a fix that is not released yet.</summary>
public sealed class Shop : IDisposable
{
    public const string Changelog = """
        # Changelog

        ## [Unreleased]

        ### Fixed

        - Prices are rounded (#7)

        ## [1.2.2] - 2025-12-01

        ### Added

        - First

        [Unreleased]: https://github.com/acme/shop/compare/v1.2.2...HEAD
        [1.2.2]: https://github.com/acme/shop/releases/tag/v1.2.2

        """;

    public Shop(string policy = "version:\n  manifests: [package.json, Makefile#SHOP_VERSION]\n")
    {
        Checkout.Policy(policy).Write("package.json", "{\r\n  \"version\": \"1.2.2\"\r\n}")
            .Write("Makefile", "SHOP_VERSION := 1.2.2 # shown\n").Write("CHANGELOG.md", Changelog);
        Checkout.Git("config", "user.name", "Ada");
        Checkout.Git("config", "user.email", "ada@example.com");
        Checkout.Commit("feat: begin");
        Checkout.Push().Tag("v1.2.2").Write("price", "2").Commit("fix: round prices");
        Checkout.Push();
    }

    public Checkout Checkout { get; } = new();

    public Task<RunResult> RunAsync(params (string Name, string Value)[] inputs) => Rig(inputs).RunAsync(new ReleasePrepareAction());

    public Rig Rig(params (string Name, string Value)[] inputs) =>
        inputs.Aggregate(
            new Rig(Checkout) { Clock = new PromptClock() }.OnLaptop(), (rig, input) => rig.Input(input.Name, input.Value));

    /// <summary>The same in a workflow, which is started on the branch.</summary>
    public Rig OnRunner(params (string Name, string Value)[] inputs) => inputs.Aggregate(
        new Rig(Checkout) { Clock = new PromptClock() }.OnBranch("main"), (rig, input) => rig.Input(input.Name, input.Value));

    /// <summary>
    /// Everything that a run may leave behind: refs here and on origin, the index, and every file of the work tree with its bytes.
    /// </summary>
    public string State() => StateOf(Checkout);

    public static string StateOf(Checkout checkout) => string.Join('\n', [
        checkout.Git("for-each-ref"), checkout.Git("symbolic-ref", "HEAD"), checkout.Git("ls-remote", "origin"), checkout.Git(
            "status", "--porcelain"), checkout.Git("ls-files", "--stage"),
        .. Directory.EnumerateFiles(checkout.Root, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/.git/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => $"{f} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")]);

    public string OnOrigin(string revisionAndFile) => Checkout.Git("--git-dir", Checkout.Origin, "show", revisionAndFile);

    public void Dispose() => Checkout.Dispose();
}
