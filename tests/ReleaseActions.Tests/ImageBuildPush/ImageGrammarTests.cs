using System.Text.Json;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush.Documents;

namespace ReleaseActions.Tests.ImageBuildPush;

/// <summary>Names of images, compared with the vectors of github.com/distribution/reference.</summary>
[Trait("Row", "B6")]
public sealed class ImageGrammarTests
{
    [Fact]
    public void Every_reference_is_read_or_refused_as_distribution_does()
    {
        var vectors = Corpora.Json("oci-reference/reference-vectors.json");

        vectors.GetArrayLength().Should().Be(48);
        foreach (var vector in vectors.EnumerateArray())
        {
            var text = vector.GetProperty("input").GetString()!;
            var isRead = ImageGrammar.TryParse(text, out var reference);
            isRead.Should().Be(!vector.TryGetProperty("err", out _), text);
            if (!isRead) continue;
            (reference!.Repository, reference.Domain, reference.Tag, reference.Digest).Should()
                .Be((Text(vector, "repository")!, Text(vector, "domain"), Text(vector, "tag"), Text(vector, "digest")), text);
            reference.ToString().Should().Be(text);
        }
    }

    [Fact]
    public void Every_short_name_is_read_or_refused_as_docker_does()
    {
        var names = Corpora.Json("oci-reference/repo-names.json");

        foreach (var name in Texts(names, "validRepoNames")) ImageGrammar.TryParseShort(name, out _).Should().BeTrue(name);
        foreach (var name in Texts(names, "invalidRepoNames")) ImageGrammar.TryParseShort(name, out _).Should().BeFalse(name);
        Texts(names, "validRepoNames").Should().HaveCount(27);
        Texts(names, "invalidRepoNames").Should().HaveCount(14);
    }

    [Fact]
    public void Every_part_of_a_name_is_matched_as_by_distributions_expressions()
    {
        var vectors = Corpora.Json("oci-reference/regexp-vectors.json");

        var compared = Compare(vectors, "TestDomainRegexp", ImageGrammar.IsDomain)
            + Compare(vectors, "TestFullNameRegexp", ImageGrammar.IsName)
            + Compare(vectors, "TestReferenceRegexp", text => ImageGrammar.TryParse(text, out _))
            + Compare(vectors, "TestIdentifierRegexp", text => ContentDigest.IsIdentifier(text));
        compared.Should().Be(92);
    }

    // The vectors stop short of the limit.
    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_tag_has_at_most_128_characters(int length, bool isRead) =>
        ImageGrammar.TryParse($"ghcr.io/acme/shop:{new string('1', length)}", out _).Should().Be(isRead);

    [Theory]
    [InlineData("ghcr.io/acme/a__b", true)]
    [InlineData("ghcr.io/acme/a___b", false)]
    public void Two_underscores_separate_and_three_do_not(string text, bool isRead) =>
        ImageGrammar.TryParse(text, out _).Should().Be(isRead);

    [Theory]
    [InlineData("ghcr.io/Acme/shop", "it has an upper-case letter")]
    [InlineData("ghcr.io/acme//shop", "it does not have the form registry/path:tag")]
    [InlineData("ghcr.io/acme/shop:1.0+2", "its tag has a character that tags do not have, or more than 128")]
    [InlineData("ghcr.io/acme/shop@sha256:abc", "its digest is not sha256: and 64 hex digits in lower case")]
    public void The_problem_of_a_refused_name_is_named(string text, string problem) => ImageGrammar.ProblemOf(text).Should().Be(problem);

    private static int Compare(JsonElement vectors, string name, Func<string, bool> isMatch)
    {
        foreach (var vector in vectors.GetProperty(name).EnumerateArray())
            isMatch(Text(vector, "input")!).Should().Be(vector.GetProperty("match").GetBoolean(), "{0}: {1}", name, Text(vector, "input"));
        return vectors.GetProperty(name).GetArrayLength();
    }

    private static string? Text(JsonElement vector, string name) => vector.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement names, string list) =>
        [.. names.GetProperty(list).EnumerateArray().Select(n => n.GetString()!)];
}
