using System.Security.Cryptography;
using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>A dry run shows the exact diff and the exact commands, and changes no byte, no ref, and nothing on origin.</summary>
public sealed class DryRunTests : IDisposable
{
    private readonly Shop _shop = new("version:\n  manifests: [package.json]\nprepare:\n  tag-message: 'Release {tag}: {description}'\n");

    private Checkout Checkout => _shop.Checkout;

    public void Dispose() => _shop.Dispose();

    [Fact]
    [Trait("Rule", "AEG-16")]
    [Trait("Rule", "DOJ-05")]
    public async Task It_shows_what_a_run_then_does_to_the_letter()
    {
        var before = Bytes(Checkout.Root).Concat(Bytes(Checkout.Origin)).ToList();

        var dry = await _shop.RunAsync(("dry-run", "true"), ("description", "it's rounder"));

        Bytes(Checkout.Root).Concat(Bytes(Checkout.Origin)).Should().Equal(before);
        dry.ExitCode.Should().Be(ExitCode.Done, dry.Log);
        dry.Outputs["commit"].Should().BeEmpty();
        Golden.Matches(dry.Summary, "dry-run");

        var wet = await _shop.RunAsync(("description", "it's rounder"));
        // Line ends are shown as the page shows them.
        dry.Summary.Should().Contain(Checkout.Git("show", "--format=", "--no-renames", "HEAD").Replace("\r", "", StringComparison.Ordinal))
            .And.Contain($" {wet.Outputs["commit"]}:refs/heads/main ");
        dry.Summary.Should().Contain($" {Checkout.Git("rev-parse", "v1.2.3")}:refs/tags/v1.2.3\n")
            .And.Contain($"git merge --ff-only {wet.Outputs["commit"]}\n");
    }

    [Theory]
    [Trait("Rule", "AEG-16")]
    [InlineData("develop")]
    [InlineData("release/1.2.3")]
    [InlineData(null)]
    public async Task On_any_branch_and_for_a_pull_request_it_plans_and_warns_of_what_would_be_refused(string? branch)
    {
        if (branch is null) Checkout.Git("switch", "--quiet", "--detach");
        else Checkout.Branch(branch).Write("new.txt", "x");
        var before = Bytes(Checkout.Root).Concat(Bytes(Checkout.Origin)).ToList();

        var run = await _shop.RunAsync(("dry-run", "true"), ("description", "x"));

        Bytes(Checkout.Root).Concat(Bytes(Checkout.Origin)).Should().Equal(before);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Split('\n').Should().Contain(l => l.StartsWith("warning: ") && l.Contains("releases are cut from 'main'"));
        run.Summary.Should().Contain("must not be cut").And.Contain("+  \"version\": \"1.2.3\"");
    }

    [Fact]
    [Trait("Rule", "AEG-16")]
    public async Task On_a_clone_of_this_project_it_leaves_every_byte_as_it_is()
    {
        var clone = Path.Combine(Checkout.Aside("clone"), "project");
        Checkout.Git("clone", "--quiet", "--no-hardlinks", Golden.Root, clone);
        var before = Bytes(clone).ToList();

        var run = await _shop.Rig(("dry-run", "true")).With("GITHUB_WORKSPACE", clone).With("GIT_AUTHOR_NAME", "Ada")
            .With("GIT_AUTHOR_EMAIL", "ada@example.com").RunAsync(new ReleasePrepareAction());

        Bytes(clone).Should().Equal(before);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["tag"].Should().Be("v0.1.0");
        run.Summary.Should().Contain("+## [0.1.0] - 2026-01-02").And.Contain("git push --atomic");
    }

    // Every file, those of .git too: no git runs in between that would refresh its index.
    private static IEnumerable<string> Bytes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{f} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}");
}
