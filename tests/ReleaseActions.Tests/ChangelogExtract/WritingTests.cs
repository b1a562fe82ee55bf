using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;

namespace ReleaseActions.Tests.ChangelogExtract;

/// <summary>What becomes of a section before it is published, and what is refused.</summary>
public sealed class WritingTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Row", "S30")]
    public async Task Mentions_are_kept_or_neutralised_by_choice()
    {
        (await RunAsync("- By @ada and `@ref`")).Outputs["notes"].Should().Be("- By @ada and `@ref`");
        (await RunAsync("- By @ada and `@ref`", ("mentions", "neutralise"))).Outputs["notes"].Should().Be("- By @\u200bada and `@ref`");
    }

    [Fact]
    [Trait("Row", "S31")]
    public async Task Hidden_characters_are_escaped_with_a_notice()
    {
        var run = await RunAsync("- Safe\u202etxt");

        run.Outputs["notes"].Should().Be("- Safe\\u202etxt");
        RunnerModel.ReadCommands(run.Log).Should().ContainSingle(c => c.Name == "notice");
    }

    [Fact]
    public async Task Relative_links_point_to_the_tag_unless_they_are_to_stay()
    {
        (await RunAsync("See [a](docs/a.md)")).Outputs["notes"].Should().Be("See [a](https://github.com/acme/shop/blob/v1.1.0/docs/a.md)");
        (await RunAsync("See [a](docs/a.md)", ("absolute-links", "false"))).Outputs["notes"].Should().Be("See [a](docs/a.md)");
    }

    [Fact]
    public async Task Notes_too_long_for_a_release_are_cut_with_a_link_to_the_file()
    {
        var run = await RunAsync(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"- Entry {i}\n")));

        var notes = File.ReadAllText(Path.Combine(_checkout.Root, run.Outputs["notes-file"]));
        notes.Length.Should().BeLessThan(125_000);
        notes.Should().EndWith("/acme/shop/blob/v1.1.0/CHANGELOG.md)_\n").And.Contain("[All of them](http");
        run.Outputs["notes"].Should().BeEmpty();
    }

    [Fact]
    public async Task A_template_of_the_team_shapes_the_notes()
    {
        _checkout.Write("notes.tmpl", "# Shop {version} ({date})\n\n{added}\n\n## Fixed\n\n{fixed}\n");

        (await RunAsync("### Added\n\n- Weights (#3)", ("template", "notes.tmpl"))).Outputs["notes"]
            .Should().Be("# Shop 1.1.0 (2026-01-02)\n\n- Weights (#3)");
        (await RunAsync("- x", ("template", "none.tmpl"))).Errors
            .Should().Equal("There is no template at 'none.tmpl'. Give raw, grouped, or the path of a file.");
    }

    [Fact]
    public async Task A_section_whose_end_is_unclear_is_refused_at_its_line()
    {
        var run = await RunAsync("- Text\n\n##1.0.0\n\n- First");

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Log.Should().Contain("::error file=CHANGELOG.md,line=5::'##1.0.0' looks like a version's heading");
    }

    [Fact]
    public async Task One_product_of_several_is_named_by_an_input()
    {
        const string Two = "## scale@1.1.0\n\n- Ounces\n\n## till@1.1.0\n\n- Weights\n";

        (await RunFileAsync(Two)).Errors
            .Should().Equal("CHANGELOG.md has 2 sections for 1.1.0: scale, till. Name one with the input `product`.");
        (await RunFileAsync(Two, ("product", "till"))).Outputs["notes"].Should().Be("- Weights");
    }

    [Fact]
    public async Task Lint_refuses_with_an_annotation_for_each_finding_and_needs_no_version()
    {
        _checkout.Write("CHANGELOG.md", "## 1.0.0\n\n- First\n\n## 1.1.0\n\n## 1.0.0\n\n- Again\n");

        var run = await new Rig(_checkout).OnBranch("main").Input("lint", "true").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Log.Should().Contain("line=5::The section of 1.1.0 is empty").And.NotContain("1.0.0 has a section");
        run.Log.Should().Contain("step=lint file=CHANGELOG.md sections=3 findings=1 earlier=1");
        run.Summary.Should().Contain("The sections of earlier releases have 1 more; `lint-all` lists them.");
        run = await new Rig(_checkout).OnBranch("main").Input("lint-all", "true").RunAsync(new ChangelogExtractAction());
        run.Log.Should().Contain("line=5::1.1.0 is below 1.0.0").And.Contain("line=7::1.0.0 has a section on line 1 already");
        _checkout.Write("CHANGELOG.md", "## 1.0.0\n\n- First\n");
        run = await new Rig(_checkout).OnBranch("main").Input("lint", "true").RunAsync(new ChangelogExtractAction());
        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
    }

    private Task<RunResult> RunAsync(string section, params (string Name, string Value)[] inputs) =>
        RunFileAsync($"## [1.1.0] - 2026-01-02\n\n{section}\n", inputs);

    private Task<RunResult> RunFileAsync(string changelog, params (string Name, string Value)[] inputs)
    {
        _checkout.Write("CHANGELOG.md", changelog);
        var rig = new Rig(_checkout).OnTag("v1.1.0");
        foreach (var (name, value) in inputs) rig.Input(name, value);
        return rig.RunAsync(new ChangelogExtractAction());
    }
}
