using System.Text.Json.Nodes;
using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.Core.Policy;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.BranchCleanup;

/// <summary>Branches whose content production has, and that are kept anyway.</summary>
[Trait("Row", "F61")]
public sealed class KeptBranchTests : IAsyncLifetime
{
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync() => _ground = await ReleaseGround.NewAsync();

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    // By the schema, so that a key that is added names a branch for branch-cleanup too, or fails here.
    public static TheoryData<string> KeysOfBranches() =>
        [.. Keys(JsonNode.Parse(ReleasePolicy.Schema())!, "").Except(["branches.release"])];

    [Theory]
    [MemberData(nameof(KeysOfBranches))]
    public async Task A_branch_that_the_policy_names_stays_under_every_key(string key)
    {
        Merged("long");
        Checkout.Policy(PolicyOf(key, "long")).Commit("Policy");
        if (key == "branches.production") Checkout.Git("branch", "--force", "long");

        await ExpectKeptAsync("long", "long", key == "branches.production" ? "the default or the production branch" : $"(`{key}`)");
    }

    [Theory]
    [InlineData("line-{product}", "line-till", null)]
    [InlineData("line-{product}", "line-till", "pos")]
    [InlineData("line-{product}", "line-pos", "pos")]
    [InlineData("{product}/line/{version}", "pos/line/2", null)]
    [InlineData("refs/heads/line", "line", null)]
    [InlineData("li.e", "line", null, false)]
    public async Task A_pattern_names_the_branches_of_every_product(string pattern, string branch, string? product, bool isKept = true)
    {
        Merged(branch);
        var prefix = product is null ? "v" : "{product}-v";
        Checkout.Policy($"version:\n  tag-prefix: '{prefix}'\nprepare:\n  from: '{pattern}'\n").Commit("Policy");
        Checkout.Push();

        var run = await RunAsync("**", ("product", product ?? ""));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        (run.Outputs["kept"].Split('\n').Contains(branch), run.Outputs["deleted"].Split('\n').Contains(branch))
            .Should().Be((isKept, !isKept), run.Summary);
    }

    [Fact]
    public async Task The_default_branchs_policy_names_branches_too()
    {
        Merged("develop");
        var older = Checkout.Head;
        Checkout.Policy("state:\n  branch: develop\n").Commit("Policy");
        Checkout.Push();
        Checkout.Git("switch", "--quiet", "--detach", older);

        var run = await RunAsync("develop");

        run.Outputs.Should().Contain("kept", "develop").And.Contain("deleted", "");
    }

    [Fact]
    public async Task A_branch_that_was_just_cut_stays_whichever_commit_of_production_it_is_at()
    {
        Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/older");
        Checkout.Commit("Main goes on");
        Checkout.Push();
        Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/newer");

        await ExpectKeptAsync("**", "newer", "has no commit of its own");
        await ExpectKeptAsync("**", "older", "has no commit of its own");
    }

    [Fact]
    public async Task A_branch_that_was_just_cut_from_another_long_lived_one_stays()
    {
        Checkout.Branch("develop").Write("a", "a").Commit("On develop");
        Checkout.Git("branch", "release/2.0.0");
        Checkout.Switch("main").Git("merge", "--quiet", "--no-ff", "--no-edit", "develop");
        Checkout.Policy("prepare:\n  from: develop\n").Commit("Policy");
        Checkout.Push();

        await ExpectKeptAsync("release/*", "release/2.0.0", "has no commit of its own");
    }

    [Theory]
    [InlineData("it merged with this commit", true)]
    [InlineData("it merged with another commit", false)]
    [InlineData("it was closed", false)]
    [InlineData("it came from a fork", false)]
    public async Task A_branch_without_own_commits_goes_only_where_a_pull_request_from_it_was_merged(string pull, bool isDeleted)
    {
        Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/topic");
        var at = pull == "it merged with another commit" ? Checkout.EmptyCommit() : Checkout.Head;
        _ground.GitHub.Put(new PullRequest(7, "topic")
        {
            Open = false, HeadSha = at, MergeCommitSha = pull == "it was closed" ? null : Checkout.Head,
            HeadOwner = pull == "it came from a fork" ? "somebody" : null,
        });

        var run = await RunAsync("topic");

        run.Outputs.Should().Contain(isDeleted ? "deleted" : "kept", "topic");
    }

