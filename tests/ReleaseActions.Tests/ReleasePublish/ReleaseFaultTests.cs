using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>What GitHub and the line do to a release, and that it comes out whole or not at all.</summary>
public sealed class ReleaseFaultTests
{
    private const string Upload = "releases/*/assets";

    /// <summary>The fault, how many uploads it falls on, and what is sent for the file in the end.</summary>
    public static TheoryData<string, FaultKind, int, string> Recoverable => new()
    {
        { "F01", FaultKind.LeaveStarter(), 1, "POST DELETE POST" },
        { "F02", FaultKind.Reply(502), 2, "POST POST POST" },
        { "F03", FaultKind.LeaveStarter(500, """{"message":"Error creating asset temp dir"}"""), 1, "POST DELETE POST" },
        { "F04", FaultKind.LoseAnswer, 1, "POST" },
        { "F05", FaultKind.TruncateAndDrop(50), 1, "POST DELETE POST" },
        { "F05", FaultKind.CorruptAndDrop, 1, "POST DELETE POST" },
        { "F06", FaultKind.ResetAt(50), 1, "POST DELETE POST" },
        { "F07", FaultKind.SecondaryLimit("2"), 1, "POST POST" },
        { "F08", FaultKind.SecondaryLimit(), 2, "POST POST POST" },
    };

    [Theory]
    [MemberData(nameof(Recoverable))]
    [Trait("Row", "F01"), Trait("Row", "F02"), Trait("Row", "F03"), Trait("Row", "F04")]
    [Trait("Row", "F05"), Trait("Row", "F06"), Trait("Row", "F07"), Trait("Row", "F08")]
    public async Task A_fault_on_an_upload_is_recovered_from_in_the_same_run(string row, FaultKind fault, int times, string sent)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("dist/b.tgz", new string('b', 100_000));
        ground.Fault("POST", Upload, fault, times);

        var run = await PublishAsync(ground, ("files", "dist/b.tgz"));

        run.ExitCode.Should().Be(ExitCode.Done, "{0}: {1}", row, run.Log);
        // What is deleted is what the broken upload left: the first file that the sandbox gave a number.
        var writes = sent.Split(' ').Select(verb => verb == "POST" ? "POST releases/1000/assets" : "DELETE releases/assets/3000000001");
        ground.Writes.Should().Equal(["POST releases", .. writes, "PATCH releases/1000"]);
        var uploads = ground.GitHub.Traffic.Writes.Where(e => e.Path.EndsWith("/assets", StringComparison.Ordinal));
        uploads.Select(e => e.Fault is not null).Should().Equal(uploads.Select((_, number) => number < times));
        ground.ExpectWhole().Assets.Should().ContainSingle().Which.Size.Should().Be(100_000);
    }

    [Fact]
    [Trait("Row", "F04")]
    public async Task An_upload_whose_answer_was_lost_is_not_sent_again()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", Upload, FaultKind.LoseAnswer, times: 2);

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.Writes.Count(w => w.StartsWith("POST", StringComparison.Ordinal) && w.EndsWith("assets", StringComparison.Ordinal))
            .Should().Be(2);
    }

    [Theory]
    [InlineData(401, "Bad credentials", "token rejected")]
    [InlineData(403, "Resource not accessible by integration", "`contents: write`")]
    [InlineData(404, "Not Found", "`workflows` permission")]
    [Trait("Row", "F11"), Trait("Row", "F12"), Trait("Row", "F13"), Trait("Row", "S26")]
    public async Task A_create_that_is_refused_for_good_is_not_repeated_and_says_why(int status, string message, string shown)
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases", FaultKind.Reply(status, $$"""{"message":"{{message}}"}"""), times: 9);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().Contain(shown);
        ground.Writes.Should().Equal("POST releases");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("3600")]
    [Trait("Row", "F08"), Trait("Row", "F10")]
    public async Task A_limit_that_does_not_end_in_time_is_reported_with_the_time_it_ends(string? retryAfter)
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases", FaultKind.SecondaryLimit(retryAfter), times: 99);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which
            .Should().MatchRegex("rate limit is used up until 20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9:]{8} UTC");
        ground.GitHub.Releases.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F14")]
    public async Task A_release_that_is_not_to_be_seen_yet_is_waited_for()
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/1000", FaultKind.NotYetThere(), times: 3);

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Faults.AllPlayed.Should().BeTrue();
    }

    [Fact]
    [Trait("Row", "F15")]
    public async Task A_lookup_that_fails_is_never_taken_for_no_release()
    {
        await using var ground = await NewAsync();
        ground.Fault("GET", "releases/tags/v1.0.0", FaultKind.Reply(500), times: 99);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F16")]
    public async Task A_draft_whose_answer_was_lost_is_found_by_its_mark()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases", FaultKind.LoseAnswer).Fault("GET", "releases", FaultKind.ListLags, skip: 1);

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "F25")]
    public async Task A_rule_that_forbids_the_tag_leaves_a_draft()
    {
        await using var ground = await NewAsync(tag: null);
        ground.GitHub.RefusesNewTags = true;

        var run = await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("files", "none")
            .RunAsync(new ReleaseActions.ReleasePublish.ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("a rule of the repository forbids it");
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
    }

    [Fact]
    [Trait("Row", "F25")]
    public async Task A_missing_tag_is_created_at_the_commit_of_the_run_although_the_branch_has_gone_on()
    {
        await using var ground = await NewAsync(tag: null);
        var ofRun = ground.Checkout.Commit("To be released");
        ground.Checkout.Commit("Later");
        ground.Checkout.Push();

        var run = await ground.Rig().OnBranch("main").With("GITHUB_SHA", ofRun).Input("version", "1.0.0").Input("files", "none")
            .RunAsync(new ReleaseActions.ReleasePublish.ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Checkout.Head.Should().NotBe(ofRun);
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1.0.0").Should().StartWith(ofRun);
        ground.GitHub.Releases.Should().ContainSingle().Which.TargetCommitish.Should().Be(ofRun);
    }

    [Fact]
    [Trait("Row", "F27")]
    public async Task A_file_whose_stored_bytes_differ_is_never_published()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", Upload, FaultKind.Corrupt);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.VerificationFailed, run.Log);
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
    }

    [Fact]
    [Trait("Row", "F29")]
    public async Task A_publication_whose_answer_was_lost_is_done()
    {
        await using var ground = await NewAsync();
        ground.Fault("PATCH", "releases/*", FaultKind.LoseAnswer);

        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "S16")]
    public async Task A_file_that_is_swapped_before_its_upload_is_reported()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases", FaultKind.After(() =>
        {
            ground.Checkout.Write("dist/a.tgz", "x");
            return Task.CompletedTask;
        }));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.VerificationFailed);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The file 'dist/a.tgz' changed while publishing");
        ground.GitHub.Releases.Should().ContainSingle().Which.Draft.Should().BeTrue();
    }
}
