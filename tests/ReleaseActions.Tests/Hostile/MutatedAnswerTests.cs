using System.Globalization;
using System.Net;
using System.Text;
using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Http;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using ReleaseActions.Tests.ReleasePrepare;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Hostile;

/// <summary>
/// Whole runs over a server whose answers are damaged at random from fixed seeds, in status, headers and body: every run ends in a
/// sentence. More with ANSWERS=1000.
/// </summary>
[Trait("Row", "S45")]
public sealed class MutatedAnswerTests
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("ANSWERS"), CultureInfo.InvariantCulture, out var seeds) ? seeds : 40;

    private static readonly ExitCode[] Expected =
        [ExitCode.Done, ExitCode.BadInput, ExitCode.Refused, ExitCode.RemoteFailed, ExitCode.VerificationFailed];

    [Theory]
    [InlineData("version-validate")]
    [InlineData("changelog-extract")]
    [InlineData("image-build-push")]
    [InlineData("release-publish")]
    [InlineData("branch-cleanup")]
    [InlineData("release-prepare")]
    public async Task No_answer_of_a_server_is_a_crash(string action)
    {
        await using var ground = await GroundAsync(action);
        ground.ForgiveViolations();
        var damaged = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var line = new Damaging(seed);

            var run = await RunAsync(ground, action, line, seed);

            var what = $"seed {seed} of {action}: {string.Join("; ", line.Damages)}\n{run.Log}";
            run.ExitCode.Should().BeOneOf(Expected, what);
            run.Log.Replace("::add-mask::sandbox-token", "", StringComparison.Ordinal).Should()
                .NotContain("defect", what).And.NotContain("   at ", what).And.NotContain("sandbox-token", what);
            if (run.ExitCode != ExitCode.Done) run.Errors.Should().NotBeEmpty(what);
            damaged += line.Damages.Count;
        }

        // One action asks for a single page.
        damaged.Should().BeGreaterThan(Seeds / 5);
    }

    private static async Task<ReleaseGround> GroundAsync(string action)
    {
        if (action == "release-prepare") return (await BranchGround.NewAsync(BranchGround.FromDevelop)).Ground;
        var ground = await ReleaseGround.NewAsync();
        var checkout = ground.Checkout;
        checkout.Tag("v0.9.0").Write("dist/a.tgz", "a").Write("dist/b.tgz", "b").Write("package.json", "{\"version\": \"1.0.0\"}")
            .Write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- A change\n\n## 1.0.0\n\n- First\n")
            .Policy(PolicyOf(action)).Commit("feat: first (#9)");
        if (action == "image-build-push") ImageFiles.OciLayout("amd64", "arm64").WriteTar(Path.Combine(checkout.Root, "image.tar"));
        checkout.Push();
        ground.GitHub.Put(new PullRequest(9, "gone") { Open = false, MergeCommitSha = checkout.Head });
        ground.GitHub.Put(new CheckRun(checkout.Head, "build"));
        ground.GitHub.Put(new Review(9, "ada"));
        ground.GitHub.PutLabels("critical");
        await ground.GitHub.PutAsync(new Release { TagName = "v0.9.0", TargetCommitish = "main" });
        return ground;
    }

    private static string PolicyOf(string action) => action switch
    {
        "version-validate" => "gates: { checks: [build], blocking-labels: [critical], approvals: [{ team: platform, members: [ada] }] }\n",
        "release-publish" => "notifications: [{ name: chat, url-from: CHAT_URL }]\n",
        _ => "{}\n",
    };

    private static Task<RunResult> RunAsync(ReleaseGround ground, string action, Damaging line, int seed)
    {
        var (checkout, version) = (ground.Checkout, string.Create(CultureInfo.InvariantCulture, $"1.{seed}.0"));
        var rig = ground.Rig(line).OnTag($"v{version}").With("GITHUB_RUN_ID", "7");
        switch (action)
        {
            case "version-validate":
                checkout.Tag($"v{version}");
                return rig.RunAsync(new VersionValidateAction());
            case "changelog-extract":
                return rig.Input("fallback", "commits").Input("template", "grouped").RunAsync(new ChangelogExtractAction());
            case "image-build-push":
                return rig.Input("archive", "image.tar").Input("image", $"{ground.GitHub.Registry}/acme/app{seed}").Input("latest", "true")
                    .Input("username", "bob").Input("password", "sandbox-token").RunAsync(new ImageBuildPushAction());
            case "release-publish":
                checkout.Tag($"v{version}");
                return rig.With("CHAT_URL", $"{ground.GitHub.ServerUrl}/hooks/webhook/x").Input("files", "dist/*").Input("body", "Hello")
                    .Input("moving-tags", "major").RunAsync(new ReleasePublishAction());
            case "branch-cleanup":
                checkout.Git("push", "--quiet", "origin", $"HEAD:refs/heads/release/{version}");
                checkout.Tag($"v{version}");
                return rig.Input("branch", $"release/{version}").RunAsync(new BranchCleanupAction());
            default:
                return ground.Rig(line).OnBranch("main").Input("bump", "minor").RunAsync(new ReleasePrepareAction());
        }
    }

    /// <summary>The way to a server, on which a third of the answers is damaged. The same request is damaged in the same way.</summary>
    private sealed class Damaging(int seed) : DelegatingHandler(ResilientHttp.NewTransport())
    {
        private static readonly int[] Statuses =
            [200, 201, 202, 204, 206, 301, 302, 303, 307, 308, 400, 401, 403, 404, 409, 410, 416, 422, 429, 500, 502, 503, 599];

        private static readonly (string Name, string Value)[] Headers =
        [
            ("Location", "//"), ("Location", "https://user:x@evil.example/"), ("Location", "/"), ("Location", "javascript:x"),
            ("Retry-After", "-1"), ("Retry-After", "99999999999999999999"), ("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"),
            ("x-ratelimit-reset", "-9223372036854775808"), ("x-ratelimit-reset", "9223372036854775807"), ("x-ratelimit-remaining", "0"),
            ("Date", "Fri, 31 Dec 9999 23:59:59 GMT"), ("Link", "<https://evil.example/>; rel=\"next\""), ("Link", "<//>; rel=\"next\""),
            ("Docker-Content-Digest", "sha256:x"), ("WWW-Authenticate", "Bearer realm=\"//\""), ("WWW-Authenticate", "Bearer"),
        ];

        private readonly Dictionary<string, int> _times = [];
        private readonly List<string> _damages = [];

        public IReadOnlyList<string> Damages
        {
            get
            {
                lock (_times) return [.. _damages];
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var random = RandomOf($"{request.Method} {request.RequestUri!.PathAndQuery}");
            if (random.Next(3) > 0) return answer;
            var what = random.Next(4) switch
            {
                0 => $"status {(int)(answer.StatusCode = (HttpStatusCode)Statuses[random.Next(Statuses.Length)])}",
                1 => Head(answer, random),
                _ => await BodyAsync(answer, random, cancellationToken),
            };
            if (random.Next(4) == 0) what += $", {Head(answer, random)}";
            lock (_times) _damages.Add($"{request.Method} {request.RequestUri.AbsolutePath}: {what}");
            return answer;
        }

        // Not by the order of requests, which differs where several are under way.
        private Random RandomOf(string request)
        {
            lock (_times)
            {
                _times[request] = _times.GetValueOrDefault(request) + 1;
                var hash = request.Aggregate(17u, (h, c) => (h * 31) + c);
                return new Random(unchecked((int)(hash * 7919) + (seed * 104_729) + _times[request]));
            }
        }

        private static string Head(HttpResponseMessage answer, Random random)
        {
            var (name, value) = Headers[random.Next(Headers.Length)];
            if (random.Next(2) == 0) answer.Headers.Remove(name);
            answer.Headers.TryAddWithoutValidation(name, value);
            return $"{name}: {value}";
        }

        private static async Task<string> BodyAsync(HttpResponseMessage answer, Random random, CancellationToken cancellation)
        {
            var (old, text) = (answer.Content, await answer.Content.ReadAsStringAsync(cancellation));
            var body = random.Next(12) switch
            {
                0 => "", 1 => "null", 2 => "[]", 3 => "{}", 4 => "[null]", 5 => new string('[', 10_000), 6 => "<!DOCTYPE html>",
                7 => text.Replace("{", "{\"id\":1,\"id\":2,", StringComparison.Ordinal),
                8 => text.Replace("\":\"", "\":\"\\ud800", StringComparison.Ordinal),
                9 => text[..random.Next(text.Length + 1)],
                10 => text.Replace("\":\"", "\":\"\\u0000\\u001b[31m\u202e::error::", StringComparison.Ordinal),
                _ => MutationTests.Damaged(text.Length == 0 ? "{}" : text, random),
            };
            var bytes = Encoding.UTF8.GetBytes(body);
            answer.Content = new ByteArrayContent(random.Next(10) == 0 ? [.. bytes, 0xFF] : bytes);
            foreach (var header in old.Headers.Where(h => h.Key != "Content-Length"))
                answer.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            return body.Length > 300 ? body[..300] + "…" : body;
        }
    }
}
