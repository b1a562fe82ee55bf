using System.Collections.Concurrent;
using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Processes;
using ReleaseActions.ReleasePublish;
using ReleaseActions.VersionValidate;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.Http;

/// <summary>
/// The limits of time that production runs with, seen on every request of whole runs: none is missing, and none is hours long.
/// </summary>
[Trait("Row", "F36")]
public sealed class ProductionLimitTests
{
    private static readonly TimeSpan MostForAnAnswer = TimeSpan.FromMinutes(2);
    // 2 GiB at 1 MB/s take 35 minutes.
    private static readonly TimeSpan MostForAnUpload = TimeSpan.FromHours(2);

    [Fact]
    public async Task Every_request_of_a_release_has_a_limit()
    {
        await using var ground = await NewAsync();
        var limits = new ConcurrentBag<(string Request, bool IsUpload, TimeSpan? Limit)>();

        ReleaseAction[] actions = [new VersionValidateAction(), new ChangelogExtractAction(), new ReleasePublishAction(),
            new BranchCleanupAction()];
        // A transport for each: the host disposes of it at the end of a run.
        foreach (var action in actions) await ground.Rig(new Recorder(limits)).OnTag("v1.0.0").Input("files", "dist/*").RunAsync(action);

        limits.Count.Should().BeGreaterThan(8);
        limits.Where(l => l.Limit is null || l.Limit > (l.IsUpload ? MostForAnUpload : MostForAnAnswer)).Should().BeEmpty();
    }

    [Fact]
    public void The_body_of_an_answer_and_a_program_have_a_limit()
    {
        CappedRead.TimeLimit.Should().BePositive().And.BeLessThanOrEqualTo(MostForAnAnswer);
        new CommandOptions().Timeout.Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
        ResilientHttp.NewTransport().ConnectTimeout.Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    private sealed class Recorder(ConcurrentBag<(string Request, bool IsUpload, TimeSpan? Limit)> limits)
        : DelegatingHandler(ResilientHttp.NewTransport())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            TimeSpan? limit = request.Options.TryGetValue(ResilientHttp.TimeLimit, out var value) ? value : null;
            var isUpload = request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith("/assets", StringComparison.Ordinal);
            limits.Add(($"{request.Method} {request.RequestUri}", isUpload, limit));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
