using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Running;
using ReleaseActions.Rehearse;

namespace ReleaseActions.Tests.Rehearse;

/// <summary>What a rehearsal must never do: reach a real registry, or clear a folder of somebody's.</summary>
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
    public async Task A_folder_of_an_earlier_rehearsal_is_used_again()
    {
        var flags = new[] { "--tag", "v1.0.0", "--output", _checkout.Aside("rehearsal"), "--dry-run" };
        await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), flags);

        (await HostileRig.Offline(_checkout).RunAsync(new RehearseAction(), flags)).ExitCode.Should().Be(ExitCode.Done);
    }
}
