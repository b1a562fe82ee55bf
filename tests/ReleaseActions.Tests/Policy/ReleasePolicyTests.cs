using ReleaseActions.Core;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.Tests.Policy;

public sealed class ReleasePolicyTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("---\n")]
    [InlineData("version:\nimages:\nbranches: ~\n")]
    public void Without_keys_everything_has_its_default(string? text)
    {
        var policy = ReleasePolicy.Read(text, "policy.yml");

        policy.Version.TagPrefix.Should().Be("v");
        policy.Version.Prereleases.Should().Equal("preview", "alpha", "beta", "rc");
        policy.Branches.Production.Should().Be("main");
        policy.Images.Should().BeEmpty();
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var policy = ReleasePolicy.Read(
            "version: {tag-prefix: '', prereleases: rc, manifests: [a.json, b.yaml#c]}\nimages:\n- name: shop\n  platforms: "
            + "[linux/amd64]\n- {name: till, archive: till.tar}\nrelease: {draft: TRUE}\n",
            "policy.yml");

        policy.Version.TagPrefix.Should().BeEmpty();
        policy.Version.Prereleases.Should().Equal("rc");
        policy.Version.Manifests.Should().Equal("a.json", "b.yaml#c");
        policy.Images.Select(i => (i.Name, i.Archive)).Should().Equal(("shop", null), ("till", "till.tar"));
        policy.Release.Draft.Should().BeTrue();
    }

    [Theory]
    [InlineData("version:\n  tag-prefx: v\n", 2, "Unknown key 'version.tag-prefx'. Did you mean 'tag-prefix'? The keys here are: *")]
    [InlineData("\nvresion: {}\n", 2, "Unknown key 'vresion'. Did you mean 'version'? The keys here are: version, *")]
    [InlineData("qwertyuiop: 1\n", 1, "Unknown key 'qwertyuiop'. The keys here are: version, *")]
    [InlineData("? [a, b]\n: 1\n", 1, "Unknown key '*'. *")]
    [InlineData("images:\n- name: a\n  dockrfile: b\n", 3, "Unknown key 'images[0].dockrfile'. Did you mean 'dockerfile'? *")]
    [InlineData("version: 1.0\n", 1, "'version' is not a mapping. Write its keys indented below `version:`")]
    [InlineData("images: {name: a}\n", 1, "'images' is not a list. Begin each entry with `- `")]
    [InlineData("images:\n- shop\n", 2, "'images[0]' is not a mapping. Write `- name: …` and its other keys below")]
    [InlineData("images:\n- context: .\n", 2, "'images[0]' has no 'name'. Add `name:`")]
    [InlineData("version:\n  tag-prefix: [v]\n", 2, "'version.tag-prefix' is not a text. Write `tag-prefix: value` on one line")]
    [InlineData(
        "version:\n  manifests: {a: b}\n", 2, "'version.manifests' is not a list. Write `manifests: [a, b]`, or one `- value` a line")]
    [InlineData("version:\n  manifests:\n  - [a]\n", 3, "'version.manifests' is not a text. *")]
    [InlineData("release: {draft: maybe}\n", 1, "'release.draft' is 'maybe'. Use true or false")]
    [InlineData(
        "changelog:\n  fallback: [commits, ignore]\n", 2,
        "'changelog.fallback' is 'ignore'. Use one of: none, unreleased, command, commits, generated")]
    [InlineData(
        "state:\n  file: /ops/state.yml\n", 2,
        "'state.file' is '/ops/state.yml'. Write the path from the repository's root, such as ops/state.yml*")]
    [InlineData("state: {file: ../state.yml}\n", 1, "'state.file' is '../state.yml'. *")]
    [InlineData("state: {file: ./state.yml}\n", 1, "'state.file' is './state.yml'. *")]
    [InlineData("state: {file: ops//state.yml}\n", 1, "'state.file' is 'ops//state.yml'. *")]
    [InlineData("state: {file: ''}\n", 1, "'state.file' is ''. *")]
    [InlineData("- a\n", 1, "The policy is not one mapping of keys. *")]
    [InlineData("a: b: c\n", 1, "The policy is not YAML: *")]
    [InlineData("version: {}\nversion: {}\n", 2, "The policy is not YAML: *uplicate key*")]
    public void A_problem_is_reported_on_its_line(string text, int line, string message)
    {
        var found = FluentActions.Invoking(() => ReleasePolicy.Read(text, "policy.yml")).Should().Throw<ActionException>().Which;

        found.ExitCode.Should().Be(ExitCode.BadInput);
        found.Findings.Should().ContainSingle().Which.Should().Match<Finding>(f => f.File == "policy.yml" && f.Line == line);
        found.Message.Should().Match(message);
    }

    [Fact]
    public void All_problems_are_reported_together() =>
        FluentActions.Invoking(() => ReleasePolicy.Read("version: 1\nrelease: {draft: no}\nimage: []\n", "policy.yml"))
            .Should().Throw<ActionException>().Which.Findings
            .Should().HaveCount(3);
}
