using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hostile;

/// <summary>The big list of naughty strings through every input of every action, over one real checkout. All single runs with BLNS=all.</summary>
public sealed class NaughtyStringsTests(NaughtyStringsTests.Shop shop) : IClassFixture<NaughtyStringsTests.Shop>
{
    public sealed class Shop : IDisposable
    {
        public Shop()
        {
            Checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.0.0]\n\n- First\n").Write("package.json", "{\"version\": \"1.0.0\"}\n").Commit("Release 1.0.0");
            Checkout.Push().Tag("v1.0.0");
            Head = Checkout.Head;
        }

        public Checkout Checkout { get; } = new();

        public string Head { get; }

        public void Dispose() => Checkout.Dispose();
    }

    // An environment cannot hold NUL; everything else can arrive.
    private static readonly Lazy<string[]> Strings = new(() => [.. Corpora.Json("blns/blns.json").EnumerateArray().Select(s => s.GetString()!.Replace("\0", "", StringComparison.Ordinal))]);

    [Theory]
    [Trait("Row", "B16")]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task No_naughty_string_in_all_inputs_at_once_is_a_defect(string name)
    {
        var inputs = Manual.Of(AllActions.Named(name)).Inputs.Select(i => i.Name).ToArray();

        Strings.Value.Should().HaveCount(515);
        foreach (var naughty in Strings.Value) await RunAsync(name, naughty, inputs);
    }

    [Theory]
    [Trait("Row", "B16")]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task No_naughty_string_in_one_input_is_a_defect(string name)
    {
        var inputs = Manual.Of(AllActions.Named(name)).Inputs.Where(i => i.Choices.Count == 0).Select(i => i.Name).ToList();
        var all = from input in inputs.Index() from naughty in Strings.Value.Index() select (Text: naughty.Item, Input: input.Item, Place: (naughty.Index * inputs.Count) + input.Index);

        // Spread evenly, so that every input meets strings of every kind.
        var every = Environment.GetEnvironmentVariable("BLNS") == "all" ? 1 : 29;
        foreach (var (text, input, _) in all.Where(c => c.Place % every == 0)) await RunAsync(name, text, [input]);
    }

    private async Task RunAsync(string name, string naughty, IReadOnlyList<string> inputs)
    {
        var rig = HostileRig.Offline(shop.Checkout).With("GITHUB_REF", "refs/tags/v1.0.0").With("GITHUB_SHA", shop.Head).With("GITHUB_EVENT_NAME", "push");
        foreach (var input in inputs) rig.Input(input, naughty);

        var run = await rig.RunAsync(AllActions.Named(name));

        run.ExitCode.Should().NotBe(ExitCode.Defect, "{0}={1}: {2}", string.Join(',', inputs), naughty, run.Log);
        HostileRig.StrayCommands(run.Log).Should().BeEmpty("{0}={1}", string.Join(',', inputs), naughty);
        Directory.GetFiles("/tmp", "blns*").Should().BeEmpty("{0}={1}", string.Join(',', inputs), naughty);
    }
}
