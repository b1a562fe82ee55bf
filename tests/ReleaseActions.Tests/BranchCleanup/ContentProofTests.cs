using System.Text.Json.Nodes;
using ReleaseActions.BranchCleanup;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;

namespace ReleaseActions.Tests.BranchCleanup;

/// <summary>Ten small histories: which of them leave all of the branch's content in main, at some time.</summary>
[Trait("Rule", "AEG-15")]
public sealed class ContentProofTests : IAsyncLifetime
{
    private const string Branch = "release/1.0.0";
    private ReleaseGround _ground = null!;

    private Checkout Checkout => _ground.Checkout;

    public async ValueTask InitializeAsync()
    {
        _ground = await ReleaseGround.NewAsync();
        Edit("one", 1, "begin");
        Checkout.Branch(Branch);
        Edit("one", 3, "from the branch");
        Edit("two", 1, "from the branch");
        Checkout.Switch("main");
    }

    public ValueTask DisposeAsync() => _ground.DisposeAsync();

    [Fact]
    [Trait("Row", "F48")]
    public async Task A_squash_has_the_same_tree()
    {
        var squash = Squash();
        await ExpectDeletedAsync("same-tree", squash);
    }

    [Fact]
    [Trait("Row", "F48")]
    public async Task A_squash_after_which_main_went_on_had_the_same_tree()
    {
        var squash = Squash();
        Edit("three", 1, "later");
        await ExpectDeletedAsync("same-tree", squash);
    }

    [Fact]
    [Trait("Row", "F48")]
    public async Task A_squash_onto_a_main_that_went_on_is_proven_by_a_merge()
    {
        Edit("three", 1, "before");
        var squash = Squash();
        await ExpectDeletedAsync("merge-changes-nothing", squash);
    }

    [Fact]
    [Trait("Row", "F48")]
    public async Task A_squash_whose_lines_were_edited_later_had_the_same_tree()
    {
        var squash = Squash();
        Edit("one", 3, "edited later");
        await ExpectDeletedAsync("same-tree", squash);
    }

    [Fact]
    [Trait("Row", "F48")]
    public async Task A_squash_onto_a_main_that_went_on_and_edited_the_lines_later_is_proven_by_a_merge_into_the_squash()
    {
        Edit("three", 1, "before");
        var squash = Squash();
        Edit("one", 3, "edited later");
        await ExpectDeletedAsync("merge-changes-nothing", squash);
    }

    [Fact]
    [Trait("Row", "F48")]
    public async Task A_squash_onto_a_main_that_had_renamed_the_file_and_edited_it_later_is_proven_by_a_merge_into_the_squash()
    {
        const string Guide = "chapter one\nsecond part\nlast words\n";
        Checkout.Write("guide", Guide).Commit("Guide");
        Checkout.Git("switch", "--quiet", "--force-create", Branch);
        Checkout.Write("guide", Guide + "an appendix\n").Commit("Appendix");
        Checkout.Switch("main").Git("mv", "guide", "manual");
        Checkout.Commit("Rename");
        var squash = Squash();
        Checkout.Write("manual", Guide + "another appendix\n").Commit("Edit it later");
        await ExpectDeletedAsync("merge-changes-nothing", squash);
    }

    [Fact]
    public async Task A_squash_that_was_reverted_was_held_once()
    {
        var squash = Squash();
        Checkout.Git("revert", "--no-edit", squash);
        await ExpectDeletedAsync("same-tree", squash);
    }

    [Fact]
    public async Task A_merge_that_was_reverted_is_an_ancestor()
    {
        Checkout.Git("merge", "--quiet", "--no-ff", "--no-edit", Branch);
        Checkout.Git("revert", "--no-edit", "--mainline", "1", "HEAD");
        await ExpectDeletedAsync("ancestor", Checkout.Head);
    }

    [Fact]
    [Trait("Row", "F45")]
    public async Task A_part_that_was_promoted_is_not_all()
    {
        Edit("one", 3, "from the branch");
        await ExpectKeptAsync("two");
    }

    [Fact]
    [Trait("Row", "F45")]
    public async Task A_file_that_conflicts_is_a_difference_although_a_merge_tree_has_it()
    {
        Squash();
        Checkout.Switch(Branch);
        Edit("one", 3, "again on the branch");
        Checkout.Switch("main");
        Edit("one", 3, "again on main");
        await ExpectKeptAsync("one");
    }

