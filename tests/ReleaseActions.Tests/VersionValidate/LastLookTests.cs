using ReleaseActions.Core;
using ReleaseActions.Sandbox;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>A strict dry run on production is the last look before the tag: it fails on whatever the tag would fail on.</summary>
[Trait("Rule", "AEG-22")]
public sealed class LastLookTests
{
    private const string Policy = """
        version: {manifests: [package.json], annotated-tags: true, tag-message: "Release {tag}: *", recovery: [rc]}
        prepare: {flow: branch, from: develop}
        changelog: {required: true, compare-links: true}
        gates:
          checks: [build]
          blocking-labels: [critical]
          blackouts: [{name: holidays, from: 12-20, to: 01-05}]

        """;

    private const string Sections =
        "## [1.3.0]\n\n- B\n\n## [1.2.2]\n\n- A\n\n[1.3.0]: https://github.com/acme/shop/compare/v1.2.2...v1.3.0\n";

    /// <summary>What is wrong, and the error of both, the last look and the tag.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "manifest", "package.json#version has '1.2.9', and the release is '1.3.0'. *" },
        { "no section", "CHANGELOG.md has no section for 1.3.0. *" },
        { "link", "The section of 1.3.0 has no compare link. *" },
        { "red check", "The check 'build' is 'failure' on *" },
        { "no check", "The check 'other' has not run on *" },
        { "issue", "Open issues with the label 'critical': #3 *" },
        { "blackout", "Today, 2026-12-24 (UTC), is in the blackout *" },
        { "higher", "1.3.0 is not higher than 'v1.3.1', the last of its line. *" },
        { "not on main", "The commit * is not in 'origin/main'. *" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_the_tag_would_fail_on_fails_the_last_look(string fault, string error)
    {
        await using var ground = await NewAsync();
        Break(ground, fault);

        var look = await LookAsync(ground);
        var tagged = await TagAsync(ground);

        look.ExitCode.Should().Be(ExitCode.Refused, look.Log);
        look.Errors.Should().ContainSingle().Which.Should().Match(error);
        tagged.Errors.Should().Equal(look.Errors);
    }

    [Fact]
    public async Task Where_nothing_is_wrong_both_pass_and_the_tag_alone_is_still_to_come()
    {
        await using var ground = await NewAsync();

        var look = await LookAsync(ground);

        look.Content().Should().Contain("| promotion | \\#7, approved by ada, 1 check green | ✅ |").And.Contain("| no open critical |")
            .And.Match("*| annotated tag | not yet: *");
        (await TagAsync(ground)).ExitCode.Should().Be(ExitCode.Done);
    }

    [Fact]
    public async Task A_tag_that_is_on_the_remote_at_another_commit_fails_it()
    {
        await using var ground = await NewAsync();
        ground.Checkout.Git("push", "--quiet", "origin", "HEAD~1:refs/tags/v1.3.0");

        (await LookAsync(ground)).Errors.Should().Contain(e => e.StartsWith("The tag 'v1.3.0' is at commit ", StringComparison.Ordinal));
    }

    /// <summary>What is wrong with the promotion, and the error.</summary>
    public static TheoryData<string, string> Promotions => new()
    {
        { "none", "No pull request brought * to 'main'. *" },
        { "not merged", "No pull request brought * to 'main'. *" },
        { "into develop", "No pull request brought * to 'main'. *" },
        { "not approved", "Nobody but its author approved the last state of pull request #7. *" },
        { "by its author", "Nobody but its author approved the last state of pull request #7. *" },
        { "approved before", "Nobody but its author approved the last state of pull request #7. *" },
        { "dismissed", "Nobody but its author approved the last state of pull request #7. *" },
        { "red", "The check 'lint' is 'failure' on the last commit of pull request #7. *" },
        { "running", "The check 'lint' is 'in_progress' on the last commit of pull request #7. *" },
    };

    [Theory]
    [MemberData(nameof(Promotions))]
    public async Task The_promotion_was_approved_by_another_person_and_is_green(string fault, string error)
    {
        await using var ground = await NewAsync(fault);

        (await LookAsync(ground)).Refusal().Should().Match(error);
    }

    [Fact]
    public async Task Without_strict_or_on_another_branch_it_is_a_dry_run_as_before()
    {
        await using var ground = await NewAsync("none");
        Break(ground, "manifest");

        (await LookAsync(ground, ("strict", "false"))).Content().Should().Contain("one rule is broken").And.NotContain("promotion");
    }

    private static async Task<ReleaseGround> NewAsync(string promotion = "")
    {
        var ground = await ReleaseGround.NewAsync();
        ground.Clock.Set(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        var (checkout, gitHub) = (ground.Checkout, ground.GitHub);
        checkout.Policy(Policy).Write("package.json", "{\"version\":\"1.3.0\"}").Write("CHANGELOG.md", Sections).Commit("Begin");
        checkout.Tag("v1.2.2").Branch("release/1.3.0").Write("app", "2").Commit("Prepare");
        var head = checkout.Head;
        checkout.Switch("main").Git("merge", "--quiet", "--no-ff", "--no-edit", "release/1.3.0");
        checkout.Push();
        gitHub.PutLabels("critical");
        gitHub.Put(new CheckRun(checkout.Head, "build"));
        gitHub.Put(new CheckRun(head, "lint", promotion switch { "red" => "failure", "running" => null, _ => "success" }));
        if (promotion == "none") return ground;
        gitHub.Put(new PullRequest(7, "release/1.3.0", promotion == "into develop" ? "develop" : "main")
        {
            Title = "Promote 1.3.0", Open = promotion == "not merged", HeadSha = head, User = "grace",
            MergeCommitSha = promotion == "not merged" ? null : checkout.Head,
        });
        var (who, state) = (promotion == "by its author" ? "grace" : "ada", promotion == "dismissed" ? "DISMISSED" : "APPROVED");
        var reviewed = promotion == "approved before" ? checkout.Git("rev-parse", "v1.2.2^{}") : head;
        if (promotion != "not approved") gitHub.Put(new Review(7, who, state) { Commit = reviewed });
        return ground;
    }

    private static void Break(ReleaseGround ground, string fault)
    {
        var (checkout, gitHub) = (ground.Checkout, ground.GitHub);
        if (fault == "manifest") checkout.Write("package.json", "{\"version\":\"1.2.9\"}");
        if (fault == "no section") checkout.Write("CHANGELOG.md", "## [1.2.2]\n\n- A\n");
        if (fault == "link") checkout.Write("CHANGELOG.md", Sections.Split("[1.3.0]: ")[0]);
        if (fault == "red check") gitHub.Put(new CheckRun(checkout.Head, "build", "failure"));
        if (fault == "no check") checkout.Policy(Policy.Replace("[build]", "[other]", StringComparison.Ordinal));
        if (fault == "issue") gitHub.Put(new Issue(3, "It burns", "critical"));
        if (fault == "blackout") ground.Clock.Set(new DateTimeOffset(2026, 12, 24, 12, 0, 0, TimeSpan.Zero));
        if (fault == "higher") checkout.Git("push", "--quiet", "origin", "HEAD~1:refs/tags/v1.3.1");
        if (fault == "not on main") checkout.Git("push", "--quiet", "--force", "origin", "HEAD~1:refs/heads/main");
    }

    private static Task<RunResult> LookAsync(ReleaseGround ground, params (string Name, string Value)[] inputs) => inputs.Aggregate(
        ground.Rig().OnBranch("main").Input("version", "1.3.0").Input("dry-run", "true").Input("strict", "true"),
        (rig, input) => rig.Input(input.Name, input.Value)).RunAsync(new VersionValidateAction());

    private static Task<RunResult> TagAsync(ReleaseGround ground)
    {
        ground.Checkout.Git("tag", "--annotate", "--message", "Release v1.3.0: better", "v1.3.0");
        ground.Checkout.Git("push", "--quiet", "origin", "v1.3.0");
        return ground.Rig().OnTag("v1.3.0").RunAsync(new VersionValidateAction());
    }
}
