using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Gathers the facts. What origin has is fetched into the <see cref="DraftRepository"/>, so the checkout is unchanged.</summary>
internal sealed class PrepareGathering(PrepareRequest request, Readers readers)
{
    // How far back the branch to cut from is searched for a state that holds all of production.
    private const int MostStates = 200;

    // The account that GitHub's own workflows commit by.
    private static readonly (string Name, string Email) Bot =
        ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com");

    private DraftRepository? _drafts;
    private IReadOnlyDictionary<string, RemoteTag> _tags = new Dictionary<string, RemoteTag>();

    private DraftRepository Drafts => _drafts ?? throw new InvalidOperationException("The repository for drafts is opened first");

    public async Task<PrepareFacts> GatherAsync(CancellationToken cancellation)
    {
        if (!readers.Runner.IsRunner && !await readers.Git.IsTopAsync(cancellation))
            throw ActionException.BadInput(
                $"'{PlainText.Inert(readers.Files.Root)}' is not the top folder of a checkout", "Run it in the folder that holds .git");
        request.RequireUsable();
        _drafts = new DraftRepository(await readers.Git.ApartAsync(cancellation));
        var facts = await FlowFactsAsync(await CommonFactsAsync(cancellation), cancellation);
        var plan = PreparePlan.For(facts);
        if (plan.Refusals.Count > 0 && !request.IsDryRun) return facts;
        return facts with { Draft = await Drafts.MakeAsync(plan, await IdentityAsync(cancellation), cancellation) };
    }

    private async Task<PrepareFacts> CommonFactsAsync(CancellationToken cancellation)
    {
        _tags = await Drafts.Git.ReadRemoteTagsAsync(cancellation);
        return new PrepareFacts
        {
            Request = request,
            StartedBy = readers.Runner.Tag,
            MayOpenPulls = readers.Runner.Repository is not null && readers.Token is not null,
            IsTerminal = readers.IsTerminal,
            Date = DateOnly.FromDateTime(readers.Clock.GetUtcNow().UtcDateTime),
            IsRunner = readers.Runner.IsRunner,
            Base = await readers.Git.RequireHeadAsync(readers.Runner, cancellation),
            Branches = await Drafts.Git.ListRemoteBranchesAsync(cancellation),
            Tags = ReleaseTag.Among(_tags.Keys.Where(RefName.IsSafe), request.TagPrefix, request.Order),
            Misfit = VersionSchemes.Misfit(_tags.Keys, request.TagPrefix, request.Order.Scheme, null),
            LocalTags = await readers.Git.ListLocalTagsAsync(readers.Runner, cancellation),
            Notes = ReadNotes(),
        };
    }

    private Task<PrepareFacts> FlowFactsAsync(PrepareFacts facts, CancellationToken cancellation) => request.Flow switch
    {
        Flow.Branch => ForBranchAsync(facts, cancellation),
        Flow.Promote => ForPromotionAsync(facts, cancellation),
        Flow.Rollback => ForRollbackAsync(facts, cancellation),
        _ => ForTagAsync(facts, cancellation),
    };

