using System.IO.Compression;
using System.Net;
using ReleaseActions.Core;
using ReleaseActions.Core.GitHub;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Sandbox;
using Release = ReleaseActions.Sandbox.Release;
using static ReleaseActions.Tests.ReleasePublish.ReleasePublishTests;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Answers that are cut, foreign, huge or exploding: shown in a sentence, and no more of them is read than may be.</summary>
public sealed class BrokenAnswerTests
{
    private const int Megabyte = 1024 * 1024;

    // What is read at once.
    private const int Buffer = 16 * 1024;

    [Theory]
    [InlineData("cut", "no answer came: ")]
    [InlineData("half", "its answer makes no sense: ")]
    [InlineData("bomb", "its answer makes no sense: ")]
    [InlineData("502", "answered 502: no further words")]
    [InlineData("403", "answered 403: no further words")]
    [Trait("Row", "F37"), Trait("Row", "S34")]
    public async Task A_list_of_releases_that_cannot_be_read_ends_the_run_before_any_write(string fault, string shown)
    {
        await using var ground = await NewAsync();
        var notes = new string('n', 1_000);
        await ground.GitHub.PutAsync([.. Enumerable.Range(0, 30).Select(i => new Release
        {
            TagName = $"v0.{i}.0", TargetCommitish = "main", Name = $"Release {i}", Body = notes,
        })]);
        ground.Fault("GET", "releases", KindOf(fault), times: 99);

        var run = await PublishAsync(ground);

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith("GitHub was asked to list the releases, and ").And.Contain(shown);
        run.Log.Should().NotContain("   at ");
        ground.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData(200, GitHubClient.LargestAnswer + Buffer)]
    [InlineData(500, GitHubClient.LargestError + Buffer)]
    [InlineData(404, GitHubClient.LargestAnswer + Buffer)]
    [InlineData(401, GitHubClient.LargestError + Buffer)]
    [InlineData(403, GitHubClient.LargestError + Buffer)]
    [Trait("Row", "F37")]
    public async Task Of_an_answer_without_end_no_more_is_read_than_its_cap_and_one_buffer(int status, long most)
    {
        await using var ground = await NewAsync();
        var read = new List<Endless>();
        using var transport = new Answering(_ =>
        {
            read.Add(new Endless());
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(read[^1]) };
        });

        var run = await ground.Rig(transport).OnTag("v1.0.0").Input("files", "none").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.RemoteFailed, run.Log);
        run.Errors.Should().ContainSingle();
        run.Log.Should().NotContain("   at ");
        read[^1].Taken.Should().BePositive();
        read.Max(r => r.Taken).Should().BeLessThanOrEqualTo(most);
    }

    private static FaultKind KindOf(string fault) => fault switch
    {
        "cut" => FaultKind.CutAnswer(50),
        "half" => FaultKind.Reply(200, """[{"id":1000,"tag_name":"v1.0.0","target_comm"""),
        "bomb" => FaultKind.Reply(200, Bomb(), ("Content-Encoding", "gzip"), ("Content-Type", "application/json")),
        var status => FaultKind.Reply(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), new string('x', 10 * Megabyte)),
    };

    // A hundred megabytes of zeros in a hundred kilobytes.
    private static byte[] Bomb()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            for (var megabyte = 0; megabyte < 100; megabyte++) gzip.Write(new byte[Megabyte]);
        return bytes.ToArray();
    }

    /// <summary>Spaces without end, which JSON allows before a value; counted as they are read.</summary>
    private sealed class Endless : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Taken; set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Taken += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
