using ReleaseActions.Core;
using ReleaseActions.SbomChecksum;
using ReleaseActions.SbomChecksum.Lockfiles;

namespace ReleaseActions.Tests.SbomChecksum;

public sealed class LockFileTests
{
    [Fact]
    public void Npm_finds_a_package_where_Node_finds_it()
    {
        var a = Component("package-lock.json", Lockfiles.Npm, "pkg:npm/%40scope/a@1.0.1");

        a.DependsOn.Should().Equal("pkg:npm/b@1.9.0", "pkg:npm/fast@1.0.0");
        a.License.Should().Be("MIT");
        a.Hashes.Should().ContainSingle().Which.Algorithm.Should().Be("SHA-512");
    }

    [Fact]
    public void Npm_separates_what_runs_what_builds_and_what_is_optional()
    {
        var components = LockFile.Read("package-lock.json", Lockfiles.Npm).Components;

        var scopes = components.DistinctBy(c => c.Url.Name).ToDictionary(c => c.Url.Name, c => c.Scope);
        scopes.Should().Contain("a", Scope.Required).And.Contain("tool", Scope.Excluded).And.Contain("fast", Scope.Optional);
        scopes.Should().ContainKey("real", "an alias means another package").And.NotContainKey("alias").And.NotContainKey("app");
    }

    [Fact]
    public void Npm_version_1_nests_what_version_2_lists_flat()
    {
        var file = LockFile.Read("package-lock.json", Lockfiles.NpmVersion1);

        file.Components.Select(c => c.Reference).Should().BeEquivalentTo("pkg:npm/a@1.0.0", "pkg:npm/b@1.5.0", "pkg:npm/b@2.0.0");
        file.Components.Single(c => c.Url.Name == "a").DependsOn.Should().Equal("pkg:npm/b@1.5.0");
        file.Components.Single(c => c.Url.Name == "a").Hashes.Should().Equal(new Hash("SHA-1", "da39a3ee5e6b4b0d3255bfef95601890afd80709"));
    }

    [Fact]
    public void NuGet_names_may_differ_in_case_and_projects_are_not_packages()
    {
        var file = LockFile.Read("packages.lock.json", Lockfiles.NuGet);

        file.Components.Select(c => c.Reference).Distinct()
            .Should().BeEquivalentTo("pkg:nuget/Markdig@1.6.0", "pkg:nuget/System.Memory@4.6.0");
        file.Components[0].DependsOn.Should().Equal("pkg:nuget/System.Memory@4.6.0");
        file.Components[0].Hashes.Should().ContainSingle();
        file.Components[1].Hashes.Should().BeEmpty("'short' is not a SHA-512");
        file.Direct.Should().Equal("pkg:nuget/Markdig@1.6.0");
    }

    [Theory]
    [InlineData("1.6.0.0", "1.6.0")]
    [InlineData("01.6", "1.6.0")]
    [InlineData("1.6.0-RC.1+build.7", "1.6.0-RC.1")]
    [InlineData("1.6.0.2", "1.6.0.2")]
    public void NuGet_versions_are_normalized_as_NuGet_does(string resolved, string version)
    {
        var text = $$"""{ "dependencies": { "net10.0": { "A": { "type": "Direct", "resolved": "{{resolved}}" } } } }""";

        LockFile.Read("packages.lock.json", text).Direct.Should().Equal($"pkg:nuget/A@{version}");
    }

    [Fact]
    public void Uv_omits_the_project_and_separates_development()
    {
        var file = LockFile.Read("uv.lock", Lockfiles.Uv);

        file.Components.Select(c => (c.Reference, c.Scope)).Should().Equal(
            ("pkg:pypi/httpx@0.28.1", Scope.Required), ("pkg:pypi/idna@3.10", Scope.Required), ("pkg:pypi/pytest@8.3.4", Scope.Excluded));
        file.Components[0].Hashes.Should().BeEmpty("two files, and the lock file does not say which is installed");
        file.Components[1].Hashes.Should().ContainSingle().Which.Algorithm.Should().Be("SHA-256");
        file.Direct.Should().Equal("pkg:pypi/httpx@0.28.1", "pkg:pypi/pytest@8.3.4");
    }

    [Fact]
    public void Poetry_names_are_compared_as_PyPI_does()
    {
        var file = LockFile.Read("poetry.lock", Lockfiles.Poetry);

        file.Components.Select(c => (c.Reference, c.Scope)).Should().Equal(
            ("pkg:pypi/jinja2@3.1.5", Scope.Required),
            ("pkg:pypi/markupsafe@3.0.2", Scope.Required),
            ("pkg:pypi/ruff@0.9.1", Scope.Excluded));
        file.Components[0].DependsOn.Should().Equal("pkg:pypi/markupsafe@3.0.2");
        file.Components[0].Hashes.Should().ContainSingle();
    }

    [Fact]
    public void Pipenv_has_one_group_for_what_runs_and_one_for_development() =>
        LockFile.Read("Pipfile.lock", Lockfiles.Pipfile).Components.Select(c => (c.Reference, c.Scope, c.Hashes.Count)).Should().Equal(
            ("pkg:pypi/idna@3.10", Scope.Required, 1), ("pkg:pypi/pytest@8.3.4", Scope.Excluded, 0));

    [Fact]
    public void Only_pinned_requirements_are_packages() =>
        LockFile.Read("requirements-prod.txt", Lockfiles.Requirements).Components.Select(c => (c.Reference, c.Hashes.Count)).Should().Equal(
            ("pkg:pypi/django-rest@3.15.2", 1), ("pkg:pypi/uvicorn@0.34.0", 0), ("pkg:pypi/exact@1.0", 0));

