using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;

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

    public static TheoryData<string> Shapes =>
        ["branches from the root", "develop", "branches in branches", "rebased", "every other's branch"];

    [Theory]
    [Trait("Row", "L14")]
    [MemberData(nameof(Shapes))]
    public void Twice_the_commits_and_pull_requests_take_twice_the_work(string shape)
    {
        // What is allocated counts the work: every commit that is looked at is put into a set or a list.
        static long Work(string shape, int count)
        {
            var (commits, pulls) = Shape(shape, count);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var history = History.Of(commits, pulls, []);
            history.Commits.Count(c => c.Pull is not null).Should().BeGreaterThan(count / 3);
            var notes = CommitNotes.Write(history.Commits, ReleasePolicy.Defaults.Changelog.Labels);
            history.ChangesIn(notes).Count.Should().BeGreaterThan(count / 3);
            NotesText.Shortened(NotesText.WithoutMentions(notes), NotesText.MostCharacters, null).Length.Should().BePositive();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Work(shape, 1_000);
        ((double)Work(shape, 50_000) / Work(shape, 25_000)).Should().BeLessThan(3);
    }

    // Newest first, each with the pull request that brought it.
    private static (List<Commit> Commits, List<Pull> Pulls) Shape(string shape, int count)
    {
        var (commits, pulls) = (new List<Commit> { Commit("c0") }, new List<Pull>());
        for (var i = 1; i < count; i++)
        {
            var last = $"c{i - 1}";
            string[] parents = (shape, i % 2) switch
            {
                ("branches from the root", 1) => ["c0"],
                ("branches from the root", _) => [i == 2 ? "c0" : $"c{i - 2}", last],
                ("develop", _) when i == count - 1 => ["c0", last],
                ("develop", 1) => [i == 1 ? "c0" : last],
                ("develop", _) => [i == 2 ? "c0" : $"c{i - 2}", last],
                ("branches in branches", _) => ["c0", last],
                ("rebased", _) => [last],
                (_, 1) => [i < 4 ? "c0" : $"c{i - 3}"],
                _ => [i == 2 ? "c0" : $"c{i - 2}", last],
            };
            var (subject, author) = ($"fix: Change {i} for @ada", $"a{i % 99}");
            commits.Add(Commit($"c{i}", parents) with { Subject = subject, Author = author, Email = $"{author}@a" });
            if (i % 2 == 0 || shape == "rebased") pulls.Add(Pull(i, $"c{i}"));
        }

        commits.Reverse();
        return (commits, pulls);
    }

    private static IEnumerable<string> Join(IReadOnlyList<Commit> commits, params Pull[] pulls) =>
        History.Join(commits, pulls).Select(c => c.Pull is null ? c.Sha : $"{c.Sha} #{c.Pull.Number}");

    private static Commit Commit(string sha, params string[] parents) => new(sha, "A change", "") { Parents = parents };

    private static Pull Pull(int number, string mergeCommit) => new(number, "ada", [], mergeCommit);
}
