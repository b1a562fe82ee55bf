using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.VersionValidate;

/// <summary>A strict dry run for a pull request, at each push to it: whose files are the version's, and what its title says.</summary>
public sealed class PullRuleTests
{
    private const string Policy =
        "version: {manifests: [package.json, chart/Chart.yaml]}\nprepare: {flow: branch, from: develop, metadata: [VERSION]}\n";

    private const string Metadata = "chore/release-1.3.0";
    private const string Remedy = "Leave that to the pull requests of release-prepare, which are made for a release.";

    /// <summary>Head, base, title, the files that change with their texts, and the error; none where the run must be green.</summary>
    public static TheoryData<string, string, string, string[], string> Pulls => new()
    {
        { Metadata, "release/1.3.0", "Release 1.3.0", ["package.json={\"version\":\"1.3.0\"}", "CHANGELOG.md=## 1.3.0\n\n- B\n"], "" },
        { Metadata, "release/1.3.0", "chore: v1.3.0 (again)", ["VERSION=1.3.0"], "" },
        { Metadata, "release/1.3.0", "Release 1.3.0", ["app=9"], "The pull request of the version's files changes others too: app. *" },
        { Metadata, "release/1.3.0", "Release 1.3.0", ["packages/package.json={}"], "* changes others too: packages/package.json. *" },
        { Metadata, "release/1.3.0", "Release", ["VERSION=1"], "The title 'Release' does not name 1.3.0. Put 1.3.0 into it." },
        { Metadata, "release/1.3.0", "Release 1.3.0-rc.1", ["VERSION=1"], "The title 'Release 1.3.0-rc.1' does not name 1.3.0. *" },
        { Metadata, "release/1.3.0", "Release 11.3.0", ["VERSION=1"], "The title 'Release 11.3.0' does not name 1.3.0. *" },
        { "chore/promote-1.3.0-main", "main", "Promote 1.3.0", ["app=9"], "* changes others too: app. *" },
        { "release/1.3.0", "main", "Whatever", ["app=9"], "" },
        { "feature", "develop", "A feature", ["app=9", "CHANGELOG.md=## Unreleased\n\n- C\n\n## 1.2.2\n\n- A\n"], "" },
        { "feature", "develop", "x", ["package.json={\"version\":\"1.3.0\",\"dependencies\":{\"a\":\"9.9.9\"}}"], "" },
        { "feature", "develop", "x", ["package.json={\"version\":\"1.4.0\"}"], $"*#version from '1.3.0' to '1.4.0', *. {Remedy}" },
        { "feature", "develop", "x", ["CHANGELOG.md=## 1.4.0\n\n- C\n"], $"* adds a section for 1.4.0 to the changelog, *. {Remedy}" },
        { "feature", "develop", "x", ["chart/Chart.yaml=version: 1.3.0\nappVersion: 1.4.0\n"], "* chart/Chart.yaml#appVersion from *" },
        { "main", "develop", "Back", ["package.json={\"version\":\"1.4.0\"}"], "" },
        { "main", "develop", "Back", ["package.json={\"version\":\"1.2.9\"}"], "* sets package.json#version back from 1.3.0 to 1.2.9. *" },
        { Metadata, "release/1.3.0", "1.3.0", ["package.json={\"version\":\"1.3.0-rc.1\"}"], "* back from 1.3.0 to 1.3.0-rc.1. *" },
    };

    [Theory]
    [Trait("Rule", "AEG-06"), Trait("Rule", "AEG-16"), Trait("Rule", "AEG-21")]
    [MemberData(nameof(Pulls))]
    public async Task A_pull_request_that_breaks_its_rule_fails_and_any_other_does_not(
        string head, string into, string title, string[] files, string error)
    {
        await using var ground = await NewAsync(head, into, files);

        var run = await RunAsync(ground, head, into, title);

        // What is wrong with the version itself is another rule's.
        var errors = run.Errors.Where(e =>
            e.Contains("pull request", StringComparison.Ordinal) || e.StartsWith("The title ", StringComparison.Ordinal));
        if (error.Length == 0) errors.Should().BeEmpty(run.Log);
        else errors.Should().ContainSingle(run.Log).Which.Should().Match(error);
        ground.Writes.Should().BeEmpty();
    }

