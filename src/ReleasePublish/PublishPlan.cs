using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>What is to be done, and why, or why it must not be. Pure: the same request and facts give the same plan.</summary>
/// <param name="Request">What was requested.</param>
/// <param name="Facts">What is there.</param>
internal sealed partial record PublishPlan(PublishRequest Request, PublishFacts Facts) : IPlan
{
    /// <summary>Whether it becomes the latest, where it is published or promoted.</summary>
    public bool MakeLatest { get; private init; }

    /// <summary>Whether the release is a prerelease once the plan is applied.</summary>
    public bool IsPrerelease => Fields.Prerelease ?? Facts.Release?.Prerelease ?? Request.Prerelease;

    /// <summary>Our drafts beside the release that are deleted.</summary>
    public IReadOnlyList<DraftLeftover> Leftovers => [.. Facts.Leftovers.Where(l => ReasonToStay(l) is null)];

    /// <summary>What is done about each file.</summary>
    public IReadOnlyList<AssetStep> Assets { get; private init; } = [];

    /// <summary>What the release is to say; null fields stay unchanged.</summary>
    public ReleaseFields Fields { get; private init; } = new(Request.Tag.Name);

    /// <summary>What is done about each moving tag once the release is public.</summary>
    public IReadOnlyList<TagMove> TagMoves { get; private init; } = [];

    /// <summary>What is done about the state file once the release is public; null where there is none.</summary>
    public StateUpdate? State { get; private init; }

    /// <inheritdoc/>
    public IReadOnlyList<Finding> Refusals { get; private init; } = [];

    /// <summary>The tag and its version.</summary>
    public ReleaseTag Tag => Request.Tag;

    /// <summary>The commit to release, 40 hex digits.</summary>
    public string Commit => Facts.Commit;

    /// <summary>Whether the release is public before anything is done.</summary>
    public bool IsPublished => Facts.Release is { Draft: false };

    /// <summary>Whether the last step makes it public.</summary>
    public bool Publishes => !IsPublished && !Request.Draft;

    /// <summary>Whether it is public once the plan is applied.</summary>
    public bool IsPublicAfterwards => IsPublished || Publishes;

    /// <summary>Whether title, notes or flags differ from the request.</summary>
    public bool ChangesFields => Facts.Release is { } release
        && ((Fields.Name is { } name && name != release.Name)
            || (Fields.Body is { } body && !IsSameText(body, release.Body))
            || (Fields.Prerelease is { } flag && flag != release.Prerelease)
            || Fields.MakeLatest is not null);

    /// <summary>Whether a discussion is started; GitHub has none about a draft.</summary>
    public bool StartsDiscussion => Request.DiscussionCategory is not null && IsPublicAfterwards && Facts.Release?.DiscussionUrl is null;

    /// <summary>Whether the channels are notified.</summary>
    public bool Notifies => Request.Channels.Count > 0
        && Request.Notify switch { Notify.Never => false, Notify.Always => IsPublicAfterwards, _ => Publishes };

    /// <summary>Whether the release's own tag is moved from another commit, which only one that is no version may be.</summary>
    public bool MovesTag => Request.IsMoving && Facts.Tags.GetValueOrDefault(Tag.Name)?.Commit is { } at && at != Commit;

    /// <summary>Whether the release itself is as it should be.</summary>
    public bool IsReleaseDone => !MovesTag && Facts.Release is not null && !Publishes
        && (IsKept || (!ChangesFields && !Assets.Any(a => a.Changes)));

    /// <summary>Whether everything is as it should be.</summary>
    public bool IsDone =>
        IsReleaseDone && Leftovers.Count == 0 && !StartsDiscussion && !TagMoves.Any(m => m.Moves)
        && State is not { Writes: true } && !Notifies;

    /// <summary>Whether a published release stays unchanged because the user said so.</summary>
    public bool IsKept => IsPublished && Request.OnExisting == OnExisting.Keep;

