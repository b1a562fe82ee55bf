using System.Globalization;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Runner;

/// <summary>
/// The variables that the runner sets for a step, as typed properties. On a laptop most of them are absent: then a property is null.
/// Source of the names: GitHub's "Default environment variables".
/// </summary>
public sealed partial class RunnerContext(IReadOnlyDictionary<string, string> variables)
{
    private const string Tags = "refs/tags/";

    /// <summary>Whether a runner started this program (and so reads annotations and groups).</summary>
    /// <remarks>
    /// The runner sets <c>GITHUB_ACTIONS=true</c> last, whatever an earlier step left. Any value but <c>false</c> means a runner, because
    /// on a laptop the environment is the user's own, and is trusted.
    /// </remarks>
    public bool IsRunner => Get("GITHUB_ACTIONS") is not (null or "false");

    /// <summary>The checkout, absolute; the current folder on a laptop.</summary>
    public string Workspace => Get("GITHUB_WORKSPACE") ?? Environment.CurrentDirectory;

    /// <summary>
    /// The checkout on the runner itself, where it has another path than in an action's container; null where that is not known. The
    /// runner translates an input that begins with it, and no further line of that input (actions/runner, ContainerInfo.cs).
    /// </summary>
    public string? HostWorkspace => Get("RUNNER_WORKSPACE") is { } folder && Repository is { } repository
        ? $"{folder.TrimEnd('/')}/{repository.Split('/')[^1]}"
        : null;

    /// <summary>Where temporary files go: the runner's own temporary folder, or the machine's.</summary>
    public string Temporary => Get("RUNNER_TEMP") ?? Path.GetTempPath();

    /// <summary>The file that outputs are appended to, or null on a laptop.</summary>
    public string? OutputFile => Get("GITHUB_OUTPUT");

    /// <summary>The file that the job summary is appended to, or null on a laptop.</summary>
    public string? SummaryFile => Get("GITHUB_STEP_SUMMARY");

    /// <summary><c>owner/name</c>, or null on a laptop.</summary>
    public string? Repository => Get("GITHUB_REPOSITORY");

    /// <summary>The full ref that started the run, such as <c>refs/tags/v1.2.3</c>, or null.</summary>
    public string? Ref => Get("GITHUB_REF");

    /// <summary>The tag that started the run, without <c>refs/tags/</c>; null where it was no tag.</summary>
    public string? Tag => Ref is { } r ? TagOf(r) : null;

    /// <summary>The tag that a full ref such as <c>refs/tags/v1.2.3</c> names; null where it names none.</summary>
    public static string? TagOf(string fullRef) => fullRef.StartsWith(Tags, StringComparison.Ordinal) ? fullRef[Tags.Length..] : null;

    /// <summary>The same for another repository on the same server.</summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    internal RunnerContext At(string repository) =>
        new(new Dictionary<string, string>(variables) { ["GITHUB_REPOSITORY"] = repository });

    /// <summary>The commit that started the run, 40 hex digits, or null on a laptop.</summary>
    public string? Sha => Get("GITHUB_SHA");

    /// <summary>The event, such as <c>push</c> or <c>workflow_dispatch</c>, or null on a laptop.</summary>
    public string? EventName => Get("GITHUB_EVENT_NAME");

    /// <summary>The person or app that started the run, or null.</summary>
    public string? Actor => Get("GITHUB_ACTOR");

    /// <summary>The branch a pull request comes from, or null where none started the run.</summary>
    public string? HeadBranch => Get("GITHUB_HEAD_REF");

    /// <summary>The branch a pull request goes to, or null where none started the run.</summary>
    public string? BaseBranch => Get("GITHUB_BASE_REF");

    /// <summary>The branch that started the run, without <c>refs/heads/</c>; null where it was none.</summary>
    public string? Branch => Ref is { } r && r.StartsWith("refs/heads/", StringComparison.Ordinal) ? r["refs/heads/".Length..] : null;

    /// <summary>The run's number, or null on a laptop.</summary>
    public long? RunId => long.TryParse(Get("GITHUB_RUN_ID"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The run's page, or null on a laptop.</summary>
    public string? RunUrl =>
        Repository is { } repository && Get("GITHUB_RUN_ID") is { } id ? $"{ServerUrl}/{repository}/actions/runs/{id}" : null;

    /// <summary>GitHub's web address, without a slash at its end.</summary>
    public string ServerUrl => UrlText.WithoutCredentials(Get("GITHUB_SERVER_URL") ?? "https://github.com").TrimEnd('/');

    /// <summary>The API's root, without a slash at its end.</summary>
    public string ApiUrl => (Get("GITHUB_API_URL") ?? "https://api.github.com").TrimEnd('/');

    /// <summary>Every variable. On a runner an earlier step may have set any that is not the runner's own.</summary>
    public IReadOnlyDictionary<string, string> Variables => variables;

    /// <summary>The owner and name of the repository.</summary>
    /// <exception cref="ActionException">The repository is not known.</exception>
    public (string Owner, string Name) RequireRepository() =>
        Repository?.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name]
            ? (owner, name)
            : throw ActionException.BadInput(
                $"GITHUB_REPOSITORY is '{PlainText.Inert(Repository ?? "")}', and an owner and a repository are needed",
                "Set GITHUB_REPOSITORY to owner/name");

    private string? Get(string name) => variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
