using ReleaseActions.Core;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Versions;

/// <summary>What each scheme reads, refuses, sorts, raises and writes: tables of forms that are unlike each other.</summary>
[Trait("Row", "B22")]
public sealed class SchemeTableTests
{
    private static readonly DateOnly Today = new(2026, 7, 4);

    // The scheme, and texts with what is read from each: numbers, word, number of the word.
    [Theory]
    [InlineData("semver-loose", "1.4=1.4 1.4.0=1.4.0 1.4.0.2=1.4.0.2 0.1=0.1 01.02=1.2 1.7rc1=1.7:rc:1 1.7-rc1=1.7:rc:1 1.7-rc.1=1.7:rc:1")]
    [InlineData("semver-loose",
        "1.7.RC1=1.7:rc:1 1.7b2=1.7:beta:2 1.7a=1.7:alpha 1.4-preview=1.4:preview 1.4.dev3=1.4:dev:3 1.4-hotfix.2=1.4:hotfix:2")]
    [InlineData("semver-loose",
        "1.4+build.7=1.4 1.4-rc.1+a=1.4:rc:1 4.2.1-beta_3=4.2.1:beta:3 99999999999999999999.0=99999999999999999999.0")]
    [InlineData("YYYY.0M.0D",
        "2024.05.01=2024.5.1 2024.12.31=2024.12.31 2024.02.29=2024.2.29 2023.07.06-rc.1=2023.7.6:rc:1 2024.05.01b3=2024.5.1:beta:3")]
    [InlineData("YYYY.MM.DD", "2024.5.1=2024.5.1 2024.10.31=2024.10.31")]
    [InlineData("YYYY.0M.MICRO",
        "2024.05.0=2024.5.0 2024.05.117=2024.5.117 2024.05=2024.5 2024.05-rc.1=2024.5:rc:1 2024.05rc1=2024.5:rc:1")]
    [InlineData("YYYY.MM.MICRO", "2024.5.0b3=2024.5.0:beta:3 2024.12.0=2024.12.0 2024.5.0.dev1=2024.5.0:dev:1")]
    [InlineData("YY.0M", "24.05=24.5 6.10=6.10 106.01=106.1")]
    [InlineData("0Y.0M.MICRO", "06.06.0=6.6.0 24.04.1=24.4.1")]
    [InlineData("YY.MINOR.MICRO", "24.0=24.0 24.1.2=24.1.2 23.3.1=23.3.1 24.1b1=24.1:beta:1")]
    [InlineData("YYYY0M0D", "20240501=2024.5.1 20240501-rc.1=2024.5.1:rc:1")]
    [InlineData("YYYY-0M-0D", "2024-05-01=2024.5.1")]
    [InlineData("YYYY.WW", "2024.1=2024.1 2024.53=2024.53")]
    [InlineData("YYYY.0W.MICRO", "2024.01.0=2024.1.0 2024.40.3=2024.40.3")]
    [InlineData("MAJOR.YYYY0M.MICRO", "3.202405.1=3.2024.5.1")]
    [InlineData("YYYY.MICRO.MODIFIER", "2024.3=2024.3 2024.3-rc.1=2024.3:rc:1")]
    [InlineData("pep440",
        "1.2.3=1.2.3 1=1 2.31=2.31 1.2rc1=1.2:rc:1 1.2.post1=1.2:post:1 1.2.dev0=1.2:dev:0 1.2a1.dev3=1.2:dev:3 1.2alpha=1.2:a:0")]
    [InlineData("pep440", "1.2-1=1.2:post:1 1.2+cu121=1.2 2024.05.01=2024.5.1 1!2.0=2.0 1.2c4=1.2:rc:4 1.2-beta.2=1.2:b:2")]
    [InlineData("nuget",
        "1.2.3=1.2.3 1.2=1.2 1.2.3.4=1.2.3.4 1.2.3-beta1=1.2.3:beta:1 1.2.3-Preview.4=1.2.3:preview:4 1.0.0-rc.1+a=1.0.0:rc:1")]
    [InlineData("maven", "1.2.3=1.2.3 1.2=1.2 1.2.3.Final=1.2.3 1.2.3-rc-1=1.2.3:rc:1 1.2.3-RC1=1.2.3:rc:1 1.2.3.CR2=1.2.3:rc:2 "
        + "1.2.3.M4=1.2.3:milestone:4")]
    [InlineData("maven", "1.2.3-SNAPSHOT=1.2.3:snapshot 33.1-jre=33.1:jre 1.2.3.SP1=1.2.3:sp:1 1.2.3.RELEASE=1.2.3 "
        + "4.0.0-alpha-13=4.0.0:alpha:13 2.0-b1=2.0:beta:1")]
    public void What_is_written_is_read(string scheme, string cases)
    {
        foreach (var (text, expected) in cases.Split(' ').Select(c => c.Split('=')).Select(c => (c[0], c[1])))
        {
            var version = Schemes.Of(scheme).Version(text);
            string?[] parts = [string.Join('.', version.Numbers), version.Label, version.LabelNumber];
            string.Join(':', parts.Where(p => !string.IsNullOrEmpty(p))).Should().Be(expected, text);
            version.Text.Should().Be(text);
        }
    }

