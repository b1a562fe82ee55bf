using ReleaseActions.Core.Hosting;

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
        { "filter.evil.smudge", "touch MARKER; cat", "checkout-index --force a.txt" },
        { "filter.evil.process", "MARKING", "checkout-index --force a.txt" },
        { "merge.evil.driver", "touch MARKER", null },
        { "gpg.program", "MARKING", null },
        { "remote.origin.uploadpack", "touch MARKER; git-upload-pack", "fetch origin" },
        { "remote.origin.receivepack", "touch MARKER; git-receive-pack", "push origin HEAD:refs/heads/plain" },
        { "http.proxy", "OTHER", "ls-remote SERVER/acme/shop.git" },
        { "http.SERVER/.proxy", "OTHER", "ls-remote SERVER/acme/shop.git" },
        { "remote.origin.proxy", "OTHER", "-c remote.origin.url=SERVER/acme/shop.git ls-remote origin" },
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
        var pipes = "find .git -type f -exec rm -f '{}' ';' -exec mkfifo '{}' ';'";
        Programs.Run("sh", _git.Checkout.Root, new Dictionary<string, string>(), "-c", "git rev-parse HEAD > ../head").ExitCode.Should().Be(0);
        var head = _git.Checkout.Head;
        Programs.Run("sh", _git.Checkout.Root, new Dictionary<string, string>(), "-c", pipes).ExitCode.Should().Be(0);

        foreach (var action in AllActions.List)
        {
            var run = await RigOf(action, head).RunAsync(action);
            string.Concat(run.Errors).Should().NotContain("git", "{0} does not ask the checkout's git", action.Name);
        }
    }

    private Rig RigOf(ReleaseAction action, string head)
    {
        _ = action;
        return _git.Ground.Rig().With("GITHUB_SHA", head).With("GITHUB_REF", "refs/heads/main").With("GITHUB_EVENT_NAME", "workflow_dispatch")
            .Input("dry-run", "true").Input("version", "1.0.1").Input("branches", "release/*").Input("files", "*.txt");
    }
}
