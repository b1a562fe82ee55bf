using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>The ways to cut a release; <c>Policy</c> is the one that the policy names.</summary>
internal enum Flow
{
    Policy,
    Tag,
    Branch,
    Promote,
    Rollback,
}

/// <summary>Which number goes up; <c>Policy</c> is the one that the policy names.</summary>
internal enum Bump
{
    Policy,
    Auto,
    Patch,
    Minor,
    Major,
    PostRelease,
}

internal enum LogStyle
{
    Auto,
    Logfmt,
}

/// <summary>Which release is cut, from which branch, and which files belong to it.</summary>
internal sealed class PrepareRequest
{
    private readonly ReleasePolicy _policy;
    private readonly string? _version;
    private readonly LogStyle _log;

    public PrepareRequest(Inputs inputs, ReleasePolicy policy)
    {
        _policy = policy;
        var bump = inputs.Choice(
            "bump",
            "Which number goes up; policy takes prepare.bump of the policy (auto). auto decides by what changed since the last release:"
            + " breaking changes, features or fixes, as commits and changelog list them. post-release fixes the last stable version"
            + " under the policy's word, as 1.2.3-hotfix.1 does.",
            fallback: Bump.Policy);
        _version = inputs.OptionalText("version", "The version to release, without the tag prefix, instead of a bump.");
        IsBumpOfPolicy = bump == Bump.Policy;
        Bump = !IsBumpOfPolicy ? bump : policy.Prepare.Bump == "patch" && _version is null ? Bump.Patch : Bump.Auto;
        var flow = inputs.Choice(
            "flow",
            "How the release is cut; policy takes prepare.flow of the policy (tag). promote brings a release branch's files to production,"
            + " rollback releases the version before the last once more.",
            fallback: Flow.Policy);
        NotesFile = inputs.OptionalText(
            "notes-file",
            "A Markdown file that comes first in the new section of the changelog. It may be untracked; on a laptop it may be anywhere.");
        Description = inputs.OptionalText("description", "A few words for {description} in the messages of the commit and of the tag.");
        Reason = inputs.OptionalText("reason", "Why a release is rolled back; it is written into the changelog.");
        Recovery = RecoveryOf(inputs);
        _log = inputs.Choice(
            "log",
            "auto draws tables and progress on a terminal and writes logfmt lines elsewhere; logfmt writes them everywhere.",
            fallback: LogStyle.Auto);
        Flow = flow != Flow.Policy ? flow : policy.Prepare.Flow == "branch" ? Flow.Branch : Flow.Tag;
        IsDryRun = inputs.IsDryRun;
        RejectContradictions(inputs);
        RejectHiddenText(inputs);
    }

    public Bump Bump { get; }

    /// <summary>Whether nobody asked for this bump: then a first release is what the manifests say.</summary>
    public bool IsBumpOfPolicy { get; }

    /// <summary>The version that was given; null where a bump decides.</summary>
    public string? Version => _version;

    public Flow Flow { get; }

    public string? NotesFile { get; }

    public string? Description { get; }

    public string? Reason { get; }

    public RecoveryRequest Recovery { get; }

    public bool IsDryRun { get; }

    /// <summary>Whether tables are drawn where a person watches.</summary>
    public bool DrawsOnTerminal => _log == LogStyle.Auto;

    /// <summary>The product, or null where the repository is one.</summary>
    public string? Product => _policy.Product;

    public string TagPrefix => _policy.Version.TagPrefix;

    /// <summary>How versions follow one another, post-releases among them.</summary>
    public VersionOrder Order => _policy.Version.Order;

    public string Production => _policy.Branches.Production;

    /// <summary>The branch that releases are cut from.</summary>
    public string From => _policy.Prepare.From ?? _policy.Branches.Production;

    public string ChangelogPath => _policy.Changelog.Path;

    public IReadOnlyList<ManifestPlace> Manifests => [.. _policy.Version.Manifests.Select(ManifestPlace.Parse)];

    public ReleasePolicy Policy => _policy;

    /// <summary>The files that a release's own commit may change, and nothing else; perhaps with <c>{version}</c> in their names.</summary>
    public IReadOnlyList<string> MetadataFiles =>
        [.. Manifests.Select(m => m.File).Append(ChangelogPath).Concat(_policy.Prepare.Metadata).Distinct()];

    /// <summary>Whether each version has a changelog of its own, which people write beside the changes it lists.</summary>
    public bool HasChangelogPerVersion => ChangelogPath.Contains("{version}", StringComparison.Ordinal);

    /// <summary>The same as <see cref="MetadataFiles"/> for one release.</summary>
    public IReadOnlyList<string> MetadataFilesOf(ReleaseTag release) => [.. MetadataFiles.Select(release.Fill).Distinct()];