    [Theory]
    [InlineData("semver", "1.2 01.2.3 1.2.3.4 1.2.3rc1 v1.2.3")]
    [InlineData("semver-loose", "1 1.2.3.4.5 v1.2 1.1.1w 1.2.x 1.2-a..b 1.2. .1.2 1..2 1.2rc.1.2 1.2-rc.1+ 1.2-- 1.2--rc")]
    [InlineData("YYYY.0M.0D",
        "2024.5.01 2024.05.1 2024.13.01 2024.00.01 2024.02.30 2023.02.29 24.05.01 2024.05 2024.05.01.2 2024-05-01 02024.05.01")]
    [InlineData("YYYY.MM.DD", "2024.05.1 2024.5.01 2024.5.32 1.2.3")]
    [InlineData("YYYY.0M.MICRO", "2024.5.0 2024.05.01x 2024.05.1.2 2024.05.00 2024")]
    [InlineData("YY.0M", "2024.05 024.05 24.5 24.05.1")]
    [InlineData("YYYY0M0D", "2024050 202405011 20241301")]
    [InlineData("pep440", "1.2.x 1.2-preview-x v1.2 1.2.3-hotfix.1 1..2 1.2+ 1.2+a..b")]
    [InlineData("nuget", "1.2.3.4.5 1.2.x v1.2 1.2.3- 2147483648.0.0 1.2.3_4")]
    [InlineData("maven", "v1.2 final 1.2/3 1.2:3 -1 .1")]
    public void What_is_no_version_is_refused_with_a_reason(string name, string texts)
    {
        foreach (var text in texts.Split(' '))
        {
            Schemes.Of(name).Find(text).Should().BeNull(text);
            FluentActions.Invoking(() => ReleaseTag.RequireVersion(text, "", Schemes.Of(name))).Should().Throw<ActionException>()
                .WithMessage($"The version '{text}' is not a valid version: ?*");
        }
    }

    // Lowest first; `=` for the same place.
    [Theory]
    [InlineData("semver-loose",
        "1.4.dev1 1.4-alpha.1 1.4-beta.2 1.4b10 1.4-rc.1=1.4rc1=1.4.0-rc1 1.4=1.4.0=1.4.0.0=01.4 1.4.0.1 1.4.1 1.10 2.0")]
    [InlineData("YYYY.0M.MICRO", "2023.12.4 2024.01-rc.1 2024.01=2024.01.0 2024.01.1 2024.01.10 2024.02.0 2024.10.0")]
    [InlineData("YYYY.MM.DD", "2024.5.9 2024.5.10 2024.10.1 2025.1.1b1 2025.1.1")]
    [InlineData("0Y.0M", "06.06 23.10 24.04 100.01")]
    [InlineData("YYYY0M0D", "20231231 20240101-rc.1 20240101")]
    [InlineData("pep440", "1.2.dev1 1.2a1.dev1 1.2a1 1.2b2 1.2rc1 1.2=1.2.0 1.2.post1.dev1 1.2.post1 1.2.1 1!0.1")]
    [InlineData("nuget", "1.2.3-alpha=1.2.3-ALPHA 1.2.3-beta10 1.2.3-beta2 1.2.3=1.2.3.0 1.2.3.1 1.10.0")]
    [InlineData("maven", "1.jre 1-jre 1-1 1.1")]
    [InlineData("maven", "1-alpha-1=1a1 1-beta-2 1-m3 1-rc-1=1-CR1 1-SNAPSHOT 1=1.0=1.Final=1.0.GA 1-sp-1 1-jre 1-1 1.1")]
    public void Versions_have_one_order(string scheme, string ascending)
    {
        var ranked = ascending.Split(' ').Index().SelectMany(g => g.Item.Split('=').Select(text => (g.Index, text))).ToList();
        foreach (var (rank, left) in ranked)
            foreach (var (otherRank, right) in ranked)
            {
                var (one, other) = (Schemes.Of(scheme).Version(left), Schemes.Of(scheme).Version(right));
                Math.Sign(one.CompareTo(other)).Should().Be(Math.Sign(rank.CompareTo(otherRank)), $"{left} and {right}");
                if (rank == otherRank) one.GetHashCode().Should().Be(other.GetHashCode(), $"{left} and {right}");
            }
    }

