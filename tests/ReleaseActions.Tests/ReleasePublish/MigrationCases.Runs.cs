using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>The runs.</summary>
internal static partial class MigrationCases
{
    private static async Task BodyAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("body", "Hello"))).Body.Should().StartWith("Hello\n");
    }

    private static async Task BodyPathAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("body-path", "notes.md"))).Body.Should().StartWith("Hello\n");
    }

    private static async Task NameAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("name", "Shop {version}"))).Name.Should().Be("Shop 1.0.0");
    }

    private static async Task TagAsync()
    {
        await using var ground = await NewAsync();
        var run = await ground.Rig().OnBranch("main").Input("tag", "refs/tags/v1.0.0").Input("files", "none")
            .RunAsync(new ReleasePublishAction());
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().TagName.Should().Be("v1.0.0");
    }

    private static async Task DraftAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("draft", "true"))).Draft.Should().BeTrue();
        (await DoneAsync(ground)).Draft.Should().BeFalse();
    }

    private static async Task PrereleaseAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("prerelease", "true"))).Prerelease.Should().BeTrue();
    }

    private static async Task OrderAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("files", "dist/b.tgz\nnotes.md\ndist/a.tgz"), ("parallel-uploads", "1"))).Assets.Select(a => a.Name)
            .Should().Equal("b.tgz", "notes.md", "a.tgz");
    }

    private static async Task FilesAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("files", "dist/*.{tgz,zip}\n./notes.md"))).Assets.Select(a => a.Name)
            .Should().BeEquivalentTo("a.tgz", "b.tgz", "notes.md");
        (await PublishAsync(ground, ("files", "dist/a.tgz,dist/b.tgz"))).ExitCode.Should().Be(ExitCode.BadInput);
    }

    private static async Task WorkingDirectoryAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("files", "*.tgz"), ("working-directory", "dist"))).Assets.Should().HaveCount(2);
    }

    private static async Task OnExistingAsync()
    {
        await using var ground = await NewAsync();
        await DoneAsync(ground);
        ground.Checkout.Write("dist/a.tgz", "other");
        ground.GitHub.Traffic.Clear();
        (await PublishAsync(ground)).ExitCode.Should().Be(ExitCode.Refused);
        await DoneAsync(ground, ("on-existing", "keep"));
        ground.Writes.Should().BeEmpty();
        (await DoneAsync(ground, ("on-existing", "update"))).Assets.Select(a => (a.Name, a.Size))
            .Should().BeEquivalentTo([("a.tgz", 5L), ("b.tgz", 1L)]);
    }

    private static async Task UnmatchedAsync()
    {
        await using var ground = await NewAsync();
        (await PublishAsync(ground, ("files", "dist/*\nout/*"))).ExitCode.Should().Be(ExitCode.BadInput);
        (await DoneAsync(ground, ("files", "dist/*\nout/*"), ("fail-on-unmatched-files", "false"))).Assets.Should().HaveCount(2);
    }

    private static async Task RepositoryAsync()
    {
        await using var ground = await NewAsync();
        var run = await ground.Rig().OnBranch("main").With("GITHUB_REPOSITORY", "acme/source").Input("token", "sandbox-read-only-token")
            .Input("repository", "acme/shop").Input("repository-token", "sandbox-token").Input("version", "1.0.0").Input("files", "dist/*")
            .RunAsync(new ReleasePublishAction());
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.ExpectWhole();
    }

    private static async Task TokenAsync()
    {
        await using var ground = await NewAsync();
        var run = await ground.Rig().OnTag("v1.0.0").Input("token", "sandbox-read-only-token").Input("files", "dist/*")
            .RunAsync(new ReleasePublishAction());
        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        await DoneAsync(ground);
    }

    private static async Task TargetAsync()
    {
        await using var ground = await NewAsync(tag: null);
        var head = ground.Checkout.Head;
        var run = await ground.Rig().OnBranch("main").Input("version", "1.0.0").Input("target", "main").Input("files", "dist/*")
            .RunAsync(new ReleasePublishAction());
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.Checkout.Git("ls-remote", "origin", "refs/tags/v1.0.0").Should().StartWith(head);
    }

    private static async Task DiscussionAsync()
    {
        await using var ground = await NewAsync(change: o => o with { DiscussionCategories = ["Announcements"] });
        (await DoneAsync(ground, ("discussion-category", "Announcements"))).DiscussionUrl.Should().NotBeNull();
    }

    private static async Task GeneratedNotesAsync()
    {
        await using var ground = await NewAsync(tag: null);
        ground.Checkout.Tag("v0.8.0").Tag("v0.9.0").Tag("v1.0.0");
        (await DoneAsync(ground, ("body", "Hello"), ("generate-notes", "true"), ("previous-tag", "v0.8.0"))).Body
            .Should().StartWith("Hello\n").And.Contain("/compare/v0.8.0...v1.0.0");
    }

    private static async Task AppendAsync()
    {
        await using var ground = await NewAsync();
        await DoneAsync(ground, ("body", "Hello"));
        for (var time = 0; time < 2; time++)
        {
            var body = (await DoneAsync(ground, ("body", "More"), ("body-mode", "append"), ("on-existing", "update"))).Body!;
            body.Should().StartWith("Hello\n");
            body.Split("More").Should().HaveCount(2);
        }
    }

    private static async Task LatestAsync()
    {
        await using var ground = await NewAsync();
        await DoneAsync(ground);
        ground.Checkout.Tag("v1.1.0");
        var run = await ground.RunOnTagAsync(new ReleasePublishAction(), "v1.1.0", ("make-latest", "false"), ("files", "none"));
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Latest!.TagName.Should().Be("v1.0.0");
    }

    private static async Task UploadFailsAsync()
    {
        await using var ground = await NewAsync();
        ground.Fault("POST", "releases/*/assets", FaultKind.Reply(401, """{"message":"Bad credentials"}"""), times: int.MaxValue);
        (await PublishAsync(ground)).ExitCode.Should().NotBe(ExitCode.Done);
        ground.GitHub.Releases.Should().OnlyContain(r => r.Draft);
    }

    private static async Task ContentTypeAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground)).Assets.Should().OnlyContain(a => a.ContentType == "application/octet-stream");
    }

    private static async Task ImmutableAsync()
    {
        await using var ground = await NewAsync(change: o => o with { ImmutableReleases = true });
        (await DoneAsync(ground)).Should().BeEquivalentTo(new { Immutable = true, Draft = false });
    }

    // What a person made of a published release, and the file that the update brings.
    private static async Task StaysAsync(params (string Name, string Value)[] inputs)
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("files", "dist/a.tgz"))).Name.Should().Be("v1.0.0");
        await ground.PatchAsync("releases/1000", """{"name":"Edited","body":"By a person","prerelease":true}""");
        var release = await DoneAsync(ground, [("on-existing", "update"), .. inputs]);
        release.Should().BeEquivalentTo(new { Name = "Edited", Prerelease = true, Draft = false });
        release.Body.Should().StartWith("By a person");
        release.Assets.Should().HaveCount(2);
    }

    private static async Task OtherFilesStayAsync()
    {
        await using var ground = await NewAsync();
        await DoneAsync(ground);
        (await DoneAsync(ground, ("files", "dist/a.tgz"), ("on-existing", "update"))).Assets.Should().HaveCount(2);
    }

    private static async Task LabelAsync()
    {
        await using var ground = await NewAsync();
        (await DoneAsync(ground, ("files", "dist/a.tgz#Shop for Linux"))).Assets.Single()
            .Should().BeEquivalentTo(new { Name = "a.tgz", Label = "Shop for Linux" });
    }

    private static async Task PromoteAsync()
    {
        await using var ground = await NewAsync();
        await DoneAsync(ground, ("prerelease", "true"));
        (await DoneAsync(ground, ("prerelease", "false"), ("on-existing", "update"))).Prerelease.Should().BeFalse();
        ground.GitHub.Latest!.TagName.Should().Be("v1.0.0");
    }

    private static async Task AdoptDraftAsync()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Body = "Mine", Draft = true });
        (await DoneAsync(ground, ("adopt-draft", "true"))).Should().BeEquivalentTo(new { Id = 1000, Draft = false });
    }

    private static async Task DuplicatesAsync()
    {
        await using var ground = await NewAsync();
        await DoneAsync(ground);
        ground.GitHub.Traffic.Clear();
        await DoneAsync(ground);
        ground.Writes.Should().BeEmpty();
    }

    private static async Task<Release> DoneAsync(ReleaseGround ground, params (string Name, string Value)[] inputs)
    {
        var run = await PublishAsync(ground, inputs);
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        return ground.GitHub.Releases.Single();
    }
}
