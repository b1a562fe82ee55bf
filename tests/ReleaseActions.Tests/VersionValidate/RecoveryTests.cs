namespace ReleaseActions.Tests.VersionValidate;

/// <summary>A recovery release is requested on purpose, by inputs or in the tag's message.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public RecoveryTests() => _checkout.Policy("version: {recovery: [preview, alpha, beta, rc]}\n");

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Rule", "AEG-02")]
    public async Task A_manual_run_needs_flag_issue_reason_and_the_exact_confirmation()
    {
        var run = await ByHandAsync(("recovery-issue", "#42"));

        run.Content().Should().Contain("| recovery: requested | `recovery-release` is true | ✅ |")
            .And.Contain("| recovery: issue | \\#42 | ✅ |")
            .And.Contain("| recovery: reason | npm has a broken file | ✅ |")
            .And.Contain("| recovery: confirmation | `RECOVERY 1.2.3-preview.1` | ✅ |");
        run.Outputs["is-recovery"].Should().Be("true");
    }

    [Theory]
    [Trait("Rule", "AEG-02")]
    [InlineData("recovery-release", "false", "1.2.3-preview.1 is a recovery release, and `recovery-release` is not true. *")]
    [InlineData("recovery-issue", "", "`recovery-issue` is '', which is not the number of an issue. *")]
    [InlineData("recovery-issue", "none", "`recovery-issue` is 'none', which is not the number of an issue. *")]
    [InlineData("recovery-issue", "0", "`recovery-issue` is '0', which is not the number of an issue. *")]
    [InlineData("recovery-reason", "  ", "`recovery-reason` is empty. *")]
    [InlineData("recovery-confirmation", "", "`recovery-confirmation` is ''. Give exactly: RECOVERY 1.2.3-preview.1.")]
    [InlineData("recovery-confirmation", "recovery 1.2.3-preview.1", "`recovery-confirmation` is 'recovery 1.2.3-preview.1'. *")]
    [InlineData("recovery-confirmation", "RECOVERY 1.2.3-preview.2", "`recovery-confirmation` is 'RECOVERY 1.2.3-preview.2'. *")]
    public async Task By_hand_each_thing_that_is_missing_is_told(string input, string value, string message) =>
        (await ByHandAsync((input, value))).Refusal().Should().Match(message);

    [Fact]
    [Trait("Rule", "AEG-02")]
    public async Task By_hand_all_that_is_missing_is_told_at_once() =>
        (await _checkout.ValidateAsync("1.2.3-preview.1")).Errors.Should().HaveCount(4);

    [Fact]
    public async Task The_flag_on_another_version_is_refused() =>
        (await _checkout.ValidateAsync("1.2.3-preview", ("recovery-release", "true"))).Refusal().Should().Be(
            "`recovery-release` is true, and 1.2.3-preview is not a recovery release. "
            + "Omit the input, or give a version such as 1.2.3-preview.1.");

    [Theory]
    [Trait("Row", "B22")]
    [InlineData("semver, recovery: [rc]", "1.2.3", "Omit the input, or give a version such as 1.2.3-rc.1.")]
    [InlineData("semver-loose, recovery: [rc]", "1.2", "Omit the input, or give a version such as 1.2-rc.1.")]
    [InlineData("calver, calver-format: YYYY.0M.MICRO, recovery: [rc]", "2026.01.2", "*, or give a version such as 2026.07.1-rc.1.")]
    [InlineData("maven, recovery: [rc]", "1.2.3", "Omit the input, or give a version such as 1.2.3-rc-1.")]
    [InlineData("nuget, recovery: [rc]", "1.2.3", "Omit the input, or give a version such as 1.2.3-rc.1.")]
    [InlineData("pep440", "1.2.3", "Omit the input: pep440 has no recovery releases, because a word always has a number there.")]
    public async Task The_flag_on_another_version_shows_one_as_the_scheme_writes_it(string scheme, string version, string remedy)
    {
        _checkout.Policy($"version: {{scheme: {scheme}}}\n");

        var refusal = (await _checkout.ValidateAsync(version, ("recovery-release", "true"))).Refusal();

        refusal.Should().StartWith($"`recovery-release` is true, and {version} is not a recovery release. ");
        refusal[(refusal.IndexOf(". ", StringComparison.Ordinal) + 2)..].Should().Match(remedy);
    }

    [Theory]
    [Trait("Rule", "AEG-03")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tag_says_it_in_its_message(bool isLightweightHere)
    {
        Annotate(
            "Release v1.2.3-preview.1\n\nrecovery-release: true\nrecovery-issue: #42\nrecovery-confirmation: RECOVERY 1.2.3-preview.1\n");
        // What actions/checkout is known to do: the checkout's own tag points at the commit.
        if (isLightweightHere) _checkout.Git("tag", "--force", "v1.2.3-preview.1", "HEAD");

        var run = await _checkout.ValidateTagAsync("v1.2.3-preview.1");

        run.Content().Should().Contain("| recovery: issue | `recovery-issue: #42` | ✅ |")
            .And.Contain("| recovery: confirmation | `recovery-confirmation: RECOVERY 1.2.3-preview.1` | ✅ |");
    }

    [Theory]
    [Trait("Rule", "AEG-03")]
    [InlineData(
        "recovery-release: yes\nrecovery-issue: #42\nrecovery-confirmation: RECOVERY 1.2.3-preview.1",
        "*has no line 'recovery-release: true'. *")]
    [InlineData(
        "recovery-release: true\nrecovery-issue: 42\nrecovery-confirmation: RECOVERY 1.2.3-preview.1",
        "*has no line 'recovery-issue: #123'. *")]
    [InlineData(
        "recovery-release: true\nrecovery-issue: #42\nrecovery-confirmation: RECOVERY 1.2.3-preview.2",
        "*has no line 'recovery-confirmation: RECOVERY 1.2.3-preview.1'. *")]
    [InlineData(
        "> recovery-release: true\nrecovery-issue: #42\nrecovery-confirmation: RECOVERY 1.2.3-preview.1",
        "*has no line 'recovery-release: true'. *")]
    public async Task A_line_that_is_not_exact_does_not_count(string message, string refusal)
    {
        Annotate($"Release\n\n{message}");

        (await _checkout.ValidateTagAsync("v1.2.3-preview.1")).Refusal().Should().Match(refusal);
    }

    [Fact]
    [Trait("Rule", "AEG-03")]
    public async Task A_lightweight_tag_says_nothing()
    {
        _checkout.Git("tag", "v1.2.3-preview.1");
        _checkout.Git("push", "--quiet", "origin", "v1.2.3-preview.1");

        var run = await _checkout.ValidateTagAsync(
            "v1.2.3-preview.1", ("recovery-release", "true"), ("recovery-issue", "1"), ("recovery-reason", "x"),
            ("recovery-confirmation", "RECOVERY 1.2.3-preview.1"));

        run.Errors.Should().HaveCount(3)
            .And.OnlyContain(e => e.StartsWith("The tag 'v1.2.3-preview.1' is not annotated", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Rule", "AEG-03")]
    [InlineData(AllLines, "")]
    [InlineData("Release", "recovery-release: true|recovery-issue: #123|recovery-confirmation: RECOVERY 1.2.3-preview.1")]
    [InlineData("recovery-release: true\nrecovery-issue: #42", "recovery-confirmation: RECOVERY 1.2.3-preview.1")]
    public async Task A_manual_run_of_a_tag_that_is_there_needs_its_lines_too(string message, string missing)
    {
        Annotate($"Release\n\n{message}");

        var run = await ByHandAsync();

        run.Errors.Select(e => e.Split('\'')[3]).Should().Equal(missing.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    [Trait("Rule", "AEG-03")]
    public async Task A_lightweight_tag_of_an_earlier_manual_run_passes_only_where_tags_need_not_be_annotated()
    {
        _checkout.Git("tag", "v1.2.3-preview.1");
        _checkout.Git("push", "--quiet", "origin", "v1.2.3-preview.1");

        (await ByHandAsync()).Content().Should().Contain("| recovery: confirmation |").And.NotContain("of the tag");
        (await ByHandAsync(("annotated-tags", "true"))).Errors.Should().HaveCount(4);
    }

    private const string AllLines =
        "recovery-release: true\nrecovery-issue: #42\nrecovery-confirmation: RECOVERY 1.2.3-preview.1";

    private void Annotate(string message)
    {
        _checkout.Git("tag", "--annotate", "--message", message, "v1.2.3-preview.1");
        _checkout.Git("push", "--quiet", "origin", "v1.2.3-preview.1");
    }

    // Complete but for what a test changes.
    private Task<RunResult> ByHandAsync(params (string Name, string Value)[] changes) => _checkout.ValidateAsync(
        "1.2.3-preview.1",
        [
            ("recovery-release", "true"), ("recovery-issue", "42"), ("recovery-reason", "npm has a broken file"),
            ("recovery-confirmation", "RECOVERY 1.2.3-preview.1"), .. changes,
        ]);
}
