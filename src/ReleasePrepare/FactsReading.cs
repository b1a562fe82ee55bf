using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Reads the facts. What origin has is fetched into a repository apart, so that the checkout stays as it is.</summary>
internal sealed class FactsReading(ReleasePrepareInputs inputs, World world)
{
    // How far back the branch to cut from is asked whether it took a hotfix in.
    private const int MostStates = 200;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private GitRepository? _apart;

    /// <summary>The repository apart, once the facts are read.</summary>
    public GitRepository Apart => _apart ?? throw new InvalidOperationException("Read the facts first");

    public async Task<PrepareFacts> ReadAsync(CancellationToken cancellation)
    {
        RefuseHidden();
        if (!await world.Git.IsTopAsync(cancellation)) throw ActionException.BadInput($"'{PlainText.Inert(world.Workspace.Root)}' is not the top folder of a checkout", "Run it in the folder that holds .git");
        var settings = Settings.Of(inputs, world.Policy);
        _apart = await world.Git.DraftAsync(Path.Combine(world.Workspace.Scratch, "draft.git"), cancellation);
        var facts = new PrepareFacts
        {
            Settings = settings,
            Request = new Request(inputs.Bump, inputs.Version, inputs.Description, inputs.Reason, new RecoveryRequest(inputs.RecoveryRelease, inputs.RecoveryIssue, inputs.RecoveryReason, inputs.RecoveryConfirmation)),
            StartedBy = world.Runner.Tag,
            MayOpenPulls = world.Runner.Repository is not null && world.Token is not null,
            Date = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime),
            Base = await world.Git.RequireHeadAsync(cancellation),
            Branches = await Apart.ListRemoteBranchesAsync(cancellation),
            Tags = ReleaseTag.Among((await Apart.ListRemoteTagsAsync(cancellation)).Keys.Where(RefName.IsSafe), settings.TagPrefix, settings.Order),
            LocalTags = await LocalTagsAsync(cancellation),
            Notes = ReadNotes(),
        };
        return settings.Flow switch
        {
            Flow.Branch => await ForBranchAsync(facts, cancellation),
            Flow.Promote => await ForPromotionAsync(facts, cancellation),
            Flow.Rollback => await ForRollbackAsync(facts, cancellation),
            _ => await ForTagAsync(facts, cancellation),
        };
    }

    private async Task<PrepareFacts> ForTagAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var from = facts.Settings.From;
        await FetchAsync(facts, [from], [facts.Last], cancellation);
        if (await Apart.FindCommitAsync(facts.Base, cancellation) is null)
            throw ActionException.BadInput($"The checkout is shallow, and its commit {facts.Base[..12]} is not on origin/{from}", "Check out with `fetch-depth: 0`");
        var uncommitted = await world.Git.ListUncommittedAsync(cancellation);
        var tip = facts.Branches.GetValueOrDefault(from);
        return await WithFilesAsync(facts with
        {
            CheckedOut = await world.Git.FindCheckedOutBranchAsync(cancellation),
            Uncommitted = [.. uncommitted.Where(file => file != inputs.NotesFile)],
            Behind = tip is null ? 0 : await CountAsync(facts.Base, tip, cancellation),
            Ahead = tip is null ? 0 : await CountAsync(tip, facts.Base, cancellation),
        }, facts.Base, cancellation);
    }

    private async Task<PrepareFacts> ForBranchAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var (from, production) = (facts.Settings.From, facts.Settings.Production);
        if (Guards.Broken(Guards.OnOrigin(facts, from), Guards.OnOrigin(facts, production)) is { Count: > 0 } missing) throw new ActionException(ExitCode.Refused, missing);
        await FetchAsync(facts, [from, production], [facts.Last], cancellation);
        facts = await WithFilesAsync(facts with { Base = facts.Branches[from] }, facts.Branches[from], cancellation);
        facts = facts with { Hotfixes = await HotfixesAsync(facts, cancellation) };
        var (branch, head) = BranchFlow.BranchesOf(facts.Settings, ReleaseTag.Of(VersionChoice.For(facts).Version, facts.Settings.TagPrefix));
        // Two branches are pushed together: one of them alone is nobody's earlier run.
        if (!facts.Branches.ContainsKey(branch)) return facts;
        var cut = branch == head ? facts.Base : await CutAtAsync(facts, branch, cancellation);
        if (branch != head) facts = facts with { OnBranch = await FilesAsync(facts.Branches[branch], facts.Settings.MetadataFiles, cancellation) };
        return facts with { CutAt = cut, Earlier = await EarlierAsync(facts, head, cut ?? facts.Base, facts.Settings.MetadataFiles, cancellation) };
    }

    // The branch that it was cut from goes on meanwhile, and must hold that commit still.
    private async Task<string?> CutAtAsync(PrepareFacts facts, string branch, CancellationToken cancellation)
    {
        await FetchAsync(facts, [branch], [], cancellation);
        return await Apart.IsAncestorAsync(facts.Branches[branch], facts.Base, cancellation) ? facts.Branches[branch] : null;
    }

    private async Task<EarlierRun?> EarlierAsync(PrepareFacts facts, string head, string begin, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        if (facts.Branches.GetValueOrDefault(head) is not { } tip) return null;
        await FetchAsync(facts, [head], [], cancellation);
        var changed = await Apart.ListFilesChangedByAsync(tip, cancellation, against: begin);
        return new EarlierRun(head, tip, await Apart.ReadCommitAsync(tip, cancellation), changed, await FilesAsync(tip, names, cancellation)) { Before = await FilesAsync(begin, names, cancellation) };
    }

    private async Task<PrepareFacts> ForPromotionAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var release = ReleaseTag.Of(ReleaseTag.RequireVersion(inputs.Version!, facts.Settings.TagPrefix), facts.Settings.TagPrefix);
        var (branch, production) = (facts.Settings.ReleaseBranch(release), facts.Settings.Production);
        if (Guards.Broken(Guards.OnOrigin(facts, branch), Guards.OnOrigin(facts, production)) is { Count: > 0 } missing) throw new ActionException(ExitCode.Refused, missing);
        await FetchAsync(facts, [branch, production], [], cancellation);
        var names = facts.Settings.MetadataFilesOf(release);
        facts = facts with { Base = facts.Branches[production], Files = await FilesAsync(facts.Branches[branch], names, cancellation), Promoted = await FilesAsync(facts.Branches[production], names, cancellation) };
        return facts with { Earlier = await EarlierAsync(facts, PromotionFlow.HeadOf(facts.Settings, release), facts.Base, names, cancellation) };
    }

    private async Task<PrepareFacts> ForRollbackAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        if (facts.Tags.FirstOrDefault(t => !facts.Settings.Order.IsPrerelease(t.Version)) is not { } bad || ReleaseTag.Before(bad.Version, facts.Tags, facts.Settings.Order) is not { } good)
            throw ActionException.Refused("There are not two stable releases on origin", "A rollback needs the release to leave, and a stable one before it");
        await FetchAsync(facts, [], [bad, good], cancellation);
        var back = new RolledBack(bad, await CommitOfAsync(bad, cancellation), good, await CommitOfAsync(good, cancellation));
        var files = new Dictionary<string, SourceFile>(await FilesAsync(back.GoodCommit, facts.Settings.MetadataFiles, cancellation));
        // The changelog goes on: it tells of the release that is left, and why.
        foreach (var (name, file) in await FilesAsync(back.BadCommit, [facts.Settings.ChangelogPath], cancellation)) files[name] = file;
        var earlier = await EarlierAsync(facts, RollbackFlow.HeadOf(back), back.GoodCommit, facts.Settings.MetadataFiles, cancellation);
        return facts with { Base = back.GoodCommit, RolledBack = back, Files = files, Earlier = earlier is null ? null : earlier with { Before = files } };
    }

    private async Task<PrepareFacts> WithFilesAsync(PrepareFacts facts, string commit, CancellationToken cancellation) => facts with
    {
        Files = await FilesAsync(commit, facts.Settings.MetadataFiles, cancellation),
        Commits = await Apart.ListCommitsAsync(facts.Last is { } last ? $"refs/tags/{last.Name}" : null, commit, cancellation),
    };

    private async Task FetchAsync(PrepareFacts facts, IReadOnlyList<string> branches, IReadOnlyList<ReleaseTag?> tags, CancellationToken cancellation)
    {
        string[] refs = [.. branches.Distinct().Where(facts.Branches.ContainsKey).Select(b => $"refs/heads/{RefName.Require("branch", b)}"), .. tags.OfType<ReleaseTag>().Select(t => $"refs/tags/{t.Name}")];
        if (refs.Length > 0 && !await Apart.FetchAsync([.. refs.Select(r => $"+{r}:{r}")], cancellation))
            throw ActionException.Remote($"These could not be fetched from origin: {string.Join(", ", refs)}", "See that origin is reached, and that `token` may read it; then run it again");
    }

    // Proof first by commits, then by content: a squash merge or a fix that was typed again has no commit to compare.
    private async Task<IReadOnlyList<Commit>> HotfixesAsync(PrepareFacts facts, CancellationToken cancellation)
    {
        var (production, from) = (facts.Branches[facts.Settings.Production], facts.Branches[facts.Settings.From]);
        if (await Apart.IsAncestorAsync(production, from, cancellation)) return [];
        var missing = new List<Commit>();
        foreach (var commit in await Apart.ListMissingAsync(production, from, cancellation))
            if (!(await Apart.ListFilesChangedByAsync(commit.Sha, cancellation)).All(facts.Settings.IsMetadata)) missing.Add(commit);
        if (missing.Count == 0) return missing;
        var states = await Apart.ListFirstParentsAsync(from, MostStates, cancellation, without: production);
        var merges = await Apart.MergedTreesAsync([.. states.Select(s => (s.Commit, production))], cancellation);
        var changed = await Apart.ListChangedFilesAsync([.. states.Zip(merges, (state, merge) => (state.Tree, merge.Tree))], cancellation);
        return merges.Zip(changed).Any(m => m.First.Conflicts.Concat(m.Second).All(facts.Settings.IsMetadata)) ? [] : missing;
    }

    private async Task<IReadOnlyDictionary<string, SourceFile>> FilesAsync(string commit, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var files = new Dictionary<string, SourceFile>();
        foreach (var file in await Apart.ListFilesAsync(commit, [.. names.Where(IsInside)], cancellation))
            if (names.Contains(file.Path)) files[file.Path] = await FileAsync(file, cancellation);
        return files;
    }

    // git ends with an error at any other, where a commit simply has none.
    private static bool IsInside(string path) => path.Length > 0 && !path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal) && !path.Split('/').Any(part => part is "." or ".." or "" or ".git");

    private async Task<SourceFile> FileAsync(TreeFile file, CancellationToken cancellation)
    {
        if (!file.IsRegular) return new SourceFile(file.Path, file.Mode, "", new Finding($"'{PlainText.Inert(file.Path)}' is not a regular file", "Name a file: no link, no folder and no submodule", file.Path));
        try
        {
            return new SourceFile(file.Path, file.Mode, Strict.GetString(await Apart.ReadBlobAsync(file.Blob, cancellation)));
        }
        catch (DecoderFallbackException)
        {
            return new SourceFile(file.Path, file.Mode, "", new Finding($"'{PlainText.Inert(file.Path)}' is not UTF-8, and could not be written without changing it elsewhere", "Save it as UTF-8", file.Path));
        }
    }

    private async Task<int> CountAsync(string from, string to, CancellationToken cancellation) => (await Apart.ListCommitsAsync(from, to, cancellation)).Count;

    private async Task<string> CommitOfAsync(ReleaseTag tag, CancellationToken cancellation) =>
        await Apart.FindCommitAsync($"refs/tags/{tag.Name}", cancellation) ?? throw ActionException.Refused($"The tag '{tag.Name}' leads to no commit", "Look at it with git show");

    private async Task<IReadOnlySet<string>> LocalTagsAsync(CancellationToken cancellation) =>
        (await world.Git.ListRefsAsync(cancellation)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .Where(name => name.StartsWith("refs/tags/", StringComparison.Ordinal)).Select(name => name["refs/tags/".Length..]).ToHashSet();

    private string? ReadNotes()
    {
        if (inputs.NotesFile is not { } path) return null;
        // A laptop's own user may read what they name; a runner keeps to the checkout.
        var text = world.Runner.IsRunner || !Path.IsPathRooted(path) ? world.Workspace.ReadText(path) : world.Workspace.At("/").ReadText(path);
        if (text is null) throw ActionException.BadInput($"There are no notes at '{PlainText.Inert(path)}'", "Correct `notes-file`");
        var notes = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Trim('\n', ' ');
        if (notes.Length == 0) throw ActionException.BadInput($"The notes at '{PlainText.Inert(path)}' are empty", "Write them, or leave `notes-file` away");
        var shown = NotesText.ShowHidden(notes);
        if (shown != notes) world.Log.Notice("The notes had characters that nobody sees, or that turn text around; they are written out, such as \\u202e");
        return shown;
    }

    // They end in a tag's or a commit's message, where nothing may hide.
    private void RefuseHidden()
    {
        foreach (var (name, text) in ((string, string?)[])[("description", inputs.Description), ("reason", inputs.Reason), ("recovery-reason", inputs.RecoveryReason)])
            if (text is not null && (text.Contains('\n', StringComparison.Ordinal) || text.Contains('\r', StringComparison.Ordinal) || NotesText.ShowHidden(text) != text))
                throw ActionException.BadInput($"The input '{name}' has a line break or a character that nobody sees: '{PlainText.Inert(text)}'", "Type it again, on one line");
    }
}
