using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>Notes from commits with their pull requests from GitHub: labels, numbers, contributors.</summary>
public sealed class PullRequestNotesTests
{
    private static readonly DateTimeOffset Release = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    [Trait("Rule", "DOJ-06")]
    public async Task Labels_come_before_what_a_subject_says()
    {
        await using var ground = await GroundAsync();

        var run = await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Golden.Matches($"{run.Outputs["notes"]}\n\n----\n\n{run.Outputs["changes"]}\n", "from-pull-requests");
        ground.GitHub.Traffic.Entries.Should().ContainSingle();
    }

    [Fact]
    [Trait("Rule", "ORC-05")]
    public async Task The_grouped_template_ends_with_the_contributors()
    {
        await using var ground = await GroundAsync();

        var run = await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0", ("template", "grouped"));

        Golden.Matches(run.Outputs["notes"] + "\n", "grouped-pull-requests");
    }

    [Fact]
    public async Task Notes_that_a_person_wrote_get_their_contributors_where_the_template_asks_for_them()
    {
        await using var ground = await GroundAsync();
        ground.Checkout.Write("CHANGELOG.md", "## 1.1.0\n\n- Weights\n").Write("notes.tmpl", "{notes}\n\n## Thanks\n\n{contributors}\n");

        (await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0", ("template", "notes.tmpl"))).Outputs["notes"]
            .Should().EndWith("## Thanks\n\n- @ben made their first contribution (#12, #13)\n- @ada-l (#14)");
        ground.GitHub.Traffic.Entries.Should().ContainSingle();
        (await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0")).Outputs["notes"].Should().Be("- Weights");
        ground.GitHub.Traffic.Entries.Should().ContainSingle("nothing is asked for notes as they were written");
    }

    [Fact]
    public async Task A_token_that_may_not_read_pull_requests_costs_the_labels_and_not_the_notes()
    {
        await using var ground = await GroundAsync();
        ground.Fault("GET", "pulls", FaultKind.Reply(403, """{"message":"Resource not accessible by integration"}"""));

        var run = await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["notes"].Should().Contain("- Weigh (");
        run.Log
            .Should().Contain("::notice::Labels and accounts of pull requests are left out: GitHub was asked to list the merged pull "
                + "requests, and the token may not").And.Contain("`pull-requests: read`");
    }

    [Fact]
    public async Task No_more_pages_are_read_than_reach_back_to_the_oldest_commit()
    {
        await using var ground = await GroundAsync();
        for (var number = 100; number < 450; number++)
            Put(ground, number, "ada", new string('0', 40), Release.AddDays(number < 300 ? -number : number));

        (await ground.RunOnTagAsync(new ChangelogExtractAction(), "v1.1.0")).Outputs["notes"].Should().Contain("(#12)");

        ground.GitHub.Traffic.Entries.Should().HaveCount(2);
    }

    // v1.0.0 by Ada; then a squashed pull request of Ben's, one that only the label explains, one that is skipped, and a plain commit.
    private static async Task<ReleaseGround> GroundAsync()
    {
        var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Tag("v1.0.0");
        Put(ground, 12, "ben", Commit(ground, "Ben", "Weigh"), "Enhancement");
        Put(ground, 13, "ben", Commit(ground, "Ben", "fix: round half to even (#13)"), "security");
        Put(ground, 14, "ada-l", Commit(ground, "Ada", "chore: bump left-pad"), "dependencies");
        Put(ground, 15, "dependabot[bot]", Commit(ground, "Ada", "feat: nobody sees this"), "skip-changelog", "bug");
        Commit(ground, "Ada", "Tidy the drawer");
        ground.Checkout.Push().Tag("v1.1.0");
        return ground;
    }

    private static string Commit(ReleaseGround ground, string author, string subject)
    {
        var address = $"{author} <{author.ToLowerInvariant()}@example.com>";
        ground.Checkout.Git("commit", "--quiet", "--allow-empty", "--author", address, "--message", subject);
        return ground.Checkout.Head;
    }

    private static void Put(ReleaseGround ground, int number, string user, string commit, params string[] labels) =>
        Put(ground, number, user, commit, Release.AddHours(number), labels);

    private static void Put(ReleaseGround ground, int number, string user, string commit, DateTimeOffset updated, params string[] labels) =>
        ground.GitHub.Put(new PullRequest(number, $"b{number}")
        {
            Open = false, User = user, MergeCommitSha = commit, Labels = labels, UpdatedAt = updated,
        });
}
