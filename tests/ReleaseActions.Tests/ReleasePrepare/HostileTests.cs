using ReleaseActions.Core;
using ReleaseActions.ReleasePrepare;

namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>Names, notes and checkouts that mean harm.</summary>
public sealed class HostileTests : IDisposable
{
    private readonly Shop _shop = new();

    private Checkout Checkout => _shop.Checkout;

    private string Marker => Path.Combine(Checkout.Aside("marker"), "was-run");

    public void Dispose() => _shop.Dispose();

    [Fact]
    [Trait("Row", "B16")]
    public async Task No_naughty_string_in_notes_words_or_a_commit_is_a_defect_or_a_command()
    {
        var before = _shop.State();
        var strings = Corpora.Json("blns/blns.json").EnumerateArray()
            .Select(s => s.GetString()!.Replace("\0", "", StringComparison.Ordinal)).ToList();
        strings.Should().HaveCount(515);
        var every = Environment.GetEnvironmentVariable("BLNS") == "all" ? 1 : 23;
        foreach (var naughty in strings.Where((_, i) => i % every == 0))
        {
            Checkout.Write("notes.md", naughty);
            foreach (
                var inputs in (
                    (
                        string,
                        string)[][])[[("notes-file", "notes.md"), ("description", naughty), ("dry-run", "true")], [(
                            "flow", "rollback"), ("reason", naughty)], [("product", naughty)], [("version", naughty)]])
            {
                var run = await _shop.RunAsync(inputs);
                run.ExitCode.Should().NotBe(ExitCode.Defect, "{0}: {1}", naughty, run.Log);
                HostileRig.StrayCommands(run.Log).Should().BeEmpty(naughty);
            }
        }

        File.Delete(Path.Combine(Checkout.Root, "notes.md"));
        _shop.State().Should().Be(before);
    }

    [Theory]
    [Trait("Row", "S05")]
    [InlineData("feat: ::set-env name=PATH::/tmp")]
    [InlineData("::add-mask::x")]
    [InlineData("fix: x ##[set-env name=a;]b")]
    public async Task A_commit_and_a_refusing_origin_stay_text(string hostile)
    {
        Checkout.Write("CHANGELOG.md", "## [Unreleased]\n\n## [1.2.2]\n\n- First\n").Commit(hostile);
        Checkout.Push();
        Script.Write(
            Directory.CreateDirectory(Path.Combine(Checkout.Origin, "hooks")).FullName,
            "pre-receive",
            $"printf '%s\\n' '{hostile}' >&2; exit 1");

        var run = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        HostileRig.StrayCommands(run.Log).Should().BeEmpty(run.Log);
        RunnerModel.ReadCommands(run.Log).Should().NotContain(c => c.Name == "add-mask");
    }

    [Theory]
    [Trait("Row", "S07")]
    [InlineData("v1.0.0\"; curl x")]
    [InlineData("1.2.4$(touch x)")]
    [InlineData("1.2.4-\u202erc")]
    public async Task What_is_no_version_is_refused(string version)
    {
        var before = _shop.State();

        var run = await _shop.RunAsync(("version", version));

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Contain("is not a valid version").And.NotContain("\u202e");
        _shop.State().Should().Be(before);
    }