    /// <summary>The tags on origin once the plan is applied: the release's own among them.</summary>
    public IReadOnlyDictionary<string, RemoteTag> TagsAfterwards => new Dictionary<string, RemoteTag>(Facts.Tags, StringComparer.Ordinal)
    {
        [Tag.Name] = MovesTag ? new RemoteTag(Commit, Commit) : Facts.Tags.GetValueOrDefault(Tag.Name) ?? new RemoteTag(Commit, Commit),
    };

    /// <summary>Decides.</summary>
    public static PublishPlan For(PublishRequest request, PublishFacts facts)
    {
        var plan = new PublishPlan(request, facts) { Assets = AssetStep.Compare(facts, deletesBroken: !request.Draft, request.IsMoving) };
        plan = plan with { Fields = plan.FindFields() };
        plan = plan.WithPublished(facts.Published);
        plan = plan with { Fields = plan.Fields with { MakeLatest = plan.FindLatest() } };
        plan = plan with { TagMoves = [.. request.MovingLines.Select(line => TagMove.For(line, plan, plan.IsPublished, facts.Tags))] };
        if (facts.StateFile is { } file) plan = plan with { State = StateUpdate.For(file, plan, plan.IsPublished) };
        return plan with { Refusals = [.. plan.FindRefusals()] };
    }

    /// <summary>The plan by the releases that are published by now: another run may have published a higher version meanwhile.</summary>
    public PublishPlan WithPublished(IEnumerable<PublishedRelease> published) =>
        this with { MakeLatest = !IsPrerelease && Request.MakesLatest([.. Facts.Published, .. published]) };

    /// <summary>Whether the plan depends on which release GitHub shows as the latest.</summary>
    public static bool DependsOnLatest(PublishRequest request, Release? release) =>
        release is { Draft: false, Prerelease: false } && !request.LatestByVersion && request.OnExisting != OnExisting.Keep;

    /// <summary>
    /// Whether notes are written: what is public or a person's stays unless requested otherwise, our draft takes new ones until a person
    /// edits them, and one that has none takes them as well.
    /// </summary>
    public static bool WritesNotes(PublishRequest request, Release? release) => release is null || request.BodyMode != BodyMode.Keep
        || ((release.Draft || request.IsMoving) && !IsOfPeople(release.Body));

    private static bool IsOfPeople(string? notes) => ReleaseNotes.FindMark(notes)?.IsEdited ?? !string.IsNullOrWhiteSpace(notes);

    /// <inheritdoc/>
    public void WriteTo(Log log)
    {
        if (ReplacesHidden)
            log.Notice("The title or the notes had invisible characters, or some that turn text; they are written out, such as \\u202e");
        foreach (var notice in Facts.OmittedFiles) log.Notice(notice);
        var status = Refusals.Count > 0 ? "refused" : IsDone ? "nothing-to-do" : "ok";
        if (Facts.Release is null && !HasNotes)
            log.Notice("The release has no notes: give `body`, `body-path` or `generate-notes: true`");
        log.Step("plan", ("tag", Tag.Name), ("commit", Commit), ("uploads", Assets.Count(a => a.Changes)), ("status", status));
    }

    /// <inheritdoc/>
    public string ToMarkdown()
    {
        var steps = string.Join('\n', Steps().Select(s => $"- {s}"));
        var rows = Assets.Select(RowOf);
        var omitted = string.Concat(Facts.OmittedFiles.Select(notice => $"\n\n⚠️ {Markdown.Text(notice)}"));
        return $"""
            ## Release {Markdown.Code(Tag.Name)}: {(Refusals.Count > 0 ? "must not be published" : IsDone ? "nothing to do" : "the plan")}

            {string.Join('\n', Refusals.Select(LineOf).DefaultIfEmpty(steps))}

            {(Assets.Count == 0 ? "No files." : Markdown.Table(["asset", "size", "sha256", "plan"], rows))}{omitted}
            """;
    }

