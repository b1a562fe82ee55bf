using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.BranchCleanup;

/// <summary>Random histories, and git itself as the oracle: every branch merged into every commit of production.</summary>
[Trait("Row", "F61"), Trait("Row", "L7")]
public sealed class ProofOracleTests : IAsyncLifetime
{
    private const int Branches = 60;
    private const int Commits = 40;
    private ReleaseGround _ground = null!;

    public async ValueTask InitializeAsync() => _ground = await ReleaseGround.NewAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_branch_is_proven_where_a_merge_changes_nothing_or_the_files_are_equal_and_nowhere_else(int seed)
    {
        ManyBranchesTests.Import(_ground.Checkout, History(new Random(seed)));

        var run = await _ground.Rig().OnBranch("main").Input("branches", "b/*").Input("dry-run", "true")
            .RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var report = JsonNode.Parse(run.Outputs["report"])!.AsArray().ToDictionary(b => b!["branch"]!.ToString(), b => b!);
        var expected = MergesThatChangeNothing();
        var proven = report.Where(b => b.Value["proof"] is not null).ToDictionary(b => b.Key, b => b.Value["proved-by"]!.ToString());
        proven.Keys.Should().Contain(expected.Keys);
        proven.Count.Should().BeInRange(Branches / 6, Branches * 5 / 6, "both kinds must be there");
        // Where a rename makes git see a conflict, equal files are proof enough.
        foreach (var (branch, commit) in proven.Where(p => expected.GetValueOrDefault(p.Key)?.Contains(p.Value) != true))
            Git(["diff", "--name-only", commit, branch, "--",
                .. Git("diff", "--name-only", "--no-renames", $"main...{branch}").Split('\n')])
                .Should().BeEmpty(branch);
    }

    // Each branch with the commits of production into which git merges it without a change.
    private Dictionary<string, List<string>> MergesThatChangeNothing()
    {
        var own = Git("log", "--first-parent", "--format=%H %T", "main").Split('\n').Select(l => l.Split(' ')).ToList();
        var tips = Git("for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads/b").Split('\n').Select(l => l.Split(' '));
        var pairs = tips.SelectMany(t => own.Select(o => (Branch: t[0], Tip: t[1], Into: o[0], Tree: o[1]))).ToList();
        var input = string.Concat(pairs.Select(p => $"{p.Into} {p.Tip}\n"));
        var merged = Fed(input, "merge-tree", "--stdin", "--no-messages", "--name-only")
            .Split("\0\0", StringSplitOptions.RemoveEmptyEntries);
        var trees = merged.Select(m => m.TrimStart('\0').Split('\0')).ToList();
        trees.Should().HaveCount(pairs.Count);
        return pairs.Zip(trees).Where(p => p.Second[0] == "1" && p.Second[1] == p.First.Tree).Select(p => p.First)
            .GroupBy(p => p.Branch).ToDictionary(g => g.Key, g => g.Select(p => p.Into).ToList());
    }

    private string Git(params string[] arguments) => Fed("", arguments);

    private string Fed(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["--git-dir", _ground.Checkout.Origin, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEndAsync();
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        git.WaitForExit();
        return output.Result.Trim('\n');
    }

    // Production edits, renames and deletes files; branches do too, and production takes some of them in, whole, in part or changed.
    private static string History(Random random)
    {
        var (stream, mark) = (new StringBuilder(), 0);
        int Commit(string branch, int from, Dictionary<string, string> files)
        {
            stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/{branch}\nmark :{++mark}\n")
                .Append(CultureInfo.InvariantCulture, $"committer Ada <ada@example.com> {1_700_000_000 + mark} +0000\ndata 1\nx\n")
                .Append(from == 0 ? "" : $"from :{from}\n").Append("deleteall\n");
            foreach (var (name, text) in files) stream.Append($"M 100644 inline {name}\ndata {text.Length}\n{text}\n");
            return mark;
        }

        var main = Enumerable.Range(0, 6).ToDictionary(n => $"d{n % 2}/f{n}", _ => Text(random));
        List<(int Mark, Dictionary<string, string> Files)> states = [(Commit("main", 0, main), main)];
        List<Dictionary<string, string>> tips = [];
        for (var number = 0; number < Branches; number++)
        {
            var (from, files) = states[^random.Next(1, Math.Min(states.Count, 8) + 1)];
            var changed = Edited(files, random, random.Next(1, 4));
            Commit($"b/{number}", from, changed);
            tips.Add(changed);
            if (states.Count >= Commits || random.Next(3) == 0) continue;
            main = random.Next(3) == 0 ? Edited(main, random, 1)
                : Taken(main, files, tips[random.Next(Math.Max(0, number - 3), number + 1)]);
            states.Add((Commit("main", states[^1].Mark, main), main));
        }

        return stream.ToString();
    }

    // What a squash does where nothing is in the way.
    private static Dictionary<string, string> Taken(
        Dictionary<string, string> main, Dictionary<string, string> before, Dictionary<string, string> after)
    {
        var taken = new Dictionary<string, string>(main);
        foreach (var name in before.Keys.Except(after.Keys)) taken.Remove(name);
        foreach (var (name, text) in after.Where(f => before.GetValueOrDefault(f.Key) != f.Value)) taken[name] = text;
        return taken;
    }

    private static Dictionary<string, string> Edited(Dictionary<string, string> files, Random random, int times)
    {
        var edited = new Dictionary<string, string>(files);
        for (var time = 0; time < times; time++)
        {
            var name = edited.Keys.ElementAtOrDefault(random.Next(edited.Count)) ?? "d0/first";
            var lines = edited.GetValueOrDefault(name, "").Split('\n');
            lines[random.Next(lines.Length)] = $"edit {random.Next(1000)}";
            if (random.Next(6) == 0) edited.Remove(name);
            else if (random.Next(5) == 0 && edited.Remove(name, out var text)) edited[$"d{random.Next(3)}/r{random.Next(1000)}"] = text;
            else if (random.Next(4) == 0) edited[$"d{random.Next(3)}/n{random.Next(1000)}"] = Text(random);
            else edited[name] = string.Join('\n', lines);
        }

        return edited;
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, 12).Select(_ => $"line {random.Next(1_000_000)}\n"));
}
