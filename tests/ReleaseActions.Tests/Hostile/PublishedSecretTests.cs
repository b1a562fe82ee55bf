using System.Net;
using System.Text;
using System.Text.Json;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;
using ReleaseActions.ReleasePublish;
using ReleaseActions.Tests.Hosting;

namespace ReleaseActions.Tests.Hostile;

/// <summary>A real secret is refused in whatever leaves the program; ordinary text that is a password somewhere changes nothing.</summary>
[Trait("Row", "S51")]
public sealed class PublishedSecretTests : IDisposable
{
    private const string Token = "ghs_16C7e42F292c6912E7710c838347Ae178B4a";

    private readonly Checkout _checkout = new();

    public PublishedSecretTests()
    {
        _checkout.Write("CHANGELOG.md", "## [1.0.0]\n\n- The first release, with sha256 checksums\n").Write("dist/shop.txt", "shop")
            .Commit("Release 1.0.0");
        _checkout.Push().Tag("v1.0.0");
    }

    public void Dispose() => _checkout.Dispose();

    public static TheoryData<string> RealSecrets =>
    [
        Token, "correct horse battery", "p\"q\\r =##[x]::s%t&u<v>", "pässwört-mit-ümläuten", "0123456789abcdef",
        "-----BEGIN KEY-----\nMIIBVgIBADANBgkqhkiG\nkqhkiG9w0BAQEFAASCAT\n-----END KEY-----", "eyJhbGciOi.eyJzdWIiOi.J9fQ~+/==",
    ];

    [Theory]
    [Trait("Row", "S22")]
    [MemberData(nameof(RealSecrets))]
    public void A_real_secret_is_recognised_in_every_form(string secret)
    {
        var secrets = new KnownSecrets();
        secrets.Add(new Secret(secret));

        foreach (var piece in secret.Split('\n').Where(l => !l.StartsWith("-----", StringComparison.Ordinal)))
            foreach (var form in FormsOf(piece).SelectMany(f => (string[])[f, $"a{f}b", $"> {f}\n", Wrapped(f), $"\"{f}\""]))
                secrets.IsIn(form).Should().BeTrue("'{0}' is in '{1}'", piece, form);
        secrets.IsIn("The first release, with sha256 checksums -----BEGIN KEY-----").Should().BeFalse();
    }

