using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Tests.House;

/// <summary>The commit that <c>uses: OWNER/release-actions/NAME@v1</c> resolves to.</summary>
public sealed partial class ReleaseCommitTests
{
    [Fact]
    [Trait("Row", "S36")]
    public void Each_action_is_at_the_root_with_its_image_by_digest()
    {
        using var suite = new SuiteRepository();

        var commit = Make(suite, "1.2.3");

        foreach (var action in AllActions.List.Select(a => a.Name))
        {
            var released = suite.Read(commit, $"{action}/action.yml");
            var digest = action switch { "image-build-push" => '2', "sbom-checksum" => '3', _ => '1' };
            released.Should().Contain($"  image: 'docker://ghcr.io/fork-owner/release-actions@{SuiteRepository.Digest(digest)}'");
            Image().Replace(released, "").Should().Be(
                Image().Replace(File.ReadAllText(Path.Combine(Golden.Root, $"actions/{action}/action.yml")).Trim(), ""));
        }
    }

    [Theory]
    [Trait("Row", "S36")]
    [MemberData(nameof(AllActions.Names), MemberType = typeof(AllActions))]
    public void A_released_action_yml_is_valid(string action)
    {
        using var suite = new SuiteRepository();

        var released = suite.Read(Make(suite, "1.2.3"), $"{action}/action.yml");

        SchemaStoreTests.ErrorsOfAction(released).Should().BeEmpty();
    }

    [Fact]
    public void Its_workflows_are_those_of_main_because_a_token_may_not_change_them()
    {
        using var suite = new SuiteRepository();

        var commit = Make(suite, "1.2.3");

        suite.Checkout.Git("rev-parse", $"{commit}:.github/workflows").Should()
            .Be(suite.Checkout.Git("rev-parse", $"{suite.Commit}:.github/workflows"));
        suite.Checkout.Git("rev-parse", $"{commit}^1").Should().Be(suite.Commit);
    }

    [Fact]
    public void Every_link_of_its_documents_leads_to_a_file_of_main_s_commit()
    {
        using var suite = new SuiteRepository();
        var commit = Make(suite, "1.2.3");
        var home = $"https://github.com/Fork-Owner/release-actions/";

        var files = suite.Checkout.Git("ls-tree", "-r", "--name-only", commit).Split('\n');
        foreach (var document in files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)))
        {
            var links = Links(suite.Read(commit, document)).Where(l => l[0] != '#').ToList();
            links.Where(l => !l.StartsWith("https://", StringComparison.Ordinal)).Should().BeEmpty(document);
            foreach (var link in links.Where(l => IsFile().IsMatch(l)))
            {
                var parts = link[home.Length..].Split('#')[0].Split('/', 3);
                parts[1].Should().Be(suite.Commit);
                Path.Exists(Path.Combine(Golden.Root, parts[2])).Should().BeTrue("{0} links to {1}", document, link);
                Directory.Exists(Path.Combine(Golden.Root, parts[2])).Should().Be(parts[0] == "tree", link);
            }
        }
    }

    [Fact]
    public void Its_examples_name_the_repository_and_the_major_version_that_it_belongs_to()
    {
        using var suite = new SuiteRepository();

        var commit = Make(suite, "2.0.0");

        suite.Read(commit, "README.md").Should().Contain("uses: Fork-Owner/release-actions/version-validate@v2")
            .And.NotContain("org/release-actions");
    }

    [Fact]
    public void The_same_release_is_the_same_commit()
    {
        using var suite = new SuiteRepository();

        Make(suite, "1.2.3").Should().Be(Make(suite, "1.2.3"));
        suite.Published().Should().BeEmpty();
    }

    [Theory]
    [InlineData("v1.2.3")]
    [InlineData("1.2")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3+5")]
    public void A_version_that_no_tag_could_have_is_refused(string version)
    {
        using var suite = new SuiteRepository();

        var run = suite.Release("make", version);

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain($"'{version}' is not a version");
    }

    [Theory]
    [InlineData("image sha256:12\nimage-docker sha256:{0}\nimage-cosign sha256:{0}\n")]
    [InlineData("image-docker sha256:{0}\nimage-cosign sha256:{0}\n")]
    [InlineData("image sha256:{0}\nimage sha256:{0}\nimage-docker sha256:{0}\nimage-cosign sha256:{0}\n")]
    public void A_digest_that_is_missing_or_there_twice_is_refused(string list)
    {
        using var suite = new SuiteRepository();
        var file = Path.Combine(suite.Checkout.Aside("other"), "digests");
        File.WriteAllText(file, list.Replace("{0}", new string('a', 64), StringComparison.Ordinal));

        var run = suite.Release("make", "1.2.3", "--images", file);

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("has no single line 'image sha256:…'");
    }

    private static string Make(SuiteRepository suite, string version)
    {
        var run = suite.Release("make", version);
        run.ExitCode.Should().Be(0, run.Error);
        return run.Output;
    }

    private static IEnumerable<string> Links(string markdown) =>
        Markdown.Parse(markdown).Descendants<LinkInline>().Select(l => l.Url!).Where(u => u.Length > 0);

    [GeneratedRegex("^https://github.com/Fork-Owner/release-actions/(blob|tree)/")]
    private static partial Regex IsFile();

    [GeneratedRegex("^  image: 'docker:.*$", RegexOptions.Multiline)]
    private static partial Regex Image();
}
