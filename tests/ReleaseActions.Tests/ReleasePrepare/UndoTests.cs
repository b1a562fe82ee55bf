using System.Diagnostics;
using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>Whatever stops a release, nothing half-done stays behind: it is on origin whole, or it is nowhere.</summary>
public sealed class UndoTests : IDisposable
{
    private readonly Shop _shop = new();

    private Checkout Checkout => _shop.Checkout;

    public void Dispose() => _shop.Dispose();

    [Theory]
    [Trait("Rule", "DOJ-05")]
    [InlineData("pre-receive", "echo 'no releases on Fridays' >&2; exit 1")]
    [InlineData("update", "case \"$1\" in refs/tags/*) echo 'no releases on Fridays' >&2; exit 1;; esac")]
    public async Task A_push_that_origin_refuses_leaves_nothing_there_and_here(string hook, string script)
    {
        Script.Write(Directory.CreateDirectory(Path.Combine(Checkout.Origin, "hooks")).FullName, hook, script);
        var before = _shop.State();

        var run = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("origin did not take the push: ").And.Contain("no releases on Fridays")
            .And.Contain("Nothing was changed, there and here");
        _shop.State().Should().Be(before);

        File.Delete(Path.Combine(Checkout.Origin, "hooks", hook));
        (await _shop.RunAsync()).ExitCode.Should().Be(ExitCode.Done);
    }

    [Fact]
    [Trait("Rule", "DOJ-05")]
    public async Task An_origin_that_goes_away_before_the_push_leaves_nothing_here()
    {
        var before = _shop.State();
        var away = Checkout.Origin + ".away";

        var run = await WithGit($"case \"$1\" in push) mv '{Checkout.Origin}' '{away}';; esac; exec {Git} \"$@\"")
            .RunAsync(new ReleasePrepareAction());
        Directory.Move(away, Checkout.Origin);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("It is not known whether origin took the push: ");
        _shop.State().Should().Be(before);
    }

    [Fact]
    public async Task An_origin_that_is_not_reached_at_all_leaves_nothing_here()
    {
        var before = _shop.State();
        Checkout.Git("config", "remote.origin.url", "http://127.0.0.1:1/none.git");

        var run = await _shop.RunAsync();
        Checkout.Git("config", "remote.origin.url", Checkout.Origin);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        _shop.State().Should().Be(before);
    }

    [Fact]
    [Trait("Row", "F60")]
    public async Task A_push_that_fails_for_a_moment_is_made_again()
    {
        var failed = Path.Combine(Checkout.Aside("marker"), "failed");
        const string Words = "error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502";

        var run = await WithGit($"if [ \"$1\" = push ] && [ ! -f '{failed}' ]; then touch '{failed}'; echo '{Words}' >&2; exit 1; fi; "
            + $"exec {Git} \"$@\"").RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Checkout.Git("ls-remote", "origin", "refs/tags/v1.2.3^{}").Should().StartWith(run.Outputs["commit"]);
    }

    [Fact]
    [Trait("Rule", "DOJ-05"), Trait("Row", "F60")]
    public async Task What_fails_for_a_moment_is_not_pushed_again_without_the_branch_that_moved_meanwhile()
    {
        var (other, failed) = (Checkout.Aside("other"), Path.Combine(Checkout.Aside("marker"), "failed"));
        Checkout.Git("clone", "--quiet", Checkout.Origin, other);
        Checkout.Git("-C", other, "commit", "--quiet", "--allow-empty", "--message", "Theirs");

        var run = await WithGit($"""
            if [ "$1" = push ] && [ ! -f '{failed}' ]; then
              touch '{failed}'; {Git} -C '{other}' push --quiet origin main
              echo 'error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502' >&2; exit 1
            fi
            exec {Git} "$@"
            """).RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        Checkout.Git("ls-remote", "--tags", "origin", "v1.2.3").Should().BeEmpty();
        Checkout.Git("--git-dir", Checkout.Origin, "log", "-1", "--format=%s", "main").Should().Be("Theirs");
    }

    [Fact]
    [Trait("Rule", "DOJ-05"), Trait("Row", "F60")]
    public async Task A_push_whose_answer_is_lost_counts_by_what_is_on_origin()
    {
        var run = await WithGit(
            $"case \"$1\" in push) {Git} \"$@\" > /dev/null 2>&1; echo 'fatal: the remote end hung "
            + $"up unexpectedly' >&2; exit 128;; esac; exec {Git} \"$@\"").RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        Checkout.Git("rev-parse", "HEAD", "v1.2.3^{commit}", "refs/remotes/origin/main").Split('\n').Distinct().Should()
            .Equal(run.Outputs["commit"]);
    }

