using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Policy;
using ReleaseActions.Rehearse;

namespace ReleaseActions.Tests.Rehearse;

/// <summary>What a rehearsal must never do: reach a real registry or a team's channels, or clear a folder of somebody's.</summary>
public sealed class RehearsalSafetyTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("shop", null)]
    [InlineData("tools/shop", null)]
    [InlineData("ghcr.io/acme/shop", "the image ghcr.io/acme/shop names a registry of its own, and nothing may leave this machine")]
    public void An_image_with_a_registry_of_its_own_is_not_pushed(string name, string? skipped)
    {
        var policy = ReleasePolicy.Read($"images: [{{name: {name}}}]", "policy");

        var plan = RehearsalPlan.For(new RehearsalFacts("acme/shop", "v1.0.0", new string('a', 40), policy, "localhost:5000/acme"));

        plan.Steps.Single(s => s.Action == "image-build-push").Skipped.Should().Be(skipped);
    }

    [Fact]
    public async Task A_folder_with_other_files_in_it_is_not_cleared()
    {
        _checkout.Write("public/index.html", "ours").Commit("A page");

        var run = await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), "--tag", "v1.0.0", "--output", ".");

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().EndWith("holds other files, and a rehearsal clears its folder. Name a new or an empty folder with --output.");
        File.ReadAllText(Path.Combine(_checkout.Root, "public/index.html")).Should().Be("ours");
    }

    [Fact]
    public void A_folder_of_an_earlier_rehearsal_is_used_again()
    {
        using var folder = new Workspace(_checkout.Aside("rehearsal"), _checkout.Aside("temp"));
        new Stage(folder, null!).Claim();
        folder.WriteText("public/index.html", "of the earlier one");

        new Stage(folder, null!).Invoking(s => s.Claim()).Should().NotThrow();
    }

    [Fact]
    public async Task A_dry_run_leaves_an_earlier_rehearsal_as_it_is()
    {
        using var folder = new Workspace(_checkout.Aside("rehearsal"), _checkout.Aside("temp"));
        new Stage(folder, null!).Claim();
        folder.WriteText("public/index.html", "of the earlier one");

        var run = await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), "--tag", "v1.0.0", "--output", folder.Root, "--dry-run");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("Rehearsal of v1.0.0");
        folder.ReadText("public/index.html").Should().Be("of the earlier one");
    }

    [Fact]
    public void The_teams_channels_are_the_sandboxs_own()
    {
        using var folder = new Workspace(_checkout.Aside("rehearsal"), _checkout.Aside("temp"));
        var policy = ReleasePolicy.Read("notifications: [{ name: a, kind: slack, url-from: SLACK_WEBHOOK_URL }, { name: b, url-from: OFFICE_URL }]", "policy");

        var variables = new Stage(folder, null!).Variables(new RehearsalFacts("acme/shop", "v1.0.0", new string('a', 40), policy, "localhost:5000/acme"), "http://127.0.0.1:5000/api/v3");

        variables.Should().Contain("SLACK_WEBHOOK_URL", "http://127.0.0.1:5000/hooks/slack/rehearsal").And.Contain("OFFICE_URL", "http://127.0.0.1:5000/hooks/webhook/rehearsal");
    }

    [Fact]
    public async Task The_policy_is_read_from_the_file_that_was_named()
    {
        _checkout.Write("release.yml", "nonsense: true\n").Commit("A policy of another name");

        var run = await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), "--tag", "v1.0.0", "--policy-file", "release.yml", "--dry-run");

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("Unknown key 'nonsense'");
    }
}
