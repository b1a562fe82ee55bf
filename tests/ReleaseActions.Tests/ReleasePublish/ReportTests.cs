using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>The report claims nothing that was not read: where origin or GitHub hides something, it says so.</summary>
public sealed class ReportTests
{
    [Fact]
    [Trait("Rule", "AEG-17")]
    public async Task Where_origin_answers_no_more_the_report_says_what_it_does_not_know()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Git("push", "--quiet", "origin", "HEAD:refs/heads/release/1.0.0");
        ground.Checkout.Write("state.yml", "phase: a\nversion: 0.1.0\nlast_release: x\nlast_activity: x\n").Commit("State");
        ground.Checkout.Git("tag", "--force", "v1.0.0");
        ground.Checkout.Git("push", "--quiet", "--force", "origin", "main", "v1.0.0");
        ground.Checkout.Policy("state: { file: state.yml }");
        void BreakOrigin() => File.Move(Path.Combine(ground.Checkout.Origin, "HEAD"), Path.Combine(ground.Checkout.Origin, "GONE"));
        ground.Fault("PATCH", "releases/*", FaultKind.After(() => Task.Run(BreakOrigin)));
        ground.Fault("GET", "releases/latest", FaultKind.Reply(500), times: 99);

        var run = await PublishAsync(ground, ("moving-tags", "major\nminor"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Summary.Should().Contain("### Published: [v1.0.0]")
            .And.Contain("- the moving tag `v1` ⚠️ may not have been moved\n- the moving tag `v1.0` ⚠️ may not have been moved")
            .And.Contain("- `state.yml` on `main` ⚠️ may not have been written")
            .And.Contain("- ⚠️ the release branches on origin could not be read").And.NotContain("no release branch on origin");
    }

    [Fact]
    [Trait("Rule", "AEG-17")]
    public async Task A_file_that_is_not_whole_and_flags_that_a_person_changed_are_shown_as_they_are()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release
        {
            TagName = "v1.0.0",
            TargetCommitish = "main",
            Name = "First",
            Prerelease = true,
            Assets = [new Asset { Id = 7, Name = "old.tgz", ContentType = "application/gzip" }],
        });

        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.0.0", ("files", "none"), ("on-existing", "keep"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().Contain("### Published: [First]").And.Contain("- public, a prerelease")
            .And.Contain("/old.tgz) | 0 B |  | ⚠️ left alone, not whole |");
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    public async Task A_tag_that_moves_right_before_publication_stops_it_and_only_what_is_known_is_said()
    {
        await using var ground = await NewAsync();
        // A person publishes our draft and moves the tag, while this run looks at its files for the last time.
        ground.Fault("GET", "releases/1000/assets", FaultKind.Before(async () =>
        {
            ground.Checkout.Commit("Later");
            ground.Checkout.Git("push", "--quiet", "--force", "origin", "HEAD:refs/tags/v1.0.0");
            using var person = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"{ground.GitHub.ApiUrl}/repos/acme/shop/releases/1000");
            request.Content = new StringContent("""{"draft":false}""", null, "application/json");
            request.Headers.Add("Authorization", "Bearer sandbox-token");
            request.Headers.Add("User-Agent", "person");
            request.Headers.Add("Accept", "application/vnd.github+json");
            request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
            (await person.SendAsync(request)).EnsureSuccessStatusCode();
        }));

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The tag 'v1.0.0' points to commit ")
            .And.NotContain("nothing was published").And.Contain("this run has published nothing");
        ground.GitHub.Releases.Single().Draft.Should().BeFalse("a person published it");
    }

    [Theory]
    [Trait("Rule", "AOF-09")]
    [InlineData("missing.md", "The file 'missing.md' that `body-path` names is not there")]
    [InlineData("empty.md", "The file 'empty.md' that `body-path` names has no notes in it")]
    public async Task A_release_whose_notes_are_missing_is_not_made(string path, string shown)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("empty.md", " \n\n");

        var run = await PublishAsync(ground, ("body-path", path));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith(shown);
        ground.Writes.Should().BeEmpty();
        if (path == "empty.md") (await PublishAsync(ground, ("body-path", path), ("generate-notes", "true"))).ExitCode
            .Should().Be(ExitCode.Done);
    }

    [Fact]
    [Trait("Rule", "AOF-09")]
    public async Task A_release_whose_generated_notes_GitHub_does_not_give_is_not_made()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/generate-notes", FaultKind.NotYetThere());

        var run = await PublishAsync(ground, ("generate-notes", "true"));

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("GitHub was asked to generate the notes of v1.0.0, and said 404");
        ground.GitHub.Releases.Should().BeEmpty();
    }
}