    [Fact]
    [Trait("Rule", "DOJ-05")]
    public async Task A_branch_that_moved_on_origin_meanwhile_is_not_overwritten()
    {
        var other = Checkout.Aside("other");
        Checkout.Git("clone", "--quiet", Checkout.Origin, other);
        Checkout.Git("-C", other, "commit", "--quiet", "--allow-empty", "--message", "Theirs");
        var before = _shop.State();

        var run = await WithGit($"case \"$1\" in push) {Git} -C '{other}' push --quiet origin main;; esac; exec {Git} \"$@\"")
            .RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        Checkout.Git("reset", "--quiet", "--hard");
        Checkout.Git("ls-remote", "--tags", "origin", "v1.2.3").Should().BeEmpty();
        Checkout.Git("--git-dir", Checkout.Origin, "log", "-1", "--format=%s", "main").Should().Be("Theirs");
        before.Should().Contain(Checkout.Head);
    }

    [Fact]
    [Trait("Rule", "DOJ-05")]
    public void A_run_that_is_interrupted_between_any_two_steps_is_nowhere_or_on_origin_whole()
    {
        var begin = Checkout.Head;
        var steps = Interrupted(stopAt: 0).Steps;
        var push = Array.FindIndex(steps, s => s.StartsWith("push ", StringComparison.Ordinal)) + 1;
        push.Should().BeGreaterThan(10);
        Reset(begin);
        var before = _shop.State();

        foreach (var stopAt in (int[])[1, push / 3, push / 2, push - 1, push, push + 1, push + 2, steps.Length])
        {
            var (exitCode, seen) = Interrupted(stopAt);

            if (!seen.Any(s => s.StartsWith("push ", StringComparison.Ordinal))) exitCode.Should()
                .Be((int)ExitCode.Cancelled, "stopped at {0}", stopAt);
            if (OnOrigin() is not (null, null) and var refs) refs.Should()
                .Match<(string? Branch, string? Tag)>(r => r.Branch == r.Tag, "stopped at {0}", stopAt);
            else _shop.State().Should().Be(before, "stopped at {0}", stopAt);
            Checkout.Git("status", "--porcelain").Should().BeEmpty("stopped at {0}", stopAt);
            Reset(begin);
            _shop.State().Should().Be(before);
        }
    }

    private static string Git => HostileRig.RealPath("git");

    private Rig WithGit(string script) => _shop.Rig().WithProgram(Checkout, "git", script);

    // The program itself, and a git that sends it SIGINT before the step of that number.
    private (int ExitCode, string[] Steps) Interrupted(int stopAt)
    {
        var steps = Path.Combine(Checkout.Aside("steps"), "steps");
        File.Delete(steps);
        var script = $"echo \"$*\" >> '{steps}'; [ $(wc -l < '{steps}') = {stopAt} ] && kill -INT $PPID; exec {Git} \"$@\"";
        Script.Write(Checkout.Aside("programs"), "git", script);
        var start = Interruptible.Start(Path.Combine(AppContext.BaseDirectory, "release-prepare"), ["--bump", "patch"]);
        (start.WorkingDirectory, start.RedirectStandardOutput) = (Checkout.Root, true);
        start.Environment["PATH"] = $"{Checkout.Aside("programs")}:{start.Environment["PATH"]}";
        start.Environment["HOME"] = Checkout.Aside("home");
        string[] ofRunner = [.. start.Environment.Keys.Where(k => k.StartsWith("GITHUB_", StringComparison.Ordinal))];
        foreach (var name in ofRunner) start.Environment.Remove(name);
        using var program = Process.Start(start)!;
        program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return (program.ExitCode, File.ReadAllLines(steps));
    }

    // What origin has of the release: the commits behind the branch and the tag, where they are there.
    private (string? Branch, string? Tag) OnOrigin()
    {
        var refs = Checkout.Git("ls-remote", "origin", "refs/heads/main", "refs/tags/v1.2.3^{}").Split('\n').Select(l => l.Split('\t'))
            .ToDictionary(f => f[1], f => f[0]);
        var tag = refs.GetValueOrDefault("refs/tags/v1.2.3^{}");
        return tag is null && refs["refs/heads/main"] == Checkout.Git(
            "rev-list", "--max-count=1", "--grep=^fix: round prices", "main") ? (null, null) : (refs["refs/heads/main"], tag);
    }

    private void Reset(string begin)
    {
        Checkout.Git("reset", "--quiet", "--hard", begin);
        Checkout.Git("push", "--quiet", "--force", "origin", "main");
        Checkout.Git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "origin", "+refs/heads/main:refs/remotes/origin/main");
        if (Checkout.Git("tag", "--list", "v1.2.3").Length > 0) Checkout.Git("tag", "--delete", "v1.2.3");
        if (
            Checkout.Git("ls-remote", "--tags", "origin", "v1.2.3")
                .Length > 0) Checkout.Git("push", "--quiet", "origin", ":refs/tags/v1.2.3");
    }
}
