using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>What happens to a release that is published already and differs from the request.</summary>
internal enum OnExisting
{
    Refuse,
    Update,
    Keep,
}

/// <summary>Which run notifies the channels.</summary>
internal enum Notify
{
    /// <summary>The one that publishes the release; two runs that do so at the same moment both notify.</summary>
    Auto,

    /// <summary>Also one that finds it published.</summary>
    Always,
    Never,
}

/// <summary>Yes, no, or by the version.</summary>
internal enum Choice
{
    Auto,
    True,
    False,
}

/// <summary>The inputs, merged with the policy.</summary>
internal sealed partial class PublishRequest(Inputs inputs, ReleasePolicy policy)
{
    private readonly (string? Tag, string? Version) _given = ReadVersion(inputs);
    private ReleaseTag? _tag;

    private readonly UnversionedTag? _unversionedTag = inputs.OptionalChoice<UnversionedTag>(
        "unversioned-tag",
        "What happens to a tag that is no version, such as nightly: it is refused, or published as a prerelease that is never the latest,"
            + " or moved to this commit, with the files of its release replaced. Overrides the policy's lists (refuse).");

    /// <summary>The commit that was named, or a branch or tag that leads to it; null where the run's own counts.</summary>
    public string? Target { get; } = ReadTarget(inputs);

    private readonly string? _repository = ReadRepository(inputs);

    private readonly string? _name = inputs.OptionalText(
        "name", "The title; {version} and {tag} are replaced. Overrides the policy ({tag}).");

    /// <summary>The notes, or the file that holds them.</summary>
    public (string? Text, string? Path) Body { get; } = ReadBody(inputs);

    /// <summary>What happens to title and notes that are there.</summary>
    public BodyMode BodyMode { get; } = inputs.OptionalChoice<BodyMode>(
        "body-mode",
        "What happens to title and notes that are there already: keep what a person edited, replace them, or append the notes below, once."
            + " Overrides the policy (keep).") ?? policy.Release.BodyMode;

    private readonly Mentions _mentions = inputs.OptionalChoice<Mentions>(
        "mentions",
        "What becomes of @names in the notes outside code; neutralise mentions nobody. Overrides the policy (keep).")
        ?? policy.Release.Mentions;

    /// <summary>Whether the notes that GitHub generates are added.</summary>
    public bool GeneratesNotes { get; } = inputs.OptionalFlag(
        "generate-notes",
        "Add the notes that GitHub generates from merged pull requests, below `body`. Overrides the policy (false).")
        ?? policy.Release.GenerateNotes;

    /// <summary>The tag that the generated notes begin after; null where the versions decide.</summary>
    public string? PreviousTag { get; } = inputs.OptionalText(
        "previous-tag",
        "The tag that the generated notes begin after. If absent, the tag of the release that this one follows:"
            + " for a stable version the highest stable one below it, for a prerelease the highest of any kind.");

    /// <summary>The category of the discussion about the release, or null for none.</summary>
    public string? DiscussionCategory { get; } = inputs.OptionalText(
        "discussion-category",
        "Start a discussion in this category, once the release is public. Overrides the policy.")
        ?? policy.Release.DiscussionCategory;

    /// <summary>The lines whose tags follow the version: <c>major</c>, <c>minor</c>, both or none, in this order.</summary>
    public IReadOnlyList<string> MovingLines => IsUnversioned ? [] : _movingLines;

    private readonly IReadOnlyList<string> _movingLines =
        [.. ReleasePagePolicy.Lines.Where((ReadMovingTags(inputs) ?? policy.Release.MovingTags).Contains)];

    private readonly FileInputs _files = new(inputs, "If absent, the policy's artifacts.files and what is in artifacts.folder.");

    /// <summary>How many files are sent at the same time.</summary>
    public int ParallelUploads { get; } = inputs.Number(
        "parallel-uploads",
        "How many files are sent at the same time; 1 where the line or a proxy allows no more.",
        fallback: 16,
        least: 1,
        most: 64);

    /// <summary>Whether a person publishes it.</summary>
    public bool Draft { get; } = inputs.OptionalFlag(
        "draft", "Leave the release as a draft for a person to publish. Overrides the policy (false).") ?? policy.Release.Draft;

    private readonly Choice _prerelease = inputs.Choice(
        "prerelease", "Whether it is marked as a prerelease; auto: by the version.", Choice.Auto);

    private readonly Choice _makeLatest = inputs.Choice(
        "make-latest", "Whether it becomes the latest release; auto: the highest stable version only.", Choice.Auto);

    private readonly OnExisting _onExisting = inputs.Choice(
        "on-existing",
        "What to do where the tag has a published release that differs: refuse, update it, or keep it unchanged.",
        OnExisting.Refuse);

    /// <summary>Whether a draft that a person or another tool made is continued.</summary>
    public bool AdoptsDraft { get; } = inputs.Flag(
        "adopt-draft",
        "Continue with a draft of the tag that a person or another tool made, such as release-drafter or release-please."
            + " Its title and notes stay, unless `body-mode` says otherwise.",
        fallback: false);

