using System.Globalization;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.Tests.Changelogs;

/// <summary>
/// Which commits become notes. Histories are made with git, each step with what it must add to the notes or remove from them.
/// </summary>
[Trait("Rule", "DOJ-06")]
public sealed class CommitSelectionTests : IDisposable
{
    private static readonly LabelPolicy Labels = ReleasePolicy.Read(null, "policy").Changelog.Labels;

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("v1.2.3 (#12)")]
    [InlineData("Release 1.2.3")]
    [InlineData("Release v1.2.3-rc.1.")]
    [InlineData("Release shop 1.2.3")]
    [InlineData("chore(release): 1.2.3 [skip ci]")]
    [InlineData("chore(main): release 1.2.3 (#12)")]
    [InlineData("chore: release v1.2.3")]
    [InlineData("Bump version")]
    [InlineData("bump version to 1.2.3")]
    [InlineData("build: bump the version from 1.2.2 to 1.2.3")]
    [InlineData("Version bump")]
    [InlineData("Prepare release 1.2.3")]
    [InlineData("Prepare for 1.2.3 release")]
    [InlineData("Prepare next development iteration")]
    [InlineData("[maven-release-plugin] prepare release shop-1.2.3")]
    [InlineData("Back to development")]
    [InlineData("Update changelog for 1.2.3")]
    public void A_commit_that_only_makes_a_release_is_dropped(string subject) => Notes(new Commit(Sha(1), subject, "")).Should().BeEmpty();

    [Theory]
    [InlineData("Release the lock on close")]
    [InlineData("Release 1.2.3 leaked a handle")]
    [InlineData("Update the API version")]
    [InlineData("Version the protocol")]
    [InlineData("Bump left-pad from 1.0.0 to 1.1.0")]
    [InlineData("Prepare statements once")]
    [InlineData("Publish events in order")]
    [InlineData("Set version header to 2")]
    public void A_change_that_sounds_like_one_is_kept(string subject) => Notes(new Commit(Sha(1), subject, "")).Should().NotBeEmpty();

    [Theory]
    [InlineData("parser: read tabs", "- parser: read tabs")]
    [InlineData("fix: readFile waits", "- readFile waits")]
    [InlineData("fix(ui): max_wait is a number", "- **ui:** max_wait is a number")]
    [InlineData("feat: `till` opens", "- `till` opens")]
    [InlineData("feat: sell by weight", "- Sell by weight")]
    [InlineData("feat: v2 of the till", "- v2 of the till")]
    [InlineData("net/http: close bodies", "- net/http: close bodies")]
    [InlineData("iOS: scroll", "- iOS: scroll")]
    public void Words_keep_their_case_and_place(string subject, string entry) =>
        Notes(new Commit(Sha(1), subject, "")).Should().EndWith($"{entry} (0000001)");

    [Theory]
    [InlineData("Print \"Hello!: world\"", false)]
    [InlineData("Say a!b: nothing", false)]
    [InlineData("parser!: read tabs", true)]
    [InlineData("read-me(api)!: read tabs", true)]
    public void Only_a_mark_at_the_first_word_breaks(string subject, bool isBreaking) =>
        Notes(new Commit(Sha(1), subject, "")).StartsWith("### Breaking", StringComparison.Ordinal).Should().Be(isBreaking);

    [Theory]
    [InlineData("Merge duplicate rows", 1, true)]
    [InlineData("Merge 'a' and 'b' into one table", 1, true)]
    [InlineData("Merge branch 'main' into topic", 1, false)]
    [InlineData("Merge remote-tracking branch 'origin/main'", 2, false)]
    [InlineData("Merge branches 'a' and 'b'", 3, false)]
    [InlineData("Merge tag 'v1.2.0' into develop", 2, false)]
    [InlineData("Merge main into topic", 2, false)]
    public void A_merge_of_git_is_not_listed_and_a_change_that_merges_something_is(string subject, int parents, bool isListed)
    {
        var commit = new Commit(Sha(1), subject, "") { Parents = [.. Enumerable.Range(2, parents).Select(Sha)] };

        Notes(commit).Contains(subject, StringComparison.Ordinal).Should().Be(isListed);
    }

    [Fact]
    public void What_a_footer_says_that_breaks_is_printed() =>
        Notes(new Commit(Sha(1), "feat: sell by weight", "Text.\n\nBREAKING CHANGE: `Sell` takes\n  grams, not pieces.\nReviewed-by: A"))
            .Should().Be("### Breaking\n\n- Sell by weight (0000001)\n  `Sell` takes grams, not pieces.");

    [Theory]
    [InlineData("Reverts acme/shop#12", "Undo weights (#13)", true)]
    [InlineData("Reverts #12", "Revert \"Sell by weight (#12)\" (#13)", true)]
    [InlineData("", "Revert \"Sell by weight\" (#13)", true)]
    [InlineData("", "revert: Revert \"Sell by weight (#12)\"", true)]
    [InlineData("This reverts commit 0000001000000000000000000000000000000000.", "Undo", true)]
    [InlineData("Reverts acme/shop#99", "Revert \"Pay by card (#99)\" (#100)", false)]
    [InlineData("This partially reverts commit 0000001000000000000000000000000000000000.", "Undo half", false)]
    [InlineData("", "Partially revert \"Sell by weight (#12)\" (#13)", false)]
    public void A_change_and_its_revert_cancel_out(string body, string subject, bool isCancelled)
    {
        var notes = Notes(new Commit(Sha(2), subject, body), new Commit(Sha(1), "Sell by weight (#12)", ""));
        if (isCancelled) notes.Should().BeEmpty();
        else notes.Should().Contain("Sell by weight").And.Contain(subject);
    }

    [Fact]
    public void What_an_earlier_release_has_is_not_listed_again()
    {
        Commit[] commits =
        [
            new(Sha(3), "Pay by card (#14)", ""), new(Sha(2), "Sell by weight (#12)", ""), new(Sha(1), "Close the drawer", ""),
        ];
        CommitNotes.Write(commits, Labels, "Release 1.2.0 (#13)\n\n* Sell by weight (#12)\n\n* Close the drawer")
            .Should().Be("### Changed\n\n- Pay by card (#14)");
        CommitNotes.Write(commits, Labels, "## 1.2.0\n\n- Weights ([#12](x), 0000001)\n").Should().Contain("Pay by card");
    }

    [Fact]
    public void Histories_of_every_shape_read_as_what_was_done_and_not_undone()
    {
        var random = new Random(16);
        for (var round = 0; round < 12; round++)
        {
            var start = _checkout.Head;
            var expected = new List<string>();
            for (var step = 0; step < 10; step++) Step(random, round * 100 + step * 10, expected);
            var commits = Commits($"{start}..HEAD");
            var entries = CommitNotes.Write(commits, Labels).Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal))
                .Select(l => l.Split(" (")[0][2..]);
            entries.Should().BeEquivalentTo(expected, _checkout.Git("log", "--graph", "--oneline", $"{start}..HEAD"));
        }
    }

    // Adds to what is expected what this step changes for a user.
    private void Step(Random random, int id, List<string> expected)
    {
        var name = $"Change {id} of the till";
        switch (random.Next(7))
        {
            case 0: Make($"Release 1.{id}.0"); break;
            case 1: Make(name); expected.Add(name); break;
            case 2: Make($"{name} (#{id})"); _checkout.Git("revert", "--no-edit", "HEAD"); break;
            case 3:
                Make(name); _checkout.Git("revert", "--no-edit", "HEAD"); _checkout.Git("revert", "--no-edit", "HEAD");
                expected.Add(name);
                break;
            case 4: Merge(id, name); expected.Add(name); break;
            case 5: Merge(id, name); _checkout.Git("revert", "--no-edit", "-m", "1", "HEAD"); break;
            default:
                Make($"{name} (#{id})"); Make($"Revert \"{name} (#{id})\" (#{id + 1})", $"Reverts acme/shop#{id}");
                Make($"Revert \"Revert \"{name} (#{id})\" (#{id + 1})\" (#{id + 2})", $"Reverts acme/shop#{id + 1}");
                expected.Add(name);
                break;
        }
    }

    private void Merge(int id, string title)
    {
        var main = _checkout.Git("rev-parse", "--abbrev-ref", "HEAD");
        _checkout.Git("switch", "--quiet", "--create", $"topic-{id}");
        Make($"wip {id}");
        Make($"more wip {id}");
        _checkout.Git("switch", "--quiet", main);
        _checkout.Git("merge", "--quiet", "--no-ff", "-m", $"Merge pull request #{id} from acme/topic-{id}", "-m", title, $"topic-{id}");
    }

    private void Make(string subject, string body = "")
    {
        _checkout.Write($"file-{Guid.NewGuid():N}", subject);
        _checkout.Git("add", "--all");
        _checkout.Git("commit", "--quiet", "-m", subject, "-m", body);
    }

    private List<Commit> Commits(string range) =>
        [.. _checkout.Git("log", "--format=%H%x1f%s%x1f%b%x1f%P%x1e", range).Split('\x1e').Select(r => r.Trim('\n').Split('\x1f'))
            .Where(f => f.Length == 4).Select(f => new Commit(f[0], f[1], f[2]) { Parents = f[3].Split(' ') })];

    private static string Sha(int number) => number.ToString("D7", CultureInfo.InvariantCulture).PadRight(40, '0');

    private static string Notes(params Commit[] commits) => CommitNotes.Write(commits, Labels);
}