    [Fact]
    public async Task Of_many_newly_cut_branches_one_list_tells_which_were_merged()
    {
        Checkout.Git(["push", "--quiet", "origin", .. Enumerable.Range(0, 60).Select(n => $"HEAD:refs/heads/topic/{n}")]);
        for (var number = 0; number < 150; number++)
        {
            var merged = number % 2 == 0 ? Checkout.Head : null;
            _ground.GitHub.Put(new PullRequest(number, $"topic/{number}") {
                Open = false, HeadSha = Checkout.Head, MergeCommitSha = merged,
            });
        }

        var run = await RunAsync("topic/*");

        run.Outputs["deleted"].Split('\n').Should().HaveCount(30).And.Contain("topic/58");
        _ground.GitHub.Traffic.Entries.Count(e => e.Method == "GET").Should().BeLessThan(12);
    }

    [Theory]
    [InlineData("branch", "release/1.0.0")]
    [InlineData("branch", "release/{version}")]
    [InlineData("branches", "release/*")]
    public async Task The_branch_of_this_release_goes_although_it_has_no_commit_of_its_own(string input, string value)
    {
        Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/release/1.0.0", "HEAD:refs/heads/release/1.1.0");
        Checkout.Tag("v1.0.0");

        var run = await _ground.RunOnTagAsync(new BranchCleanupAction(), "v1.0.0", (input, value));

        run.Outputs.Should().Contain("deleted", "release/1.0.0");
        Checkout.Git("ls-remote", "--heads", "origin", "release/1.1.0").Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_named_branch_that_is_not_by_its_name_a_release_s_is_refused_where_it_was_just_cut()
    {
        Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/topic");

        var run = await _ground.Rig().OnBranch("main").Input("branch", "topic").RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().EndWith("If nobody needs it: git push origin --delete topic.");
    }

    [Theory]
    [InlineData("release/größe-1")]
    [InlineData("release/1.0.0-выпуск")]
    [InlineData("release/版本")]
    [InlineData("release/🚀")]
    [InlineData("release/e\u0301te")]
    public async Task A_name_of_any_script_and_a_branch_with_an_empty_commit_work(string branch)
    {
        var empty = Checkout.EmptyCommit();
        Checkout.Git("push", "--quiet", "origin", $"{empty}:refs/heads/{branch}");

        var run = await RunAsync("release/**");

        run.Outputs.Should().Contain("deleted", branch);
        run.Summary.Should().Contain("had the same content");
        Checkout.Git("ls-remote", "--heads", "origin").Should().EndWith("refs/heads/main");
    }

    [Fact]
    public async Task Names_that_are_no_text_are_left_to_a_person()
    {
        var packed = string.Concat(((byte[])[0xe4, 0xe5]).Select(b => $"{Checkout.EmptyCommit()} refs/heads/release/{(char)b}\n"));
        await File.WriteAllTextAsync(
            Path.Combine(Checkout.Origin, "packed-refs"), "# pack-refs with: peeled fully-peeled sorted \n" + packed,
            System.Text.Encoding.Latin1, TestContext.Current.CancellationToken);
        Checkout.Git("push", "--quiet", "origin", $"{Checkout.EmptyCommit()}:refs/heads/release/plain");

        var run = await RunAsync("release/**");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("deleted", "release/plain").And.Contain("kept", "");
    }

    private async Task ExpectKeptAsync(string glob, string branch, string why)
    {
        Checkout.Push();
        var run = await RunAsync(glob);

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["kept"].Split('\n').Should().Contain(branch);
        JsonNode.Parse(run.Outputs["report"])!.AsArray().Single(b => b!["branch"]!.ToString() == branch)!["reason"]!.ToString()
            .Should().Contain(why);
        Checkout.Git("ls-remote", "--heads", "origin", branch).Should().NotBeEmpty();
    }

    private Task<RunResult> RunAsync(string globs, params (string Name, string Value)[] inputs) => inputs
        .Aggregate(_ground.Rig().OnBranch("main").Input("branches", globs),
            (rig, i) => i.Value.Length > 0 ? rig.Input(i.Name, i.Value) : rig)
        .RunAsync(new BranchCleanupAction());

    private void Merged(string branch)
    {
        Checkout.Branch(branch).Write("merged", branch).Commit("On the branch");
        Checkout.Switch("main").Git("merge", "--quiet", "--no-ff", "--no-edit", branch);
    }

    private static string PolicyOf(string key, string value) => key.Split('.') is [var section, var name]
        ? $"{section}:\n  {name}: {value}\n" : throw new InvalidOperationException($"A key deeper than two: {key}");

    // A text whose description says that it is a branch.
    private static IEnumerable<string> Keys(JsonNode schema, string path)
    {
        foreach (var (key, value) in schema["properties"]?.AsObject() ?? [])
        {
            var isBranch = value!["description"]!.ToString().StartsWith("The branch", StringComparison.Ordinal);
            if (isBranch && value["type"]?.ToString() == "string") yield return $"{path}{key}";
            foreach (var inner in Keys(value, $"{path}{key}.")) yield return inner;
        }
    }
}
