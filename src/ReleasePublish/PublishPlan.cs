using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>What is to be done, and why, or why it must not be. Pure: the same wish and facts give the same plan.</summary>
/// <param name="Wish">What was asked for.</param>
/// <param name="Facts">What is there.</param>
/// <param name="Assets">What is done about each file.</param>
/// <param name="Fields">What the release is to say; null fields stay as they are.</param>
/// <param name="Refusals">What forbids it; empty where nothing does.</param>
internal sealed record PublishPlan(PublishWish Wish, PublishFacts Facts, IReadOnlyList<AssetStep> Assets, ReleaseFields Fields, IReadOnlyList<Finding> Refusals)
{
    /// <summary>What is done about each moving tag once the release is public.</summary>
    public IReadOnlyList<TagMove> TagMoves { get; private init; } = [];

    /// <summary>What is done about the state file once the release is public; null where there is none.</summary>
    public StateUpdate? State => Facts.State;

    /// <summary>Whether the release is public before anything is done.</summary>
    public bool IsPublished => Facts.Release is { Draft: false };

    /// <summary>Whether the last step makes it public.</summary>
    public bool Publishes => !IsPublished && !Wish.Draft;

    /// <summary>Whether title, notes or flags differ from what is meant.</summary>
    public bool ChangesFields => Facts.Release is { } release
        && ((Fields.Name is { } name && name != release.Name) || (Fields.Body is { } body && !IsSameText(body, release.Body)) || (Fields.Prerelease is { } flag && flag != release.Prerelease));

    /// <summary>Whether a discussion is started; GitHub has none about a draft.</summary>
    public bool StartsDiscussion => Wish.DiscussionCategory is not null && (IsPublished || Publishes) && Facts.Release?.DiscussionUrl is null;

    /// <summary>Whether the channels are told.</summary>
    public bool Tells => Wish.Channels.Count > 0 && Wish.Notify switch { Notify.Never => false, Notify.Always => Publishes || IsPublished, _ => Publishes };

    /// <summary>Whether the release itself is as it should be.</summary>
    public bool IsReleaseDone => Facts.Release is not null && !Publishes && (IsKept || (!ChangesFields && !Assets.Any(a => a.Changes)));

    /// <summary>Whether everything is as it should be.</summary>
    public bool IsDone => IsReleaseDone && !StartsDiscussion && !TagMoves.Any(m => m.Moves) && State is not { Writes: true } && !Tells;

    /// <summary>The tags on origin once the plan is applied: that of the release among them.</summary>
    public IReadOnlyDictionary<string, RemoteTag> TagsAfterwards =>
        new Dictionary<string, RemoteTag>(Facts.Tags, StringComparer.Ordinal) { [Wish.Tag.Name] = Facts.Tags.GetValueOrDefault(Wish.Tag.Name) ?? new RemoteTag(Wish.Commit, Wish.Commit) };

    /// <summary>Whether a published release stays as it is because the user said so.</summary>
    public bool IsKept => IsPublished && Wish.OnExisting == OnExisting.Keep;

    /// <summary>The plan.</summary>
    /// <param name="wish">What was asked for.</param>
    /// <param name="facts">What is there.</param>
    /// <param name="prefix">What stands before the version in a tag.</param>
    public static PublishPlan For(PublishWish wish, PublishFacts facts, string prefix)
    {
        var isOurDraft = facts.Release is { Draft: true };
        var isOfOtherCommit = ReleaseNotes.FindMark(facts.Release?.Body) is { } mark && mark.Commit != wish.Commit;
        var assets = AssetStep.Compare(facts.Files, facts.Assets, isOurDraft, isOfOtherCommit);
        if (facts.Release is { Immutable: true }) assets = [.. assets.Select(AssetStep.OfImmutable)];
        var plan = new PublishPlan(wish, facts, assets, FieldsFor(wish, facts), []) { TagMoves = [.. wish.MovingTags.Select(t => TagMove.For(t, wish, facts.Release is { Draft: false }, facts.Tags, prefix))] };
        return plan with { Refusals = [.. PublishRules.Check(plan)] };
    }

    /// <summary>The plan by the tags that are on origin right before publication: another run may have brought a higher version meanwhile.</summary>
    public PublishPlan WithTags(IEnumerable<string> tags, string prefix) => !Wish.LatestByVersion ? this
        : this with { Wish = Wish with { MakeLatest = Wish.MakeLatest && RegistryNames.IsLatest(Wish.Tag.Version, ReleaseTag.Among(tags, prefix, Wish.Order), Wish.Order) } };

    /// <summary>Whether notes are written: a published release keeps its own unless said otherwise, our draft takes new ones until a person edits them.</summary>
    public static bool WritesNotes(PublishWish wish, Release? release) => release is null || wish.BodyMode != BodyMode.Keep
        || (release.Draft && ReleaseNotes.FindMark(release.Body) is not { IsEdited: true });

