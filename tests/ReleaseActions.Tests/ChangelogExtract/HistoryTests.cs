using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>Which pull request brought a commit, in the three ways GitHub merges.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void A_squashed_commit_and_the_last_of_rebased_ones_are_known_by_themselves() =>
        Join([Commit("c", "b"), Commit("b", "a"), Commit("a")], Pull(7, "b")).Should().Equal("c", "b #7", "a");

    [Fact]
    public void A_merge_brings_the_commits_of_its_branch_and_no_others() =>
        Join([Commit("m", "b", "y"), Commit("y", "x"), Commit("b", "a"), Commit("x", "a"), Commit("a")], Pull(7, "m"))
            .Should().Equal("m #7", "y #7", "b", "x #7", "a");

    [Fact]
    public void A_branch_that_took_the_main_branch_in_brings_only_its_own() =>
        Join([Commit("m", "b", "y"), Commit("y", "x", "b"), Commit("b", "a"), Commit("x", "a"), Commit("a")], Pull(7, "m"))
            .Should().Equal("m #7", "y #7", "b", "x #7", "a");

    [Fact]
    public void A_commit_is_of_the_pull_request_that_was_merged_first() =>
        Join([Commit("o", "a", "i"), Commit("i", "x", "y"), Commit("y", "x"), Commit("x", "a"), Commit("a")], Pull(8, "o"), Pull(7, "i"))
            .Should().Equal("o #8", "i #7", "y #7", "x #8", "a");

    [Theory]
    [InlineData("Sell by weight (#7)", "a #7")]
    [InlineData("Sell by weight (#8)", "a")]
    [InlineData("See #7 first", "a")]
    [InlineData("Sell (#7) by weight", "a")]
    [InlineData("(#99999999999)", "a")]
    public void A_number_in_the_subject_counts_where_it_is_a_pull_request(string subject, string joined) =>
        Join([Commit("a") with { Subject = subject }], Pull(7, "elsewhere")).Should().Equal(joined);

    private static IEnumerable<string> Join(IReadOnlyList<Commit> commits, params Pull[] pulls) =>
        History.Join(commits, pulls).Select(c => c.Pull is null ? c.Sha : $"{c.Sha} #{c.Pull.Number}");

    private static Commit Commit(string sha, params string[] parents) => new(sha, "A change", "") { Parents = parents };

    private static Pull Pull(int number, string mergeCommit) => new(number, "ada", [], mergeCommit);
}
