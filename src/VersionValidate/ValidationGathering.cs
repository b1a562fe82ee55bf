using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>Looks up what the rules need to know: in the repository, its remote, its files and GitHub.</summary>
internal sealed partial class ValidationGathering(ValidationRequest request, Readers readers)
{
    // How many later releases of lower lines a compare link may omit; each takes one git process.
    private const int MostOvertaken = 20;

    public async Task<ValidationFacts> GatherAsync(CancellationToken cancellation)
    {
        var (prefix, branch) = (request.TagPrefix, request.Branch);
        var manifests = Places.SelectMany(ReadManifest).ToList();
        var release = request.ReleaseOf(manifests.Select(m => m.Found.Version));
        request.Policy.RequireProduct();
        var commit = await readers.Git.RequireCommitOfRunAsync(null, cancellation);
        var remoteTags = await readers.Git.ReadRemoteTagsAsync(cancellation);
        var facts = new ValidationFacts(request, release, commit)
        {
            TagCommit = remoteTags.GetValueOrDefault(release.Name)?.Commit,
            Tags = ReleaseTag.Among(remoteTags.Keys, prefix, request.Order),
            Misfit = VersionSchemes.Misfit(remoteTags.Keys, prefix, request.Order.Scheme, release),
            MovedFrom = readers.Runner.MovedFrom,
            Manifests = manifests,
            Changelog = ReadChangelog(release),
            Today = request.DayOf(readers.Clock.GetUtcNow()),
        };
        facts = await WithBranchAsync(facts, branch, cancellation);
        if (facts.NeedsTagMessage)
            facts = facts with { TagMessage = await ReadTagMessageAsync(release.Name, remoteTags[release.Name], cancellation) };
        facts = await WithPromotionAsync(await WithPullAsync(facts, cancellation), cancellation);
        return await WithGatesAsync(await WithLinkAsync(facts, remoteTags, cancellation), cancellation);
    }

    private IReadOnlyList<ManifestPlace> Places => field ??= FindPlaces();

    private IReadOnlyList<ManifestPlace> FindPlaces()
    {
        List<ManifestPlace> places = [.. request.Manifests.Select(ManifestPlace.Parse)];
        List<string> globs = [.. places.Where(p => p.IsGlob).Select(p => p.File)];
        return ManifestPlaces.Expand(places, globs.Count > 0 ? readers.Files.Find(globs, ["**/node_modules/**"]) : []);
    }

    private async Task<ValidationFacts> WithBranchAsync(ValidationFacts facts, string branch, CancellationToken cancellation)
    {
        // The remote's own, always: the checkout's copy of the branch may be old, or anybody's.
        var branches = await readers.Git.ListRemoteBranchesAsync(cancellation);
        if (!branches.TryGetValue(branch, out var tip)) return facts;
        var isOnBranch = facts.Commit == tip || (await IsAncestorByGitHubAsync(facts.Commit, tip, cancellation)
            ?? await IsAncestorByGitAsync(facts.Commit, branch, tip, cancellation));
        return facts with { IsOnBranch = isOnBranch, BranchTip = request.IsTipOnly ? tip : null };
    }

    private async Task<bool> IsAncestorByGitAsync(string commit, string branch, string tip, CancellationToken cancellation)
    {
        var wanted = new Dictionary<string, string> { [$"refs/heads/{branch}"] = tip, [commit] = commit };
        await readers.Git.FetchAsync(FetchScope.Commits, wanted, cancellation);
        return await readers.Git.IsAncestorAsync(commit, tip, cancellation);
    }

    // A lower line may get a hotfix after the link was written. A link that omits a release which is not in the released commit is right.
    private async Task<ValidationFacts> WithLinkAsync(
        ValidationFacts facts, IReadOnlyDictionary<string, RemoteTag> remote, CancellationToken cancellation)
    {
        if (facts.Changelog is not { Link.From: var from } changelog) return facts;
        var before = ReleasesBefore(facts, changelog).Take(MostOvertaken + 1).ToList();
        var begin = before.FirstOrDefault(t => t.Name == from);
        List<ReleaseTag> omitted = [.. before.TakeWhile(t => t.Name != from)];
        if (omitted.Count > 0)
        {
            var wanted = omitted.Select(t => remote[t.Name].Commit).Append(facts.Commit).Select(c => KeyValuePair.Create(c, c));
            await readers.Git.FetchAsync(FetchScope.Commits, wanted, cancellation);
        }

        foreach (var tag in omitted)
            if (await readers.Git.IsAncestorAsync(remote[tag.Name].Commit, facts.Commit, cancellation)) return facts;
        return begin is null ? facts : facts with { Changelog = changelog with { Begin = begin } };
    }

    // Nearest first.
    private IEnumerable<ReleaseTag> ReleasesBefore(ValidationFacts facts, ChangelogFact changelog)
    {
        var tags = facts.Tags.ToList();
        while (ReleaseTag.Before(facts.Release.Version, tags, request.Order, changelog.Versions) is { } before)
        {
            yield return before;
            tags.Remove(before);
        }
    }

    // Fetched, because checkouts are known to put a lightweight tag in place of an annotated one.
    private async Task<IReadOnlyList<string>?> ReadTagMessageAsync(string tag, RemoteTag remote, CancellationToken cancellation) =>
        remote.Id == remote.Commit ? null
        : MessageOf(await readers.Git.ReadObjectAsync("tag", $"refs/tags/{RefName.Require("tag", tag)}", remote.Id, cancellation));

    // `git cat-file tag` prints headers, a blank line, the message and perhaps a signature.
    private static IReadOnlyList<string> MessageOf(string tag)
    {
        var at = tag.IndexOf("\n\n", StringComparison.Ordinal);
        var message = at < 0 ? "" : tag[(at + 2)..];
        foreach (var kind in (string[])["PGP", "SSH"])
            message = message.Split($"-----BEGIN {kind} SIGNATURE-----")[0];
        return [.. message.Replace("\r", "", StringComparison.Ordinal).Trim('\n').Split('\n').Select(l => l.TrimEnd())];
    }

    private ChangelogFact? ReadChangelog(ReleaseTag release)
    {
        var needsLink = request.Policy.Changelog.CompareLinks;
        if (!request.NeedsSection && !needsLink) return null;
        var path = request.ChangelogPath.Replace("{version}", release.Version.Text, StringComparison.Ordinal);
        if (readers.Files.ReadText(path) is not { } text) return new ChangelogFact(path, Exists: false, [], null);
        // The headings of a product's own changelog name no product.
        var isPerVersion = path != request.ChangelogPath;
        var changelog = Changelog.Parse(text, request.Order.Scheme).Of(request.ProductOfSections);
        var sections = isPerVersion ? changelog.OfFile(release.Version) : changelog.Find(release.Version);
        var link = sections is [var section, ..] && needsLink ? changelog.LinkOf(section) : null;
        return new ChangelogFact(path, Exists: true, sections, link) { Versions = isPerVersion ? null : changelog.Versions };
    }

    private IEnumerable<(string File, ManifestVersion Found)> ReadManifest(ManifestPlace place)
    {
        var found = readers.Files.ReadText(place.File) is { } text
            ? place.Read(text) : [new ManifestVersion(place.Key ?? "*", null, null, "the file does not exist")];
        return found.Select(f => (place.File, f));
    }
}
