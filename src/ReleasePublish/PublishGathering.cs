using System.Security.Cryptography;
using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>Looks up the tags on origin, the releases of the tag, and the files on both sides with their digests.</summary>
internal sealed class PublishGathering(PublishRequest request, Readers readers)
{
    // Shorter ones fit, with whatever GitHub generates below them, or below what is there.
    private const int LongNotes = 10_000;

    public async Task<PublishFacts> RunAsync(CancellationToken cancellation)
    {
        foreach (var (_, address) in request.Channels)
            if (address is not null) readers.Log.Hide(address);
        var tag = request.Tag.Name;
        var tags = await readers.Git.ReadRemoteTagsAsync(cancellation);
        var commit = await RequireCommitAsync(tags, cancellation);
        var notes = ReadNotes();
        var found = FindFiles();
        var files = await HashAsync(found.Files, cancellation);
        var releases = await readers.GitHub.ReadReleasesAsync(tag, cancellation);
        List<Release> strangers = [.. releases.OfTag.Where(r => r.Draft && !ReleaseCalls.IsOurs(r, tag))];
        var release = ReleaseCalls.Ours(releases.OfTag, tag) ?? (request.AdoptsDraft && strangers is [var only] ? only : null);
        var facts = new PublishFacts(commit, tags, release, strangers)
        {
            IsCommitOfRepository = await IsOfRepositoryAsync(commit, tags, cancellation),
            Published = releases.Published,
            Leftovers = await DraftSharing.FindAsync(releases.OfTag, release, tag, readers.GitHub, cancellation),
            Files = files,
            OmittedFiles = found.Notices,
            Notes = notes,
            NotesPath = await FindNotesPathAsync(commit, notes, cancellation),
            Assets = release is null ? [] : await ReadAssetsAsync(readers.GitHub, release.Id, files, cancellation),
            ReleasesOfMovingTags = await ReadReleasesOfMovingTagsAsync(cancellation),
            StateFile = await ReadStateFileAsync(cancellation),
            IsLatest = (request.IsDryRun || PublishPlan.DependsOnLatest(request, release)) && await IsLatestAsync(release, cancellation),
        };
        return WritesGenerated(release) ? facts with { Generated = await GenerateNotesAsync(commit, tags, cancellation) } : facts;
    }

    /// <summary>
    /// The files of a release by name. Where a digest is missing and decides about a file of this run, the bytes are read.
    /// </summary>
    public static async Task<IReadOnlyList<ReleaseAsset>> ReadAssetsAsync(
        GitHubClient gitHub, long releaseId, IReadOnlyList<LocalFile> files, CancellationToken cancellation)
    {
        var assets = (await gitHub.ListAssetsAsync(releaseId, cancellation)).OrderBy(a => a.Name, StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            if (AssetStep.Counterpart(file, assets) is { } asset)
                assets[assets.IndexOf(asset)] = await WithDigestAsync(gitHub, asset, file, cancellation);
        }

        return assets;
    }

