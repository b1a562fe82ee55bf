using Microsoft.Extensions.FileSystemGlobbing;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.BranchCleanup;

/// <summary>Which branches are looked at, and which branch must hold their content.</summary>
internal sealed class CleanupRequest(Inputs inputs, ReleasePolicy policy)
{
    private readonly string? _branch = inputs.OptionalText(
        "branch", "The branch to delete; {version} is replaced. Overrides the policy (release/{version}).");

    private readonly IReadOnlyList<string> _globs = inputs.Lines(
        "branches",
        "Globs of branches to consider instead of one, such as release/*, one per line. A branch that has to stay is no error.");

    private readonly string? _version = inputs.OptionalText(
        "version", "The version that was released, without the tag prefix. If absent, the tag that started the run decides.");

    private readonly string? _production = inputs.OptionalText(
        "production", "The branch that must hold all of the content. Overrides the policy (main).");

    private readonly string _releaseSucceeded = inputs.TextAsGiven(
        "release-succeeded",
        "Whether the release succeeded, such as the result of the publishing job. Anything but true or success keeps every branch.",
        fallback: "true");

    /// <summary>Whether the release succeeded: otherwise its branch may be needed again.</summary>
    public bool ReleaseSucceeded => _releaseSucceeded is "true" or "success";

    /// <summary>Whether one branch was named, rather than found by a glob: then it is an error if it cannot be deleted.</summary>
    public bool IsNamed => _globs.Count == 0;

    /// <summary>The branch that must hold the content.</summary>
    public string Production => RefName.Require("branch", policy.Filled(_production ?? policy.Branches.Production));

    /// <summary>The team's policy, for all products.</summary>
    public ReleasePolicy PolicyOfAll => policy.AsWritten;

    /// <summary>Whether a branch is by its name the one of the release: the one that was named so, or of the version of this run.</summary>
    public bool IsOfRelease(string branch)
    {
        var pattern = policy.Branches.ReleasePattern(policy.Version.TagPrefix);
        var (prefix, scheme) = (policy.Version.TagPrefix, policy.Version.Scheme);
        if (IsNamed)
            return IsPattern(_branch ?? policy.Branches.Release) || branch == pattern || VersionPattern.IsMatch(pattern, branch, scheme);
        var tag = inputs.Runner.Tag is { } name ? ReleaseTag.Find(name, prefix, scheme) : null;
        var version = _version ?? tag?.Version.Text;
        return version is not null && branch == pattern.Replace("{version}", version, StringComparison.Ordinal);
    }

    /// <summary>The branches to look at, among those on the remote; a branch that was named is one of them even if it is gone.</summary>
    public IReadOnlyList<string> BranchesAmong(IEnumerable<string> remote)
    {
        policy.RequireUseOfProduct([_branch, .. _globs]);
        return IsNamed ? [RefName.Require("branch", NamedBranch())] : Matching(remote);
    }

    private string NamedBranch()
    {
        var name = policy.Filled(_branch ?? policy.Branches.Release);
        // A branch that is named in full needs no version.
        if (!IsPattern(name)) return name;
        return ReleaseTag.OfRun(_version, inputs.Runner.Ref, policy.Version.TagPrefix, policy.Version.Scheme).Fill(name);
    }

    private static bool IsPattern(string name) => name.Contains('{', StringComparison.Ordinal);

    private IReadOnlyList<string> Matching(IEnumerable<string> remote)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        foreach (var glob in _globs.Select(policy.Filled))
            _ = glob.StartsWith('!') ? matcher.AddExclude(glob[1..]) : matcher.AddInclude(glob);
        // A branch whose name is not safe to work with is left to a person.
        return [.. matcher.Match(remote.Where(RefName.IsSafe)).Files.Select(f => f.Path).Order(StringComparer.Ordinal)];
    }
}
