using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.Hostile;

/// <summary>Documents on the runner's disk and inputs that nobody would write: exit code 2, and the document is named.</summary>
[Trait("Row", "S45"), Trait("Row", "S34")]
public sealed class HostileDocumentTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    public static TheoryData<string> Documents =>
    [
        "", " ", "null", "[]", "1", "\"x\"", "{", "{}}", "{\"a\":1,\"a\":2}", "{\"repository\":{\"fork\":false,\"fork\":true}}",
        "{\"before\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"n\":" + new string('9', 1_000) + "}", new string('[', 100_000),
        string.Concat(Enumerable.Repeat("{\"repository\":", 10_000)), "{\"a\":\"\u0001\"}", "{}\0", "<html>",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_malformed_event_is_a_wrong_file(string json)
    {
        var path = Path.Combine(_checkout.Aside("event"), "event.json");
        await File.WriteAllTextAsync(path, json, new UTF8Encoding(false));

        var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").With("GITHUB_EVENT_PATH", path).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("The event's file '").And.Contain("event.json");
    }

    [Theory]
    [InlineData("{\"repository\":\"x\",\"pull_request\":{\"head\":[]}}")]
    [InlineData("{\"repository\":[1],\"before\":[],\"workflow_run\":1}")]
    [InlineData("{\"repository\":{\"fork\":\"yes\"}}")]
    public async Task An_event_whose_fields_have_other_kinds_is_no_crash(string json)
    {
        var path = Path.Combine(_checkout.Aside("event"), "event.json");
        await File.WriteAllTextAsync(path, json);

        var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").With("GITHUB_EVENT_PATH", path).Input("files", "none")
            .RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().BeOneOf([ExitCode.Refused, ExitCode.RemoteFailed], run.Log);
        run.Log.Should().NotContain("A defect");
    }

    [Fact]
    public async Task An_event_that_is_no_file_is_not_waited_for()
    {
        var pipe = Path.Combine(_checkout.Aside("event"), "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe)) await made.WaitForExitAsync();
        foreach (var path in (string[])[pipe, "/dev/zero", "/nowhere", _checkout.Root])
        {
            var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").With("GITHUB_EVENT_PATH", path)
                .RunAsync(new ReleasePublishAction());

            run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        }
    }

    [Theory]
    [InlineData("{\"auths\":{},\"auths\":{}}")]
    [InlineData("{\"auths\":{\"\\ud800\":{}}}")]
    [InlineData("{\"auths\":")]
    [InlineData("[]")]
    [InlineData("{\"n\":1e")]
    public async Task A_malformed_configuration_of_docker_is_a_wrong_file(string json)
    {
        var folder = _checkout.Aside("docker");
        await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), json);
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(_checkout.Root, "image.tar"));

        // A laptop: on a runner an earlier step may have written the file.
        var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").With("GITHUB_ACTIONS", "false").With("DOCKER_CONFIG", folder)
            .Input("archive", "image.tar").Input("registry", "127.0.0.1:1/acme").RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Log.Should().Contain("docker's configuration").And.NotContain("A defect");
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":\"x\"}")]
    [InlineData("{\"a\":\"x\",\"a\":\"x\"}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("DEEP")]
    [InlineData("- - - -")]
    public async Task Images_that_are_no_map_from_name_to_digest_are_a_finding(string value)
    {
        var images = value.Replace("DEEP", string.Concat(Enumerable.Repeat("{a: ", 100_000)), StringComparison.Ordinal);

        var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").Input("images", images).RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().Contain(e => e.StartsWith("The input 'images' is not a JSON object", StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Actions => new(
        from action in AllActions.List
        from value in (string[])["{\"\\ud800\":\"\\ud800\"}", string.Concat(Enumerable.Repeat("- ", 100_000)), "\ud800&a [*a]"]
        select (action.Name, value));

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task An_input_that_cannot_be_read_is_no_crash(string action, string value)
    {
        foreach (var input in Manual.Of(AllActions.Named(action)).Inputs.Where(i => i.Name is not ("token" or "dry-run")))
        {
            var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").Input("dry-run", "true").Input(input.Name, value)
                .RunAsync(AllActions.Named(action));

            run.ExitCode.Should().NotBe(ExitCode.Defect, $"{input.Name}: {run.Log}");
        }
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("pässword")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("\u200b")]
    public async Task A_token_that_no_header_can_hold_is_a_finding_in_every_action(string token)
    {
        foreach (var action in AllActions.List)
        {
            var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0").Input("token", token).RunAsync(action);

            run.ExitCode.Should().Be(ExitCode.BadInput, $"{action.Name}: {run.Log}");
            run.Log.Should().Contain("The input 'token' holds");
        }
    }
}