    /// <summary>A file of a release with its digest, where that decides whether it equals a file of this run.</summary>
    public static async Task<ReleaseAsset> WithDigestAsync(
        GitHubClient gitHub, ReleaseAsset asset, LocalFile file, CancellationToken cancellation)
    {
        if (asset is not { Digest: null, IsWhole: true } || asset.Size != file.File.Size) return asset;
        var sha256 = await gitHub.ReadBackAsync(asset, async (content, limit) =>
        {
            await using var stream = await content.ReadAsStreamAsync(limit);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, limit));
        }, cancellation);
        return asset with { Digest = $"sha256:{sha256}" };
    }

    // A name is looked up on the remote: what the checkout has under it may be old.
    private async Task<string> RequireCommitAsync(IReadOnlyDictionary<string, RemoteTag> tags, CancellationToken cancellation)
    {
        var target = request.Target;
        if (target is null && request.IsElsewhere)
            return tags.GetValueOrDefault(request.Tag.Name)?.Commit ?? throw ActionException.BadInput(
                $"There is no tag '{request.Tag.Name}' in {request.Repository}, and this run's commit is not there either",
                "Name the branch or commit of that repository with `target`, such as main");
        if (target is null || IsId(target))
            return await readers.Git.RequireCommitOfRunAsync(target, cancellation);
        if (RunnerContext.TagOf(target) is { } tag && tags.TryGetValue(tag, out var tagged)) return tagged.Commit;
        const string Heads = "refs/heads/";
        var branch = target.StartsWith(Heads, StringComparison.Ordinal) ? target[Heads.Length..] : target;
        var branches = await readers.Git.ListRemoteBranchesAsync(cancellation);
        return branches.GetValueOrDefault(branch) ?? throw ActionException.BadInput(
            $"The input 'target' is '{target}', and the remote has no such branch or tag",
            "Give a commit's 40 hex digits, a branch such as main, or refs/tags/ and a tag");
    }

    // GitHub hands out a commit of any pull request, a fork's too, as one of the repository. On a laptop, whoever names it decides.
    private async Task<bool> IsOfRepositoryAsync(
        string commit, IReadOnlyDictionary<string, RemoteTag> tags, CancellationToken cancellation)
    {
        var isNamed = request.Target is { } target && IsId(target);
        if (!isNamed || !readers.Runner.IsRunner || tags.Values.Any(t => t.Commit == commit)) return true;
        var branches = await readers.Git.ListRemoteBranchesAsync(cancellation);
        if (branches.Values.Contains(commit)) return true;
        var tips = branches.Values.Distinct().Select(id => KeyValuePair.Create(id, id)).ToList();
        await readers.Git.FetchAsync(FetchScope.Commits, [.. tips, KeyValuePair.Create(commit, commit)], cancellation);
        var question = $"{commit}\n{string.Concat(tips.Select(t => $"^{t.Key}\n"))}";
        var beyond = await readers.Git.RunAsync(["rev-list", "--max-count=1", "--stdin"], cancellation, question);
        return beyond.Output.Trim().Length == 0;
    }

    private static bool IsId(string target) => target.Length == 40 && target.All(char.IsAsciiHexDigitLower);

    private string? ReadNotes()
    {
        if (request.Body.Path is not { } path) return request.Body.Text;
        var notes = readers.Files.ReadText(path) ?? throw ActionException.BadInput(
            $"The file '{path}' that `body-path` names is not there", "Write the notes to it in an earlier step, or correct the path");
        // Whoever names a file wants notes: a release without any would be public before anybody noticed.
        return !string.IsNullOrWhiteSpace(notes) || request.GeneratesNotes ? notes : throw ActionException.BadInput(
            $"The file '{path}' that `body-path` names has no notes in it", "See why the earlier step wrote none; or omit `body-path`");
    }

    // The file that was given or, where an earlier step wrote it, the changelog that it was taken from.
    private async Task<string?> FindNotesPathAsync(string commit, string? notes, CancellationToken cancellation)
    {
        if (notes is not { Length: > LongNotes }) return null;
        var text = notes.ReplaceLineEndings("\n").Trim();
        foreach (var path in ((string?[])[request.Body.Path, request.ChangelogPath]).OfType<string>())
        {
            if (await readers.GitHub.FindTextAsync(path, commit, cancellation) is { } there
                && there.ReplaceLineEndings("\n").Contains(text, StringComparison.Ordinal)) return path;
        }

        return null;
    }

    private FoundFiles FindFiles()
    {
        var list = request.Files(readers.Files.Find($"{request.ArtifactFolder.TrimEnd('/')}/**"));
        // An expression that came out empty looks like an input that was left out.
        if (list.Lines.Count == 0 && !request.HasNoFiles)
        {
            throw ActionException.BadInput(
                "Nothing names the files of the release: neither `files` nor the policy's artifacts.files, and "
                    + $"'{request.ArtifactFolder}' has none",
                "Set `files`; where the release has no files, set `files: none`");
        }

        var found = readers.Files.FindFiles(list);
        return PublishPlan.ProblemsOf(found.Files).ToList() is { Count: > 0 } problems
            ? throw new ActionException(ExitCode.BadInput, problems)
            : found;
    }

    private async Task<IReadOnlyList<LocalFile>> HashAsync(IReadOnlyList<PublishableFile> found, CancellationToken cancellation)
    {
        var hashed = await readers.Files.HashAsync([.. found.Select(f => f.Path)], cancellation, readers.Log.Secrets);
        return [.. found.Zip(hashed, (file, hash) => new LocalFile(file with { Size = hash.Size }, hash.Sha256))];
    }

    private async Task<IReadOnlyList<Release>> ReadReleasesOfMovingTagsAsync(CancellationToken cancellation)
    {
        var releases = new List<Release>();
        foreach (var name in request.MovingLines.Select(line => TagMove.NameOf(line, request)))
            if (await readers.GitHub.FindPublishedReleaseAsync(name, cancellation) is { } release) releases.Add(release);
        return releases;
    }

    // Where the answer could refuse a rerun, it is asked for until it has settled: it lags behind a publication.
    private async Task<bool> IsLatestAsync(Release? release, CancellationToken cancellation)
    {
        if (release is not { Draft: false, Prerelease: false }) return false;
        var mayRefuse = request.NamedLatest == true && request.OnExisting == OnExisting.Refuse;
        bool HasSettled(Release? latest) => latest?.Id == release.Id || !mayRefuse;
        return (await Lag.SettleAsync(readers.GitHub.FindLatestReleaseAsync, HasSettled, readers.Clock, cancellation))?.Id == release.Id;
    }

    private bool WritesGenerated(Release? release) => request.GeneratesNotes && PublishPlan.WritesNotes(request, release)
        && !(request.BodyMode == BodyMode.Append && ReleaseNotes.HasGenerated(release?.Body));

    private async Task<StateFile?> ReadStateFileAsync(CancellationToken cancellation) => request.State is { } state
        ? await StateFile.ReadAsync(readers.Git, request.StateBranch, state.File!, cancellation)
        : null;

    private async Task<string> GenerateNotesAsync(
        string commit, IReadOnlyDictionary<string, RemoteTag> tags, CancellationToken cancellation)
    {
        var tag = request.Tag.Name;
        // A release must not be public without the notes that were requested.
        return await readers.GitHub.GenerateNotesAsync(tag, PreviousTag(tags), commit, cancellation) ?? throw ActionException.Remote(
            $"GitHub was asked to generate the notes of {tag}, and said 404",
            "See that the token may read the repository, and that the server knows generated notes; or omit `generate-notes`");
    }

    // GitHub would take the release that was published last, which for a patch of an old line is one of a newer line.
    private string? PreviousTag(IReadOnlyDictionary<string, RemoteTag> tags)
    {
        if (request.PreviousTag is not { } tag) return request.PreviousTagAmong(tags.Keys);
        return tags.ContainsKey(RefName.Require("tag", tag)) ? tag : throw ActionException.BadInput(
            $"The tag '{tag}' that `previous-tag` names is not on origin", "Name a tag that was pushed, or omit it");
    }
}
