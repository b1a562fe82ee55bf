using ReleaseActions.Core.Running;

namespace ReleaseActions.Tests.SbomChecksum;

/// <summary>Key and password are seen by cosign and by nobody else, while it runs and afterwards.</summary>
public sealed class SecrecyTests : IDisposable
{
    private readonly Shop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    [Trait("Row", "S22")]
    public async Task Key_and_password_are_in_no_argument_no_log_and_no_file()
    {
        var calls = Path.Combine(_shop.Checkout.Aside("calls"), "all");
        string Told(string program) => _shop.Stand(program, $"echo {program} \"$@\" >> {calls}; exec {Programs.Require(program)} \"$@\"");
        var rig = new Rig(_shop.Checkout).OnTag("v1.2.3").With("PATH", $"{Told("cosign")}:{Told("git")}");

        var run = await Shop.RunAsync(rig, ("cosign-key", _shop.Key()), ("cosign-password", Shop.Password));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        File.ReadAllLines(calls).Should().Contain(l => l.StartsWith("cosign sign-blob --key env://", StringComparison.Ordinal)).And.Contain(l => l.StartsWith("git ", StringComparison.Ordinal));
        var masked = run.Log.Split('\n').Where(l => !l.StartsWith("::add-mask::", StringComparison.Ordinal));
        var everything = string.Join('\n', [File.ReadAllText(calls), .. masked, run.Summary, .. run.Outputs.Values, .. _shop.AllMade.Select(_shop.Made)]);
        everything.Should().NotContain(Shop.Password).And.NotContain(_shop.Key().Split('\n')[1]);
    }

    [Theory]
    [Trait("Row", "S23")]
    [InlineData(Shop.Password)]
    [InlineData("wrong")]
    public async Task Nothing_is_left_behind_in_home_or_temporary_folders(string password)
    {
        await _shop.RunAsync(("cosign-key", _shop.Key()), ("cosign-password", password));

        Directory.GetFileSystemEntries(_shop.Checkout.Aside("home")).Should().BeEmpty();
        Directory.GetFileSystemEntries(_shop.Checkout.Aside("temp")).Should().BeEmpty();
    }
}