    private bool ReplacesHidden => ((string?[])[Request.Title, Facts.Notes, Facts.Generated]).OfType<string>()
        .Any(text => NotesText.ShowHidden(text) != text);

    private static string LineOf(Finding refusal) => $"- ❌ {Markdown.Text(refusal.Message)}. **{Markdown.Text(refusal.Remedy)}**";

    private static string[] RowOf(AssetStep step)
    {
        var size = Markdown.Size(step.Local?.File.Size ?? step.Remote!.Size);
        return [Markdown.Code(step.Name), size, Markdown.Code(step.Local?.Sha256[..12] ?? ""), $"{Word(step.Verb)}: {step.Reason}"];
    }

    private IEnumerable<string> Steps()
    {
        foreach (var step in IsReleaseDone ? [NothingToDo()] : ReleaseSteps()) yield return step;
        foreach (var leftover in Leftovers) yield return $"delete the draft {leftover.Draft.Id}, which another run left";
        if (StartsDiscussion) yield return $"start a discussion about it in {Markdown.Code(Request.DiscussionCategory!)}";
        foreach (var move in TagMoves) yield return $"the moving tag {move.ToMarkdown()}";
        if (State is not null) yield return State.ToMarkdown();
        if (Notifies) yield return $"notify the channels {string.Join(", ", Request.Channels.Select(c => Markdown.Code(c.Channel.Name)))}";
    }

    private IEnumerable<string> ReleaseSteps()
    {
        yield return Facts.Release is null ? $"create a draft of {TagAtCommit}"
            : IsPublished ? $"update the published release of {TagAtCommit}"
            : Facts.IsAdopted ? $"adopt the draft of {TagAtCommit} that a person or another tool made"
            : $"continue with our draft of {TagAtCommit}";
        if (Facts.Release is null && !HasNotes) yield return "write no notes: none were given";
        if (Facts.Generated is not null) yield return "add the notes that GitHub generated";
        if (MovesTag) yield return $"move the tag from {Markdown.Code(Facts.Tags[Tag.Name].Commit[..12])}, once the new files are verified";
        if (!Facts.Tags.ContainsKey(Tag.Name) && Publishes) yield return "create the tag, which is not on origin yet";
        if (ChangesFields) yield return "write title, notes and flags";
        var kind = IsPrerelease ? "a prerelease" : MakeLatest ? "the latest release" : "a release that is not the latest";
        if (Publishes) yield return $"verify every file, then publish as {kind}";
        else if (!IsPublished) yield return "leave it as a draft";
        else if (Fields.MakeLatest is { } latest) yield return latest ? "make it the latest release" : "let another release be the latest";
        if (Publishes && !Request.MayBeLatest(Facts.Published) && Request.LatestByVersion)
            yield return "leave the latest release to the product that the policy names (`release.latest-product`)";
    }

    private string NothingToDo()
    {
        var page = $"[{Markdown.Text(Facts.Release!.Name ?? Facts.Release.TagName)}]({Facts.Release.HtmlUrl})";
        return IsKept ? $"{TagAtCommit} is published, and stays unchanged (`on-existing: keep`): {page}"
            : IsPublished && TextDiffers() is { } differing
            ? $"{TagAtCommit} is published with these files; {differing}, as `body-mode: {Word(Request.BodyMode)}` says: {page}"
            : IsPublished ? $"{TagAtCommit} is published and equal: {page}"
            : $"the draft of {TagAtCommit} is complete: {page}";
    }

    private string TagAtCommit => $"{Markdown.Code(Tag.Name)} at commit {Markdown.Code(Commit[..12])}";

    private static bool IsSameText(string one, string? other) =>
        one.ReplaceLineEndings("\n").Trim() == (other ?? "").ReplaceLineEndings("\n").Trim();

    private static string Word(AssetVerb verb) => verb == AssetVerb.LeaveAlone ? "leave alone" : verb.ToString().ToLowerInvariant();

    private static string Word(BodyMode mode) => mode.ToString().ToLowerInvariant();
}
