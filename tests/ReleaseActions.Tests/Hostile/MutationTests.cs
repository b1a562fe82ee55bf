using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// Files as people write them, damaged at random from fixed seeds: whatever comes of it, it is no crash. More with MUTATIONS=1000000.
/// </summary>
public sealed class MutationTests
{
    internal static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("MUTATIONS"), out var cases) ? cases : 10_000;

    private const string AChangelog =
        "# Changelog\n\n## [Unreleased]\n\n- Not yet\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n- See [the guide] and `code`\n\n> "
        + "quoted\n\n```\n## 0.9.0\n```\n<!-- x -->\n\n1.0.0\n=====\n\n* First [YANKED]\n\n[1.1.0]: https://example.com/1.1.0\n[the "
            + "guide]: https://example.com/guide\n";
    private const string AJson =
        "{\n  \"name\": \"shop\",\n  \"version\": \"1.0.0\",\n  \"files\": [\"a\", {\"b\": [1, 2.5e3, true, null]}],\n  \"packages\": "
        + "{\"\": {\"version\": \"1.0.0\\u00e9\"}}\n}\n";
    private const string AToml =
        "# x\nname = 'a'\n[project]\nversion = \"1.0.0\" # y\ntext = \"\"\"\nversion = \"2\"\n\"\"\"\nlist = [\n  "
        + "[\"a\"],\n]\n[[tool.x]]\n\"a.b\".c = \"d\"\n";
    private const string AYaml =
        "a: &x {b: [1, 'two', \"thr\\u00e9\"]}\nversion: 1.0.0\nappVersion: \"1.0.0\"\ntext: |\n  line\n  line\nc: *x\n? key\n: value\n";
    private const string AMakefile = "# x\nVERSION ?= 1.0.0\nexport RUNNER_VERSION := '2.3.4' # y\nall:\n\techo $(VERSION)\n";
    private const string AnXml =
        "<Project>\n  <!-- x -->\n  <PropertyGroup Label=\"a\"><Version>1.0.0</Version></PropertyGroup>\n</Project>\n";
    private const string APolicy =
        "version:\n  tag-prefix: v\n  prereleases: [rc, beta]\n  manifests:\n    - package.json\nbranches: {production: "
        + "main}\nimages:\n  - name: shop\n    labels: [a=b]\nrelease:\n  draft: false\n";

    // What parsers trip over.
    private static readonly string[] Pieces =
    [
        "\0", "\r", "\n", "\t", "\"", "'", "\"\"\"", "{", "}", "[", "]", "&x ", "*x", "<<: *x", "? ", "- ", ": ", "#", "<!--", "-->",
        "<![CDATA[", "&amp;", "&#xD800;", "\\ud800", "\\UFFFFFFFF", "\\x",
        "%YAML 9999999999.1\n", "%TAG ! x\n", "!!binary ", "!<", "|9\n", ">-\n", "---\n", "...\n", "```", "~~~", "## 1.0.0\n", "## [", "](",
        "[^1]: x\n", "[a]: <", "> ", "    ", "\ud800", "\udc00", "\uFEFF", "é", "١", "\u2028", "\u0085", "= ", "==", "1e999999999", "-",
        "::", "##[",
    ];

    [Theory]
    [Trait("Row", "B20")]
    [InlineData("CHANGELOG.md", AChangelog)]
    [InlineData("package.json", AJson)]
    [InlineData("package-lock.json", AJson)]
    [InlineData("pyproject.toml", AToml)]
    [InlineData("Chart.yaml", AYaml)]
    [InlineData("Makefile", AMakefile)]
    [InlineData("Directory.Build.props", AnXml)]
    [InlineData(".github/release-actions.yml", APolicy)]
    public void No_damage_to_a_file_is_a_crash(string file, string text)
    {
        var random = new Random(20260105);
        foreach (var damaged in Enumerable.Range(0, Cases).Select(_ => Damaged(text, random)))
        {
            try
            {
                Read(file, damaged);
            }
            catch (ActionException e)
            {
                e.ExitCode.Should().Be(ExitCode.BadInput);
                e.Findings.Where(f => f.Message.Length == 0 || f.Remedy.Length == 0).Should().BeEmpty();
            }
            catch (Exception e)
            {
                Assert.Fail($"{file} {System.Text.Json.JsonSerializer.Serialize(damaged)}: {e}");
            }
        }
    }

    private static void Read(string file, string text)
    {
        if (file == "CHANGELOG.md") ReadChangelog(text);
        else if (file.StartsWith(".github", StringComparison.Ordinal)) ReleasePolicy.Read(text, file);
        else foreach (var place in (string[])[file, $"{file}#version", $"{file}#a.b"])
            ManifestPlace.Parse(place).Read(text).Where(v => v.Version is null && v.Problem is null).Should().BeEmpty();
    }

    private static void ReadChangelog(string text)
    {
        var changelog = Changelog.Parse(text);
        changelog.Sections.Where(s => s.Line < 1).Should().BeEmpty();
        var policy = ReleaseActions.Core.Policy.ReleasePolicy.Read(null, "policy").Version;
        string[] names = ["v1.0.0", "v1.1.0"];
        var links = new ChangelogLinks(changelog, policy, "https://github.com/acme/shop", names);
        var tags = ReleaseActions.Core.Versions.ReleaseTag.Among(names, "v", policy.Order);
        new ChangelogLint(changelog, "CHANGELOG.md", tags, policy, links).CheckAll().Where(f => f.Line < 1).Should().BeEmpty();
        foreach (var section in changelog.Sections.Take(3))
        {
            var notes = NotesText.WithoutMentions(
                NotesLinks.ToAbsolute(NotesText.ShowHidden(section.Body), "https://github.com/acme/shop", "v1.1.0", "CHANGELOG.md"));
            NotesOutputs.ToJson(Change.In(notes)).Should().NotBeEmpty();
        }
    }

    internal static string Damaged(string text, Random random)
    {
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(20, text.Length - at) + 1);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(random.Next(text.Length - length + 1), length)),
                2 => text.Insert(at, string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(20) == 0 ? 300 : 1))),
                _ => text.Remove(at, length).Insert(at, ((char)random.Next(0x250)).ToString()),
            };
        }

        return text;
    }
}