    // old, patch, minor, major; a patch keeps the day, the others take 2026-07-04.
    [Theory]
    [InlineData("semver", "1.2.3 1.2.4 1.3.0 2.0.0")]
    [InlineData("semver-loose", "1.4 1.4.1 1.5 2.0")]
    [InlineData("semver-loose", "1.4.2 1.4.3 1.5.0 2.0.0")]
    [InlineData("semver-loose", "1.4.2.7 1.4.3.0 1.5.0.0 2.0.0.0")]
    [InlineData("semver-loose", "1.09 1.09.1 1.10 2.0")]
    [InlineData("semver-loose", "1.7rc1 1.7.1 1.8 2.0")]
    [InlineData("YYYY.0M.MICRO", "2026.05.2 2026.05.3 2026.07.0 2026.07.0")]
    [InlineData("YYYY.0M.MICRO", "2026.07.2 2026.07.3 2026.07.3 2026.07.3")]
    [InlineData("YYYY.0M.MICRO", "2026.05 2026.05.1 2026.07.0 2026.07.0")]
    [InlineData("YYYY.0M.0D", "2026.05.31 - 2026.07.04 2026.07.04")]
    [InlineData("YYYY.0M.0D", "2026.07.04 - - -")]
    [InlineData("YYYY.MM.DD.MICRO", "2026.7.4 2026.7.4.1 2026.7.4.1 2026.7.4.1")]
    [InlineData("YY.MINOR.MICRO", "26.1.2 26.1.3 26.2.0 26.2.0")]
    [InlineData("YY.MINOR.MICRO", "25.3.1 25.3.2 26.0.0 26.0.0")]
    [InlineData("MAJOR.YYYY.MICRO", "3.2026.4 3.2026.5 3.2026.5 4.2026.0")]
    [InlineData("YYYY.0W", "2026.26 - 2026.27 2026.27")]
    [InlineData("YYYY.0M", "2027.01 - - -")]
    [InlineData("YYYY.0M.MICRO", "2027.01.0 2027.01.1 - -")]
    [InlineData("pep440", "2.31 2.31.1 2.32 3.0")]
    [InlineData("pep440", "1!2.31.4 1!2.31.5 1!2.32.0 1!3.0.0")]
    [InlineData("pep440", "1.2.3.post4 1.2.4 1.3.0 2.0.0")]
    [InlineData("nuget", "1.2.3 1.2.4 1.3.0 2.0.0")]
    [InlineData("nuget", "1.2.3.4 1.2.4.0 1.3.0.0 2.0.0.0")]
    [InlineData("maven", "1.2 1.2.1 1.3 2.0")]
    [InlineData("maven", "1.2.3.Final 1.2.4.Final 1.3.0.Final 2.0.0.Final")]
    [InlineData("maven", "1.2.3-SNAPSHOT 1.2.4 1.3.0 2.0.0")]
    public void A_bump_means_what_the_scheme_makes_of_it(string name, string cases)
    {
        var scheme = Schemes.Of(name);
        var texts = cases.Split(' ');
        foreach (var (step, expected) in Enum.GetValues<VersionStep>().Zip(texts.Skip(1)))
        {
            string Next() => scheme.Next(scheme.Version(texts[0]), step, step == VersionStep.Patch ? null : Today);
            if (expected == "-")
            {
                FluentActions.Invoking(Next).Should().Throw<ActionException>($"{texts[0]} "
                    + $"{step}").Which.ExitCode.Should().Be(ExitCode.Refused);
                continue;
            }

            Next().Should().Be(expected, $"{texts[0]} {step}");
            scheme.Version(expected).CompareTo(scheme.Version(texts[0])).Should().BePositive();
        }
    }

