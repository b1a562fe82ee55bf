using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>What is to be done about one file.</summary>
internal enum AssetVerb
{
    Upload,
    Skip,
    Replace,
    Relabel,
    Delete,
    LeaveAlone,
}

/// <summary>One file: here, there, or both, and what follows.</summary>
/// <param name="Verb">What is done.</param>
/// <param name="Local">The file of this run, or null.</param>
/// <param name="Remote">The file of the release, or null.</param>
/// <param name="Reason">Why, for the table.</param>
internal sealed record AssetStep(AssetVerb Verb, LocalFile? Local, ReleaseAsset? Remote, string Reason)
{
    public string Name => Local?.File.Name ?? Remote!.Name;

    /// <summary>The new bytes of the file under their first name, where an earlier run sent them and was stopped.</summary>
    public ReleaseAsset? Staged { get; init; }

    /// <summary>Whether the file is public and replaced: the new bytes come under another name first.</summary>
    public bool IsStaged { get; init; }

    /// <summary>Whether the release differs from the request, as far as this file goes.</summary>
    public bool Changes => Verb is AssetVerb.Upload or AssetVerb.Replace or AssetVerb.Relabel or AssetVerb.Delete;

    /// <summary>Compares the files of this run with those of the release.</summary>
    /// <param name="facts">What is on both sides.</param>
    /// <param name="deletesBroken">
    /// Whether broken uploads in our draft are deleted. Not by one of several jobs that fill it: another may be sending that file now.
    /// </param>
    /// <param name="isMoving">Whether the release moves from commit to commit.</param>
    public static IReadOnlyList<AssetStep> Compare(PublishFacts facts, bool deletesBroken, bool isMoving)
    {
        var isOurDraft = facts is { Release.Draft: true, IsAdopted: false };
        var mark = ReleaseNotes.FindMark(facts.Release?.Body);
        var isOfOtherCommit = mark is not null && mark.Commit != facts.Commit;
        var steps = Compare(facts.Files, facts.Assets, isOurDraft, isOfOtherCommit);
        if (facts.Release is { Draft: false }) steps = OfPublic(steps, facts.Assets);
        // Jobs of one commit add to each other; what is of another one, or of another tool, is not of the moved release.
        if (isMoving && facts.Release is { Draft: false } && mark?.Commit != facts.Commit) steps = [.. steps.Select(OfMoved)];
        if (!deletesBroken) steps = [.. steps.Select(s => s is { Verb: AssetVerb.Delete, Remote.IsWhole: false } ? OfOtherJob(s) : s)];
        return facts.Release is { Immutable: true } ? [.. steps.Select(OfImmutable)] : steps;
    }

    /// <summary>Compares the files of this run with those of a release.</summary>
    /// <param name="files">The files of this run.</param>
    /// <param name="assets">The files of the release.</param>
    /// <param name="isOurDraft">Whether the release is our own draft: then what is broken in it is ours to delete.</param>
    /// <param name="isOfOtherCommit">Whether that draft was created for another commit: then what this run does not have is stale.</param>
    public static IReadOnlyList<AssetStep> Compare(
        IReadOnlyList<LocalFile> files, IReadOnlyList<ReleaseAsset> assets, bool isOurDraft, bool isOfOtherCommit)
    {
        var names = files.Select(f => f.File.Name).ToHashSet(StringComparer.Ordinal);
        var unmatched = assets.ToList();
        var steps = new List<AssetStep>();
        foreach (var file in files)
        {
            // What is public under another name, such as one that another program gave it, is there: nobody needs it twice.
            bool IsNamedElse(ReleaseAsset a) => IsEqual(file, a) && !names.Contains(a.Name) && !PublicReplacement.IsStaged(a.Name);
            var asset = Counterpart(file, unmatched) ?? (isOurDraft ? null : unmatched.Find(IsNamedElse));
            if (asset is not null) unmatched.Remove(asset);
            steps.Add(Of(file, asset));
        }

        steps.AddRange(unmatched.Select(asset =>
            isOurDraft && !asset.IsWhole ? new AssetStep(AssetVerb.Delete, null, asset, "a broken upload")
            : isOurDraft && isOfOtherCommit ? new AssetStep(AssetVerb.Delete, null, asset, "of another commit")
            : new AssetStep(AssetVerb.LeaveAlone, null, asset, "not of this run")));
        return steps;
    }

