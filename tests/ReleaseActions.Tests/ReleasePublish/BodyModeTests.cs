using System.Net.Http;
using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>What becomes of the notes: those that are there, those that come along, and what is hidden in them.</summary>
public sealed class BodyModeTests
{
    [Fact]
    public async Task Notes_are_appended_once_however_often_the_run_is_repeated()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("body", "Mine"));
        (await PublishAsync(ground, ("body", "Install: npm i shop"), ("body-mode", "append"), ("name", "Other"))).ExitCode
            .Should().Be(ExitCode.Done);
        var appended = ground.GitHub.Releases.Single().Body;
        const string Comment = "<!-- release-actions: appended=[0-9a-f]{16} after=[0-9a-f]{16} -->";
        appended.Should().MatchRegex($"^Mine\n\n{Comment}\nInstall: npm i shop\n\n<!-- release-actions: tag=v1.0.0");
        ground.GitHub.Releases.Single().Name.Should().Be("v1.0.0", "the title stays");
        ground.GitHub.Traffic.Clear();

        (await PublishAsync(ground, ("body", "Install: npm i shop"), ("body-mode", "append"))).ExitCode.Should().Be(ExitCode.Done);
        (await PublishAsync(ground, ("body", "Mine"), ("body-mode", "append"))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Single().Body.Should().Be(appended);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Appended_notes_that_a_person_took_away_do_not_come_back_and_edits_stay()
    {
        await using var ground = await NewAsync();
        await ground.GitHub.PutAsync(new Release { TagName = "v1.0.0", TargetCommitish = "main", Body = "By hand\r\n", Name = "First" });

        (await PublishAsync(ground, ("body", "Below"), ("body-mode", "append"), ("on-existing", "update"))).ExitCode
            .Should().Be(ExitCode.Done);

        var release = ground.GitHub.Releases.Single();
        release.Body.Should().StartWith("By hand\n\n<!-- release-actions: appended=");
        ReleaseNotes.FindMark(release.Body)!.IsEdited.Should().BeTrue("a person's words are among them");
        ReleaseNotes.Append(release.Body!.Replace("Below\n", "", StringComparison.Ordinal), "Below", "v1.0.0", new string('a', 40), null)
            .Should().NotContain("Below");
    }

    [Fact]
    public async Task Where_nothing_fits_below_the_notes_it_is_refused()
    {
        await using var ground = await NewAsync();
        await PublishAsync(ground, ("body-path", "notes.md"));
        await ground.Rig().OnTag("v1.0.0").Input("files", "none").RunAsync(new ReleasePublishAction());
        ground.Checkout.Write("notes.md", new string('x', 124_900));
        await PublishAsync(ground, ("body-path", "notes.md"), ("body-mode", "replace"));

        var run = await PublishAsync(ground, ("body", "More"), ("body-mode", "append"));

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which
            .Should().MatchRegex("^The notes of 'v1.0.0' have 12[0-9],[0-9]{3} characters, and nothing fits below them");
    }

    [Theory]
    [Trait("Rule", "DOJ-04")]
    [InlineData("replace", "New")]
    [InlineData("keep", "Old")]
    public async Task The_policy_says_whether_a_rerun_writes_the_notes_again(string mode, string kept)
    {
        await using var ground = await NewAsync();
        ground.Checkout.Policy($"release: {{ body-mode: {mode}, title: '{{version}}' }}");
        await PublishAsync(ground, ("body", "Old"));

        (await PublishAsync(ground, ("body", "New"))).ExitCode.Should().Be(ExitCode.Done);

        ground.GitHub.Releases.Single().Body.Should().StartWith(kept);
        ground.GitHub.Releases.Single().Name.Should().Be("1.0.0");
    }

    [Theory]
    [Trait("Row", "S30")]
    [InlineData("neutralise", "Thanks @\u200borg/team and `@ref`")]
    [InlineData("keep", "Thanks @org/team and `@ref`")]
    public async Task A_mention_in_the_notes_mentions_nobody_where_that_is_chosen(string mentions, string written)
    {
        await using var ground = await NewAsync();

        await PublishAsync(ground, ("body", "Thanks @org/team and `@ref`"), ("mentions", mentions));

        ground.GitHub.Releases.Single().Body.Should().StartWith(written);
    }

    [Fact]
    [Trait("Row", "S31")]
    public async Task What_is_hidden_in_notes_and_title_is_written_out_with_a_notice()
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("body", "safe\u202egpj.exe a\u200bb \u001b[31m"), ("name", "Shop\u2066 1"));

        run.Log.Should().Contain("::notice::The title or the notes had invisible characters");
        ground.GitHub.Releases.Single().Body.Should().StartWith("safe\\u202egpj.exe a\\u200bb \\x1b[31m\n\n<!--");
        ground.GitHub.Releases.Single().Name.Should().Be("Shop\\u2066 1");
    }

    [Theory]
    [Trait("Row", "S31")]
    [InlineData("v1.0.0\u202e")]
    [InlineData("v1.0.0-rc\u200b.1")]
    [InlineData("v1.0.0\u0007")]
    public async Task A_tag_with_hidden_characters_is_refused(string tag)
    {
        await using var ground = await NewAsync();

        var run = await PublishAsync(ground, ("tag", tag));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Contain("is not a legal ref name").And.NotContain(tag);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "S32")]
    public async Task Notes_of_200000_characters_are_cut_at_a_line_and_lead_to_the_file_at_the_commit()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("notes.md", LongNotes);

        var run = await PublishAsync(ground, ("body-path", "notes.md"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        // A file that a step wrote beside the commit is on no page.
        ground.GitHub.Releases.Single().Body.Should().Contain("125,000 characters._\n").And.NotContain("[All of them]");

        ground.Checkout.Write("notes.md", LongNotes).Commit("The notes");
        ground.Checkout.Push().Tag("v1.0.1");
        (await PublishAsync(ground, ("tag", "v1.0.1"), ("body-path", "notes.md"))).ExitCode.Should().Be(ExitCode.Done);
        var body = ground.GitHub.Releases.Single(r => r.TagName == "v1.0.1").Body!;
        body.Length.Should().BeInRange(124_000, 125_000);
        var link = $"{ground.GitHub.ServerUrl}/acme/shop/blob/{ground.Checkout.Head}/notes.md";
        body.Should().Contain($"😀\n\n_The notes were cut here: GitHub shows at most 125,000 characters. [All of them]({link})_");
        ground.Checkout.Git("cat-file", "blob", $"{ground.Checkout.Head}:notes.md").Trim().Should().Be(LongNotes.Trim());
    }

    [Fact]
    [Trait("Row", "S32")]
    public async Task Notes_larger_than_a_policy_may_be_are_cut_and_lead_to_their_file_too()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("notes.md", string.Concat(Enumerable.Repeat(LongNotes, 8))).Commit("The notes");
        ground.Checkout.Push().Tag("v1.0.1");

        var run = await PublishAsync(ground, ("tag", "v1.0.1"), ("body-path", "notes.md"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        ground.GitHub.Releases.Single().Body.Should().Contain($"/blob/{ground.Checkout.Head}/notes.md)");
    }

    [Fact]
    [Trait("Row", "S32")]
    public async Task Notes_that_were_taken_from_the_changelog_lead_to_it()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("CHANGELOG.md", $"# Changelog\n\n## 1.0.1\n\n{LongNotes}\n## 1.0.0\n\n- Less\n").Commit("Changes");
        ground.Checkout.Push().Tag("v1.0.1");
        ground.Checkout.Write("release-artifacts/notes.md", LongNotes).Write("release-artifacts/checksums.txt", "x");

        var run = await PublishAsync(ground, ("tag", "v1.0.1"), ("body-path", "release-artifacts/notes.md"), ("files", ""));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var release = ground.GitHub.Releases.Single();
        release.Assets.Should().ContainSingle().Which.Name.Should().Be("checksums.txt");
        release.Body.Should().Contain($"[All of them]({ground.GitHub.ServerUrl}/acme/shop/blob/{ground.Checkout.Head}/CHANGELOG.md)");
    }

    [Fact]
    [Trait("Row", "S32")]
    public async Task Notes_that_are_attached_are_led_to_by_a_link_that_downloads_them()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Write("dist/notes.md", LongNotes);

        var run = await PublishAsync(ground, ("body-path", "dist/notes.md"), ("files", "dist/*"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        var body = ground.GitHub.Releases.Single().Body!;
        var link = Regex.Match(body, @"\[All of them\]\((.*?)\)").Groups[1].Value;
        using var browser = new HttpClient();
        (await browser.GetStringAsync(new Uri(link), TestContext.Current.CancellationToken)).Should().Be(LongNotes);
    }

    private static string LongNotes => string.Concat(Enumerable.Repeat(new string('a', 62) + "😀\n", 200_000 / 65));
}
