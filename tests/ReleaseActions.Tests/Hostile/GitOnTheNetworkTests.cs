using System.Net;
using Microsoft.AspNetCore.Http;
using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Hostile;

/// <summary>What git sends on a runner, where, and what it reports when the network fails.</summary>
public sealed class GitOnTheNetworkTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly OtherHost _other = new();

    public GitOnTheNetworkTests() => _checkout.Tag("v1.0.0");

    public void Dispose()
    {
        _checkout.Dispose();
        _other.Dispose();
    }

    [Theory]
    [Trait("Row", "S21"), Trait("Row", "S39")]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_and_says_that_the_repository_was_renamed(int status)
    {
        GitServer.Intercept(_checkout.Origin, http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = $"{_other.Url}{http.Request.Path}{http.Request.QueryString}";
            return true;
        });

        var run = await Rig().RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain($"{status}").And.Contain("was renamed or moved");
        _other.TakeVisits().Should().Be(0);
    }

    [Fact]
    [Trait("Row", "S39")]
    [Trait("Row", "S40")]
    public async Task The_server_gets_our_token_and_no_header_of_the_checkout()
    {
        var cookies = Path.Combine(_checkout.Aside("evil"), "cookies");
        await File.WriteAllTextAsync(
            cookies, "127.0.0.1\tFALSE\t/\tFALSE\t0\tevil\t1\n", TestContext.Current.CancellationToken);
        foreach (var (key, value) in new[] { ("http.cookieFile", cookies), ("http.extraHeader", "X-Evil: 1"), ("http.userAgent", "evil") })
            _checkout.Git("config", key, value);
        var server = new Uri(GitServer.Serve(_checkout.Origin)).GetLeftPart(UriPartial.Authority);
        _checkout.Git("config", $"http.{server}/.extraheader", "Authorization: Basic a2VwdA==");
        var seen = new List<(string Authorization, string Agent, IReadOnlyList<string> Names)>();
        GitServer.Intercept(_checkout.Origin, http =>
        {
            var headers = http.Request.Headers;
            seen.Add(($"{headers.Authorization}", $"{headers.UserAgent}", [.. headers.Keys]));
            return false;
        });

        (await Rig().RunAsync(new VersionValidateAction())).ExitCode.Should().Be(ExitCode.Done);

        seen.Should().NotBeEmpty();
        var token = Convert.ToBase64String("x-access-token:ours"u8);
        foreach (var (authorization, agent, names) in seen)
        {
            authorization.Should().Be($"Basic {token}");
            agent.Should().StartWith("git/");
            names.Should().NotContain(["Cookie", "X-Evil"]);
        }
    }

    [Theory]
    [Trait("Row", "F69")]
    [InlineData(401, "ours", "could not read Username", "Give a `token` that is valid")]
    [InlineData(401, "", "could not read Username", "Give a `token` that is valid")]
    [InlineData(403, "ours", "returned error: 403", "Give a `token` that may read")]
    [InlineData(404, "ours", "not found", "Check GITHUB_REPOSITORY")]
    [InlineData(500, "ours", "returned error: 500", "Run it again")]
    public async Task A_servers_refusal_is_reported_with_gits_reason_and_what_to_do(int status, string token, string reason, string remedy)
    {
        GitServer.Intercept(_checkout.Origin, http =>
        {
            http.Response.StatusCode = status;
            if (status == 401) http.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
            return true;
        });

        var run = await Rig().Input("token", token).RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain(reason).And.Contain(remedy);
    }

    [Theory]
    [Trait("Row", "F69")]
    [InlineData("https://server.invalid", "Could not resolve host", "DNS")]
    [InlineData("http://127.0.0.1:1", "connect to", "Run it again")]
    [InlineData("https://127.0.0.1:PORT", "unable to access", "Run it again")]
    public async Task A_server_that_is_not_reached_is_reported_with_gits_reason(string server, string reason, string remedy)
    {
        var port = new Uri(GitServer.Serve(_checkout.Origin)).Port;

        var run = await Rig().With("GITHUB_SERVER_URL", server.Replace("PORT", $"{port}", StringComparison.Ordinal))
            .RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("`git ls-remote` failed with exit code 128: ")
            .And.Contain("unable to access").And.Contain(reason).And.Contain(remedy);
    }

    [Theory]
    [Trait("Row", "S39")]
    [InlineData("GITHUB_SERVER_URL", "http://example.com")]
    [InlineData("GITHUB_SERVER_URL", "http://127.0.0.1.example.com")]
    [InlineData("GITHUB_SERVER_URL", "https://github.com?x")]
    [InlineData("GITHUB_SERVER_URL", "ssh://github.com")]
    [InlineData("GITHUB_SERVER_URL", "file:///tmp")]
    [InlineData("GITHUB_SERVER_URL", "ext::sh -c touch")]
    [InlineData("GITHUB_REPOSITORY", "acme/../../x")]
    [InlineData("GITHUB_REPOSITORY", "acme/..")]
    [InlineData("GITHUB_REPOSITORY", "acme/shop?x")]
    [InlineData("GITHUB_REPOSITORY", "-u/shop")]
    [InlineData("GITHUB_REPOSITORY", "acme")]
    [InlineData("GITHUB_SHA", "HEAD")]
    [InlineData("GITHUB_SHA", "--upload-pack=x")]
    [InlineData("GITHUB_SHA", "aaaa")]
    public async Task A_variable_that_names_no_server_repository_or_commit_is_refused(string variable, string value)
    {
        var run = await Rig().With(variable, value).RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain(variable == "GITHUB_SHA" ? "40 hex digits" : variable);
    }

    [Fact]
    [Trait("Row", "F50")]
    public async Task A_repository_with_ids_of_SHA_256_is_refused()
    {
        var head = _checkout.Head;
        Directory.Delete(_checkout.Origin, recursive: true);
        _checkout.Git("init", "--quiet", "--bare", "--object-format=sha256", "--initial-branch=main", _checkout.Origin);
        var tree = _checkout.Git("--git-dir", _checkout.Origin, "write-tree");
        var commit = _checkout.Git("--git-dir", _checkout.Origin, "commit-tree", "-m", "x", tree);
        _checkout.Git("--git-dir", _checkout.Origin, "update-ref", "refs/tags/v1.0.0", commit);

        var run = await Rig().With("GITHUB_SHA", head).RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("ids of 64 digits");
    }

    // What an earlier step can write into GITHUB_ENV, and what each does to plain git.
    [Theory]
    [Trait("Row", "S44")]
    [InlineData("http_proxy", "OTHER")]
    [InlineData("ALL_PROXY", "OTHER")]
    [InlineData("GIT_TRACE", "TRACE")]
    [InlineData("GIT_TRACE_CURL", "TRACE")]
    [InlineData("GIT_TRACE2_EVENT", "TRACE")]
    [InlineData("LD_DEBUG_OUTPUT", "TRACE")]
    [InlineData("GIT_EXEC_PATH", "/nonexistent")]
    [InlineData("GIT_DIR", "/nonexistent")]
    [InlineData("GIT_CONFIG_COUNT", "garbage")]
    [InlineData("GIT_CONFIG_PARAMETERS", "'http.proxy=OTHER'")]
    [InlineData("GIT_SHALLOW_FILE", "/nonexistent")]
    [InlineData("GIT_OBJECT_DIRECTORY", "/nonexistent")]
    [InlineData("SSLKEYLOGFILE", "TRACE")]
    public async Task A_variable_that_an_earlier_step_set_has_no_effect_on_git(string variable, string value)
    {
        var folder = _checkout.Aside("trace");
        string Filled(string text) => text.Replace("TRACE", Path.Combine(folder, "trace"), StringComparison.Ordinal)
            .Replace("OTHER", _other.Url, StringComparison.Ordinal);
        var rig = Rig().With(variable, Filled(value));
        if (variable == "LD_DEBUG_OUTPUT") rig = rig.With("LD_DEBUG", "libs");

        var run = await rig.RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        _other.TakeVisits().Should().Be(0);
        Directory.EnumerateFileSystemEntries(folder).Should().BeEmpty();
    }

    private Rig Rig() =>
        HostileRig.Offline(_checkout, new HostileRig.Answering(HttpStatusCode.NotFound, "{}")).OnTag("v1.0.0").Input("token", "ours");
}
