namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// On a runner no setting of the checkout has any effect on git. Each is shown to be one that works: plain git in the same checkout runs
/// the program, or asks the other host.
/// </summary>
public sealed class HostileSettingsTests : IAsyncLifetime
{
    private HostileGit _git = null!;

    // The key, the value, and the command of plain git that obeys it; none where it takes more than one command.
    public static TheoryData<string, string, string?> Settings => new()
    {
        { "core.fsmonitor", "MARKING", "status" },
        { "core.hooksPath", "HOOKS", "push origin HEAD:refs/heads/plain" },
        { "core.sshCommand", "MARKING", "ls-remote ssh://nobody@127.0.0.1:1/none" },
        { "core.gitProxy", "MARKING", "ls-remote git://127.0.0.1:1/none" },
        { "core.askPass", "MARKING", "ls-remote OTHER/acme/shop.git" },
        { "core.alternateRefsCommand", "touch MARKER", null },
        { "credential.helper", "!touch MARKER;", "ls-remote OTHER/acme/shop.git" },
        { "diff.external", "MARKING", "diff HEAD~1" },
        { "diff.evil.textconv", "touch MARKER; cat", "diff HEAD~2" },
        { "filter.evil.clean", "touch MARKER; cat", "add --renormalize ." },
        { "filter.evil.smudge", "touch MARKER; cat", "archive HEAD" },
        { "filter.evil.process", "MARKING", "checkout-index --force a.txt" },
        { "merge.evil.driver", "touch MARKER", null },
        { "gpg.program", "MARKING", null },
        { "remote.origin.uploadpack", "touch MARKER; git-upload-pack", "fetch origin" },
        { "remote.origin.receivepack", "touch MARKER; git-receive-pack", "push origin HEAD:refs/heads/plain" },
        { "http.proxy", "OTHER", "ls-remote SERVER/acme/shop.git" },
        { "http.SERVER/.proxy", "OTHER", "ls-remote SERVER/acme/shop.git" },
        { "remote.origin.proxy", "OTHER", "-c url.SERVER/acme/shop.git.insteadOf=ORIGIN ls-remote origin" },
        { "url.OTHER.insteadOf", "SERVER", "ls-remote SERVER/acme/shop.git" },
        { "url.OTHER.pushInsteadOf", "SERVER", "push SERVER/acme/shop.git HEAD:refs/heads/plain" },
        { "include.path", "EVIL", "ls-remote SERVER/acme/shop.git" },
        { "remote.origin.url", "OTHER/acme/shop.git", "ls-remote origin" },
        { "remote.origin.pushurl", "OTHER/acme/shop.git", "push origin HEAD:refs/heads/plain" },
    };

    public async ValueTask InitializeAsync() => _git = await HostileGit.NewAsync();

    public ValueTask DisposeAsync() => _git.DisposeAsync();

    [Theory]
    [Trait("Row", "S09")]
    [Trait("Row", "S40")]
    [MemberData(nameof(Settings))]
    public async Task No_setting_of_the_checkout_starts_a_program_or_leads_elsewhere(string key, string value, string? plain)
    {
        _git.Checkout.Git("config", _git.Filled(key), _git.Filled(value));
        if (plain is not null)
        {
            _git.Plain(_git.Filled(plain).Split(' '));
            _git.TakeTrace().Should().BeTrue("plain git obeys {0}", key);
        }

        await _git.CleanUpAsync();
        await _git.PrepareAsync();

        _git.TakeTrace().Should().BeFalse(key);
    }

    // From git 2.54 on; core.hooksPath does not stop it.
    [Theory]
    [Trait("Row", "S40")]
    [InlineData("pre-push")]
    [InlineData("reference-transaction")]
    public async Task A_hook_that_the_settings_define_is_not_run_by_a_git_that_knows_such_hooks(string hook)
    {
        _git.Git = Programs.RequireNewerGit();
        _git.Checkout.Git("config", "hook.evil.event", hook);
        _git.Checkout.Git("config", "hook.evil.command", _git.Filled("touch MARKER"));
        _git.Plain("push", _git.Checkout.Origin, "HEAD:refs/heads/plain");
        _git.Plain("update-ref", "refs/heads/plain", "HEAD");
        _git.TakeTrace().Should().BeTrue("plain git runs it");

        await _git.CleanUpAsync();
        await _git.PrepareAsync();

        _git.TakeTrace().Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "S40")]
    [Trait("Row", "S41")]
    public async Task Tags_that_the_checkout_would_push_along_are_not_pushed()
    {
        _git.Checkout.Git("config", "push.followTags", "true");
        _git.Checkout.Git("tag", "--annotate", "--message", "evil", "v9.9.9");
        _git.Plain("push", _git.Checkout.Origin, "HEAD:refs/heads/plain");
        _git.Origin("tag", "--list", "v9.9.9").Should().Be("v9.9.9", "plain git pushes it");
        _git.Origin("update-ref", "-d", "refs/tags/v9.9.9");

        await _git.PrepareAsync();

        _git.Origin("tag", "--list").Split('\n').Should().Equal("v1.0.0", "v1.0.1");
    }

    // Every file of .git is a pipe that nobody writes to: whoever opens one waits for ever.
    [Fact]
    [Trait("Row", "S40")]
    [Trait("Row", "S41")]
    public async Task No_file_of_the_checkouts_repository_is_opened()
    {
        const string Pipes = "find .git -type f -exec rm -f '{}' ';' -exec mkfifo '{}' ';'";
        var head = _git.Checkout.Head;
        Rig Rig() => _git.Ground.Rig().With("GITHUB_SHA", head).With("GITHUB_REF", "refs/heads/main").Input("dry-run", "true")
            .Input("version", "1.0.1").Input("branches", "release/*").Input("files", "*.txt");
        var before = new List<RunResult>();
        foreach (var action in AllActions.List) before.Add(await Rig().RunAsync(action));

        Programs.Run("sh", _git.Checkout.Root, new Dictionary<string, string>(), "-c", Pipes).ExitCode.Should().Be(0);

        foreach (var (action, expected) in AllActions.List.Zip(before))
        {
            var run = await Rig().RunAsync(action);
            (run.ExitCode, string.Join('\n', run.Errors)).Should().Be((expected.ExitCode, string.Join('\n', expected.Errors)), action.Name);
            run.Outputs.Should().BeEquivalentTo(expected.Outputs, action.Name);
        }
    }
}
