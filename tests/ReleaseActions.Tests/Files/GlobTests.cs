using ReleaseActions.Core;
using ReleaseActions.Core.Files;

namespace ReleaseActions.Tests.Files;

/// <summary>The lines of <c>files</c> as users of other actions write them.</summary>
public sealed class GlobTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public GlobTests()
    {
        string[] paths =
        [
            "dist/a.deb", "dist/b.rpm", "dist/b1.rpm", "dist/c.tar.gz", "dist/C#-lib.zip", "dist/My App.exe", "dist/app~rc1.deb",
            "dist/x[1].zip", "dist/x1.zip", "dist/{y}.zip", "dist/'q'.zip", "dist/.hidden", "dist/deep/er/d.deb", "dist/comma,name.zip",
            "packages [a]/one.nupkg", "readme.md",
        ];
        foreach (var path in paths) _checkout.Write(path, path);
    }

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("dist/*.{deb,rpm}", "dist/a.deb|dist/app~rc1.deb|dist/b.rpm|dist/b1.rpm")]
    [InlineData("dist/{a,deep/er/{d,e}}.deb", "dist/a.deb|dist/deep/er/d.deb")]
    [InlineData("dist/b{,1}.rpm", "dist/b.rpm|dist/b1.rpm")]
    [InlineData("dist/{y}.zip", "dist/{y}.zip")]
    [InlineData("dist/b?.rpm", "dist/b1.rpm")]
    [InlineData("dist/[ab].*", "dist/a.deb|dist/b.rpm")]
    [InlineData("dist/[a-c].*", "dist/a.deb|dist/b.rpm|dist/c.tar.gz")]
    [InlineData("dist/[!a].*", "dist/b.rpm|dist/c.tar.gz")]
    [InlineData("dist/[^a].*", "dist/b.rpm|dist/c.tar.gz")]
    [InlineData("dist/x[[]1].zip", "dist/x[1].zip")]
    [InlineData("dist/x[1].zip", "dist/x[1].zip")]
    [InlineData(@"dist/x\[1\].zip", "dist/x[1].zip")]
    [InlineData(@"dist\*.rpm", "dist/b.rpm|dist/b1.rpm")]
    [InlineData(@".\dist\a.deb", "dist/a.deb")]
    [InlineData("**/*.deb", "dist/a.deb|dist/app~rc1.deb|dist/deep/er/d.deb")]
    [InlineData("dist/**/d.deb", "dist/deep/er/d.deb")]
    [InlineData("dist/deep/**", "dist/deep/er/d.deb")]
    [InlineData("**/er/**/*", "dist/deep/er/d.deb")]
    [InlineData("./dist/../dist/a.deb", "dist/a.deb")]
    [InlineData("dist/My App.exe", "dist/My App.exe")]
    [InlineData("dist/app~*.deb", "dist/app~rc1.deb")]
    [InlineData("\"dist/*.rpm\"", "dist/b.rpm|dist/b1.rpm")]
    [InlineData("'dist/a.deb'", "dist/a.deb")]
    [InlineData("dist/'q'.zip", "dist/'q'.zip")]
    [InlineData("dist/C#-lib.zip", "dist/C#-lib.zip")]
    [InlineData("dist/C*.zip", "dist/C#-lib.zip")]
    [InlineData("dist/comma,name.zip", "dist/comma,name.zip")]
    [InlineData("dist/.*", "dist/.hidden")]
    [InlineData("packages */*.nupkg", "packages [a]/one.nupkg")]
    public void A_line_matches(string line, string paths) =>
        string.Join('|', Find(line).Select(f => f.Path)).Should().Be(paths);

    [Theory]
    [InlineData("readme.md#Read me", "Read me")]
    [InlineData("readme.md # Read, then run it", "Read, then run it")]
    [InlineData("\"readme.md\"#\"Read me\"", "Read me")]
    [InlineData("dist/C#-lib.zip#The C# library", "The C# library")]
    [InlineData("dist/C*.zip#C#", "C#")]
    [InlineData("dist/C#-lib.zip#", "C#-lib.zip")]
    [InlineData("dist/app~rc1.deb", "app~rc1.deb")]
    [InlineData("readme.md#", null)]
    public void A_label_is_what_follows_the_name_else_the_name_that_GitHub_would_change(string line, string? label) =>
        Find(line).Should().ContainSingle().Which.Label.Should().Be(label);

    [Fact]
    public void Absolute_paths_inside_the_workspace_count_also_those_of_the_runner_outside_the_container()
    {
        Find($"{_checkout.Root}/dist/*.rpm").Should().HaveCount(2);
        var list = new FileList(["/runner/_work/shop/shop/dist/*.rpm"]) { HostRoot = "/runner/_work/shop/shop" };
        Workspace().FindFiles(list).Files.Should().HaveCount(2);
        Problems("/runner/_work/shop/shop/dist/*.rpm").Should().ContainSingle().Which.Should().Contain("outside the workspace");
    }

    [Theory]
    [InlineData("dist", "*.rpm", "dist/b.rpm|dist/b1.rpm")]
    [InlineData("./dist/", "../readme.md", "readme.md")]
    [InlineData("packages [a]", "*", "packages [a]/one.nupkg")]
    [InlineData("packages [a]", "one.nupkg", "packages [a]/one.nupkg")]
    public void Lines_are_relative_to_the_working_directory(string folder, string line, string paths) =>
        string.Join('|', Workspace().FindFiles(new FileList([line]) { Folder = folder }).Files.Select(f => f.Path)).Should().Be(paths);

    [Theory]
    [InlineData("missing", "The folder 'missing' of `working-directory` does not exist")]
    [InlineData("..", "The path '..' resolves outside the workspace")]
    [InlineData(".git", "The path '.git' leads into .git")]
    public void A_working_directory_that_is_none_of_the_checkout_is_refused(string folder, string message) =>
        FluentActions.Invoking(() => Workspace().FindFiles(new FileList(["*"]) { Folder = folder })).Should().Throw<ActionException>()
            .Which.Findings.Should().ContainSingle().Which.Message.Should().StartWith(message);

    [Theory]
    [InlineData("dist/a.deb dist/b.rpm", "dist/a.deb and then dist/b.rpm")]
    [InlineData("dist/a.deb, dist/b.rpm", "dist/a.deb and then dist/b.rpm")]
    [InlineData("dist/a.deb,missing.zip", "dist/a.deb and then missing.zip")]
    [InlineData("missing.zip,gone.zip", "missing.zip and then gone.zip")]
    [InlineData("dist/*.{deb,rpm},dist/x1.zip", "dist/*.{deb,rpm} and then dist/x1.zip")]
    [InlineData("\"dist/a.deb\" \"dist/b.rpm\"", "dist/a.deb and then dist/b.rpm")]
    [InlineData("- dist/a.deb", "dist/a.deb")]
    public void Several_files_on_a_line_are_refused_even_where_a_file_may_be_missing(string line, string remedy)
    {
        var refusal = FluentActions.Invoking(() => Workspace().FindFiles(new FileList([line]) { FailOnUnmatched = false }))
            .Should().Throw<ActionException>().Which.Findings.Should().ContainSingle().Subject;
        refusal.Message.Should().Be($"The line '{line}' of `files` names several files");
        refusal.Remedy.Should().Be($"Write each on its own line, below `files: |`: {remedy}");
    }

    [Theory]
    [InlineData("dist/My Other App.exe")]
    [InlineData("dist/*.msi#The installer, for Windows")]
    public void A_file_that_may_be_missing_may_have_spaces_and_a_label_with_commas(string line) =>
        Workspace().FindFiles(new FileList([line]) { FailOnUnmatched = false }).Notices
            .Should().Equal($"The glob '{line.Split('#')[0]}' matches no file");

    [Theory]
    [InlineData("{..,dist}/a.deb")]
    [InlineData(@"..\..\etc\passwd", "matches no file")]
    [InlineData("{/etc/passwd,dist/a.deb}")]
    [InlineData("[.][.]/x", "matches no file")]
    public void No_spelling_of_a_path_leads_outside(string line, string reason = "resolves outside the workspace") =>
        Problems(line).Should().ContainSingle().Which.Should().Contain(reason);

    [Fact]
    public void A_folder_that_a_glob_matches_is_reported_unless_its_files_are_published_too()
    {
        Workspace().FindFiles(new FileList(["dist/*"])).Notices.Should().Equal(
            "skipped: 'dist/deep' is a folder, and a release has only files; "
                + "write dist/deep/** for everything in it, or put it into an archive");
        Workspace().FindFiles(new FileList(["dist/*", "dist/deep/**"])).Notices.Should().BeEmpty();
        Problems("dist/dee?").Should().ContainSingle().Which.Should().Contain("It is a folder: write dist/deep/**");
    }

    [Theory]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "stand for more than 1,000 globs")]
    [InlineData("{{{{{{{{{{{{{{{{", "matches no file")]
    [InlineData("dist/*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "matches no file")]
    public void A_hostile_glob_ends(string line, string reason)
    {
        _checkout.Write("dist/" + new string('a', 200), "a");
        Problems(line).Should().ContainSingle().Which.Should().Contain(reason);
    }

    [Fact]
    public void A_glob_that_matches_tens_of_thousands_of_files_is_refused_before_they_are_looked_at()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_checkout.Root, "many")).FullName;
        for (var file = 0; file <= 10_000; file++) File.Create(Path.Combine(folder, $"{file}")).Dispose();

        Problems("**").Should().ContainSingle().Which.Should().StartWith("The glob '**' matches more than 10,000 files");
    }

    private Workspace Workspace() => new(_checkout.Root, _checkout.Aside("temp"));

    private IReadOnlyList<PublishableFile> Find(params string[] lines) => Workspace().FindFiles(new FileList(lines)).Files;

    private List<string> Problems(params string[] lines) => [.. FluentActions.Invoking(() => Find(lines)).Should()
        .Throw<ActionException>().Which.Findings.Select(f => $"{f.Message}. {f.Remedy}")];
}