    [Fact]
    [Trait("Row", "F45")]
    public async Task A_file_that_one_side_deleted_and_the_other_edited_is_a_difference()
    {
        Squash();
        Checkout.Switch(Branch);
        Edit("two", 1, "again on the branch");
        Checkout.Switch("main").Git("rm", "--quiet", "two");
        Checkout.Commit("Remove two");
        await ExpectKeptAsync("two");
    }

    [Fact]
    [Trait("Row", "F45")]
    public async Task What_was_never_promoted_is_kept() => await ExpectKeptAsync("one", "two");

    [Fact]
    [Trait("Row", "F45")]
    public async Task A_commit_after_the_squash_is_kept()
    {
        Squash();
        Checkout.Switch(Branch);
        Edit("late", 1, "late");
        Checkout.Switch("main");
        await ExpectKeptAsync("late");
    }

    [Fact]
    public async Task A_branch_without_common_history_is_kept()
    {
        Checkout.Git("switch", "--quiet", "--orphan", "other");
        Edit("alien", 1, "alien");
        Checkout.Git("branch", "--force", Branch, "other");
        Checkout.Git("switch", "--quiet", "main");
        await ExpectKeptAsync("alien");
    }

    [Fact]
    public async Task A_picture_that_both_sides_changed_is_kept_although_a_merge_leaves_ours()
    {
        Checkout.Switch(Branch).Write("logo.png", "\0branch").Commit("Their logo");
        Squash(except: "logo.png");
        Checkout.Write("logo.png", "\0main").Commit("Our logo");

        await ExpectKeptAsync("logo.png");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [Trait("Row", "S09")]
    public async Task A_merge_driver_of_the_checkout_is_neither_run_nor_believed(string exit)
    {
        var marker = Path.Combine(Checkout.Aside("marker"), "ran");
        Edit("one", 3, "of main");
        Checkout.Write(".gitattributes", "* merge=evil\n").Commit("Attributes");
        Checkout.Git("config", "merge.evil.driver", $"touch {marker}; {exit}");
        Checkout.Write(".git/info/attributes", "* merge=evil\n");

        await ExpectKeptAsync("one", "two");

        File.Exists(marker).Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_shallow_checkout_is_deepened_for_the_proof()
    {
        Edit("three", 1, "before");
        var squash = Squash();
        Checkout.Push();
        var shallow = Path.Combine(Checkout.Aside("shallow"), "work");
        Checkout.Git("clone", "--quiet", "--depth", "1", $"file://{Checkout.Origin}", shallow);

        var run = await Rig().With("GITHUB_WORKSPACE", shallow).RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Report(run)["proved-by"]!.ToString().Should().Be(squash);
    }

    private async Task ExpectDeletedAsync(string proof, string provedBy)
    {
        Checkout.Push();
        var run = await Rig().RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs.Should().Contain("deleted", Branch).And.Contain("kept", "");
        Report(run)["proof"]!.ToString().Should().Be(proof);
        Report(run)["proved-by"]!.ToString().Should().Be(provedBy);
        Checkout.Git("ls-remote", "--heads", "origin", Branch).Should().BeEmpty();
    }

    private async Task ExpectKeptAsync(params string[] files)
    {
        Checkout.Push();
        var run = await Rig().RunAsync(new BranchCleanupAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Outputs.Should().Contain("kept", Branch).And.Contain("deleted", "");
        run.Errors.Should().ContainSingle().Which.Should().Contain($": {string.Join(", ", files)}. ");
        Report(run)["files"]!.AsArray().Select(f => f!.ToString()).Should().Equal(files);
        Checkout.Git("ls-remote", "--heads", "origin", Branch).Should().NotBeEmpty();
    }

    private Rig Rig() => _ground.Rig().OnBranch("main").Input("branch", Branch);

    private static JsonNode Report(RunResult run) => JsonNode.Parse(run.Outputs["report"])![0]!;

    private string Squash(string? except = null)
    {
        Checkout.Switch("main").Git("merge", "--quiet", "--squash", Branch);
        if (except is not null) Checkout.Git("rm", "--quiet", "--force", except);
        return Checkout.Commit("Squash");
    }

    /// <summary>Writes a line of a file of ten and commits it.</summary>
    private void Edit(string file, int line, string text)
    {
        var path = Path.Combine(Checkout.Root, file);
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [.. Enumerable.Range(1, 10).Select(n => $"line {n}")];
        lines[line - 1] = text;
        Checkout.Write(file, string.Join('\n', lines) + "\n").Commit($"{file}: {text}");
    }
}