    [Fact]
    public void Cargo_may_have_two_versions_of_a_crate()
    {
        var file = LockFile.Read("Cargo.lock", Lockfiles.Cargo);

        file.Components.Select(c => c.Reference).Should().Equal("pkg:cargo/rand@0.7.3", "pkg:cargo/rand@0.8.5", "pkg:cargo/serde@1.0.0");
        file.Components[2].DependsOn.Should().Equal("pkg:cargo/rand@0.7.3");
        file.Direct.Should().Equal("pkg:cargo/rand@0.8.5", "pkg:cargo/serde@1.0.0");
    }

    [Fact]
    public void Go_replacements_are_what_is_built()
    {
        var file = LockFile.Read("go.mod", Lockfiles.Go);

        file.Components.Select(c => c.Reference).Should().Equal(
            "pkg:golang/github.com/gorilla/mux@v1.8.1", "pkg:golang/golang.org/x/text@v0.21.0", "pkg:golang/example.com/new@v1.1.0");
        file.Direct.Should().Equal("pkg:golang/github.com/gorilla/mux@v1.8.1", "pkg:golang/example.com/new@v1.1.0");
    }

    [Theory]
    [Trait("Row", "S34")]
    [InlineData("package-lock.json", "{\"packages\":", "*package-lock.json' cannot be read: *")]
    [InlineData("package-lock.json", "[]", "*cannot be read: it is not a JSON object*")]
    [InlineData("packages.lock.json", "{\"a\":1,\"a\":2}", "*cannot be read: *")]
    [InlineData("packages.lock.json", """{"dependencies":{"x":{"A":{"resolved":"latest"}}}}""", "*: 'latest' is not a NuGet version*")]
    [InlineData("uv.lock", "[[package]]\nname = \"a", "*cannot be read: line 2: Invalid End-Of-File found on string literal*")]
    [InlineData("Gemfile.lock", "", "'Gemfile.lock' is not a lock file that is supported*")]
    public void A_broken_lock_file_is_refused_with_the_reason(string name, string text, string error) =>
        FluentActions.Invoking(() => LockFile.Read(name, text)).Should().Throw<ActionException>().WithMessage(error)
            .Which.ExitCode.Should().Be(ExitCode.BadInput);

    [Theory]
    [Trait("Row", "L10")]
    [InlineData("uv.lock", "")]
    [InlineData("poetry.lock", "")]
    [InlineData("Cargo.lock", "source = 'x'\n")]
    public void More_versions_of_a_package_than_any_project_has_are_refused(string name, string source)
    {
        string Text(int versions) =>
            string.Concat(Enumerable.Range(0, versions).Select(i => $"[[package]]\nname = 'a'\nversion = '{i}'\n{source}"));

        LockFile.Read(name, Text(100)).Components.Should().HaveCount(100);
        FluentActions.Invoking(() => LockFile.Read(name, Text(101))).Should().Throw<ActionException>()
            .WithMessage("*cannot be read: it has 101 versions of 'a'*");
    }

    [Theory]
    [Trait("Row", "L10")]
    [InlineData("packages", "x/")]
    [InlineData("dependencies", "x")]
    public void A_path_longer_than_any_file_system_has_is_refused(string key, string part)
    {
        var text = $$"""{ "{{key}}": { "{{string.Concat(Enumerable.Repeat(part, 5000))}}": { "version": "1" } } }""";

        FluentActions.Invoking(() => LockFile.Read("package-lock.json", text)).Should().Throw<ActionException>()
            .WithMessage("*cannot be read: a path in it *");
    }

    [Theory]
    [Trait("Row", "B20")]
    [InlineData("package-lock.json")]
    [InlineData("packages.lock.json")]
    [InlineData("uv.lock")]
    [InlineData("poetry.lock")]
    [InlineData("Pipfile.lock")]
    [InlineData("requirements.txt")]
    [InlineData("Cargo.lock")]
    [InlineData("go.mod")]
    public void Any_text_is_read_or_refused_and_is_never_a_defect(string name)
    {
        var text = TextOf(name);
        var random = new Random(20260102);
        for (var round = 0; round < 300; round++)
        {
            var broken = Broken(text, random);
            try
            {
                LockFile.Read(name, broken).Components.Should().NotBeNull();
            }
            catch (ActionException e)
            {
                e.ExitCode.Should().Be(ExitCode.BadInput, "of {0}", broken);
            }
        }
    }

    private static string Broken(string text, Random random)
    {
        const string Pieces = "\"'[]{}=,.\\#\n\t:nulltrue0\0\u202e";
        var characters = text.ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(characters.Count);
            if (random.Next(2) == 0) characters.RemoveRange(at, Math.Min(random.Next(1, 20), characters.Count - at - 1));
            else characters.Insert(at, Pieces[random.Next(Pieces.Length)]);
        }

        return string.Concat(characters);
    }

    private static string TextOf(string name) => name switch
    {
        "package-lock.json" => Lockfiles.Npm,
        "packages.lock.json" => Lockfiles.NuGet,
        "uv.lock" => Lockfiles.Uv,
        "poetry.lock" => Lockfiles.Poetry,
        "Pipfile.lock" => Lockfiles.Pipfile,
        "requirements.txt" => Lockfiles.Requirements,
        "Cargo.lock" => Lockfiles.Cargo,
        _ => Lockfiles.Go,
    };

    private static Component Component(string name, string text, string reference) =>
        LockFile.Read(name, text).Components.Single(c => c.Reference == reference);
}
