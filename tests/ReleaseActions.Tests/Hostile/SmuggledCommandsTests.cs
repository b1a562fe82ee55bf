using System.Net;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Hostile;

/// <summary>Text from outside that would be a workflow command, by every way it can reach a log.</summary>
public sealed class SmuggledCommandsTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    public static TheoryData<string> Commands =>
    [
        "::set-output name=x::y", "  ::add-mask::e", "text ##[add-matcher]/x", "##[set-env name=PATH;]/evil", "a\r::stop-commands::x",
        "a\n::save-state name=a::b", "\u00a0::add-path::/evil",
        "\u2028::add-path::/evil", "::::", "x%0A::set-env name=a::b", "\u001b[2K::set-env name=a::b", "###[[set-env]x", "\t\t::echo::on",
    ];

    public static TheoryData<string, string> ActionsAndCommands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var action in AllActions.List)
                foreach (var command in Commands) data.Add(action.Name, (string)((ITheoryDataRow)command).GetData()[0]!);
            return data;
        }
    }

    [Theory]
    [Trait("Row", "S05")]
    [MemberData(nameof(ActionsAndCommands))]
    public async Task A_tag_name_stays_text(string action, string hostile)
    {
        var rig = HostileRig.Offline(_checkout).OnTag(hostile);

        NothingSmuggled(await rig.RunAsync(AllActions.Named(action)));
        NothingSmuggled(await rig.OnTag("v" + hostile).RunAsync(AllActions.Named(action)));
        NothingSmuggled(await rig.OnTag("v1.0.0-" + hostile).RunAsync(AllActions.Named(action)));
    }

    [Theory]
    [Trait("Row", "S05")]
    [MemberData(nameof(ActionsAndCommands))]
    public async Task What_a_child_git_says_stays_text(string action, string hostile)
    {
        File.WriteAllText(Path.Combine(_checkout.Aside("said"), "text"), hostile);
        var rig = HostileRig.Offline(_checkout).OnTag("v1.0.0")
            .WithProgram(_checkout, "git", $"cat '{_checkout.Aside("said")}/text'; cat '{_checkout.Aside("said")}/text' >&2; exit 128");

        var run = await rig.RunAsync(AllActions.Named(action));

        NothingSmuggled(run);
        run.ExitCode.Should().NotBe(ExitCode.Done);
    }

    [Theory]
    [Trait("Row", "S05")]
    [MemberData(nameof(ActionsAndCommands))]
    public async Task The_body_of_an_API_error_stays_text(string action, string hostile)
    {
        _checkout.Tag("v1.0.0");
        var body = new System.Text.Json.Nodes.JsonObject
        {
            ["message"] = hostile,
            ["errors"] = new System.Text.Json.Nodes.JsonArray(hostile)
        }.ToJsonString();

        foreach (var text in (string[])[body, hostile])
            NothingSmuggled(
                await HostileRig.Offline(_checkout, new HostileRig.Answering(HttpStatusCode.UnprocessableEntity, text)).OnTag("v1.0.0")
                .RunAsync(AllActions.Named(action)));
    }

    [Theory]
    [Trait("Row", "S05")]
    [MemberData(nameof(Commands))]
    public async Task A_commit_message_stays_text(string hostile)
    {
        _checkout.Tag("v1.0.0").Commit($"feat: {hostile}\n\n{hostile}");
        _checkout.Commit(hostile);
        _checkout.Push().Tag("v1.1.0");

        var run = await HostileRig.Offline(_checkout).OnTag("v1.1.0").RunAsync(new ChangelogExtractAction());

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        NothingSmuggled(run);
    }

    [Theory]
    [Trait("Row", "S05")]
    [MemberData(nameof(Commands))]
    public async Task A_file_name_stays_text(string hostile)
    {
        _checkout.Tag("v1.0.0")
            .Policy($"version:\n  manifests: [{System.Text.Json.JsonSerializer.Serialize(hostile)}]\nchangelog: {{path: "
                + $"{System.Text.Json.JsonSerializer.Serialize(hostile)}, fallback: none}}\n");
        _checkout.Write(hostile.Replace('/', '_'), "{");

        NothingSmuggled(await HostileRig.Offline(_checkout).OnTag("v1.0.0").RunAsync(new VersionValidateAction()));
        NothingSmuggled(await HostileRig.Offline(_checkout).OnTag("v1.0.0").RunAsync(new ChangelogExtractAction()));
    }

    [Theory]
    [Trait("Row", "S08")]
    [InlineData("-d")]
    [InlineData("--upload-pack=touch /tmp/release-actions-marker")]
    public async Task A_ref_that_begins_with_a_dash_is_refused_and_runs_nothing(string hostile)
    {
        var tag = await HostileRig.Offline(_checkout).OnTag(hostile).RunAsync(new VersionValidateAction());
        var branch = await HostileRig.Offline(_checkout).OnTag("v1.0.0").Input("branch", hostile).RunAsync(new VersionValidateAction());
        var prefix = await HostileRig.Offline(_checkout).OnBranch("main").Input("tag-prefix", hostile).Input("version", "1.0.0")
            .RunAsync(new VersionValidateAction());

        foreach (var run in (RunResult[])[tag, branch, prefix])
        {
            run.ExitCode.Should().Be(ExitCode.BadInput);
            run.Errors.Should().ContainSingle().Which.Should().Contain("ref must not begin with '-'");
        }

        File.Exists("/tmp/release-actions-marker").Should().BeFalse();
    }

    [Theory]
    [Trait("Row", "S31")]
    [InlineData("v1.0.0\u202e", "\\u202e")]
    [InlineData("v1.0.0-rc\u200b.1", "\\u200b")]
    [InlineData("v1.0.0-\u0007", "\\x07")]
    [InlineData("v1.0.0-\u001b[31m", "\\x1b")]
    [InlineData("v1.0.0+\u2066x", "\\u2066")]
    public async Task A_tag_with_invisible_characters_is_refused_and_shown_escaped(string tag, string shown)
    {
        var run = await HostileRig.Offline(_checkout).OnTag(tag).RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Errors.Should().ContainSingle().Which.Should().Contain(shown).And.Contain("is not a valid version");
        run.Log.Should().NotContainAny("\u202e", "\u200b", "\u0007", "\u001b", "\u2066");
    }

    [Fact]
    [Trait("Row", "S35")]
    public async Task A_tag_of_a_million_characters_is_refused_in_a_short_sentence()
    {
        var run = await HostileRig.Offline(_checkout).OnTag("v1.0.0-" + new string('-', 1_000_000)).RunAsync(new VersionValidateAction());

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Log.Length.Should().BeLessThan(10_000);
    }

    private static void NothingSmuggled(RunResult run)
    {
        HostileRig.StrayCommands(run.Log).Should().BeEmpty(run.Log);
        RunnerModel.ReadCommands(run.Log).Should().NotContain(c => c.Name == "add-mask", "no secret was given");
        run.ExitCode.Should().NotBe(ExitCode.Defect, run.Log);
    }
}