    /// <summary>The plan for the summary.</summary>
    public string ToMarkdown()
    {
        var rows = Assets.Select(a => (string[])
        [
            Markdown.Code(a.Name), Markdown.Size(a.Local?.File.Size ?? a.Remote!.Size), Markdown.Code(a.Local?.Sha256[..12] ?? ""), $"{Word(a.Verb)}: {a.Reason}",
        ]);
        return $"""
            ## Release {Markdown.Code(Wish.Tag.Name)}: {(Refusals.Count > 0 ? "must not be published" : IsDone ? "nothing to do" : "the plan")}

            {string.Join('\n', Refusals.Select(r => $"- ❌ {Markdown.Text(r.Message)}. **{Markdown.Text(r.Remedy)}**").DefaultIfEmpty(string.Join('\n', Steps().Select(s => $"- {s}"))))}

            {(Assets.Count == 0 ? "No files." : Markdown.Table(["asset", "size", "sha256", "plan"], rows))}
            """;
    }

    private IEnumerable<string> Steps()
    {
        foreach (var step in IsReleaseDone ? [NothingToDo()] : ReleaseSteps()) yield return step;
        if (StartsDiscussion) yield return $"start a discussion about it in {Markdown.Code(Wish.DiscussionCategory!)}";
        foreach (var move in TagMoves) yield return $"the moving tag {move.ToMarkdown()}";
        if (State is not null) yield return State.ToMarkdown();
        if (Tells) yield return $"tell the channels {string.Join(", ", Wish.Channels.Select(Markdown.Code))}";
    }

    private IEnumerable<string> ReleaseSteps()
    {
        yield return Facts.Release is null ? $"make a draft of {Tag}" : IsPublished ? $"update the published release of {Tag}" : $"go on with our draft of {Tag}";
        if (Facts.Generated is not null) yield return "add the notes that GitHub generated";
        if (!Facts.Tags.ContainsKey(Wish.Tag.Name) && Publishes) yield return "make the tag, which is not on origin yet";
        if (ChangesFields) yield return "write title, notes and flags";
        if (Publishes) yield return $"verify every file, then publish as {(Wish.Prerelease ? "a prerelease" : Wish.MakeLatest ? "the latest release" : "a release that is not the latest")}";
        else if (!IsPublished) yield return "leave it as a draft";
    }

    private string NothingToDo()
    {
        var page = $"[{Markdown.Text(Facts.Release!.Name ?? Facts.Release.TagName)}]({Facts.Release.HtmlUrl})";
        return IsKept ? $"{Tag} is published, and stays as it is (`on-existing: keep`): {page}"
            : IsPublished ? $"{Tag} is published and equal: {page}"
            : $"the draft of {Tag} is complete: {page}";
    }

    private string Tag => $"{Markdown.Code(Wish.Tag.Name)} at commit {Markdown.Code(Wish.Commit[..12])}";

    private static ReleaseFields FieldsFor(PublishWish wish, PublishFacts facts)
    {
        var fields = NewFields(wish, facts);
        // Our draft goes on at this commit, also where its notes stay as they are: its mark must not tell of another.
        return facts.Release is { Draft: true, Body: { } there } && !HasNoRoom(wish, facts, fields) ? fields with { Body = ReleaseNotes.WithCommit(fields.Body ?? there, wish.Commit) } : fields;
    }

    private static ReleaseFields NewFields(PublishWish wish, PublishFacts facts)
    {
        var fields = new ReleaseFields(wish.Tag.Name) { Prerelease = wish.Prerelease };
        if (!WritesNotes(wish, facts.Release)) return fields;
        if (facts.Release is { } release && wish.BodyMode == BodyMode.Append) return fields with { Body = HasNotes(wish, facts) ? Appended(release.Body ?? "", wish, facts) : null };
        return fields with { Name = wish.Title, Body = HasNotes(wish, facts) || facts.Release is null ? Composed(wish, facts) : null };
    }

    private static string Composed(PublishWish wish, PublishFacts facts) => string.IsNullOrEmpty(facts.Generated)
        ? ReleaseNotes.Compose(wish.Notes ?? "", wish.Tag.Name, wish.Commit, wish.NotesLink)
        : ReleaseNotes.Compose(wish.Notes ?? "", facts.Generated, wish.Tag.Name, wish.Commit, wish.NotesLink);

    // Those that were given and those that GitHub generated go their own ways: each is there once, whichever came first.
    private static string? Appended(string body, PublishWish wish, PublishFacts facts)
    {
        var given = ReleaseNotes.Append(body, wish.Notes ?? "", wish.Tag.Name, wish.Commit, wish.NotesLink);
        return given is null ? null : ReleaseNotes.AppendGenerated(given, facts.Generated ?? "", wish.Tag.Name, wish.Commit, wish.NotesLink);
    }

    private static bool HasNotes(PublishWish wish, PublishFacts facts) => wish.Notes is not null || !string.IsNullOrEmpty(facts.Generated);

    /// <summary>Whether notes are to go below others, and do not fit.</summary>
    public bool NotesFindNoRoom => HasNoRoom(Wish, Facts, Fields);

    private static bool HasNoRoom(PublishWish wish, PublishFacts facts, ReleaseFields fields) =>
        wish.BodyMode == BodyMode.Append && facts.Release is not null && fields.Body is null && HasNotes(wish, facts);

    private static bool IsSameText(string one, string? other) => one.ReplaceLineEndings("\n").Trim() == (other ?? "").ReplaceLineEndings("\n").Trim();

    private static string Word(AssetVerb verb) => verb == AssetVerb.LeaveAlone ? "leave alone" : verb.ToString().ToLowerInvariant();
}