    /// <summary>Whether a file of a release is, byte for byte, a file of this run.</summary>
    public static bool IsEqual(LocalFile file, ReleaseAsset asset) =>
        asset.IsWhole && asset.Size == file.File.Size && asset.Digest == $"sha256:{file.Sha256}";

    /// <summary>The file of the release that has the name of a file of this run.</summary>
    public static ReleaseAsset? Counterpart(LocalFile file, IEnumerable<ReleaseAsset> assets) =>
        assets.FirstOrDefault(a => a.Name == file.File.Name);

    private static AssetStep Of(LocalFile file, ReleaseAsset? asset)
    {
        if (asset is null) return new AssetStep(AssetVerb.Upload, file, null, "missing");
        if (!asset.IsWhole) return new AssetStep(AssetVerb.Replace, file, asset, "a broken upload is there");
        if (!IsEqual(file, asset)) return new AssetStep(AssetVerb.Replace, file, asset, DifferenceOf(file, asset));
        if (asset.Name != file.File.Name) return new AssetStep(AssetVerb.Skip, file, asset, $"equal, and published as '{asset.Name}'");
        return file.File.Label is { } label && label != asset.Label
            ? new AssetStep(AssetVerb.Relabel, file, asset, "equal, with another label")
            : new AssetStep(AssetVerb.Skip, file, asset, "equal");
    }

    private static string DifferenceOf(LocalFile file, ReleaseAsset asset) =>
        asset.Size == file.File.Size ? "other bytes are there" : $"{Markdown.Size(asset.Size)} there, {Markdown.Size(file.File.Size)} here";

    // An old file of a public release goes when the new one is there; what a stopped run sent is taken over, or goes as well.
    private static List<AssetStep> OfPublic(IReadOnlyList<AssetStep> steps, IReadOnlyList<ReleaseAsset> assets)
    {
        // A release is full with 1,000 files: then there is no room for both.
        var hasRoom = steps.Count + steps.Count(s => s is { Verb: AssetVerb.Replace, Remote.IsWhole: true }) <= PublishPlan.MostFiles;
        var staged = assets.Where(a => PublicReplacement.IsStaged(a.Name)).ToDictionary(a => a.Name, StringComparer.Ordinal);
        ReleaseAsset? StagedOf(AssetStep step) =>
            step.Local is { } local ? staged.GetValueOrDefault(PublicReplacement.StagedName(local)) : null;
        AssetStep Decided(AssetStep step) => step switch
        {
            { Verb: AssetVerb.Replace, Remote.IsWhole: true } when hasRoom => step with { IsStaged = true, Staged = StagedOf(step) },
            { Verb: AssetVerb.Upload } when StagedOf(step) is { } there => step with { IsStaged = true, Staged = there },
            { Local: null, Remote: { } remote } when staged.ContainsKey(remote.Name) =>
                step with { Verb = AssetVerb.Delete, Reason = "left by a replacement that was stopped" },
            _ => step,
        };
        List<AssetStep> decided = [.. steps.Select(Decided)];
        var taken = decided.Select(s => s.Staged?.Id).OfType<long>().ToHashSet();
        return [.. decided.Where(s => s is not { Local: null, Remote: { } remote } || !taken.Contains(remote.Id))];
    }

    private static AssetStep OfMoved(AssetStep step) =>
        step.Verb == AssetVerb.LeaveAlone ? step with { Verb = AssetVerb.Delete, Reason = "of another commit" } : step;

    private static AssetStep OfOtherJob(AssetStep step) =>
        step with { Verb = AssetVerb.LeaveAlone, Reason = "another job may be sending it" };

    // What is immutable keeps its labels.
    private static AssetStep OfImmutable(AssetStep step) => step.Verb != AssetVerb.Relabel ? step
        : step with { Verb = AssetVerb.Skip, Reason = "equal; the label of an immutable release stays" };
}
