using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.BranchCleanup;

/// <summary>Thousands of branches, and several of which one cannot be deleted.</summary>
public sealed class ManyBranchesTests : IAsyncLifetime
{
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync() => _ground = await ReleaseGround.NewAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    [Trait("Row", "L7")]
    public async Task Five_thousand_branches_are_judged_with_few_requests_and_few_processes()
    {
        Import(Checkout, Branches(5_000));
        for (var number = 0; number < 200; number++) _ground.GitHub.Put(new PullRequest(number, $"release/{number}"));

        var run = await RunAsync(("dry-run", "true"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _ground.GitHub.Traffic.Entries.Should().HaveCountLessThanOrEqualTo(60);
        GitProcesses().Should().BeLessThan(30);
        // Equal files are seen without a merge; the others are merged by two processes, however many they are.
        File.ReadLines(TraceFile).Count(command => command == "merge-tree").Should().BeLessThanOrEqualTo(2);
        // Of 3,750 branches that are no ancestors: those whose file production changed later, or never had.
        Merges().Should().BeLessThanOrEqualTo(3_000);
        var report = JsonNode.Parse(run.Outputs["report"])!.AsArray();
        report.Should().HaveCount(5_000);
        report.Count(b => b!["proof"]?.ToString() == "ancestor").Should().Be(1_250);
        report.Count(b => b!["proof"]?.ToString() is "same-tree" or "merge-changes-nothing").Should().Be(2_500);
        report.Count(b => b!["proof"] is null).Should().Be(1_250);
        run.Outputs["deleted"].Split('\n').Should().HaveCount(3_750 - 150);
        report.Where(b => b!["proof"] is null)
            .All(b => b!["files"]!.AsArray().Single()!.ToString().EndsWith($"/{b["branch"]}", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Fact]
    public async Task Where_one_of_several_cannot_be_deleted_the_others_are_and_the_outputs_say_so()
    {
        Push("release/1", "release/2", "release/3");
        Script.Write(
            Path.Combine(Checkout.Origin, "hooks"), "update",
            "[ \"$1\" != refs/heads/release/2 ] || { echo 'a rule forbids it' >&2; exit 1; }");

        var run = await RunAsync();

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith("origin does not let the branch 'release/2' be deleted: [remote rejected]");
        run.Outputs.Should().Contain("deleted", "release/1\nrelease/3").And.Contain("kept", "release/2");
        JsonNode.Parse(run.Outputs["report"])![1]!["deleted"]!.GetValue<bool>().Should().BeFalse();
        run.Summary.Should().Contain("### Not deleted");
        Remote().Should().Equal("main", "release/2");
    }

    [Theory]
    [Trait("Row", "F43"), Trait("Row", "F44")]
    [InlineData(":refs/heads/release/2", ExitCode.Done, "release/1\nrelease/2\nrelease/3", "")]
    [InlineData("+late:refs/heads/release/2", ExitCode.Refused, "release/1\nrelease/3", "release/2")]
    public async Task One_that_goes_or_moves_meanwhile_does_not_keep_the_others(string push, ExitCode exit, string deleted, string kept)
    {
        Push("release/1", "release/2", "release/3");
        Checkout.Branch("late").Commit("Late");
        _ground.Fault("GET", "pulls", FaultKind.After(() => Task.FromResult(Checkout.Git("push", "--quiet", "origin", push))));

        var run = await RunAsync();

        run.ExitCode.Should().Be(exit, run.Log);
        run.Outputs.Should().Contain("deleted", deleted).And.Contain("kept", kept);
        Remote().Should().Equal(["main", .. kept.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }

    [Fact]
    public async Task What_is_deleted_is_told_also_where_origin_answers_no_more_afterwards()
    {
        Push("release/1", "release/2", "release/3");
        Script.Write(Path.Combine(Checkout.Origin, "hooks"), "update", "test \"$1\" != refs/heads/release/2");
        Script.Write(Path.Combine(Checkout.Origin, "hooks"), "post-receive", "mv HEAD gone");

        var run = await RunAsync();

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Outputs.Should().Contain("deleted", "release/1\nrelease/3").And.Contain("kept", "release/2");
    }

    [Fact]
    [Trait("Rule", "AEG-15")]
    public async Task After_a_failed_release_none_of_many_is_deleted()
    {
        Push("release/1", "release/2");

        var run = await RunAsync(("release-succeeded", "failure"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("deleted", "").And.Contain("kept", "release/1\nrelease/2");
        Remote().Should().Equal("main", "release/1", "release/2");
    }

    private Task<RunResult> RunAsync(params (string Name, string Value)[] inputs)
    {
        var trace = _ground.Rig().OnBranch("main").WithProgram(
            Checkout, "git", $"""
            echo "$1" >> '{TraceFile}'
            [ "$1" != merge-tree ] || exec tee -a '{TraceFile}-merges' | {HostileRig.RealPath("git")} "$@"
            exec {HostileRig.RealPath("git")} "$@"
            """).Input("branches", "release/*");
        return inputs.Aggregate(trace, (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(new BranchCleanupAction());
    }

    // Each with a commit of its own, and nothing in it that main lacks.
    private void Push(params string[] branches)
    {
        var empty = Checkout.EmptyCommit();
        Checkout.Git(["push", "--quiet", "origin", .. branches.Select(b => $"{empty}:refs/heads/{b}")]);
    }

    private string TraceFile => Path.Combine(Checkout.Aside("trace"), "git");

    private int GitProcesses() => File.ReadLines(TraceFile).Count();

    // git merges one pair of commits for each line of its input.
    private int Merges() => File.Exists($"{TraceFile}-merges") ? File.ReadLines($"{TraceFile}-merges").Count() : 0;

    private IEnumerable<string> Remote() =>
        Checkout.Git("ls-remote", "--heads", "origin").Split('\n').Select(line => line.Split("refs/heads/")[1]);

    // Four kinds in turn: merged, squashed at once, squashed after production had gone on, never merged.
    internal static string Branches(int count)
    {
        var stream = new StringBuilder();
        var mark = 0;
        int Commit(string reference, string file, int from, int? merged = null)
        {
            stream.Append(
                $"commit refs/heads/{reference}\nmark :{++mark}\ncommitter Ada <ada@example.com> {1_700_000_000 + mark} +0000\ndata "
                + $"1\nx\n");
            stream.Append(from == 0 ? "" : $"from :{from}\n").Append(merged is null ? "" : $"merge :{merged}\n")
                .Append($"M 100644 inline {file}\ndata 1\nx\n");
            return mark;
        }

        var main = Commit("main", "begin", from: 0);
        for (var number = 0; number < count; number++)
        {
            var name = $"release/{number}";
            var file = $"{number % 50}/{name}";
            var tip = Commit(name, file, main);
            if (number % 4 == 2) main = Commit("main", $"other/{number % 50}/{number}", main);
            if (number % 4 < 3) main = Commit("main", file, main, merged: number % 4 == 0 ? tip : null);
        }

        return stream.ToString();
    }

    internal static void Import(Checkout checkout, string stream)
    {
        var start = new ProcessStartInfo("git",
            ["--git-dir", checkout.Origin, "fast-import", "--quiet", "--force"])
        { RedirectStandardInput = true };
        using var git = Process.Start(start)!;
        git.StandardInput.Write(stream);
        git.StandardInput.Close();
        git.WaitForExit();
        git.ExitCode.Should().Be(0);
    }
}
