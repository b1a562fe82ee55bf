using ReleaseActions.Core.Text;
using ReleaseActions.SbomChecksum;

namespace ReleaseActions.Tests.SbomChecksum;

/// <summary>Credentials in the addresses that tools write into lock files, and in those of the server, do not get into the SBOM.</summary>
[Trait("Row", "S48")]
public sealed class CredentialTests : IDisposable
{
    private const string Planted = "pl4nted-cr3dential";
    private const string Address = $"https://bob:{Planted}@registry.example/x/-/x-1.0.0.tgz?token={Planted}&a=b#sha";

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    public static TheoryData<string, string> LockFiles => new()
    {
        { "package-lock.json", $$"""
            { "lockfileVersion": 3, "packages": { "": {}, "node_modules/x": { "version": "git+{{Address}}", "resolved": "{{Address}}",
            "license": "SEE {{Address}}" }, "node_modules/y": { "name": "{{Address}}", "version": "1.0.0" } } }
            """ },
        { "npm-shrinkwrap.json", $$"""
            { "lockfileVersion": 1, "dependencies": { "x": { "version": "{{Address}}", "from": "{{Address}}" },
            "z": { "version": "npm:@bob/x@{{Address}}" } } }
            """ },
        { "packages.lock.json", $$"""
            { "version": 1, "dependencies": { "net10.0": { "{{Address}}": { "type": "Direct", "resolved": "1.0.0" } } } }
            """ },
        { "Cargo.lock", $"""
            version = 3

            [[package]]
            name = "x"
            version = "{Address}"
            source = "registry+{Address}"
            """ },
        { "poetry.lock", $"""
            [[package]]
            name = "x"
            version = "{Address}"
            files = []

            [package.source]
            type = "legacy"
            url = "{Address}"
            """ },
        { "uv.lock", $$"""
            version = 1

            [[package]]
            name = "x"
            version = "{{Address}}"
            source = { registry = "{{Address}}" }
            """ },
        { "Pipfile.lock", $$"""
            { "_meta": { "sources": [ { "url": "{{Address}}" } ] }, "default": { "x": { "version": "=={{Address}}" },
            "y": { "git": "{{Address}}", "ref": "1" } }, "develop": {} }
            """ },
        { "requirements.txt", $"--index-url {Address}\nx==1.0.0 --hash=sha256:{new string('a', 64)}\n" },
        { "go.mod", $"module example.com/shop\n\nrequire bob:{Planted}@registry.example/x v1.0.0\n" },
    };

    [Theory]
    [MemberData(nameof(LockFiles))]
    public async Task Credentials_in_a_lock_file_are_not_published(string name, string text)
    {
        _checkout.Write(name, text).Write("dist/shop.txt", "shop").Commit("Release 1.0.0");
        _checkout.Push().Tag("v1.0.0");

        var run = await Rig().Input("lockfiles", name).Input("files", "dist/shop.txt").RunAsync(new SbomChecksumAction());

        run.ExitCode.Should().BeOneOf(Core.ExitCode.Done, Core.ExitCode.BadInput);
        var sbom = Path.Combine(_checkout.Root, "release-artifacts/sbom.json");
        if (run.ExitCode == Core.ExitCode.Done) File.ReadAllText(sbom).Should().NotContain(Planted);
        (run.Log + run.Summary + string.Concat(run.Outputs.Values)).Should().NotContain(Planted);
    }

    [Fact]
    public async Task Credentials_in_the_address_of_the_server_are_not_published()
    {
        _checkout.Write("dist/shop.txt", "shop").Commit("Release 1.0.0");
        _checkout.Push().Tag("v1.0.0");
        var server = GitServer.Serve(_checkout.Origin);

        var run = await Rig().With("GITHUB_SERVER_URL", server.Insert("http://".Length, $"bob:{Planted}@")).Input("files", "dist/shop.txt")
            .RunAsync(new SbomChecksumAction());

        run.ExitCode.Should().Be(Core.ExitCode.Done, run.Log);
        var sbom = await File.ReadAllTextAsync(
            Path.Combine(_checkout.Root, "release-artifacts/sbom.json"), TestContext.Current.CancellationToken);
        sbom.Should().NotContain(Planted).And.Contain(new Uri(server).Host);
        (run.Log + run.Summary).Should().NotContain(Planted);
    }

    [Theory]
    [InlineData("https://bob:pw@host/x", "https://host/x")]
    [InlineData("https://ghp_x@host/x", "https://host/x")]
    [InlineData("git+ssh://bob:p@w@host/x#a", "git+ssh://host/x#a")]
    [InlineData("https://host/x?token=abc&b=c", "https://host/x?token=&b=c")]
    [InlineData("https://host/x?X-Amz-Signature=abc;Key-Pair-Id=d", "https://host/x?X-Amz-Signature=")]
    [InlineData("//host/:_authToken=abc", "//host/:_authToken=")]
    [InlineData("bob:pw@host/x", "host/x")]
    [InlineData("1.0.0", "1.0.0")]
    [InlineData("@scope/name", "@scope/name")]
    [InlineData("github.com/gorilla/mux", "github.com/gorilla/mux")]
    [InlineData("git@github.com:acme/shop", "git@github.com:acme/shop")]
    [InlineData("https://host/x?a=b", "https://host/x?a=b")]
    [InlineData("monkey", "monkey")]
    public void An_address_keeps_everything_but_its_credentials(string text, string kept) =>
        UrlText.WithoutCredentials(text).Should().Be(kept);

    private Rig Rig() => HostileRig.Offline(_checkout).OnTag("v1.0.0");
}
