using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Running;

namespace ReleaseActions.ReleasePublish;

/// <summary>What is to be done, and why, or why it must not be. Pure: the same wish and facts give the same plan.</summary>
/// <param name="Wish">What was asked for.</param>
/// <param name="Facts">What is there.</param>
/// <param name="Assets">What is done about each file.</param>
/// <param name="Fields">What the release is to say; null fields stay as they are.</param>
/// <param name="Refusals">What forbids it; empty where nothing does.</param>
internal sealed record PublishPlan(PublishWish Wish, PublishFacts Facts, IReadOnlyList<AssetStep> Assets, ReleaseFields Fields, IReadOnlyList<Finding> Refusals)
{
    /// <summary>Whether the release is public before anything is done.</summary>
    public bool IsPublished => Facts.Release is { Draft: false };

    /// <summary>Whether the last step makes it public.</summary>
    public bool Publishes => !IsPublished && !Wish.Draft;

    /// <summary>Whether title, notes or flags differ from what is meant.</summary>
    public bool ChangesFields => Facts.Release is { } release
        && ((Fields.Name is { } name && name != release.Name) || (Fields.Body is { } body && !IsSameText(body, release.Body)) || (Fields.Prerelease is { } flag && flag != release.Prerelease));

    /// <summary>Whether everything is as it should be.</summary>
    public bool IsDone => Facts.Release is not null && !Publishes && (IsKept || (!ChangesFields && !Assets.Any(a => a.Changes)));

    // The published release stays as it is because the user said so.
    private bool IsKept => IsPublished && Wish.OnExisting == OnExisting.Keep;

    public static PublishPlan For(PublishWish wish, PublishFacts facts)
    {
        var isOurDraft = facts.Release is { Draft: true };
        var isOfOtherCommit = ReleaseNotes.FindMark(facts.Release?.Body) is { } mark && mark.Commit != wish.Commit;
        var assets = AssetStep.Compare(facts.Files, facts.Assets, isOurDraft, isOfOtherCommit);
        var plan = new PublishPlan(wish, facts, assets, FieldsFor(wish, facts.Release), []);
        return plan with { Refusals = [.. PublishRules.Check(plan)] };
    }

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
        var tag = $"{Markdown.Code(Wish.Tag.Name)} at commit {Markdown.Code(Wish.Commit[..12])}";
        if (IsDone)
        {
            var page = $"[{Markdown.Text(Facts.Release!.Name ?? Facts.Release.TagName)}]({Facts.Release.HtmlUrl})";
            yield return IsKept ? $"{tag} is published, and stays as it is (`on-existing: keep`): {page}"
                : IsPublished ? $"{tag} is published and equal: {page}"
                : $"the draft of {tag} is complete: {page}";
            yield break;
        }

        yield return Facts.Release is null ? $"make a draft of {tag}" : IsPublished ? $"update the published release of {tag}" : $"go on with our draft of {tag}";
        if (Facts.TagCommit is null && Publishes) yield return "make the tag, which is not on origin yet";
        if (ChangesFields) yield return "write title, notes and flags";
        if (Publishes) yield return $"verify every file, then publish as {(Wish.Prerelease ? "a prerelease" : Wish.MakeLatest ? "the latest release" : "a release that is not the latest")}";
        else if (!IsPublished) yield return "leave it as a draft";
    }

    // Published: title and notes stay unless they are to be written again. Our own draft: they are written until a person edits them.
    private static ReleaseFields FieldsFor(PublishWish wish, Release? release)
    {
        var fields = new ReleaseFields(wish.Tag.Name) { Prerelease = wish.Prerelease };
        if (release is not null && wish.BodyMode == BodyMode.Keep && (!release.Draft || ReleaseNotes.FindMark(release.Body) is { IsEdited: true })) return fields;
        var body = wish.Notes is null && release is not null ? null : ReleaseNotes.Compose(wish.Notes ?? "", wish.Tag.Name, wish.Commit, wish.NotesLink);
        return fields with { Name = wish.Title, Body = body };
    }

    private static bool IsSameText(string one, string? other) => one.ReplaceLineEndings("\n").Trim() == (other ?? "").ReplaceLineEndings("\n").Trim();

    private static string Word(AssetVerb verb) => verb == AssetVerb.LeaveAlone ? "leave alone" : verb.ToString().ToLowerInvariant();
}