    [Fact]
    [Trait("Rule", "AEG-06")]
    public async Task A_later_push_is_looked_at_again()
    {
        await using var ground = await NewAsync(Metadata, "release/1.3.0", ["VERSION=1.3.0"]);
        var first = await RunAsync(ground, Metadata, "release/1.3.0", "Release 1.3.0");
        Change(ground.Checkout.Switch(Metadata), ["app=9"]);

        var second = await RunAsync(ground, Metadata, "release/1.3.0", "Release 1.3.0");

        first.ExitCode.Should().Be(ExitCode.Done, first.Log);
        second.ExitCode.Should().Be(ExitCode.Refused, second.Log);
    }

    // There GITHUB_SHA is the branch that the pull request goes to, and nothing that is proposed would be looked at.
    [Fact]
    [Trait("Rule", "AEG-06")]
    public async Task On_pull_request_target_it_is_refused()
    {
        await using var ground = await NewAsync("feature", "develop", ["package.json={\"version\":\"9.9.9\"}"]);
        ground.Checkout.Git("switch", "--quiet", "--detach", "develop");

        var run = await ground.Rig().OnEvent("pull_request_target", """{"pull_request":{"title":"x"}}""")
            .With("GITHUB_REF", "refs/heads/develop").With("GITHUB_SHA", ground.Checkout.Head).With("GITHUB_HEAD_REF", "feature")
            .With("GITHUB_BASE_REF", "develop").Input("dry-run", "true").Input("strict", "true").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("pull_request_target");
    }

    [Fact]
    [Trait("Rule", "AEG-21")]
    public async Task A_fork_s_branch_of_a_release_s_name_is_an_ordinary_one()
    {
        await using var ground = await NewAsync("release/9.9.9", "develop", ["package.json={\"version\":\"9.9.9\"}"]);

        var run = await RunAsync(ground, "release/9.9.9", "develop", "x", from: "eve/shop");

        run.Errors.Should().Contain(e => e.Contains("changes package.json#version from '1.3.0' to '9.9.9'", StringComparison.Ordinal));
    }

    private static async Task<ReleaseGround> NewAsync(string head, string into, string[] files)
    {
        var ground = await ReleaseGround.NewAsync();
        var checkout = ground.Checkout.Policy(Policy).Write("package.json", "{\"version\":\"1.3.0\"}").Write("app", "1");
        checkout.Write("chart/Chart.yaml", "version: 1.3.0\nappVersion: 1.3.0\n").Write("CHANGELOG.md", "## 1.2.2\n\n- A\n");
        checkout.Commit("Begin");
        if (into != "main") checkout.Branch(into);
        if (head == "main") checkout.Switch("main");
        else checkout.Branch(head);
        Change(checkout, files);
        return ground;
    }

    private static void Change(Checkout checkout, string[] files)
    {
        foreach (var file in files) checkout.Write(file.Split('=')[0], file[(file.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        checkout.Commit("Change");
        checkout.Push();
    }

    // As GitHub merges a pull request for its run.
    private static Task<RunResult> RunAsync(ReleaseGround ground, string head, string into, string title, string from = "acme/shop")
    {
        var checkout = ground.Checkout;
        checkout.Git("switch", "--quiet", "--detach", into);
        checkout.Git("merge", "--quiet", "--no-ff", "--no-edit", head);
        checkout.Git("push", "--quiet", "--force", "origin", "HEAD:refs/pull/7/merge");
        var payload = """{"pull_request":{"title":"TITLE","head":{"repo":{"full_name":"FROM"}}}}"""
            .Replace("TITLE", title, StringComparison.Ordinal).Replace("FROM", from, StringComparison.Ordinal);
        return ground.Rig().OnEvent("pull_request", payload).With("GITHUB_REF", "refs/pull/7/merge").With("GITHUB_SHA", checkout.Head)
            .With("GITHUB_HEAD_REF", head).With("GITHUB_BASE_REF", into).Input("dry-run", "true").Input("strict", "true")
            .RunAsync(new VersionValidateAction());
    }
}
