using ReleaseActions.Conformance;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>The sandbox behaves as the table of beliefs says, and a server that does not is reported.</summary>
public sealed class BeliefTests
{
    // Beliefs, each with what a server does in its place.
    private static readonly Dictionary<string, (string Method, string Path, FaultKind Kind)> Changes = new()
    {
        ["ref-get-missing"] = ("GET", "git/ref/tags/*", FaultKind.Reply(200, "{}")),
        ["ref-matching-none"] = ("GET", "git/matching-refs/tags/*", FaultKind.Reply(404, """{"message":"Not Found"}""")),
        ["ref-update-same"] = ("PATCH", "git/refs/heads/*", FaultKind.Reply(202, "{}")),
        ["release-latest"] = ("GET", "releases/latest", FaultKind.NotYetThere()),
        ["release-draft-in-list"] = ("GET", "releases", FaultKind.ListLags),
        ["release-generated-notes"] = ("POST", "releases/generate-notes", FaultKind.Reply(200, """{"name":"x","body":"Nothing"}""")),
        ["asset-digest"] = ("POST", "releases/*/assets", FaultKind.Corrupt),
        ["asset-bytes-are-elsewhere"] = ("GET", "releases/assets/*", FaultKind.Reply(200, "content")),
        ["commit-missing"] = ("GET", "commits/*", FaultKind.Reply(404, """{"message":"Not Found"}""")),
        ["limit-in-headers"] = ("GET", "releases", FaultKind.Headers(("x-ratelimit-remaining", null))),
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_sandbox_confirms_every_belief_and_nothing_is_left_over(bool immutable)
    {
        await using var ground = await NewAsync(immutable);

        var outcomes = await new Replay(Client(), ApiOf(ground), "sandbox-token").RunAsync(Beliefs.All);

        outcomes.Where(o => o.Word == "wrong").Select(o => o.ToString()).Should().BeEmpty();
        outcomes.Count(o => o.Word == "confirmed").Should().BeGreaterThan(immutable ? 75 : 70);
        outcomes.Where(o => o.Word == "not testable").Should().OnlyContain(o => o.Why.Length > 0);
        ground.GitHub.Releases.Should().BeEmpty();
        // The tags of immutable releases are burned for ever; nothing else stays.
        ground.Checkout.Git("ls-remote", "--heads", "origin").Should().EndWith("refs/heads/main").And.NotContain(Scene.Prefix);
        ground.Checkout.Git("ls-remote", "--tags", "origin").Should().BeEmpty();
    }

    [Fact]
    public async Task Ten_beliefs_that_a_server_does_not_keep_are_reported_with_its_answer_and_no_others()
    {
        await using var ground = await NewAsync(immutable: false);
        var replay = new Replay(Client(), ApiOf(ground), "sandbox-token")
        {
            BeforeBelief = belief =>
            {
                if (Changes.TryGetValue(belief.Id, out var change)) ground.Fault(change.Method, change.Path, change.Kind);
            },
        };

        var outcomes = await replay.RunAsync(Beliefs.All);

        var wrong = outcomes.Where(o => o.Word == "wrong").ToList();
        wrong.Select(o => o.Belief.Id).Should().BeEquivalentTo(Changes.Keys).And.HaveCount(10);
        wrong.Should().OnlyContain(o => o.Why.Length > 0);
    }

    [Fact]
    public async Task A_repository_that_was_not_made_for_it_is_left_alone()
    {
        await using var ground = await NewAsync(immutable: false);
        ground.Checkout.Tag("v1.0.0");

        await FluentActions.Awaiting(() => new Replay(Client(), ApiOf(ground), "sandbox-token").RunAsync(Beliefs.All))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*name one that was made for this");
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public void Every_belief_has_a_name_of_its_own_and_a_source()
    {
        Beliefs.All.Select(b => b.Id).Should().OnlyHaveUniqueItems();
        Beliefs.All.Should().OnlyContain(b => b.Source == "docs" || b.Source == "openapi" || b.Source == "issues"
            || b.Source == "unconfirmed");
        Beliefs.All.Count.Should().BeGreaterThan(80);
    }

    private static async Task<ReleaseGround> NewAsync(bool immutable)
    {
        var ground = await ReleaseGround.NewAsync(o => o with { ImmutableReleases = immutable });
        ground.Checkout.Commit("Another");
        ground.Checkout.Push();
        // Beliefs are also about what the manual forbids.
        ground.ForgiveViolations();
        return ground;
    }

    private static HttpClient Client() => Replay.NewClient();

    private static Uri ApiOf(ReleaseGround ground) => new($"{ground.GitHub.ApiUrl}/repos/acme/shop");
}
