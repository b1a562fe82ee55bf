using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>This project's own changelog, and the page of the action.</summary>
public sealed class OwnChangelogTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task The_notes_of_this_project_come_out_of_its_own_changelog()
    {
        var own = File.ReadAllText(Path.Combine(Golden.Root, "CHANGELOG.md"));
        _checkout.Write("CHANGELOG.md", own.Replace("## [Unreleased]", "## [1.0.0] - 2026-01-05", StringComparison.Ordinal));

        var run = await new Rig(_checkout).OnBranch("main")
            .RunAsync(new ChangelogExtractAction(), "--path", "CHANGELOG.md", "--version", "1.0.0", "--lint");

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        run.Outputs["notes"].Should().StartWith("### Added\n\n- **version-validate**").And.Contain("/blob/v1.0.0/SECURITY.md)");
    }

    [Fact]
    public void Every_heading_on_the_actions_page_is_read()
    {
        var page = File.ReadAllText(Path.Combine(Golden.Root, "actions/changelog-extract/README.md"));
        var block = page.Split("```markdown\n")[1].Split("\n```")[0];

        foreach (var heading in block.Split("\n\n"))
            Changelog.Parse($"{heading}\n\n- Text\n").Sections
                .Should().ContainSingle(heading).Which.Version!.Text.Should().StartWith("1.2.3");
        block.Split("\n\n").Length.Should().BeGreaterThan(20);
    }
}