    private async Task<PrepareFacts> ForTagAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        await FetchAsync(facts, [request.From], [facts.Last], cancellation);
        if (facts.IsRunner) await Drafts.Git.FetchAsync(FetchScope.Paths, [new(facts.Base, facts.Base)], cancellation);
        var uncommitted = readers.Runner.IsRunner
            ? await new WorkTree(Drafts.Git, readers.Files).ListChangedAsync(facts.Base, cancellation)
            : await readers.Git.ListUncommittedAsync(cancellation);
        var tip = facts.Branches.GetValueOrDefault(request.From);
        return await WithFilesAsync(facts with
        {
            CheckedOut = await readers.Git.FindCheckedOutBranchAsync(readers.Runner, cancellation),
            Uncommitted = [.. uncommitted.Where(file => file != request.NotesFile)],
            Behind = tip is null ? 0 : await CountAsync(facts.Base, tip, cancellation),
            Ahead = tip is null ? 0 : await CountAsync(tip, facts.Base, cancellation),
        }, facts.Base, cancellation);
    }

    private async Task<PrepareFacts> ForBranchAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        RequireOnOrigin(facts, request.From, request.Production);
        await FetchAsync(facts, [request.From, request.Production], [facts.Last], cancellation);
        facts = await WithFilesAsync(facts with { Base = facts.Branches[request.From] }, facts.Branches[request.From], cancellation);
        facts = facts with { Hotfixes = await HotfixesAsync(facts, cancellation), Cut = await CutAsync(facts, cancellation) };
        var (branch, head) = PreparePlan.BranchesOf(request, request.TagOf(VersionChoice.For(facts).Version));
        // Two branches are pushed together: one of them alone is nobody's earlier run.
        if (!facts.Branches.TryGetValue(branch, out var tip)) return facts;
        var cut = branch == head ? facts.Base : await CutAtAsync(facts, branch, cancellation);
        if (branch != head) facts = facts with { OnBranch = await Drafts.ReadFilesAsync(tip, request.MetadataFiles, cancellation) };
        var earlier = await EarlierAsync(facts, head, cut ?? facts.Base, request.MetadataFiles, cancellation);
        return facts with { CutAt = cut, Earlier = earlier };
    }

    private async Task<CutState> CutAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var (from, production) = (facts.Branches[request.From], facts.Branches[request.Production]);
        var (ahead, behind) = (await CountAsync(production, from, cancellation), await CountAsync(from, production, cancellation));
        return await CutState.ReadAsync(facts, readers, ahead, behind, cancellation);
    }

    // The branch that it was cut from goes on meanwhile, and must still hold that commit.
    private async Task<string?> CutAtAsync(PrepareFacts facts, string branch, CancellationToken cancellation)
    {
        await FetchAsync(facts, [branch], [], cancellation);
        return await Drafts.Git.IsAncestorAsync(facts.Branches[branch], facts.Base, cancellation) ? facts.Branches[branch] : null;
    }

    private async Task<EarlierRun?> EarlierAsync(
        PrepareFacts facts, string head, string begin, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        if (!facts.Branches.TryGetValue(head, out var tip)) return null;
        await FetchAsync(facts, [head], [], cancellation);
        return new EarlierRun(head, tip)
        {
            Last = await Drafts.ReadCommitAsync(tip, cancellation),
            Changed = await Drafts.ListFilesChangedByAsync(tip, cancellation, against: begin),
            Files = await Drafts.ReadFilesAsync(tip, names, cancellation),
            Before = await Drafts.ReadFilesAsync(begin, names, cancellation),
        };
    }

    private async Task<PrepareFacts> ForPromotionAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var release = request.TagOf(request.Version!);
        var (branch, production) = (request.ReleaseBranch(release), request.Production);
        RequireOnOrigin(facts, branch, production);
        await FetchAsync(facts, [branch, production], [], cancellation);
        var names = request.MetadataFilesOf(release);
        facts = facts with
        {
            Base = facts.Branches[production],
            Files = await Drafts.ReadFilesAsync(facts.Branches[branch], names, cancellation),
            Promoted = await Drafts.ReadFilesAsync(facts.Branches[production], names, cancellation),
            Merge = await MergeAsync(facts, branch, cancellation),
        };
        if (facts.Merge.IsClean) return facts;
        var head = request.Policy.PromotionBranch(release);
        return facts with { Earlier = await EarlierAsync(facts, head, facts.Base, names, cancellation) };
    }

    private async Task<PromotionMerge> MergeAsync(PrepareFacts facts, string branch, CancellationToken cancellation)
    {
        var (git, into, tip) = (Drafts.Git, facts.Branches[request.Production], facts.Branches[branch]);
        await FetchFilesAsync(facts, [request.Production, branch], cancellation);
        var merge = (await git.MergedTreesAsync([(into, tip)], cancellation))[0];
        var tree = (await git.ListFirstParentsAsync(into, 1, cancellation))[0].Tree;
        return new PromotionMerge(
            merge.IsClean, merge.Conflicts, (await git.ListChangedFilesAsync([(tree, merge.Tree)], cancellation))[0]);
    }

    private async Task<PrepareFacts> ForRollbackAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var bad = facts.Tags.FirstOrDefault(t => !request.Order.IsPrerelease(t.Version));
        if (bad is null || ReleaseTag.Before(bad.Version, facts.Tags, request.Order) is not { } good)
            throw ActionException.Refused(
                "There are not two stable releases on origin", "A rollback needs the release to leave, and a stable one before it");
        await FetchAsync(facts, [], [bad, good], cancellation);
        var back = new RolledBack(bad, _tags[bad.Name].Commit, good, _tags[good.Name].Commit);
        var files = new Dictionary<string, SourceFile>(await Drafts.ReadFilesAsync(back.GoodCommit, request.MetadataFiles, cancellation));
        // The changelog goes on: it lists the release that is left, and why.
        foreach (var (name, file) in await Drafts.ReadFilesAsync(back.BadCommit, [request.ChangelogPath], cancellation)) files[name] = file;
        var earlier = await EarlierAsync(facts, PreparePlan.RollbackHead(back), back.GoodCommit, request.MetadataFiles, cancellation);
        if (earlier is not null) earlier = earlier with { Before = files };
        return facts with { Base = back.GoodCommit, RolledBack = back, Files = files, Earlier = earlier };
    }

    private async Task<PrepareFacts> WithFilesAsync(PrepareFacts facts, string commit, CancellationToken cancellation) => facts with
    {
        Files = await Drafts.ReadFilesAsync(commit, request.MetadataFiles, cancellation),
        Commits = await Drafts.Git.ListCommitsAsync(facts.Last is { } last ? _tags[last.Name].Commit : null, commit, cancellation),
    };

    private async Task FetchAsync(
        PrepareFacts facts, IReadOnlyList<string> branches, IReadOnlyList<ReleaseTag?> tags, CancellationToken cancellation)
    {
        var known = branches.Distinct().Where(facts.Branches.ContainsKey)
            .Select(b => KeyValuePair.Create($"refs/heads/{RefName.Require("branch", b)}", facts.Branches[b]));
        var named = tags.OfType<ReleaseTag>().Select(t => KeyValuePair.Create(RefChange.Tags + t.Name, _tags[t.Name].Commit));
        await Drafts.Git.FetchAsync(FetchScope.Paths, [.. known, .. named], cancellation);
    }

    private Task FetchFilesAsync(PrepareFacts facts, IReadOnlyList<string> branches, CancellationToken cancellation) =>
        Drafts.Git.FetchAsync(
            FetchScope.Files, [.. branches.Select(b => KeyValuePair.Create($"refs/heads/{b}", facts.Branches[b]))], cancellation);

    // Proof first by commits, then by content: a squash merge, or a fix that was made again, has no commit to compare.
    private async Task<IReadOnlyList<Commit>> HotfixesAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var (git, production, from) = (Drafts.Git, facts.Branches[request.Production], facts.Branches[request.From]);
        if (await git.IsAncestorAsync(production, from, cancellation)) return [];
        await FetchFilesAsync(facts, [request.Production, request.From], cancellation);
        var missing = new List<Commit>();
        foreach (var commit in await Drafts.ListMissingAsync(production, from, cancellation))
            if (!(await Drafts.ListFilesChangedByAsync(commit.Sha, cancellation)).All(request.IsMetadata)) missing.Add(commit);
        if (missing.Count == 0) return missing;
        var states = await git.ListFirstParentsAsync(from, MostStates, cancellation, without: production);
        var merges = await git.MergedTreesAsync([.. states.Select(s => (s.Commit, production))], cancellation);
        var changed = await git.ListChangedFilesAsync([.. states.Zip(merges, (state, merge) => (state.Tree, merge.Tree))], cancellation);
        return merges.Zip(changed).Any(m => m.First.Conflicts.Concat(m.Second).All(request.IsMetadata)) ? [] : missing;
    }

    private async Task<int> CountAsync(string from, string to, CancellationToken cancellation) =>
        (await Drafts.Git.ListCommitsAsync(from, to, cancellation)).Count;

    private static void RequireOnOrigin(PrepareFacts facts, params IEnumerable<string> branches)
    {
        Finding[] missing = [.. branches.Select(b => PrepareRefusals.NotOnOrigin(facts, b)).OfType<Finding>()];
        if (missing.Length > 0) throw new ActionException(ExitCode.Refused, missing);
    }

    private async Task<IReadOnlyDictionary<string, string>> IdentityAsync(CancellationToken cancellation)
    {
        var author = await readers.Git.FindAuthorAsync(readers.Runner, cancellation);
        if ((author ?? (readers.Runner.IsRunner ? Bot : null)) is not var (name, email))
            throw ActionException.BadInput(
                "git does not know who makes the release", "git config user.name 'Your Name' && git config user.email you@example.com");
        var date = $"{readers.Clock.GetUtcNow().ToUnixTimeSeconds()} +0000";
        return new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = name, ["GIT_AUTHOR_EMAIL"] = email, ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_NAME"] = name, ["GIT_COMMITTER_EMAIL"] = email, ["GIT_COMMITTER_DATE"] = date,
        };
    }

    private string? ReadNotes()
    {
        if (request.NotesFile is not { } path) return null;
        // A laptop's own user may read what they name; a runner keeps to the checkout.
        using var machine = new WorkspaceReader("/", readers.Files.Scratch);
        var text = (readers.Runner.IsRunner || !Path.IsPathRooted(path) ? readers.Files : machine).ReadText(path)
            ?? throw ActionException.BadInput($"There are no notes at '{PlainText.Inert(path)}'", "Correct `notes-file`");
        var notes = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Trim('\n', ' ');
        if (notes.Length == 0)
            throw ActionException.BadInput($"The notes at '{PlainText.Inert(path)}' are empty", "Write them, or omit `notes-file`");
        var shown = NotesText.ShowHidden(notes);
        if (shown != notes)
            readers.Log.Notice(
                "The notes had characters that nobody sees, or that turn text around; they are written out, such as \\u202e");
        return shown;
    }
}
