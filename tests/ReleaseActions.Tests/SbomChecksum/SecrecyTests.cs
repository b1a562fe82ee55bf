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
        using var seen = new CancellationTokenSource();
        var watch = Task.Run(() => CommandLinesUntil(seen.Token));

        var run = await _shop.SignAsync();
        await seen.CancelAsync();

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var masked = string.Join('\n', run.Log.Split('\n').Where(l => !l.StartsWith("::add-mask::", StringComparison.Ordinal)));
        var everything = string.Join('\n', [.. await watch, masked, run.Summary, .. run.Outputs.Values, .. _shop.AllMade.Select(_shop.Made)]);
        var lineOfKey = _shop.Key().Split('\n')[1];
        everything.Should().NotContain(Shop.Password).And.NotContain(lineOfKey);
        (await watch).Should().Contain(line => line.Contains("sign-blob", StringComparison.Ordinal), "the watch must have seen cosign");
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

    /// <summary>Every command line of the machine's processes while the watch goes on.</summary>
    private static HashSet<string> CommandLinesUntil(CancellationToken end)
    {
        var seen = new HashSet<string>();
        while (!end.IsCancellationRequested)
        {
            foreach (var process in Directory.GetDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
            {
                try
                {
                    seen.Add(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '));
                }
                catch (IOException)
                {
                    // It ended meanwhile.
                }
            }
        }

        return seen;
    }
}