    /// <summary>A message of the policy, filled in.</summary>
    /// <exception cref="ActionException">It wants a description, and there is none (exit 2).</exception>
    public static string MessageOf(ReleaseTag release, string template, string whose, string? description)
    {
        var message = release.Fill(template);
        if (!message.Contains("{description}", StringComparison.Ordinal)) return message;
        return message.Replace("{description}", description ?? throw ActionException.BadInput(
            $"The policy's {whose} message '{PlainText.Inert(template)}' wants a description",
            "Give the input `description`: what the release brings, in a few words"), StringComparison.Ordinal);
    }

    /// <summary>The message of the release's commit.</summary>
    /// <exception cref="ActionException">It wants a description, and there is none (exit 2).</exception>
    public string MessageOfCommit(ReleaseTag release) => MessageOf(release, _policy.Prepare.CommitMessage, "commit", Description);

    public string ReleaseBranch(ReleaseTag release) => release.Fill(_policy.Branches.Release);

    /// <summary>Whether a branch is one that releases of this product are prepared on.</summary>
    public bool IsReleaseBranch(string branch) => VersionPattern.IsMatch(_policy.Branches.ReleasePattern(TagPrefix), branch, Order.Scheme);

    /// <summary>Whether a file belongs to a version, whichever it is.</summary>
    public bool IsMetadata(string path) =>
        MetadataFiles.Any(file => file == path || VersionPattern.IsMatch(file, path, Order.Scheme) || Glob.IsMatch(file, path));

    /// <summary>Whether a file belongs to this version.</summary>
    public bool IsMetadataOf(ReleaseTag release, string path) => MetadataFilesOf(release).Any(file => Glob.IsMatch(file, path));

    /// <summary>A changelog, reduced to the product that is released where several share it.</summary>
    public Changelog Sections(string changelog) => Changelog.Parse(changelog, Order.Scheme).Of(_policy.ProductIn(null));

    /// <summary>A version's tag.</summary>
    /// <exception cref="ActionException">It is no version (exit 2).</exception>
    public ReleaseTag TagOf(string version) => TagOf(ReleaseTag.RequireVersion(version, TagPrefix, Order.Scheme));

    /// <summary>A version's tag.</summary>
    public ReleaseTag TagOf(ReleaseVersion version) => ReleaseTag.Of(version, TagPrefix);

    /// <summary>Refuses a policy that no release can be cut by.</summary>
    /// <exception cref="ActionException">A product is missing, there is one too many, or a branch's name is not safe (exit 2).</exception>
    public void RequireUsable()
    {
        _policy.RequireUseOfProduct();
        _policy.RequireProduct();
        foreach (var branch in (string[])[Production, From]) RefName.Require("branch", branch);
    }

    private static RecoveryRequest RecoveryOf(Inputs inputs)
    {
        var isAsked = inputs.Flag(
            "recovery-release",
            "A recovery version, one of the words of version.recovery with a number such as 1.2.3-preview.1, is cut or promoted: it repairs"
            + " a release, and its branch may be cut while another release branch exists.",
            fallback: false);
        var issue = inputs.OptionalText("recovery-issue", "The number of the issue in which the recovery release was approved.");
        var reason = inputs.OptionalText(
            "recovery-reason",
            "Why running the failed release again is not enough; it is written into the pull request, or into the tag's message.");
        var confirmation = inputs.OptionalText(
            "recovery-confirmation",
            "RECOVERY and the version, exactly, such as RECOVERY 1.2.3-preview.1. A person types it for each run.");
        return new RecoveryRequest(isAsked, issue, reason, confirmation);
    }

    private void RejectContradictions(Inputs inputs)
    {
        if (Version is not null && Bump != Bump.Auto)
            inputs.Reject($"Both a version ({Version}) and a bump ({VersionChoice.Word(Bump)}) were given", "Give one of them");
        if (Flow == Flow.Promote && Version is null)
            inputs.Reject("A promotion needs the version that is promoted", "Give the input `version`");
        if (Flow == Flow.Rollback && Reason is null)
            inputs.Reject("A rollback needs its reason", "Give the input `reason`; it is written into the changelog");
    }

    // They end in a tag's or a commit's message, where nothing may hide.
    private void RejectHiddenText(Inputs inputs)
    {
        (string, string?)[] texts = [("description", Description), ("reason", Reason), ("recovery-reason", Recovery.Reason)];
        foreach (var (name, text) in texts)
            if (text is not null && (text.AsSpan().ContainsAny('\n', '\r') || NotesText.ShowHidden(text) != text))
                inputs.Reject(
                    $"The input '{name}' has a line break or a character that nobody sees: '{PlainText.Inert(text)}'",
                    "Write it again, on one line");
    }
}
