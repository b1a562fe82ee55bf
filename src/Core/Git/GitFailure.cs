using ReleaseActions.Core.Processes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Git;

/// <summary>What a command that failed means for a person: git's own reason, and what to do about it.</summary>
internal static class GitFailure
{
    private const string Url = "The requested URL returned error: ";

    // What git says, and what to do about it; the first that occurs in its words.
    private static readonly (string Words, string Remedy)[] Remedies =
    [
        ("not a git repository", "Check the repository out first (actions/checkout), and run this in it"),
        ("No such remote", "Add it: git remote add origin ADDRESS"),
        ("does not appear to be a git repository", "Check the repository out first (actions/checkout); it needs a remote named origin"),
        (Url + "30", "The repository was renamed or moved: name it by its new name, or run the workflow where it is now"),
        ("not our ref", "The commit is not on the remote: push it first (git push origin HEAD), or name one that is there"),
        ("could not read Username",
            "Give a `token` that is valid, such as ${{ github.token }} with `contents: read`; it is empty where its secret does not exist"),
        ("Authentication failed", "Give a `token` that is valid and may read the repository (`contents: read`)"),
        (Url + "401", "Give a `token` that is valid and may read the repository (`contents: read`)"),
        (Url + "403", "Give a `token` that may read the repository, and write where this writes (`contents: write`)"),
        ("not found", "Check GITHUB_REPOSITORY, and that `token` may read the repository"),
        ("Could not resolve", "Check the server's name, and the runner's DNS"),
        ("proxy", "Check the input `proxy`; on a runner no variable of the environment names one"),
        ("certificate", "Check what stands between the runner and the server; the input `ca-certificates` takes a company's own authority"),
        ("mismatched algorithms", "Use a repository with SHA-1 objects, as all of GitHub's are"),
    ];

    /// <summary>The result of a command that succeeded.</summary>
    /// <exception cref="ActionException">It failed (exit 4).</exception>
    public static CommandResult Require(IReadOnlyList<string> arguments, CommandResult result) => result.Succeeded
        ? result
        : throw ActionException.Remote(
            $"`git {arguments[0]}` failed with exit code {result.ExitCode}: {Reason(result)}", RemedyFor(result));

    /// <summary>The reason, safe to print. git explains at length after it has said what is fatal.</summary>
    public static string Reason(CommandResult result)
    {
        // What is fatal after this is only that no answer came.
        const string NoAnswer = "error: RPC failed; ";
        var lines = result.Error.Split('\n');
        string? After(string start) => Array.Find(lines, l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..].Trim();
        return PlainText.Inert(After(NoAnswer) ?? After("fatal: ") ?? result.LastWords);
    }

    private static string RemedyFor(CommandResult result) =>
        Remedies.FirstOrDefault(r => result.Error.Contains(r.Words, StringComparison.Ordinal)).Remedy
        ?? "Run it again; if it stays, run the same command in a checkout to see more";
}
