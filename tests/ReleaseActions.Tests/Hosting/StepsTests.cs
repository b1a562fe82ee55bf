using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hosting;

/// <summary>What the host guarantees of every action: no check can be forgotten, and nothing undeclared can be written.</summary>
public sealed class StepsTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public static TheoryData<string, Action<Writers>, Changes> Writes => new()
    {
        { "files", w => _ = w.Files, Changes.Files },
        { "refs", w => _ = w.Git, Changes.Refs },
        { "releases", w => _ = w.GitHub, Changes.Releases },
        { "pull requests", w => _ = w.GitHub, Changes.PullRequests },
        { "images", w => _ = w.Registry, Changes.Images },
        { "channels", w => _ = w.Http, Changes.Channels },
    };

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task An_action_has_a_writer_only_for_what_it_declares(string what, Action<Writers> write, Changes declared)
    {
        Task Write(Writers writers)
        {
            write(writers);
            return Task.CompletedTask;
        }

        (await RunAsync(new SampleAction(declared) { OnApply = Write })).ExitCode.Should().Be(ExitCode.Done, what);
        foreach (var other in Enum.GetValues<Changes>()
            .Where(c => c != declared && !(what is "releases" or "pull requests" && IsOfGitHub(c))))
            (await RunAsync(new SampleAction(other) { OnApply = Write })).ExitCode.Should()
                .Be(ExitCode.Defect, "{0} with {1}", what, other);
    }

    [Theory]
    [InlineData("push", "origin", "HEAD:refs/heads/x")]
    [InlineData("commit", "--allow-empty", "--message", "x")]
    [InlineData("update-ref", "refs/heads/x", "HEAD")]
    [InlineData("tag", "x")]
    [InlineData("branch", "x")]
    [InlineData("checkout", "--detach")]
    [InlineData("init")]
    [InlineData("config", "user.name", "x")]
    [InlineData("config", "--unset", "user.name")]
    [InlineData("remote", "add", "other", "https://example.com")]
    [InlineData("remote", "set-url", "origin", "https://example.com")]
    [InlineData("symbolic-ref", "HEAD", "refs/heads/x")]
    [InlineData("hash-object", "-w", "--stdin")]
    [InlineData("log", "--output=x")]
    [InlineData("diff", "--output", "x")]
    [InlineData("archive", "-o", "x")]
    public async Task Gathering_cannot_run_a_git_command_that_writes(params string[] command)
    {
        var before = _checkout.Git("for-each-ref");

        var run = await RunAsync(new SampleAction { OnGather = r => r.Git.TryAsync(command, CancellationToken.None) });

        run.ExitCode.Should().Be(ExitCode.Defect, run.Log);
        run.Log.Should().Contain($"`git {command[0]}` changes the checkout or the remote");
        _checkout.Git("for-each-ref").Should().Be(before);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Gathering_cannot_send_a_method_that_writes(string method)
    {
        Task Send(Readers readers) => readers.GitHub.SendAsync(
            new ApiRequest(new HttpMethod(method), readers.GitHub.Repository($"/releases"), "write", ""), CancellationToken.None);

        (await RunAsync(new SampleAction { OnGather = Send })).Log.Should().Contain("To write changes something: it needs a GitHubWriter");
    }

    [Theory]
    [InlineData(Changes.Refs, "/releases")]
    [InlineData(Changes.Refs, "/pulls")]
    [InlineData(Changes.Releases, "/git/refs")]
    [InlineData(Changes.Releases, "/releasesx")]
    [InlineData(Changes.PullRequests, "/releases/1/assets")]
    [InlineData(Changes.Refs | Changes.Releases | Changes.PullRequests, "/actions/secrets")]
    public async Task An_action_cannot_change_another_area_of_GitHub_than_it_declares(Changes declared, string path)
    {
        Task Send(Writers writers)
        {
            var address = new Uri($"{writers.GitHub.Repository($"")}{path}");
            return writers.GitHub.SendAsync(new ApiRequest(HttpMethod.Post, address, "write", ""), CancellationToken.None);
        }

        var run = await RunAsync(new SampleAction(declared) { OnApply = Send });

        run.ExitCode.Should().Be(ExitCode.Defect, run.Log);
        run.Log.Should().Contain("To write changes something: it needs a GitHubWriter for that");
    }

    [Fact]
    public async Task A_dry_run_gathers_plans_and_reports_but_does_not_apply()
    {
        var action = new SampleAction(Changes.Refs) { Refusals = [new Finding("Not today", "Tomorrow")] };

        var run = await RunAsync(action, "--dry-run");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        action.Steps.Should().Equal("gather", "plan");
        run.Log.Should().Contain("::warning::Not today. Tomorrow.");
        run.Outputs.Should().Contain("said", "before");
        run.Summary.Should().StartWith("## A plan").And.Contain("Dry run: nothing was changed.");
    }

    [Fact]
    public async Task A_plan_that_is_refused_is_shown_and_not_applied()
    {
        var action = new SampleAction(Changes.Refs) { Refusals = [new Finding("One", "Fix it"), new Finding("Two", "Fix it too")] };

        var run = await RunAsync(action);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().Equal("One. Fix it.", "Two. Fix it too.");
        run.Summary.Should().StartWith("## A plan");
        action.Steps.Should().Equal("gather", "plan");
    }

    [Theory]
    [InlineData(0, ExitCode.Done, 1)]
    [InlineData(2, ExitCode.Done, 3)]
    [InlineData(9, ExitCode.Refused, 3)]
    public async Task After_a_conflict_it_gathers_and_plans_again_three_times_at_most(int conflicts, ExitCode exitCode, int attempts)
    {
        var left = conflicts;
        Task Apply(Writers writers) =>
            left-- > 0 ? throw ActionException.Conflict("Somebody was faster", "Run it again") : Task.CompletedTask;
        var action = new SampleAction(Changes.Refs) { OnApply = Apply };

        (await RunAsync(action)).ExitCode.Should().Be(exitCode);

        action.Steps.Should().Equal(Enumerable.Repeat((string[])["gather", "plan", "apply"], attempts).SelectMany(s => s));
    }

    private static bool IsOfGitHub(Changes changes) => changes is Changes.Refs or Changes.Releases or Changes.PullRequests;

    private Task<RunResult> RunAsync(ReleaseAction action, params string[] flags) => new Rig(_checkout).RunAsync(action, flags);
}