    public static TheoryData<int, string> Places
    {
        get
        {
            var forms = FormsOf(Token).Where(f => !f.Contains('\\', StringComparison.Ordinal));
            return [.. ((int[])[0, 1, 1_000, 1_048_575, 1_048_560, 1_048_576, 2_097_140, 5_000_000])
                .SelectMany(place => forms.Select(f => (place, f)))];
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_file_with_a_secret_anywhere_in_it_is_not_published(int place, string form)
    {
        using (var file = File.Create(Path.Combine(_checkout.Root, "dist/shop.bin")))
        {
            file.SetLength(place + 2_000);
            file.Position = place;
            file.Write(Encoding.UTF8.GetBytes(form));
        }

        var secrets = new KnownSecrets();
        secrets.Add(new Secret(Token));
        using var files = new WorkspaceReader(_checkout.Root, _checkout.Aside("temp"));

        var hash = () => files.HashAsync(["dist/shop.txt", "dist/shop.bin"], CancellationToken.None, secrets);

        (await hash.Should().ThrowAsync<ActionException>()).Which.Findings.Should().ContainSingle().Which.Message.Should()
            .Be("The file 'dist/shop.bin' has a secret of this run in it");
        (await files.HashAsync(["dist/shop.bin"], CancellationToken.None)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_release_whose_file_has_the_token_in_it_is_not_made()
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Write("dist/settings.txt", $"token = {Token}\n").Commit("Build");
        ground.Checkout.Push();

        var run = await ground.Rig().OnBranch("main").Input("repository-token", Token).Input("repository", "acme/shop")
            .Input("version", "1.0.0").Input("files", "dist/*").Input("body", "Hello").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        ground.Writes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("release")]
    [InlineData("sha256")]
    [InlineData("123456789abcdef")]
    [InlineData("")]
    public void A_short_one_is_ordinary_text(string secret)
    {
        var secrets = new KnownSecrets();
        secrets.Add(new Secret(secret));

        FormsOf(secret).Where(secrets.IsIn).Should().BeEmpty();
    }

    public static TheoryData<string, string> Words
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var action in AllActions.List)
                foreach (var word in (string[])["release", "sha256", "checksums", "dist", "true", "1.0.0"]) data.Add(action.Name, word);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_secret_that_is_an_ordinary_word_alters_no_output(string name, string word)
    {
        var (usual, with) = (await RunAsync(name, "zzzz"), await RunAsync(name, word));

        with.ExitCode.Should().Be(usual.ExitCode, with.Log);
        with.Outputs.Should().Equal(usual.Outputs);
        with.Summary.Should().Be(usual.Summary).And.NotContain("***");
    }

    [Fact]
    public async Task A_secret_in_an_output_or_in_the_summary_is_refused_before_anything_is_changed()
    {
        var (said, summary) = (new SampleAction { OnGather = _ => Task.CompletedTask }, new SampleAction(Changes.Files)
        {
            OnApply = writers =>
            {
                writers.Summary.Add($"It is {Token}");
                return Task.CompletedTask;
            },
        });

        (await Rig("before").RunAsync(said)).ExitCode.Should().Be(ExitCode.Done, "it is short");
        var run = await Rig(Token).RunAsync(summary);

        Refused(run, "The job summary");
        run.Summary.Should().BeEmpty();
    }

    [Fact]
    public async Task A_secret_in_the_notes_is_not_handed_on()
    {
        _checkout.Write("CHANGELOG.md", $"## [1.0.0]\n\n- Use {Convert.ToBase64String(Encoding.UTF8.GetBytes($"bob:{Token}"))}\n");

        Refused(await Rig(Token).Input("notes-file", "notes.md").RunAsync(new ChangelogExtractAction()), "The output 'notes'");
        File.Exists(Path.Combine(_checkout.Root, "notes.md")).Should().BeFalse();
    }

    [Theory]
    [InlineData("body", "The secret is {0}")]
    [InlineData("name", "Release {0}")]
    public async Task A_secret_in_a_release_is_not_sent(string input, string text)
    {
        await using var ground = await ReleaseGround.NewAsync();
        ground.Checkout.Policy("notifications:\n- { name: chat, kind: slack, url-from: CHAT_URL }\n").Commit("Release 1.0.0");
        ground.Checkout.Push().Tag("v1.0.0");
        const string Address = "https://hooks.example/T0PSECRET/0123456789";

        var run = await ground.Rig().OnTag("v1.0.0").With("CHAT_URL", Address).Input(input, string.Format(null, text, Address))
            .Input("files", "none").RunAsync(new ReleasePublishAction());

        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        ground.Writes.Should().BeEmpty();
        run.Errors.Should().ContainSingle().Which.Should().Contain("would have a secret of this run in it").And.NotContain("T0PSECRET");
    }

    [Fact]
    public async Task A_secret_in_a_written_file_an_argument_or_an_input_of_a_program_is_refused()
    {
        var run = await Rig(Token).RunAsync(new SampleAction(Changes.Files)
        {
            OnApply = writers =>
            {
                Refusal(() => writers.Files.WriteText("sbom.json", Token), "The file 'sbom.json'");
                Refusal(() => Start(writers.Programs, ["commit", "-m", Token], null), "What 'git commit' gets");
                Refusal(() => Start(writers.Programs, ["hash-object"], new() { StandardInput = Token }), "What 'git hash-object' gets");
                return Task.CompletedTask;
            },
        });

        run.ExitCode.Should().Be(ExitCode.Done, run.Log);
        File.Exists(Path.Combine(_checkout.Root, "sbom.json")).Should().BeFalse();
    }

    private static void Start(CommandRunner programs, string[] arguments, CommandOptions? options) =>
        programs.RunAsync("git", arguments, options, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    private static void Refusal(Action action, string place)
    {
        var refusal = action.Should().Throw<ActionException>().Which;
        refusal.ExitCode.Should().Be(ExitCode.Refused);
        refusal.Message.Should().StartWith(place).And.NotContain(Token);
    }

    private static void Refused(RunResult run, string place)
    {
        run.ExitCode.Should().Be(ExitCode.Refused, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().StartWith($"{place} would have a secret of this run in it");
        run.Outputs.Should().BeEmpty();
        run.Log.Replace($"::add-mask::{Token}", "", StringComparison.Ordinal).Should().NotContain(Token);
    }

    private Rig Rig(string token) => HostileRig.Offline(_checkout).OnTag("v1.0.0").Input("token", token);

    private Task<RunResult> RunAsync(string name, string secret)
    {
        var rig = Rig(secret).Input("dry-run", "true");
        return (name switch
        {
            "branch-cleanup" => rig.Input("branch", "release/1.0.0"),
            "release-prepare" => rig.OnBranch("main").Input("version", "2.0.0"),
            "image-build-push" => rig.Input("image", "registry.example/app").Input("push", "false").Input("password", secret),
            _ => rig,
        }).RunAsync(AllActions.Named(name));
    }

    // Encoded by others than the code that recognises it.
    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        foreach (var around in (string[])["", "x", "xy", "bob:", "x-access-token:", "acme-bot:"])
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{around}{secret}{around}"));
            yield return basic;
            yield return basic.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        }

        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        yield return WebUtility.HtmlEncode(secret);
        yield return JsonSerializer.Serialize(secret);
        yield return secret.Replace("_", "\\_", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(secret));
        yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret));
    }

    private static string Wrapped(string text) => string.Join("\n  ", text.Chunk(12).Select(c => new string(c)));
}
