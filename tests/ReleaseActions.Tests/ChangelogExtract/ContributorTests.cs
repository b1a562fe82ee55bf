using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>Who contributed to a release, and for whom it is the first time.</summary>
public sealed class ContributorTests
{
    private static readonly Author[] Earlier = [new("Ada", "ada@example.com"), new("Cleo", "1+cleo@users.noreply.github.com")];

    [Fact]
    public void An_author_without_an_earlier_commit_is_marked() =>
        Of(Earlier, By("Ada", "ada@example.com"), By("Ben", "ben@example.com")).Should().Equal("Ada", "Ben made their first contribution");

    [Fact]
    public void In_a_first_release_nobody_is_marked() => Of(null, By("Ben", "ben@example.com")).Should().Equal("Ben");

    [Fact]
    public void A_pull_request_names_the_account() =>
        Of(Earlier, By("Ada", "ada@example.com") with { Pull = Pull(12, "ada-l") }, By("Ada", "ada@example.com"))
            .Should().Equal("@ada-l (#12)");

    [Fact]
    public void The_address_that_GitHub_gives_names_the_account_too() => Of(Earlier, By("Cleo P.", "1+cleo@users.noreply.github.com"))
        .Should().Equal("@cleo");

    [Fact]
    public void A_pull_request_of_several_people_names_each()
    {
        var pull = Pull(12, "ada-l");

        Of(Earlier, By("Ada", "ada@example.com") with { Pull = pull }, By("Ben", "ben@example.com") with { Pull = pull })
            .Should().Equal("@ada-l (#12)", "Ada", "Ben made their first contribution");
    }

    [Fact]
    public void Somebody_whose_commit_came_by_the_pull_requests_of_two_accounts_keeps_the_name() =>
        Of(Earlier, ByAda with { Pull = Pull(12, "ada-l") }, ByAda with { Pull = Pull(13, "ben") })
            .Should().Equal("@ada-l (#12)", "Ada", "@ben (#13)");

    [Fact]
    public void A_merge_belongs_to_whoever_opened_the_pull_request() =>
        Of(Earlier, By("Mia", "mia@example.com") with { Pull = Pull(12, "ben"), Parents = ["a", "b"] }).Should().Equal("@ben (#12)");

    [Fact]
    public void A_co_author_is_a_contributor() =>
        Of(Earlier, By("Ada", "ada@example.com") with { Body = "Text\n\nCo-authored-by: Dora <dora@example.com>\r\n" })
            .Should().Equal("Ada", "Dora made their first contribution");

    [Fact]
    public void Programs_are_no_contributors() =>
        Of(Earlier, By("dependabot[bot]", "49+dependabot[bot]@users.noreply.github.com") with { Pull = Pull(12, "dependabot[bot]") })
            .Should().BeEmpty();

    [Fact]
    [Trait("Rule", "ORC-05")]
    public void They_are_in_the_JSON_of_the_changes()
    {
        Commit[] commits = [By("Ben", "ben@example.com") with { Pull = Pull(12, "ben") }, By("Ada", "ada@example.com")];
        var history = new History(commits, Contributor.Of(commits, Earlier));

        NotesOutputs.ToJson(history.ChangesIn("### Added\n\n- Weights (#12)\n- Gifts (abcdef0)\n")).Should().Be("""
            {"Added":[{"text":"Weights (#12)","pulls":[12],"authors":["ben"]},
            {"text":"Gifts (abcdef0)","pulls":[],"authors":["ben","Ada"]}],
            "Contributors":[{"text":"Ada","pulls":[],"authors":["Ada"],"first-time":false},
            {"text":"@ben made their first contribution (#12)","pulls":[12],"authors":["ben"],"first-time":true}]}
            """.ReplaceLineEndings(""));
    }

    // The newest first, as git lists them; these are written oldest first.
    private static IEnumerable<string> Of(Author[]? earlier, params Commit[] commits) =>
        Contributor.Of([.. commits.Reverse()], earlier).Select(c => c.Text);

    private static Commit ByAda => By("Ada", "ada@example.com");

    private static Commit By(string name, string email) => new("abcdef0123", "A change", "", name) { Email = email, Parents = ["0"] };

    private static Pull Pull(int number, string author) => new(number, author, [], "abcdef0123");
}