    [Theory]
    [InlineData("semver", "1.2.3", "hotfix", "1.2.3-hotfix.2")]
    [InlineData("semver-loose", "1.4", "hotfix", "1.4-hotfix.2")]
    [InlineData("YYYY.0M.0D", "2024.05.01", "rc", "2024.05.01-rc.2")]
    [InlineData("pep440", "1.4", "post", "1.4.post2")]
    [InlineData("pep440", "1.4", "rc", "1.4rc2")]
    [InlineData("pep440", "1.4", "dev", "1.4.dev2")]
    [InlineData("nuget", "1.2.3.4", "preview", "1.2.3.4-preview.2")]
    [InlineData("maven", "1.4", "sp", "1.4-sp-2")]
    public void A_word_and_its_number_are_written_and_read_back(string name, string core, string word, string expected)
    {
        var text = Schemes.Of(name).WithLabel(core, word, 2);

        text.Should().Be(expected);
        var version = Schemes.Of(name).Version(text);
        (version.Label, version.LabelNumber, version.Core, version.IsNumbered).Should().Be((word, "2", core, true));
    }

    // The version; then its spelling in SemVer, on PyPI, and as the tag of an image.
    [Theory]
    [InlineData("semver", "1.2.3-rc.1+a", "1.2.3-rc.1+a", "1.2.3rc1", "1.2.3-rc.1_a")]
    [InlineData("semver-loose", "1.4", "1.4.0", "1.4", "1.4")]
    [InlineData("semver-loose", "1.4rc1", "1.4.0-rc.1", "1.4rc1", "1.4rc1")]
    [InlineData("semver-loose", "1.2.3.4", null, "1.2.3.4", "1.2.3.4")]
    [InlineData("YYYY.0M.0D", "2024.05.01", "2024.5.1", "2024.5.1", "2024.05.01")]
    [InlineData("YYYY.0M", "2024.05-rc.1", "2024.5.0-rc.1", "2024.5rc1", "2024.05-rc.1")]
    [InlineData("YYYY0M0D", "20240501", "2024.5.1", "2024.5.1", "20240501")]
    [InlineData("pep440", "1.2rc1", "1.2.0-rc.1", "1.2rc1", "1.2rc1")]
    [InlineData("pep440", "1.2alpha3", "1.2.0-alpha.3", "1.2a3", "1.2alpha3")]
    [InlineData("pep440", "1.2.post1", null, "1.2.post1", "1.2.post1")]
    [InlineData("pep440", "01.02+Ubuntu-1", "1.2.0", "1.2+ubuntu.1", "01.02_Ubuntu-1")]
    [InlineData("nuget", "1.2.3-beta1", "1.2.3-beta.1", "1.2.3b1", "1.2.3-beta1")]
    [InlineData("maven", "1.2.3.Final", "1.2.3", "1.2.3", "1.2.3.Final")]
    [InlineData("maven", "1.2.3-SNAPSHOT", "1.2.3-snapshot", "1.2.3.dev0", "1.2.3-SNAPSHOT")]
    [InlineData("maven", "33.1-jre", null, "33.1.post0", "33.1-jre")]
    public void A_version_has_its_form_in_other_registries(string name, string text, string? semVer, string? python, string image)
    {
        var version = Schemes.Of(name).Version(text);

        RegistryNames.SemVer(version).Should().Be(semVer);
        RegistryNames.Python(version, new VersionOrder([], Schemes.Of(name))).Should().Be(python);
        RegistryNames.ImageTags(version, isLatest: false).Should().Equal(image);
    }
}
