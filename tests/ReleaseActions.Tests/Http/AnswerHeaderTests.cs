using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.Http;

/// <summary>Headers as no server should send them, to the clients of GitHub's API and of registries, through a real connection.</summary>
[Trait("Row", "S45")]
public sealed class AnswerHeaderTests
{
    private static readonly string[] Times =
    [
        "-9223372036854775808", "9223372036854775807", "99999999999999999999999", "-1", "0", "", "NaN", "1e9", "0x10", "1.5", "now",
        "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 99 Foo 2026 99:99:99 GMT",
    ];

    private static readonly string[] Places =
    [
        "//", "", "/", "?", "#", "///", "http://", "https://", "//evil.example/x", "http:///x", "javascript:alert(1)",
        "file:///etc/passwd", "ftp://evil.example", "gopher://x",
        "https://user:secret@evil.example/", "http://169.254.169.254/", "http://metadata/", "http://[::1",
        "http://[fe80::1%25eth0]/", "http://x:99999/", "http://x:-1/", "\\\\evil.example\\x", "http://\u00e9\u00ff/", "%", "http://%zz/",
        new string('a', 10_000), "https://evil.example/\u0001", "data:text/plain,x", "mailto:a@b.example", "HTTP:x", "urn:x", "http://0/",
    ];

    private static readonly string[] Others =
    [
        "Link: <//>; rel=\"next\"", "Link: <https://evil.example/?page=2>; rel=\"next\"", "Link: <>; rel=\"next\"", "Link: ,,,;;;<<<",
        "Link: <?page=2>; rel=\"next\"", "Link: <http://[::1>; rel=\"next\"", "Content-Length: 99999999999999999999", "Content-Length: -1",
        "Content-Length: x", "Content-Range: bytes 9-1/0", "Content-Type: \u00ff;;;", "Content-Type: application/json; charset=x-nothing",
        "Content-Encoding: br", "Transfer-Encoding: chunked", "Docker-Content-Digest: sha256:x", "Docker-Content-Digest: ",
        "WWW-Authenticate: Bearer", "WWW-Authenticate: Bearer realm=\"//\"", "WWW-Authenticate: Bearer realm=\"http://x:99999/\"",
        "WWW-Authenticate: Bearer realm=\"http://169.254.169.254/\"", "WWW-Authenticate: Bearer realm=\"https://evil.example/t\"",
        "WWW-Authenticate: Bearer realm=\"x", "WWW-Authenticate: ===,,\"", "WWW-Authenticate: Basic", "X-Long: " + new string('x', 100_000),
        "Set-Cookie: a=b; Domain=", "Age: -1", "ETag: \"", "Expires: 0", "Warning: x", "Trailer: x", "Upgrade: x", "Connection: x",
    ];

    public static TheoryData<string> Kinds => ["Retry-After", "x-ratelimit-reset", "Date", "Location", "others"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_header_that_makes_no_sense_is_an_error_in_a_sentence_and_never_a_wait_without_end(string kind)
    {
        IEnumerable<string> lines = kind switch
        {
            "others" => Others,
            "Location" => Places.Select(p => $"Location: {p}"),
            "Date" => Times.SelectMany(t => Times.Take(4).Select(w => $"Date: {t}\r\nRetry-After: {w}")),
            "Retry-After" => Times.Select(t => $"Retry-After: {t}").Concat(Times.Select(t => $"Retry-After: 1\r\nRetry-After: {t}")),
            _ => Times.Select(t => $"x-ratelimit-remaining: 0\r\nx-ratelimit-reset: {t}"),
        };
        string[] statuses = kind switch
        {
            "Location" => ["301 Moved", "302 Found", "307 Temporary Redirect", "202 Accepted", "201 Created"],
            "others" => ["200 OK", "401 Unauthorized", "403 Forbidden", "404 Not Found"],
            _ => ["429 Too Many Requests", "403 Forbidden", "503 Service Unavailable"],
        };

        foreach (var line in lines)
            foreach (var status in statuses)
                await ExpectSentenceAsync(status, line);
    }

    [Fact]
    public async Task Redirects_without_end_end()
    {
        using var circle = new Wire(_ => Wire.Answer("302 Found", "Location: /again"));
        var clock = new PromptClock();
        using var transport = ResilientHttp.NewTransport(isRunner: true);
        using var http = new ResilientHttp(transport, clock, new Log(TextWriter.Null, isRunner: true));
        // A registry that leads on when it is asked for a blob has the blob, and stores it elsewhere.
        foreach (var use in Uses(http, circle.Host, clock).SkipLast(1))
            (await use.Should().ThrowAsync<ActionException>()).Which.ExitCode.Should().Be(ExitCode.RemoteFailed);
        circle.Heads.Count.Should().BeInRange(4, 40);
    }

    private static async Task ExpectSentenceAsync(string status, string headers)
    {
        using var server = new Wire(_ => $"HTTP/1.1 {status}\r\n{headers}\r\n\r\n{{\"message\":\"x\"}}");
        var clock = new PromptClock();
        using var transport = ResilientHttp.NewTransport(isRunner: true);
        using var http = new ResilientHttp(transport, clock, new Log(TextWriter.Null, isRunner: true));
        foreach (var use in Uses(http, server.Host, clock))
        {
            // Each with the limits of production; waits are over at once, and counted.
            if (await Record.ExceptionAsync(use) is not { } e) continue;
            e.Should().BeOfType<ActionException>($"{status} {headers}: {e}");
            ((ActionException)e).ExitCode.Should().BeOneOf([ExitCode.RemoteFailed, ExitCode.VerificationFailed], $"{status} {headers}");
        }

        TimeSpan.FromTicks(clock.Waits.Sum(w => w.Ticks)).Should().BeLessThan(TimeSpan.FromMinutes(20), $"{status} {headers}");
    }

    private static IEnumerable<Func<Task>> Uses(ResilientHttp http, string host, PromptClock clock)
    {
        var variables = new Dictionary<string, string> { ["GITHUB_API_URL"] = $"http://{host}", ["GITHUB_REPOSITORY"] = "acme/shop" };
        var log = new Log(TextWriter.Null, isRunner: true);
        var gitHub = new GitHubWriter(http, new RunnerContext(variables), new Secret("token"), clock, log.Secrets, ["releases"]);
        var registry = new RegistryWriter(new RegistrySession(http, log), clock, log);
        registry.SignIn(host, "bob", new Secret("s3cret"));
        var blob = new ImageReference(host, "acme/app", Digest: $"sha256:{new string('a', 64)}");
        yield return () => gitHub.ListReleasesAsync(1_000, CancellationToken.None);
        yield return () => gitHub.CreateDraftAsync(new ReleaseFields("v1.0.0"), CancellationToken.None);
        yield return () => registry.FindDigestAsync(new ImageReference(host, "acme/app", "1.0.0"), CancellationToken.None);
        yield return () => registry.PushBlobAsync(blob, 7, () => new MemoryStream("content"u8.ToArray()), CancellationToken.None);
    }
}