    /// <summary>Which run notifies the channels.</summary>
    public Notify Notify { get; } = inputs.Choice(
        "notify",
        "Which run notifies the policy's channels: auto, the one that publishes the release; always, also one that finds it published,"
            + " because the first stopped before it notified them; never, none.",
        Notify.Auto);

    /// <summary>Images and their digests, for the report.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Images { get; } = ReadImages(inputs);

    /// <summary>Whether the metrics are shown below the report.</summary>
    public bool ShowsMetrics { get; } = inputs.OptionalFlag(
        "figures",
        "Show metrics in the summary: how often and how fast the team releases, and how often it rolls back. Overrides the policy (false).")
        ?? policy.Release.Figures;

    /// <summary>What happens to a published release that differs.</summary>
    public OnExisting OnExisting => IsMoving ? OnExisting.Update : _onExisting;

    /// <summary>The tag and its version.</summary>
    /// <exception cref="ActionException">There is none, it is no version, or the product is not known (exit 2).</exception>
    public ReleaseTag Tag => _tag ??= RequireTag();

    /// <summary>What precedes the version in a tag.</summary>
    public string TagPrefix => policy.Version.TagPrefix;

    /// <summary>How the team orders its versions.</summary>
    public VersionOrder Order => policy.Version.Order;

    /// <summary>The title.</summary>
    /// <exception cref="ActionException">It depends on the product, and nobody named one (exit 2).</exception>
    public string Title => Filled(policy.Filled(_name ?? policy.Release.Title));

    /// <summary>The team's state file, or null for none.</summary>
    public StatePolicy? State => policy.State.File is null || IsElsewhere ? null : policy.State;

    /// <summary>The branch that the state file is on.</summary>
    public string StateBranch => policy.State.Branch ?? policy.Branches.Production;

    /// <summary>The pattern of the release branches' names, such as <c>release/{version}</c>.</summary>
    public string ReleaseBranches => policy.Branches.ReleasePattern(TagPrefix);

    /// <summary>The channels, each with its address; null where its variable is not set.</summary>
    public IReadOnlyList<(NotificationPolicy Channel, Secret? Address)> Channels =>
        [.. policy.Notifications.Select(c => (c, AddressOf(c)))];

    /// <summary>The repository of the release, <c>owner/name</c>; null on a laptop that names none.</summary>
    public string? Repository => _repository ?? inputs.Runner.Repository;

    /// <summary>Whether the release is in another repository than the run: the run's commit is not there.</summary>
    public bool IsElsewhere => _repository is not null
        && !string.Equals(_repository, inputs.Runner.Repository, StringComparison.OrdinalIgnoreCase);

    /// <summary>The run's page, or null on a laptop.</summary>
    public string? RunUrl => inputs.Runner.RunUrl;

    /// <summary>Whether nothing will be changed.</summary>
    public bool IsDryRun => inputs.IsDryRun;

    /// <summary>The folder of files that sbom-checksum made.</summary>
    public string ArtifactFolder => policy.Artifacts.Folder;

    /// <summary>The changelog's path.</summary>
    public string ChangelogPath => Tag.Fill(policy.Filled(policy.Changelog.Path));

    /// <summary>The files to attach.</summary>
    /// <param name="made">The files in <see cref="ArtifactFolder"/>; the notes among them are no asset unless somebody names them.</param>
    public FileList Files(IEnumerable<string> made) =>
        _files.Or([.. policy.Artifacts.Files, .. made.Where(path => path != policy.Artifacts.NotesFile && path != Body.Path)]);

    /// <summary>Whether the step says that the release has no files.</summary>
    public bool HasNoFiles => _files.AreNone;

    /// <summary>A title or notes for everybody: hidden characters are written out, and mentions neutralised on request.</summary>
    public string Presentable(string text)
    {
        var shown = NotesText.ShowHidden(NotesText.Bounded(text));
        return _mentions == Mentions.Neutralise ? NotesText.WithoutMentions(shown) : shown;
    }

    /// <summary>The page of a file at a commit; null on a laptop.</summary>
    public string? PageOf(string path, string commit) => Page is { } page ? $"{page}/blob/{commit}/{Escaped(path)}" : null;

    /// <summary>Where an attached file is downloaded once the release is public; null on a laptop.</summary>
    public string? DownloadOf(string name) => Page is { } page ? $"{page}/releases/download/{Escaped(Tag.Name)}/{Escaped(name)}" : null;

    private string? Page => Repository is { } repository ? $"{inputs.Runner.ServerUrl}/{repository}" : null;

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private ReleaseTag RequireTag()
    {
        policy.RequireUseOfProduct(_name);
        var tag = FindUnversioned() ?? (_given.Tag is { } name
            ? ReleaseTag.Require(RefName.Require("tag", name), TagPrefix, Order.Scheme)
            : ReleaseTag.OfRun(_given.Version, inputs.Runner.Ref, TagPrefix, Order.Scheme));
        policy.RequireProduct();
        return tag;
    }

    private Secret? AddressOf(NotificationPolicy channel) =>
        inputs.Runner.Variables.GetValueOrDefault(channel.UrlFrom) is { Length: > 0 } address ? new Secret(address) : null;
}
