using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Rehearse;

namespace ReleaseActions.Tests.Rehearse;

/// <summary>What a rehearsal must never do: reach a real registry or a team's channels, or clear somebody's folder.</summary>
public sealed class RehearsalSafetyTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("shop", null)]
    [InlineData("tools/shop", null)]
    [InlineData("ghcr.io/acme/shop", "the image ghcr.io/acme/shop names its registry, and nothing may leave this machine")]
    public void An_image_that_names_its_registry_is_not_pushed(string name, string? skipped)
    {
        var policy = ReleasePolicy.Read($"images: [{{name: {name}}}]", "policy");

        var plan = RehearsePlan.For(new RehearseRequest(Inputs.ForDocumentation()), FactsOf(policy));

        plan.Steps.Single(s => s.Action == "image-build-push").Skipped.Should().Be(skipped);
    }

    [Fact]
    public async Task A_folder_with_other_files_in_it_is_not_cleared()
    {
        _checkout.Write("public/index.html", "ours").Commit("A page");

        var run = await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), "--tag", "v1.0.0", "--output", ".");

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should()
            .EndWith("holds other files, and a rehearsal clears its folder. Name a new or an empty folder with --output.");
        File.ReadAllText(Path.Combine(_checkout.Root, "public/index.html")).Should().Be("ours");
    }

    [Fact]
    public async Task A_folder_of_an_earlier_rehearsal_is_used_again()
    {
        using var folder = EarlierRehearsal();

        var run = await HostileRig.Offline(_checkout)
            .RunAsync(new RehearseAction(), "--tag", "v1.0.0", "--output", folder.Root, "--programs", "nowhere");

        run.Errors.Should().ContainSingle().Which.Should().StartWith("'nowhere/version-validate'", "there is nothing to run");
        folder.HasFolder("origin.git").Should().BeTrue();
    }

    [Fact]
    public async Task A_dry_run_leaves_an_earlier_rehearsal_unchanged()
    {
        using var folder = EarlierRehearsal();

        var run = await HostileRig.Offline(_checkout)
            .RunAsync(new RehearseAction(), "--tag", "v1.0.0", "--output", folder.Root, "--dry-run");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("Rehearsal of v1.0.0");
        folder.ReadText("public/index.html").Should().Be("of the earlier one");
    }

    [Fact]
    public void Messages_to_the_teams_channels_go_to_the_sandbox()
    {
        using var folder = new Workspace(_checkout.Aside("rehearsal"), _checkout.Aside("temp"));
        const string Channels = "notifications: [{ name: a, kind: slack, url-from: SLACK_WEBHOOK_URL }, { name: b, url-from: OFFICE_URL }]";

        var facts = FactsOf(ReleasePolicy.Read(Channels, "policy"));
        var variables = new Stage(folder, null!).Variables(facts, "http://127.0.0.1:5000/api/v3");

        variables.Should().Contain("SLACK_WEBHOOK_URL", "http://127.0.0.1:5000/hooks/slack/rehearsal")
            .And.Contain("OFFICE_URL", "http://127.0.0.1:5000/hooks/webhook/rehearsal");
    }

    [Fact]
    public async Task The_policy_is_read_from_the_named_file()
    {
        _checkout.Write("release.yml", "nonsense: true\n").Commit("A policy of another name");

        var run = await HostileRig.Offline(_checkout)
            .RunAsync(new RehearseAction(), "--tag", "v1.0.0", "--policy-file", "release.yml", "--dry-run");

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("Unknown key 'nonsense'");
    }

    [Fact]
    public async Task The_policy_of_the_folder_where_it_is_run_does_not_count()
    {
        _checkout.Policy("nonsense: true\n");
        using var other = new Checkout();
        other.Write("README.md", "Another product").Commit("Begin");

        var run = await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), "--repo", other.Root, "--tag", "v1.0.0", "--dry-run");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("images go to the sandbox's registry");
    }

    [Fact]
    public async Task A_folder_that_is_no_repository_is_refused_and_not_made()
    {
        var run = await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), "--repo", "nowhere", "--tag", "v1.0.0");

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Be("'nowhere' is not a git repository. Name the folder of a clone with --repo.");
        Directory.Exists(Path.Combine(_checkout.Root, "nowhere")).Should().BeFalse();
    }

    private static RehearseFacts FactsOf(ReleasePolicy policy) => new("acme/shop", "v1.0.0", new string('a', 40), policy);

    private Workspace EarlierRehearsal()
    {
        var folder = new Workspace(_checkout.Aside("rehearsal"), _checkout.Aside("temp"));
        folder.WriteText("rehearsal.txt", "This folder belongs to `rehearse`");
        folder.WriteText("public/index.html", "of the earlier one");
        return folder;
    }
}
