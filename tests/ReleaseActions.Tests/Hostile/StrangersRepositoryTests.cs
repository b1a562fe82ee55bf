using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Hostile;

/// <summary>A checkout that another user owns, or whose commits start programs.</summary>
public sealed class StrangersRepositoryTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    private string Marker => Path.Combine(_checkout.Aside("marker"), "was-run");

    [Fact]
    [Trait("Row", "S09")]
    public async Task A_signed_commit_does_not_start_the_program_that_would_verify_it()
    {
        Prepare();
        Script.Write(
            _checkout.Aside("hooks"), "signing",
            "cat > /dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP "
            + "SIGNATURE-----\\n'");
        _checkout.Git(
            "-c", $"gpg.program={_checkout.Aside("hooks")}/signing", "commit", "--quiet", "--allow-empty", "--gpg-sign", "--message",
            "feat: signed");
        _checkout.Push().Tag("v1.2.0");
        _checkout.Git("config", "gpg.program", $"{Hooks()}/post-checkout");
        _checkout.Git("config", "log.showSignature", "true");

        foreach (var action in AllActions.List)
        {
            await HostileRig.Offline(_checkout).OnTag("v1.2.0").RunAsync(action);
            File.Exists(Marker).Should().BeFalse("{0} had the signature verified", action.Name);
        }
    }

    [Fact]
    public async Task A_program_is_found_by_PATH_and_never_in_the_current_folder()
    {
        Prepare();
        var rig = HostileRig.Offline(_checkout).OnTag("v1.1.0").WithProgram(_checkout, "git", $"touch '{Marker}'; exit 1");

        // The folder of the false git is the current one in a container; as such it must not count.
        var folder = Path.GetRelativePath(Environment.CurrentDirectory, _checkout.Aside("programs"));
        var run = await rig.With("PATH", $":.:{folder}:{Path.GetDirectoryName(HostileRig.RealPath("git"))}")
            .RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        File.Exists(Marker).Should().BeFalse();
        run = await rig.With("PATH", "/nonexistent").RunAsync(new VersionValidateAction());
        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().Equal("'git' could not be started. Install git and check that it is on PATH.");
    }

    [Fact]
    public async Task A_program_that_is_there_and_cannot_be_started_is_not_called_missing()
    {
        Prepare();
        var rig = HostileRig.Offline(_checkout).OnTag("v1.1.0").WithProgram(_checkout, "git", "exit 1");
        Programs.Run("chmod", _checkout.Aside("programs"), new Dictionary<string, string>(), "644", "git").ExitCode.Should().Be(0);

        var run = await rig.RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed);
        run.Errors.Should().ContainSingle().Which.Should()
            .StartWith("'git' is there but could not be started: ").And.Contain("ermission denied").And.Contain(
                $"({_checkout.Aside("programs")}/git)");
    }

    [Fact]
    [Trait("Row", "S10")]
    public async Task A_checkout_of_another_user_works_and_stays_that_user_s()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only root can give the checkout to another user");
        Prepare();
        _checkout.Git("update-ref", "-d", "refs/remotes/origin/main");
        System.Diagnostics.Process.Start("chown", ["-R", "1001:1001", _checkout.Root]).WaitForExit();
        var rig = HostileRig.Offline(_checkout).With("GITHUB_REF", "refs/tags/v1.1.0")
            .With("GITHUB_SHA", File.ReadAllText(Path.Combine(_checkout.Root, ".git/refs/heads/main")).Trim());
        File.WriteAllText(Path.Combine(_checkout.Aside("home"), ".gitconfig"), "[user]\n\tname = Bob\n");

        foreach (var action in AllActions.List)
        {
            var run = await rig.RunAsync(action);
            if (action is VersionValidateAction or ChangelogExtractAction) run.ExitCode.Should().Be(ExitCode.Done, run.Log);
            run.Log.Should().NotContain("dubious ownership");
        }

        Directory.GetFileSystemEntries(_checkout.Aside("home")).Select(Path.GetFileName).Should().Equal(".gitconfig");
        File.ReadAllText(Path.Combine(_checkout.Aside("home"), ".gitconfig")).Should().Be("[user]\n\tname = Bob\n");
        OfRoot().Should().BeEmpty();
    }

    [Fact]
    [Trait("Row", "F26")]
    public async Task A_tag_at_another_commit_is_refused_before_anything_is_written()
    {
        _checkout.Tag("v1.0.0").Commit("Later");
        _checkout.Push();
        var before = _checkout.Git("ls-remote", "origin");

        var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("The tag 'v1.0.0' is at commit ");
        foreach (var action in AllActions.List) await HostileRig.Offline(_checkout).OnTag("v1.0.0").RunAsync(action);
        _checkout.Git("ls-remote", "origin").Should().Be(before);
    }

    private void Prepare()
    {
        _checkout.Write(".gitattributes", "* filter=evil diff=evil\n").Write("a.txt", "a\n").Commit("feat: first");
        _checkout.Tag("v1.0.0").Write("a.txt", "b\n").Commit("feat: second");
        _checkout.Push().Tag("v1.1.0");
    }

    private string Hooks()
    {
        var folder = _checkout.Aside("hooks");
        foreach (var hook in (string[])["post-checkout", "reference-transaction", "pre-push", "post-index-change", "fsmonitor-watchman",
            "post-rewrite", "pre-auto-gc"])
            Script.Write(folder, hook, $"touch '{Marker}'");
        return folder;
    }

    private string[] OfRoot()
    {
        using var find = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("find",
            [_checkout.Root, "-user", "0", "-printf", "%P\\n"])
            { RedirectStandardOutput = true })!;
        return find.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
