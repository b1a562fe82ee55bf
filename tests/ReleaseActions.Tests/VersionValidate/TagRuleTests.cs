using ReleaseActions.Sandbox;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>Where the tag is, what it says, and which commit it is at.</summary>
public sealed class TagRuleTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "AEG-04")]
    public async Task A_commit_that_main_holds_may_be_released_also_after_main_went_on()
    {
        _checkout.Tag("v1.0.0").Commit("Later");
        _checkout.Push().Git("switch", "--quiet", "--detach", "v1.0.0");

        (await _checkout.ValidateTagAsync("v1.0.0")).Content().Should().Contain("| on main | `origin/main` contains the commit | ✅ |");
    }

    [Fact]
    [Trait("Rule", "AEG-04")]
    public async Task A_commit_that_main_does_not_hold_is_refused()
    {
        _checkout.Branch("side").Commit("Not merged");
        _checkout.Push().Tag("v1.0.0");

        (await _checkout.ValidateTagAsync("v1.0.0")).Refusal()
            .Should().Match("The commit * is not in 'origin/main'. Merge it into main and tag the merged commit.");
    }

    [Fact]
    [Trait("Rule", "AEG-04")]
    public async Task Where_only_the_tip_may_be_released_an_older_commit_is_refused()
    {
        _checkout.Policy("branches:\n  tip-only: true\n").Tag("v1.0.0");
        (await _checkout.ValidateTagAsync("v1.0.0")).Content()
            .Should().Contain("| last of main | `origin/main` ends with the commit | ✅ |");

        _checkout.Commit("Later");
        _checkout.Push().Git("switch", "--quiet", "--detach", "v1.0.0");
        _checkout.Policy("branches:\n  tip-only: true\n");
        var run = await _checkout.ValidateTagAsync("v1.0.0");

        run.Refusal().Should().Match("The commit * is not the last of 'origin/main', which is *");
        run.Log.Should().Contain("::error file=.github/release-actions.yml,line=2::");
        (await _checkout.ValidateTagAsync("v1.0.0", ("tip-only", "false"))).Content();
    }

    [Fact]
    [Trait("Row", "F26")]
    [Trait("Rule", "AEG-14")]
    public async Task A_tag_at_another_commit_is_refused()
    {
        _checkout.Tag("v1.0.0").Commit("Later");
        _checkout.Push();

        (await _checkout.ValidateAsync("1.0.0")).Refusal()
            .Should().Match("The tag 'v1.0.0' is at commit *, and this is *. A published version is never moved: *");
    }

    [Theory]
    [Trait("Rule", "AEG-14")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tag_that_moved_after_publication_is_refused(bool releaseSaysItsCommit)
    {
        await using var ground = await ReleaseGround.NewAsync();
        var published = ground.Checkout.Head;
        ground.Checkout.Commit("Later");
        ground.Checkout.Push().Tag("v1.0.0");
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = releaseSaysItsCommit ? published : "main" });

        var run = await ground.Rig().OnTag("v1.0.0").With(
            "GITHUB_EVENT_PATH", Pushed(ground.Checkout, before: published)).RunAsync(new VersionValidateAction());

        run.Refusal()
            .Should().Match(
                $"'v1.0.0' was published at commit {published[..12]}, and the tag has been moved to * since. A published tag is never "
                + $"moved: put it back (git push --force origin {published[..12]}:refs/tags/v1.0.0), *");
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    public async Task A_tag_may_move_as_long_as_nothing_is_public_and_a_release_may_run_again()
    {
        await using var ground = await ReleaseGround.NewAsync();
        var before = ground.Checkout.Head;
        ground.Checkout.Commit("Later");
        ground.Checkout.Push().Tag("v1.0.0");

        var moved = await ground.Rig().OnTag("v1.0.0").With(
            "GITHUB_EVENT_PATH", Pushed(ground.Checkout, before)).RunAsync(new VersionValidateAction());
        moved.Content().Should().Contain("| not published elsewhere | the tag was moved, and nothing was public under it | ✅ |");

        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = ground.Checkout.Head });
        var again = await ground.Rig().OnTag("v1.0.0").With(
            "GITHUB_EVENT_PATH", Pushed(ground.Checkout, before: new string('0', 40))).RunAsync(new VersionValidateAction());
        again.Content().Should().Contain("| not published elsewhere | published, from this commit | ✅ |");
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    public async Task A_tag_that_was_put_back_where_its_release_was_made_is_not_refused_again()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Push().Tag("v1.0.0");
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = ground.Checkout.Head });

        var run = await ground.Rig().OnTag("v1.0.0").With(
            "GITHUB_EVENT_PATH", Pushed(ground.Checkout, before: new string('a', 40))).RunAsync(new VersionValidateAction());

        run.Content().Should().Contain("| not published elsewhere | published, from this commit | ✅ |");
    }

    [Fact]
    [Trait("Rule", "AEG-14")]
    public async Task Nothing_is_claimed_of_a_release_that_does_not_say_its_commit()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Push().Tag("v1.0.0");
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main" });

        var run = await ground.Rig().OnTag("v1.0.0").RunAsync(new VersionValidateAction());

        run.Content().Should().Contain("| not published elsewhere | published; it does not say from which commit | ✅ |");
    }

    [Fact]
    [Trait("Rule", "OPS-06")]
    public async Task An_annotated_tag_with_the_teams_message_is_released()
    {
        _checkout.Policy(Ops).Git("tag", "--annotate", "--message", "Release v1.2.3: Quieter alerts", "v1.2.3");
        _checkout.Git("push", "--quiet", "origin", "v1.2.3");

        (await _checkout.ValidateTagAsync("v1.2.3")).Content().Should().Contain("| annotated tag | `v1.2.3` is annotated | ✅ |")
            .And.Contain("| tag message | `Release v1.2.3: Quieter alerts` | ✅ |");
    }

    [Theory]
    [Trait("Rule", "OPS-06")]
    [InlineData("Release v1.2.4: Quieter alerts")]
    [InlineData("Release v1.2.3:")]
    [InlineData("release v1.2.3: Quieter alerts")]
    [InlineData("A line before\n\nRelease v1.2.3: Quieter alerts")]
    public async Task Another_message_is_refused(string message)
    {
        _checkout.Policy(Ops).Git("tag", "--annotate", "--message", message, "v1.2.3");
        _checkout.Git("push", "--quiet", "origin", "v1.2.3");

        var run = await _checkout.ValidateTagAsync("v1.2.3");

        run.Refusal()
            .Should().Match(
                "The message of the tag 'v1.2.3' begins with *. Its first line must look like `Release v1.2.3: *`, where * is any text.");
        run.Log.Should().Contain("::error file=.github/release-actions.yml,line=3::");
    }

    [Fact]
    [Trait("Rule", "OPS-06")]
    public async Task A_lightweight_tag_is_refused_and_told_how_to_make_the_other()
    {
        _checkout.Policy("version: {annotated-tags: true}\n").Git("tag", "v1.2.3");
        _checkout.Git("push", "--quiet", "origin", "v1.2.3");

        (await _checkout.ValidateTagAsync("v1.2.3")).Refusal()
            .Should().Match("The tag 'v1.2.3' is lightweight: *git tag -a v1.2.3 * && git push origin v1.2.3.");
        (await _checkout.ValidateAsync("1.2.4")).Refusal()
            .Should().Match("The tag 'v1.2.4' is not on the remote, and a run would make it lightweight. *");
        (await _checkout.ValidateTagAsync("v1.2.3", ("annotated-tags", "false"))).Content();
    }

    [Fact]
    public async Task A_tag_that_is_signed_is_read_without_its_signature()
    {
        _checkout.Policy(Ops);
        var tag =
            $"object {_checkout.Head}\ntype commit\ntag v1.2.3\ntagger Ada <ada@example.com> 1767323045 +0000\n\nRelease v1.2.3: "
            + "Signed\n-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n";
        _checkout.Write("../tag", tag).Git("update-ref", "refs/tags/v1.2.3", _checkout.Git("hash-object", "-t", "tag", "-w", "../tag"));
        _checkout.Git("push", "--quiet", "origin", "v1.2.3");

        (await _checkout.ValidateTagAsync("v1.2.3")).Content().Should().Contain("| tag message | `Release v1.2.3: Signed` | ✅ |");
    }

    private const string Ops = "version:\n  annotated-tags: true\n  tag-message: \"Release {tag}: *\"\n";

    private static string Pushed(Checkout checkout, string before)
    {
        checkout.Write("../event.json", $$"""{"before": "{{before}}"}""");
        return Path.Combine(checkout.Root, "../event.json");
    }
}
