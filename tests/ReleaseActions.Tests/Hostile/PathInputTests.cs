using System.Diagnostics;
using System.Net.Sockets;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hostile;

/// <summary>Every input of every action that takes a path, with something in its place that is not to be opened.</summary>
public sealed class PathInputTests : IAsyncDisposable
{
    private const string Credential = "AUTHORIZATION: basic c2VjcmV0LW9mLWNoZWNrb3V0";

    // The inputs that are paths, with where the action finds what they name.
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["policy-file"] = "{0}", ["changelog"] = "{0}", ["manifests"] = "{0}", ["path"] = "{0}", ["fragments"] = "folder/x.feature.md",
        ["template"] = "{0}", ["notes-file"] = "{0}", ["context"] = "folder/Dockerfile", ["file"] = "{0}", ["archive"] = "{0}",
        ["files"] = "{0}", ["working-directory"] = "{0}", ["folder"] = "folder/checksums.txt", ["lockfiles"] = "sub/{0}",
        ["body-path"] = "{0}",
    };

    // The others. An input that is in neither list is new: does it take a path?
    private static readonly string[] NoPaths = (
        "version tag-prefix branch tip-only increasing strict annotated-tags checks blocking-labels recovery-release recovery-issue "
        + "recovery-reason recovery-confirmation emergency-reason team-token dry-run product max-wait token fallback command "
        + "command-timeout "
        + "absolute-links mentions explain lint fix only image target build-args platforms tags labels push load latest registry username "
        + "password "
        + "immutable-tags allow-fork fail-on-unmatched-files sign cosign-key cosign-password allow-unencrypted-key bundle-name tag name "
        + "body body-mode generate-notes previous-tag discussion-category moving-tags parallel-uploads draft prerelease make-latest "
        + "lint-all check-release adopt-draft unversioned-tag repository repository-token proxy no-proxy ca-certificates "
        + "on-existing notify images figures branches production release-succeeded bump flow description reason log").Split(' ');

    private readonly ReleaseGround _ground = ReleaseGround.NewAsync().Result;

    public PathInputTests()
    {
        Checkout.Write("CHANGELOG.md", "## [1.0.0]\n\n- First\n").Write("a.txt", "a").Commit("Release 1.0.0");
        Checkout.Push().Tag("v1.0.0");
        Checkout.Git("config", "http.https://github.com/.extraheader", Credential);
    }

    private Checkout Checkout => _ground.Checkout;

    public ValueTask DisposeAsync()
    {
        _ground.ForgiveViolations();
        return _ground.DisposeAsync();
    }

    public static TheoryData<string, string> ActionsAndPaths
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var action in AllActions.List)
                foreach (var input in InputsOf(action).Where(Paths.ContainsKey)) data.Add(action.Name, input);
            return data;
        }
    }

    [Fact]
    public void Every_input_is_known_as_a_path_or_not() =>
        AllActions.List.SelectMany(InputsOf).Except(Paths.Keys).Except(NoPaths).Should().BeEmpty();

    [Theory]
    [Trait("Row", "S42")]
    [MemberData(nameof(ActionsAndPaths))]
    public async Task A_link_into_git_is_refused_before_it_is_read_or_written(string action, string input)
    {
        var config = Path.Combine(Checkout.Root, ".git/config");
        File.CreateSymbolicLink(PlaceOf(input, "link"), config);
        var before = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);

        var run = await RunAsync(action, input, "link");

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().Contain(e => e.Contains("link", StringComparison.Ordinal));
        (run.Log + run.Summary + string.Concat(run.Outputs.Values)).Should().NotContain("AUTHORIZATION").And.NotContain("c2VjcmV0");
        (await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken)).Should().Be(before);
    }

    [Theory]
    [Trait("Row", "S42")]
    [MemberData(nameof(ActionsAndPaths))]
    public async Task A_folder_that_is_a_link_into_git_is_refused(string action, string input)
    {
        File.CreateSymbolicLink(Path.Combine(Checkout.Root, "way"), Path.Combine(Checkout.Root, ".git"));

        var run = await RunAsync(action, input, input is "context" or "folder" or "fragments" ? "way" : "way/config");

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().Contain(e => e.Contains("way", StringComparison.Ordinal));
        (run.Log + run.Summary + string.Concat(run.Outputs.Values)).Should().NotContain("AUTHORIZATION").And.NotContain("c2VjcmV0");
    }

    [Theory]
    [Trait("Row", "S47")]
    [MemberData(nameof(ActionsAndPaths))]
    public async Task Nothing_waits_for_a_file_that_is_none(string action, string input)
    {
        foreach (var kind in (string[])["pipe", "socket", "zero", "kmsg"])
        {
            var place = PlaceOf(input, kind);
            using var made = Make(kind, place);

            var run = await RunAsync(action, input, kind);

            run.ExitCode.Should().Be(ExitCode.BadInput, "{0}: {1}", kind, run.Log);
            var named = input is "context" or "folder" or "fragments" ? "folder" : kind;
            run.Errors.Should().Contain(e => e.Contains(named, StringComparison.Ordinal));
            File.Delete(place);
        }
    }

    // What is a file to be published, or to be written, may have any size.
    private static readonly string[] NoTexts = ["path", "folder", "archive", "files", "working-directory", "file", "context"];

    public static TheoryData<string, string> ActionsAndTexts =>
        [.. ActionsAndPaths.Select(r => r.Data).Where(d => !NoTexts.Contains(d.Item2)
            && !(d.Item2 == "notes-file" && d.Item1 == "changelog-extract"))];

    [Theory]
    [Trait("Row", "L16")]
    [MemberData(nameof(ActionsAndTexts))]
    public async Task A_text_of_more_bytes_than_it_may_have_is_not_read(string action, string input)
    {
        using (var file = File.Create(PlaceOf(input, "text"))) file.SetLength(input == "policy-file" ? 1_048_577 : 16_777_217);

        var run = await RunAsync(action, input, "text");

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        run.Errors.Should().Contain(e => e.Contains("bytes, and may have", StringComparison.Ordinal));
    }

    public static TheoryData<string, string> ActionsAndCommandFiles
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var action in AllActions.List)
                foreach (var variable in (string[])["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_PATH"])
                    data.Add(action.Name, variable);
            return data;
        }
    }

    [Theory]
    [Trait("Row", "S47")]
    [MemberData(nameof(ActionsAndCommandFiles))]
    public async Task Nothing_waits_for_a_file_of_the_runner_that_is_none(string action, string variable)
    {
        var config = Path.Combine(Checkout.Root, ".git/config");
        var before = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);
        foreach (var kind in (string[])["pipe", "socket", "zero", "kmsg", "link into git"])
        {
            var place = Path.Combine(Checkout.Aside("files"), kind);
            using var made = Make(kind, place);
            string? If(string name) => variable == name ? place : null;
            var rig = Filled(_ground.Rig(outputFile: If("GITHUB_OUTPUT"), summaryFile: If("GITHUB_STEP_SUMMARY")), action);
            if (If("GITHUB_EVENT_PATH") is not null) rig.With(variable, place);

            var run = await rig.Input("dry-run", "true").RunAsync(AllActions.Named(action));

            run.ExitCode.Should().NotBe(ExitCode.Defect, "{0}: {1}", kind, run.Log);
            if (variable == "GITHUB_STEP_SUMMARY") run.ExitCode.Should().NotBe(ExitCode.Done, "{0}: {1}", kind, run.Log);
            (await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken)).Should().Be(before);
        }
    }

    [Theory]
    [Trait("Row", "S47")]
    [InlineData("GITHUB_OUTPUT")]
    [InlineData("GITHUB_STEP_SUMMARY")]
    public async Task A_link_in_the_place_of_a_file_of_the_runner_is_not_written_through(string variable)
    {
        var (target, place) = (Path.Combine(Checkout.Aside("files"), "target"), Path.Combine(Checkout.Aside("files"), "link"));
        await File.WriteAllTextAsync(target, "as it was", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(place, target);
        string? If(string name) => variable == name ? place : null;

        var rig = Filled(_ground.Rig(outputFile: If("GITHUB_OUTPUT"), summaryFile: If("GITHUB_STEP_SUMMARY")), "version-validate");
        var run = await rig.RunAsync(AllActions.Named("version-validate"));

        run.ExitCode.Should().Be(ExitCode.BadInput, run.Log);
        (await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)).Should().Be("as it was");
    }

    private static IEnumerable<string> InputsOf(ReleaseAction action) => Manual.Of(action).Inputs.Select(i => i.Name);

    // The path of what is opened for an input that has the value `name`.
    private string PlaceOf(string input, string name)
    {
        var place = Path.Combine(Checkout.Root, string.Format(null, Paths[input], name));
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        return place;
    }

    private Task<RunResult> RunAsync(string action, string input, string name)
    {
        var value = input switch
        {
            "context" or "folder" or "fragments" => name is "way" ? "way" : "folder",
            "lockfiles" => name is "way/config" ? name : $"sub/{name}",
            "manifests" => $"{name}#version",
            _ => name,
        };
        var rig = Filled(_ground.Rig(), action);
        // Fragments are read where the changelog has no section.
        if (input == "fragments") rig.Input("version", "3.0.0");
        if (input == "working-directory") rig.Input("files", "a.txt");
        return rig.Input(input, value).RunAsync(AllActions.Named(action));
    }

    // What makes each action look at everything.
    private Rig Filled(Rig rig, string action) => action switch
    {
        "image-build-push" => rig.OnTag("v1.0.0").Input("image", $"{TestRegistry.Require().Host}/{TestRegistry.NewName("path")}"),
        "sbom-checksum" => rig.OnTag("v1.0.0").Input("files", "a.txt"),
        "release-prepare" => rig.OnBranch("main").Input("version", "2.0.0"),
        "branch-cleanup" => rig.OnBranch("main").Input("branch", "release/1.0.0"),
        _ => rig.OnTag("v1.0.0"),
    };

    private Socket? Make(string kind, string place)
    {
        switch (kind)
        {
            case "pipe":
                using (var made = Process.Start("mkfifo", place)!) made.WaitForExit();
                return null;
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                // The name of a socket may have 107 bytes.
                var brief = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}");
                socket.Bind(new UnixDomainSocketEndPoint(brief));
                File.Move(brief, place);
                return socket;
            case "link into git":
                File.CreateSymbolicLink(place, Path.Combine(Checkout.Root, ".git/config"));
                return null;
            default:
                File.CreateSymbolicLink(place, kind == "zero" ? "/dev/zero" : "/proc/kmsg");
                return null;
        }
    }
}
