using System.Text.RegularExpressions;
using ReleaseActions.Core.Files;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Files;

/// <summary>The names that files get before anybody hashes, lists or uploads them: GitHub keeps them, and only those.</summary>
[Trait("Row", "F53")]
public sealed partial class AssetNameTests
{
    // Not the suite's code: the sandbox has its own, made from public reports.
    private static readonly Func<string, string> OnGitHub = new SandboxOptions { BareRepository = "", StateFolder = "" }.RenameAsset;

    [Theory]
    [InlineData("app-1.0.0_linux.tar.gz", "app-1.0.0_linux.tar.gz")]
    [InlineData("app_1.0.0~rc.1_amd64.deb", "app_1.0.0.rc.1_amd64.deb")]
    [InlineData("My App (x64).exe", "My.App.x64.exe")]
    [InlineData("app@1+build=5.tgz", "app.1.build.5.tgz")]
    [InlineData("C#-lib.zip", "C.-lib.zip")]
    [InlineData("Résumé Straße.pdf", "Resume.Strasse.pdf")]
    [InlineData("Re\u0301sume\u0301.pdf", "Resume.pdf")]
    [InlineData("名前.pdf", "default.pdf")]
    [InlineData("🎉 party.zip", "default.party.zip")]
    [InlineData(".env", "default.env")]
    [InlineData("..hidden", "default.hidden")]
    [InlineData("a..b", "a.b")]
    [InlineData("a.", "a")]
    [InlineData("...", "default")]
    [InlineData("a\\b", "a.b")]
    public void A_name_is_made_one_that_GitHub_keeps(string file, string name) => AssetName.Of(file).Should().Be(name);

    [Fact]
    public void Whatever_a_file_is_called_GitHub_keeps_the_name_that_it_gets()
    {
        foreach (var file in Names())
        {
            var name = AssetName.Of(file);
            Safe().IsMatch(name).Should().BeTrue("{0} became {1}", file, name);
            OnGitHub(name).Should().Be(name, "GitHub would rename {0}", name);
            AssetName.Of(name).Should().Be(name, "a name is made safe once");
            OnGitHub(file).Should().Be(name, "that is what reports saw of {0}", file);
        }
    }

    // Each character by itself and in a name, and names of characters in random order.
    private static IEnumerable<string> Names()
    {
        for (var c = ' '; c < '\u0250'; c++)
        {
            if (c == '/') continue;
            yield return $"{c}";
            yield return $"{c}.{c}{c}a{c}.zip{c}";
        }

        var random = new Random(53);
        const string Characters = "aZ09._-~+=@ ()#,'é中Łß.🎉";
        for (var count = 0; count < 2_000; count++)
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Characters[random.Next(Characters.Length)]));
    }

    [GeneratedRegex(@"\A(?!.*\.\.)[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?\z")]
    private static partial Regex Safe();
}
