using System.Globalization;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;
using ReleaseActions.Sandbox;
using ReleaseActions.Sandbox.Runner;

namespace ReleaseActions.Rehearse;

/// <summary>
/// The folders of a rehearsal: a bare <c>origin</c>, a checkout of it, the runner's files, the sandbox's state, and what the release
/// makes public. The repository it was copied from is never written to.
/// </summary>
internal sealed class Stage(Workspace folder, Writers writers)
{
    /// <summary>The job's token; worth something in the sandbox alone.</summary>
    public const string Token = "rehearsal-token";

    /// <summary>The number of the workflow's run.</summary>
    public const long RunId = 1;

    /// <summary>Who makes commits and tags, which never leave the machine.</summary>
    public static readonly string[] Identity = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost"];

    private const string Mark = "rehearsal.txt";
    private const string PortFile = "runner/port";

    /// <summary>The bare repository that replaces the one on GitHub.</summary>
    public string Origin => Path.Combine(folder.Root, "origin.git");

    /// <summary>The checkout that the steps run in.</summary>
    public string Work => Path.Combine(folder.Root, "work");

    /// <summary>The folders that a runner would mount into the container of an action.</summary>
    public RunnerFolders RunnerFolders => new(
        Work, folder.MakeFolder("runner/home"), folder.MakeFolder("runner/workflow"), folder.MakeFolder("runner/file_commands"),
        folder.MakeFolder("runner/temp"));

    /// <summary>Whether an earlier rehearsal is there to go on from.</summary>
    public static bool IsSet(WorkspaceReader folder) => folder.HasFolder("origin.git") && folder.HasFolder("work");

    /// <summary>Whether a folder is empty or belongs to a rehearsal: it is cleared by the next one.</summary>
    public static bool MayClear(WorkspaceReader folder) => folder.IsEmpty || folder.HasFile(Mark);

    /// <summary>Sets the stage: clears the folder, copies the repository into it, makes the tag, and checks its commit out.</summary>
    /// <returns>The plan's facts with the commit that is checked out.</returns>
    public async Task<RehearseFacts> SetAsync(RehearsePlan plan, CancellationToken cancellation)
    {
        folder.WriteText(Mark, "This folder belongs to `rehearse`, which clears it. Nothing in it is needed.\n");
        var facts = plan.Request.Again ? plan.Facts : await CopyAsync(plan, cancellation);
        if (facts.Source is not { } source) return facts;
        using var repository = writers.Files.At(source);
        CopyBuiltFiles(repository, facts);
        return facts;
    }

    /// <summary>Starts the sandbox. Going on, it has the address of the earlier rehearsal, which what was made then names.</summary>
    /// <exception cref="ActionException">Another program has the port now (exit 4).</exception>
    public async Task<SandboxServer> StartSandboxAsync(RehearseFacts facts)
    {
        var port = int.TryParse(folder.ReadText(PortFile), CultureInfo.InvariantCulture, out var earlier) ? earlier : 0;
        try
        {
            var sandbox = await SandboxServer.StartAsync(SandboxOf(facts) with { Port = port });
            folder.WriteText(PortFile, $"{new Uri(sandbox.ServerUrl).Port}");
            return sandbox;
        }
        catch (IOException e)
        {
            throw ActionException.Remote(
                $"The sandbox could not be started on port {port}: {PlainText.Inert(e.Message)}",
                "Stop the program that has the port; or rehearse without --again");
        }
    }

    /// <summary>The options of the sandbox.</summary>
    public SandboxOptions SandboxOf(RehearseFacts facts) => new()
    {
        Owner = facts.Name.Split('/')[0],
        Repository = facts.Name.Split('/')[1],
        BareRepository = Origin,
        StateFolder = Path.Combine(folder.Root, "sandbox"),
        Token = Token,
    };

    private async Task<RehearseFacts> CopyAsync(RehearsePlan plan, CancellationToken cancellation)
    {
        foreach (var old in (string[])["origin.git", "work", "sandbox", "runner", "public"]) folder.DeleteFolder(old);
        var (facts, git) = (plan.Facts, writers.Readers.Git.In(folder.Root));
        if (facts.Source is null) facts = facts with { Source = await WriteSampleAsync(facts, cancellation) };
        await git.RunAsync(["clone", "--quiet", "--bare", "--no-hardlinks", "--end-of-options", facts.Source, Origin], cancellation);
        var origin = git.In(Origin);
        if (!facts.TagExists)
        {
            string[] tag = ["tag", "--annotate", "--message", plan.TagMessage, "--end-of-options", facts.Tag, facts.Commit!];
            await origin.RunAsync([.. Identity, .. tag], cancellation);
        }

        var commit = await origin.FindCommitAsync($"refs/tags/{facts.Tag}", cancellation)
            ?? throw ActionException.Conflict($"The repository no longer has the tag '{facts.Tag}'", "Run it again");
        await git.RunAsync(["clone", "--quiet", "--no-checkout", "--end-of-options", Origin, Work], cancellation);
        // `git checkout` knows no --end-of-options; 40 hex digits cannot be taken for an option.
        await git.In(Work).RunAsync(["checkout", "--quiet", "--detach", commit], cancellation);
        return facts with { Commit = commit };
    }