    [Theory]
    [Trait("Row", "S08")]
    [InlineData("branches: {production: '--upload-pack=touch /tmp/release-actions-marker'}")]
    [InlineData("prepare: {from: '-d'}")]
    [InlineData("version: {tag-prefix: '-d'}")]
    [InlineData("branches: {release: '-D{version}'}\nprepare: {flow: branch}")]
    public async Task A_name_of_the_policy_that_begins_with_a_dash_is_refused_and_runs_nothing(string policy)
    {
        Checkout.Policy(policy + "\n").Commit("policy");
        Checkout.Push();

        // At a terminal: in a workflow, another production branch than the default branch's policy names is refused before this.
        var rig = _shop.Rig(("version", "1.2.4")).With("GITHUB_ACTIONS", "").With("GITHUB_EVENT_NAME", "");
        var run = await rig.RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Log.Should().Contain("ref must not begin with '-'");
        File.Exists("/tmp/release-actions-marker").Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "S31")]
    public async Task A_branch_and_a_tag_on_origin_with_hidden_characters_are_no_releases_and_are_passed_over()
    {
        Checkout.Policy("prepare:\n  flow: branch\n").Commit("policy");
        Checkout.Push().Git("push", "--quiet", "origin", "main:refs/heads/release/1.9.9\u202e", "main:refs/tags/v9.9.9\u202e");

        using var gitHub = new Wire(head => head.Contains("/contents/", StringComparison.Ordinal)
            ? Wire.Answer("404 Not Found", body: "{}")
            : Wire.Answer("200 OK", "Content-Type: application/json", "[]"));
        var run = await _shop.Rig(("bump", "patch"), ("token", "sandbox-token"), ("dry-run", "true"))
            .With("GITHUB_API_URL", $"http://{gitHub.Host}").RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Summary.Should().NotContain("forbid").And.NotContain("\u202e");
        run.Log.Should().NotContain("\u202e");
        run.Outputs["version"].Should().Be("1.2.3");
    }

    [Fact]
    public async Task A_manifest_that_is_a_link_is_not_UTF_8_or_is_not_there_is_named_and_nothing_is_written()
    {
        Checkout.Policy("version:\n  manifests: [linked.json, latin.json, ../outside.json, /etc/passwd, gone.json, folder]\n");
        Checkout.Write("folder/x", "1.2.2").Write("latin.json", "");
        File.CreateSymbolicLink(Path.Combine(Checkout.Root, "linked.json"), "/etc/passwd");
        File.WriteAllBytes(
            Path.Combine(Checkout.Root, "latin.json"), [(byte)'{', (byte)'"', 0xE9, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        Checkout.Commit("hostile");
        Checkout.Push();
        var before = _shop.State();

        var run = await _shop.RunAsync();

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        _shop.State().Should().Be(before);
        Golden.Matches(string.Join('\n', run.Errors) + "\n", "hostile-manifests");
    }

    [Theory]
    [Trait("Row", "S09")]
    [InlineData("core.hooksPath", "HOOKS")]
    [InlineData("core.fsmonitor", "touch MARKER")]
    [InlineData("filter.evil.clean", "touch MARKER; cat")]
    [InlineData("filter.evil.smudge", "touch MARKER; cat")]
    [InlineData("filter.evil.process", "touch MARKER")]
    [InlineData("merge.evil.driver", "touch MARKER")]
    [InlineData("diff.external", "touch MARKER; true")]
    [InlineData("remote.origin.receivepack", "touch MARKER; git-receive-pack")]
    [InlineData("remote.origin.uploadpack", "touch MARKER; git-upload-pack")]
    [InlineData("gpg.program", "MARKING")]
    [InlineData("core.editor", "touch MARKER")]
    public async Task A_whole_release_starts_no_program_that_the_checkout_names(string key, string value)
    {
        Checkout.Write(".gitattributes", "* filter=evil diff=evil merge=evil\n").Commit("feat: attributes");
        Checkout.Push();
        string[] hooks = ["pre-push", "post-checkout", "post-merge", "reference-transaction", "post-index-change", "commit-msg"];
        foreach (var hook in hooks.Append("pre-commit")) Script.Write(Checkout.Aside("hooks"), hook, $"touch '{Marker}'");
        Checkout.Git("config", "commit.gpgSign", "true");
        Checkout.Git("config", "filter.evil.required", "true");
        Checkout.Git(
            "config",
            key,
            value.Replace("MARKER", Marker, StringComparison.Ordinal).Replace("HOOKS", Checkout.Aside("hooks"), StringComparison.Ordinal)
                .Replace("MARKING", Checkout.Aside("hooks") + "/post-merge", StringComparison.Ordinal));
        // Touched, so that git compares the contents and would filter them.
        File.SetLastWriteTimeUtc(Path.Combine(Checkout.Root, "package.json"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var run = await _shop.RunAsync(("bump", "patch"));

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Log.Should().Contain("step=checkout branch=main");
        File.Exists(Marker).Should().BeFalse();
    }

    [Fact]
    [Trait("Row", "S10")]
    public async Task A_checkout_of_another_user_is_released_and_stays_that_user_s()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only root can give the checkout to another user");
        File.WriteAllText(Path.Combine(Checkout.Aside("home"), ".gitconfig"), "[user]\n\tname = Bob\n");
        var rig = _shop.OnRunner();
        System.Diagnostics.Process.Start("chown", ["-R", "1001:1001", Checkout.Root]).WaitForExit();

        var run = await rig.RunAsync(new ReleasePrepareAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        using var find = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "find", [Checkout.Root, "-user", "0", "-printf", "%P\\n"])
            { RedirectStandardOutput = true })!;
        (await find.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Should().BeEmpty();
        File.ReadAllText(Path.Combine(Checkout.Aside("home"), ".gitconfig")).Should().Be("[user]\n\tname = Bob\n");
    }
}
