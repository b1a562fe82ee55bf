using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Runner;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.Http;

/// <summary>A server that is reached by a company's proxy alone, under the company's own certificate.</summary>
[Trait("Row", "S44")]
public sealed class CompanyNetworkTests : IAsyncDisposable
{
    private const string Password = "pr0xy p@ss/word";
    private static readonly string Escaped = Uri.EscapeDataString(Password);

    private readonly ReleaseGround _ground = ReleaseGround.NewAsync().Result;
    private readonly CompanyNetwork _company;

    public CompanyNetworkTests()
    {
        _company = new CompanyNetwork(_ground.GitHub.ServerUrl) { Credential = $"bob:{Password}" };
        _ground.Checkout.Write("CHANGELOG.md", "## 1.0.0\n\n- First\n").Commit("Release 1.0.0");
        _ground.Checkout.Push().Tag("v1.0.0");
    }

    public async ValueTask DisposeAsync()
    {
        _company.Dispose();
        await _ground.DisposeAsync();
    }

    [Fact]
    public async Task Git_and_the_API_are_reached_through_the_proxy()
    {
        var run = await Rig().Input("proxy", $"http://bob:{Escaped}@{_company.Proxy}").Input("ca-certificates", _company.Authority)
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _ground.GitHub.Releases.Should().ContainSingle().Which.TagName.Should().Be("v1.0.0");
        _company.Requests.Should().OnlyContain(r => r.StartsWith($"CONNECT {CompanyNetwork.Host}:443 ", StringComparison.Ordinal));
        _company.Requests.Should().Contain(r => r.Contains("git/", StringComparison.Ordinal), "git asks through it as well");
        _company.Requests.Should().Contain(r => !r.Contains("git/", StringComparison.Ordinal));
        (run.Log.Replace($"::add-mask::{Password}", "", StringComparison.Ordinal) + run.Summary).Should().NotContain(Password);
    }

    public static TheoryData<string, string, string> Unreachable => new()
    {
        { "proxy", "", CompanyNetwork.Host },
        { "ca-certificates", "", "`ca-certificates`" },
        { "no-proxy", CompanyNetwork.Host, CompanyNetwork.Host },
        { "no-proxy", ".example", CompanyNetwork.Host },
        { "proxy", "http://PROXY", "407" },
        { "proxy", "http://bob:wrong@PROXY", "407" },
        { "proxy", "http://127.0.0.1:1", "127.0.0.1:1" },
    };

    // Whatever the variables of an earlier step say.
    [Theory]
    [MemberData(nameof(Unreachable))]
    public async Task Without_one_of_them_the_server_is_not_reached(string input, string value, string reason)
    {
        var rig = Rig().Input("proxy", $"http://bob:{Escaped}@{_company.Proxy}").Input("ca-certificates", _company.Authority)
            .With("HTTPS_PROXY", $"http://bob:{Escaped}@{_company.Proxy}").With("ALL_PROXY", $"http://bob:{Escaped}@{_company.Proxy}")
            .Input(input, value.Replace("PROXY", _company.Proxy, StringComparison.Ordinal)).Input("max-wait", "0");

        var run = await rig.RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain(reason);
        _ground.GitHub.Releases.Should().BeEmpty();
    }

    [Fact]
    public async Task A_program_gets_the_proxy_and_a_file_with_the_certificates()
    {
        var script = Script.Write(_ground.Checkout.Root, "notes.sh", "env | grep -i proxy; tail -n 2 $SSL_CERT_FILE | head -n 1");
        var run = await _ground.Rig().OnTag("v1.0.0").Input("version", "1.1.0").Input("fallback", "command")
            .Input("command", "./notes.sh").Input("proxy", "http://proxy.example:3128").Input("no-proxy", "a.example, .b.example")
            .Input("ca-certificates", _company.Authority).RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, $"{script} {run.Log}");
        var notes = run.Outputs["notes"];
        foreach (var name in (string[])["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"])
            notes.Should().Contain($"{name}=http://proxy.example:3128\n");
        notes.Should().Contain("NO_PROXY=localhost,127.0.0.1,::1,a.example,b.example\n")
            .And.Contain(_company.Authority.TrimEnd().Split('\n')[^2], "the authority of the company comes last");
    }

    public static TheoryData<string, string> WrongInputs => new()
    {
        { "proxy", "proxy.example.com:3128" }, { "proxy", "socks5://proxy.example.com:1080" }, { "proxy", "http://" },
        { "proxy", "http://proxy.example.com/path" }, { "proxy", "http://proxy.example.com?x" }, { "proxy", "http://a b" },
        { "proxy", "file:///etc/passwd" }, { "proxy", "http://proxy\n.example.com" }, { "no-proxy", "*" }, { "no-proxy", "10.0.0.0/8" },
        { "no-proxy", "git.example.com:443" }, { "no-proxy", "*.example.com" }, { "no-proxy", "a,-b=c" }, { "no-proxy", "." },
        { "ca-certificates", "/etc/ssl/ca.pem" }, { "ca-certificates", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" },
        { "ca-certificates", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----" },
    };

    [Theory]
    [MemberData(nameof(WrongInputs))]
    public async Task A_wrong_value_is_refused_before_anything_is_sent(string input, string value)
    {
        var run = await Rig().Input(input, value).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain($"'{input}'");
    }

    [Theory]
    [InlineData("git.example.com", true)]
    [InlineData("GIT.EXAMPLE.COM.", true)]
    [InlineData("a.git.example.com", true)]
    [InlineData("example.com", false)]
    [InlineData("notgit.example.com", false)]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.1.2.30", false)]
    [InlineData("[fd00::1]", true)]
    [InlineData("127.0.0.9", true)]
    [InlineData("[::1]", true)]
    [InlineData("localhost", true)]
    public void A_host_is_reached_directly_if_it_is_named_or_below_a_name(string host, bool isDirect) =>
        NetworkSettings.Read("http://proxy.example:3128", "git.example.com, 10.1.2.3 fd00::1", null).IsDirect(host).Should().Be(isDirect);

    // No answer of the sandbox leads to the company's host, so nothing is uploaded.
    private Rig Rig() => _ground.Rig().OnTag("v1.0.0").With("GITHUB_API_URL", $"https://{CompanyNetwork.Host}/api/v3")
        .With("GITHUB_SERVER_URL", $"https://{CompanyNetwork.Host}").Input("files", "none").Input("body", "Hello");
}
