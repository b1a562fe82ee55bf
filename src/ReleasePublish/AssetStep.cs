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

    /// <summary>Whether the release differs from the request, as far as this file goes.</summary>
    public bool Changes => Verb is AssetVerb.Upload or AssetVerb.Replace or AssetVerb.Relabel or AssetVerb.Delete;

    /// <summary>Compares the files of this run with those of the release.</summary>
    public static IReadOnlyList<AssetStep> Compare(PublishFacts facts)
    {
        var isOfOtherCommit = ReleaseNotes.FindMark(facts.Release?.Body) is { } mark && mark.Commit != facts.Commit;
        var steps = Compare(facts.Files, facts.Assets, facts.Release is { Draft: true }, isOfOtherCommit);
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
            var asset = Counterpart(file, unmatched)
                ?? (isOurDraft ? null : unmatched.Find(a => !names.Contains(a.Name) && IsEqual(file, a)));
            if (asset is not null) unmatched.Remove(asset);
            steps.Add(Of(file, asset));
        }

        steps.AddRange(unmatched.Select(asset => OfUnmatched(asset, files, isOurDraft, isOfOtherCommit)));
        return steps;
    }

    private static AssetStep OfUnmatched(ReleaseAsset asset, IReadOnlyList<LocalFile> files, bool isOurDraft, bool isOfOtherCommit)
    {
        var reason = !isOurDraft ? null
            : !asset.IsWhole ? "a broken upload"
            : isOfOtherCommit ? "of another commit"
            : files.Any(file => IsEqual(file, asset)) ? "under a name that GitHub gave it"
            : null;
        return reason is null
            ? new AssetStep(AssetVerb.LeaveAlone, null, asset, "not of this run")
            : new AssetStep(AssetVerb.Delete, null, asset, reason);
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

    // What is immutable keeps its labels.
    private static AssetStep OfImmutable(AssetStep step) => step.Verb != AssetVerb.Relabel ? step
        : step with { Verb = AssetVerb.Skip, Reason = "equal; the label of an immutable release stays" };
}