    private async Task<string> WriteSampleAsync(RehearseFacts facts, CancellationToken cancellation)
    {
        using var bundled = SampleProduct.Bundled(writers.Readers.Runner);
        using var sample = await new SampleProduct(folder, writers.Readers.Git, facts.HasDocker).WriteAsync(bundled, cancellation);
        writers.Log.Line(facts.HasDocker
            ? "docker is there: two images are built from Dockerfiles, one comes from an archive"
            : "docker is not there: all three images come from archives");
        return sample.Root;
    }

    // What a build made and git does not hold: the files and archives that the policy names.
    private void CopyBuiltFiles(Workspace repository, RehearseFacts facts)
    {
        var globs = facts.Policy.Artifacts.Files.Concat(facts.Policy.Images.Select(i => i.Archive).OfType<string>());
        foreach (var file in globs.SelectMany(repository.Find).Distinct().Where(file => !folder.HasFile($"work/{file}")).ToList())
        {
            folder.CopyIn(repository.Resolve(file), $"work/{file}");
            writers.Log.Step("copy", ("file", file), ("status", "ok"));
        }
    }

    /// <summary>A key to sign with, made once for the rehearsal; null without cosign.</summary>
    public async Task<(string Pem, string Password)?> SigningKeyAsync(CancellationToken cancellation)
    {
        // Not a real secret: the key is deleted with the folder.
        const string Password = "rehearsal-password";
        if (!writers.Programs.IsInstalled("cosign")) return null;
        if (folder.ReadText("runner/cosign.key") is null)
        {
            var environment = new Dictionary<string, string> { ["COSIGN_PASSWORD"] = Password };
            var options = new CommandOptions { Folder = folder.MakeFolder("runner"), Environment = environment };
            var result = await writers.Programs.RunAsync("cosign", ["generate-key-pair"], options, cancellation);
            if (!result.Succeeded)
                throw ActionException.Remote(
                    $"cosign made no key: {PlainText.Inert(result.LastWords)}",
                    "Run `cosign generate-key-pair` yourself to see why, or take cosign off PATH to rehearse unsigned");
        }

        return (folder.ReadText("runner/cosign.key")!, Password);
    }

    /// <summary>The files through which one step talks to the runner, empty.</summary>
    public (string Output, string Summary, string Environment, string Path) CommandFilesOf(string action)
    {
        string Empty(string name)
        {
            folder.WriteText($"runner/file_commands/{action}.{name}", "");
            return folder.Resolve($"runner/file_commands/{action}.{name}");
        }

        return (Empty("output"), Empty("summary"), Empty("env"), Empty("path"));
    }

    /// <summary>The text of a file of the stage, by its absolute path.</summary>
    public string TextOf(string path) => folder.ReadText(path) ?? "";

    /// <summary>What the runner sets for every step of a job that the push of a tag started.</summary>
    public IReadOnlyDictionary<string, string> Variables(RehearseFacts facts, string apiUrl)
    {
        folder.WriteText("runner/workflow/event.json", EventOf(facts));
        var variables = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = Work,
            ["GITHUB_REPOSITORY"] = facts.Name,
            ["GITHUB_REPOSITORY_OWNER"] = facts.Name.Split('/')[0],
            ["GITHUB_REF"] = $"refs/tags/{facts.Tag}",
            ["GITHUB_REF_NAME"] = facts.Tag,
            ["GITHUB_REF_TYPE"] = "tag",
            ["GITHUB_SHA"] = facts.Commit!,
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_EVENT_PATH"] = folder.Resolve("runner/workflow/event.json"),
            ["GITHUB_API_URL"] = apiUrl,
            // Where the steps' git asks; so it is what links, labels and the SBOM name.
            ["GITHUB_SERVER_URL"] = new Uri(apiUrl).GetLeftPart(UriPartial.Authority),
            ["GITHUB_GRAPHQL_URL"] = $"{apiUrl}/graphql",
            ["GITHUB_RUN_ID"] = $"{RunId}",
            ["GITHUB_RUN_NUMBER"] = "1",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_WORKFLOW"] = "release",
            ["GITHUB_JOB"] = "release",
            ["GITHUB_ACTOR"] = "rehearsal",
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_TEMP"] = folder.MakeFolder("runner/temp"),
            ["HOME"] = folder.MakeFolder("runner/home"),
        };
        // The laptop may have the addresses of the team's channels in its environment: nothing is sent to them.
        foreach (var channel in facts.Policy.Notifications)
        {
            var hook = $"/hooks/{channel.Kind.ToString().ToLowerInvariant()}/rehearsal";
            variables[channel.UrlFrom] = new Uri(new Uri(apiUrl), hook).AbsoluteUri;
        }

        return variables;
    }

    private static string EventOf(RehearseFacts facts)
    {
        var (owner, name) = (facts.Name.Split('/')[0], facts.Name.Split('/')[1]);
        return new JsonObject
        {
            ["ref"] = $"refs/tags/{facts.Tag}",
            ["before"] = new string('0', 40),
            ["after"] = facts.Commit,
            ["created"] = true,
            ["deleted"] = false,
            ["forced"] = false,
            ["head_commit"] = new JsonObject { ["id"] = facts.Commit },
            ["repository"] = new JsonObject
            {
                ["name"] = name,
                ["full_name"] = facts.Name,
                ["fork"] = false,
                ["owner"] = new JsonObject { ["login"] = owner },
                ["default_branch"] = facts.Policy.Branches.Production,
            },
            ["sender"] = new JsonObject { ["login"] = "rehearsal" },
        }.ToJsonString();
    }
}
