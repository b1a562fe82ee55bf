using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// The big list of naughty strings through every input of every action, over one real checkout. All single runs with BLNS=all.
/// </summary>
public sealed class NaughtyStringsTests(NaughtyStringsTests.Shop shop) : IClassFixture<NaughtyStringsTests.Shop>
{
    public sealed class Shop : IDisposable
    {
        public Shop()
        {
            Checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.0.0]\n\n- First\n").Write("package.json", "{\"version\": \"1.0.0\"}\n")
                .Commit("Release 1.0.0");
            Checkout.Push().Tag("v1.0.0");
            Head = Checkout.Head;
        }

        public Checkout Checkout { get; } = new();

        public string Head { get; }

        public void Dispose() => Checkout.Dispose();
    }

    // An environment cannot hold NUL; everything else can arrive.
    private static readonly Lazy<string[]> Strings = new(
        () => [.. Corpora.Json("blns/blns.json").EnumerateArray().Select(s => s.GetString()!.Replace("\0", "", StringComparison.Ordinal))]);

    // What an action looks at first: a string that it refuses there reaches none of the others.
    private static readonly string[] Gates =
        ["version", "tag", "tag-prefix", "product", "policy-file", "branch", "branches", "production", "registry", "files",
        "folder", "bundle-name"];

    [Theory]
    [Trait("Row", "B16")]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task No_naughty_string_in_all_inputs_of_text_at_once_is_a_defect(string name)
    {
        // A token and the network take no naughty string, and notes come from one of two inputs.
        var texts = Texts(name).Except(["token", "proxy", "no-proxy", "ca-certificates", "body-path"]).ToList();
        var (gates, others) = (texts.Intersect(Gates).ToList(), texts.Except(Gates).ToList());

        texts.Should().NotBeEmpty();
        Strings.Value.Should().HaveCount(515);
        var refusals = 0;
        foreach (var (number, naughty) in Strings.Value.Index())
        {
            // The gates by turns, so that each string passes the reader of inputs and reaches the code behind at least one of them.
            List<string> inputs = gates.Count == 0 ? others : [gates[number % gates.Count], .. others];
            var run = await RunAsync(name, naughty, inputs);
            // An input of one visible line refuses some of them; without it the others must get through.
            var refused = inputs.Where(i => run.Log.Contains($"::error::The input '{i}'", StringComparison.Ordinal)).ToList();
            if (refused.Count > 0)
            {
                refusals++;
                inputs = [.. inputs.Except(refused)];
                run = await RunAsync(name, naughty, inputs);
            }

            run.Log.Should().NotContain("::error::The input '", "{0} must reach the code behind {1}", naughty, string.Join(',', inputs));
        }

        refusals.Should().BeLessThan(100, "most strings must pass the reader of inputs at once");
    }

    [Theory]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task A_naughty_string_in_a_flag_or_a_number_is_refused(string name)
    {
        var inputs = Manual.Of(AllActions.Named(name)).Inputs.Select(i => i.Name).Except(Texts(name)).ToList();

        foreach (var naughty in Strings.Value.Where(s => s.Trim().Length > 0).Take(20))
            (await RunAsync(name, naughty, inputs)).ExitCode.Should()
                .Be(ExitCode.BadInput, "{0} is none: {1}", string.Join(',', inputs), naughty);
    }

    // The inputs that take any text: the reader of inputs itself refuses none of these.
    private static List<string> Texts(string name)
    {
        bool Takes(string input)
        {
            var inputs = new Inputs(n => n == input ? "any text" : null);
            var outputs = new Outputs();
            AllActions.Named(name).Declare(inputs, outputs);
            return Record.Exception(inputs.ThrowIfWrong) is not ActionException { Findings: var findings } || !findings.Any(
                f => f.Message.Contains($"'{input}'", StringComparison.Ordinal));
        }

        return [.. Manual.Of(AllActions.Named(name)).Inputs.Where(i => i.Choices.Count == 0 && i.Name != "max-wait").Select(i => i.Name)
            .Where(Takes)];
    }

    [Theory]
    [Trait("Row", "B16")]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public async Task No_naughty_string_in_one_input_is_a_defect(string name)
    {
        var inputs = Manual.Of(AllActions.Named(name)).Inputs.Where(i => i.Choices.Count == 0).Select(i => i.Name).ToList();
        // Spread evenly, so that every input meets strings of every kind.
        var every = Environment.GetEnvironmentVariable("BLNS") == "all" ? 1 : 29;
        var all = from input in inputs.Index()
                  from naughty in Strings.Value.Index()
                  select (Text: naughty.Item, Input: input.Item,
            Place: (naughty.Index * inputs.Count) + input.Index);

        foreach (var (text, input, _) in all.Where(c => c.Place % every == 0)) await RunAsync(name, text, [input]);
    }

    private async Task<RunResult> RunAsync(string name, string naughty, IReadOnlyList<string> inputs)
    {
        var rig = HostileRig.Offline(shop.Checkout).With("GITHUB_REF", "refs/tags/v1.0.0").With("GITHUB_SHA", shop.Head)
            .With("GITHUB_EVENT_NAME", "push");
        foreach (var input in inputs) rig.Input(input, naughty);

        var run = await rig.RunAsync(AllActions.Named(name));

        run.ExitCode.Should().NotBe(ExitCode.Defect, "{0}={1}: {2}", string.Join(',', inputs), naughty, run.Log);
        HostileRig.StrayCommands(run.Log).Should().BeEmpty("{0}={1}", string.Join(',', inputs), naughty);
        Directory.GetFiles("/tmp", "blns*").Should().BeEmpty("{0}={1}", string.Join(',', inputs), naughty);
        return run;
    }
}
