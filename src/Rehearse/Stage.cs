using System.Text.Json.Nodes;
using ReleaseActions.Core.Git;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;
using ReleaseActions.Sandbox.Runner;

namespace ReleaseActions.Rehearse;

/// <summary>
/// The folders of a rehearsal: a bare <c>origin</c>, a checkout of it, what the runner would keep, the sandbox's state, and what the
/// release makes public. The repository it was copied from is never written to.
/// </summary>
internal sealed class Stage(Workspace folder, World world)
{
    /// <summary>The bare repository that stands for the one on GitHub.</summary>
    public string Origin => Path.Combine(folder.Root, "origin.git");

    /// <summary>The checkout that the steps run in.</summary>
    public string Work => Path.Combine(folder.Root, "work");

    /// <summary>Where the sandbox keeps releases, assets and images.</summary>
    public string State => Path.Combine(folder.Root, "sandbox");

    /// <summary>The job's token; worth something in the sandbox alone.</summary>
    public const string Token = "rehearsal-token";

    /// <summary>The number of the workflow's run.</summary>
    public const long RunId = 1;

    /// <summary>Makes the folder a rehearsal's own: what lies in it is cleared by the next one.</summary>
    /// <exception cref="ActionException">It holds other files, which would be lost (exit 2).</exception>
    public void Claim()
    {
        const string Mark = "rehearsal.txt";
        if (!folder.HasFile(Mark) && !folder.IsEmpty)
            throw ActionException.BadInput($"The folder '{folder.Root}' holds other files, and a rehearsal clears its folder", "Name a new or an empty folder with --output");
        folder.WriteText(Mark, "This folder belongs to `rehearse`, which clears it. Nothing in it is needed.\n");
    }

    /// <summary>The folders that a runner would mount into the container of an action.</summary>
    public RunnerFolders RunnerFolders => new(
        Work, folder.MakeFolder("runner/home"), folder.MakeFolder("runner/workflow"), folder.MakeFolder("runner/file_commands"), folder.MakeFolder("runner/temp"));

    /// <summary>Whether an earlier rehearsal is there to go on from.</summary>
    public bool IsSet => folder.HasFolder("origin.git") && folder.HasFolder("work");

    /// <summary>Clears the folder and copies the repository into it.</summary>
    /// <returns>The commit of the tag.</returns>
    public async Task<string> SetAsync(string repository, string tag, CancellationToken cancellation)
    {
        foreach (var old in (string[])["origin.git", "work", "sandbox", "runner", "public"]) folder.DeleteFolder(old);
        await world.Git.CloneBareAsync(repository, Origin, cancellation);
        var origin = world.Git.In(Origin);
        var commit = await origin.FindCommitAsync($"refs/tags/{tag}", cancellation) ?? await TagAsync(origin, tag, cancellation);
        await world.Git.CloneAtAsync(Origin, Work, commit, cancellation);
        return commit;
    }

    // The policy that decides what the tag must say is the one at its commit.
    private async Task<string> TagAsync(GitRepository origin, string tag, CancellationToken cancellation)
    {
        var commit = await origin.FindCommitAsync("HEAD", cancellation) ?? throw ActionException.BadInput($"The repository has no commit that could be tagged {tag}", "Commit something first");
        await world.Git.CloneAtAsync(Origin, Work, commit, cancellation);
        using var work = folder.At("work");
        var policy = world.OfProduct(ReleasePolicy.Read(work.ReadText(world.PolicyFile), world.PolicyFile), tag);
        folder.DeleteFolder("work");
        await origin.TagAsync(tag, commit, RehearsalTag.Message(policy, tag), cancellation);
        return commit;
    }

    /// <summary>The commit that is checked out.</summary>
    public async Task<string> CommitAsync(CancellationToken cancellation) =>
        await world.Git.In(Work).FindCommitAsync("HEAD", cancellation)
        ?? throw ActionException.BadInput($"The copy at '{Work}' has no commit", "Delete the folder and rehearse without --again");

    /// <summary>Copies what a build made and git does not hold: the files and archives that the policy names.</summary>
    public IReadOnlyList<string> CopyBuiltFiles(Workspace repository, ReleasePolicy policy)
    {
        var globs = policy.Artifacts.Files.Concat(policy.Images.Select(i => i.Archive).OfType<string>());
        var built = globs.SelectMany(repository.Find).Distinct().Where(file => !folder.HasFile($"work/{file}")).ToList();
        foreach (var file in built) folder.CopyIn(repository.Resolve(file), $"work/{file}");
        return built;
    }

    /// <summary>A key to sign with, made once for the rehearsal; null where cosign is not there.</summary>
    public async Task<(string Pem, string Password)?> SigningKeyAsync(CancellationToken cancellation)
    {
        // Like the token, a secret of nobody: the key is thrown away with the folder.
        const string Password = "rehearsal-password";
        if (!world.Commands.IsInstalled("cosign")) return null;
        if (folder.ReadText("runner/cosign.key") is null)
        {
            var options = new CommandOptions { Folder = folder.MakeFolder("runner"), Environment = new Dictionary<string, string> { ["COSIGN_PASSWORD"] = Password } };
            var result = await world.Commands.RunAsync("cosign", ["generate-key-pair"], options, cancellation);
            if (!result.Succeeded) throw ActionException.Remote($"cosign made no key: {PlainText.Inert(result.LastWords)}", "Run `cosign generate-key-pair` by hand to see why, or take cosign off PATH to rehearse unsigned");
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
    public IReadOnlyDictionary<string, string> Variables(RehearsalFacts facts, string apiUrl)
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
            ["GITHUB_SHA"] = facts.Commit,
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_EVENT_PATH"] = folder.Resolve("runner/workflow/event.json"),
            ["GITHUB_API_URL"] = apiUrl,
            // The real one: it is never called, and stands in links, labels and the SBOM as it will in the release itself.
            ["GITHUB_SERVER_URL"] = "https://github.com",
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
        // The laptop may have the team's own channels in its environment: nothing is told to them.
        foreach (var channel in facts.Policy.Notifications) variables[channel.UrlFrom] = new Uri(new Uri(apiUrl), $"/hooks/{channel.Kind.ToString().ToLowerInvariant()}/rehearsal").AbsoluteUri;
        return variables;
    }

    private static string EventOf(RehearsalFacts facts)
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
            ["repository"] = new JsonObject { ["name"] = name, ["full_name"] = facts.Name, ["fork"] = false, ["owner"] = new JsonObject { ["login"] = owner }, ["default_branch"] = facts.Policy.Branches.Production },
            ["sender"] = new JsonObject { ["login"] = "rehearsal" },
        }.ToJsonString();
    }
}
