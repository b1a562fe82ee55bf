using ReleaseActions.Fuzz.Proxy;

namespace ReleaseActions.Fuzz.Runs;

/// <summary>A program that is about to be started, and all that it will meet. Kinds change it before it runs.</summary>
internal sealed class FuzzCase(Ground ground, Random random, int port, string otherHost)
{
    /// <summary>The job's token, and the password at the registry. Its signs look different in an address.</summary>
    public const string Token = "ghs_F+zz/T0ken=5f2c19ab7788";

    private const string Hook = "h00k-s3cret-77ab01cd";
    private const string TeamToken = "ghp_teamT0ken-88cc1200ff";

    public Ground Ground => ground;

    public Random Random => random;

    /// <summary>The sandbox's address, behind the proxy.</summary>
    public string Server { get; } = $"http://127.0.0.1:{port}";

    public string Registry { get; } = $"127.0.0.1:{port}";

    /// <summary>An address on which no credential may arrive.</summary>
    public string OtherHost => otherHost;

    /// <summary>The program's name.</summary>
    public string Program { get; set; } = "";

    /// <summary>The environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What is done to each answer of the sandbox.</summary>
    public Action<ProxiedRequest, ProxiedAnswer, Random>? Change { get; set; }

    /// <summary>How long after its start it gets a signal; null for none.</summary>
    public TimeSpan? StopAfter { get; set; }

    /// <summary>What is in the place of what, for the reason of a failure; empty where it is many things.</summary>
    public string About { get; set; } = "";

    /// <summary>What must not be in any output, by what it is.</summary>
    public Dictionary<string, string> Secrets { get; } = new()
    {
        ["the token"] = Token, ["the webhook's address"] = Hook, ["the team token"] = TeamToken,
        ["a lock file's credential"] = "lock-file-passw0rd-7731", ["a file outside of the workspace"] = Ground.Canary,
        ["the token in .git/config"] = Ground.CheckoutToken,
    };

    /// <summary>Reads a file of the case, changes it and writes it back.</summary>
    public void ChangeFile(string path, Func<byte[], byte[]> change) =>
        File.WriteAllBytes(ground[path], change(File.ReadAllBytes(ground[path])));

    /// <summary>Sets an input.</summary>
    public void Input(string name, string value) => Variables[$"INPUT_{name.ToUpperInvariant()}"] = value;

    /// <summary>One of the given, at random.</summary>
    public T Any<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>Prepares the program such that it would do its whole work.</summary>
    public void Prepare(string program)
    {
        Program = program;
        var (commit, files) = (ground.Commit, ground["files"]);
        (string, string)[] runner =
        [
            ("PATH", "/usr/local/bin:/usr/bin:/bin"), ("HOME", ground["home"]), ("TMPDIR", ground["tmp"]), ("CI", "true"),
            ("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", ground.Work), ("RUNNER_TEMP", ground["temp"]), ("RUNNER_OS", "Linux"),
            ("GITHUB_REPOSITORY", "acme/shop"), ("GITHUB_REPOSITORY_OWNER", "acme"), ("GITHUB_ACTOR", "ada"),
            ("GITHUB_API_URL", $"{Server}/api/v3"), ("GITHUB_SERVER_URL", Server), ("GITHUB_GRAPHQL_URL", $"{Server}/graphql"),
            ("GITHUB_REF", "refs/tags/v1.1.0"), ("GITHUB_REF_NAME", "v1.1.0"), ("GITHUB_REF_TYPE", "tag"), ("GITHUB_SHA", commit),
            ("GITHUB_EVENT_NAME", "push"), ("GITHUB_EVENT_PATH", ground["workflow/event.json"]),
            ("GITHUB_RUN_ID", "1"), ("GITHUB_RUN_NUMBER", "1"), ("GITHUB_RUN_ATTEMPT", "1"), ("GITHUB_WORKFLOW", "release"),
            ("GITHUB_OUTPUT", $"{files}/output"), ("GITHUB_STEP_SUMMARY", $"{files}/summary"), ("GITHUB_ENV", $"{files}/env"),
            ("GITHUB_PATH", $"{files}/path"), ("GITHUB_STATE", $"{files}/state"),
            ("CHAT_URL", $"{Server}/hooks/slack/{Hook}"), ("ROBOT_URL", $"{Server}/hooks/webhook/{Hook}"),
        ];
        foreach (var (name, value) in runner) Variables[name] = value;
        // No wait is worth the time: what would be waited for ends the program.
        Input("max-wait", "0");
        Input("token", Token);
        foreach (var (name, value) in InputsOf(program)) Input(name, value);
        if (program == "release-prepare") OnBranch();
    }

    /// <summary>A manual run on the production branch.</summary>
    public void OnBranch()
    {
        (Variables["GITHUB_REF"], Variables["GITHUB_REF_NAME"], Variables["GITHUB_REF_TYPE"]) = ("refs/heads/main", "main", "branch");
        Variables["GITHUB_EVENT_NAME"] = "workflow_dispatch";
    }

    /// <summary>The policy that uses every key.</summary>
    public void UsePolicyOfEverything() =>
        File.Copy(Ground.Sample("policy-of-everything.yml"), ground["work/.github/release-actions.yml"], overwrite: true);

    /// <summary>Commits what the checkout has now, and makes the release of it.</summary>
    public void Publish()
    {
        ground.Publish();
        Variables["GITHUB_SHA"] = ground.Commit;
    }

    private (string Name, string Value)[] InputsOf(string program) => program switch
    {
        "version-validate" => [("team-token", TeamToken)],
        "changelog-extract" => [("version", "1.1.0")],
        "image-build-push" =>
            [("version", "1.1.0"), ("image", "shop"), ("archive", "dist/shop.tar"), ("registry", $"{Registry}/acme"), ("password", Token),
            ("username", "ada"), ("latest", "false")],
        "sbom-checksum" => [("version", "1.1.0"), ("files", "dist/*.txt")],
        "release-publish" => [("tag", "v1.1.0"), ("files", "dist/*.txt"), ("body-path", "NOTES.md")],
        "branch-cleanup" => [("branch", "release/1.1.0"), ("version", "1.1.0")],
        _ => [("bump", "minor")],
    };
}
