using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>What origin has under the name that this run would give its branch. A name proves nothing: its last commit says whether an earlier run made it. Pure.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Tip">Its last commit, 40 hex digits.</param>
/// <param name="Last">The same commit, read; null where it cannot be.</param>
/// <param name="Changed">The files in which it differs from the commit that this run would begin at.</param>
/// <param name="Files">The version's files as it has them.</param>
internal sealed record EarlierRun(string Branch, string Tip, Commit? Last, IReadOnlyList<string> Changed, IReadOnlyDictionary<string, SourceFile> Files)
{
    /// <summary>The same files where it begins: what the run would write the version into.</summary>
    public IReadOnlyDictionary<string, SourceFile> Before { get; init; } = new Dictionary<string, SourceFile>();

    /// <summary>Why the branch cannot be taken for an earlier run's; null where it is one commit of ours, or begins where this run would and has nothing on top.</summary>
    /// <param name="facts">What else is known.</param>
    /// <param name="release">The release that is cut.</param>
    /// <param name="parents">The commits that the run's own commit would come after; the first is where it begins.</param>
    /// <param name="message">The message that the run's own commit would have.</param>
    public Finding? Doubt(PrepareFacts facts, ReleaseTag release, IReadOnlyList<string> parents, string message)
    {
        if (Tip == facts.Base) return null;
        if (Last is null || !Last.Parents.SequenceEqual(parents)) return Unlike(parents[0], "its last commit does not come right after that one");
        if ((Last.Subject, Last.Body.Trim()) != Parts(message)) return Unlike(parents[0], $"its last commit says '{Last.Subject}'");
        var isPromotion = facts.Settings.Flow == Flow.Promote;
        if (Changed.Except(isPromotion ? facts.Settings.MetadataFilesOf(release) : NewFiles.Written(facts with { Files = Before })).FirstOrDefault() is { } other) return Unlike(parents[0], $"it changes '{other}' too");
        if (PromotionFlow.Unfinished(facts with { Files = Files }, release, Branch).Any()) return Unlike(parents[0], $"its files do not say {release.Version}");
        return !isPromotion && NewFiles.Difference(facts with { Files = Before }, release, this) is { } why ? Unlike(parents[0], why) : null;
    }

    /// <summary>Whether it has a file with the same text and mode, or has it as little.</summary>
    public bool HasAs(string name, SourceFile? other) => Files.GetValueOrDefault(name) is { } mine ? mine.Problem is null && (mine.Mode, mine.Text) == (other?.Mode, other?.Text) : other is null;

    /// <summary>Why the notes that were given cannot get in; null where none were, or they are in.</summary>
    public Finding? WithoutNotes(PrepareFacts facts, ReleaseTag release)
    {
        if (facts.Notes is not { } notes || Files.GetValueOrDefault(facts.Settings.ChangelogPath) is not { Path: var path, Text: var text }) return null;
        var sections = Changelog.Parse(text).Of(facts.Settings.Policy.ProductIn(null)).Find(release.Version);
        return sections.Any(s => s.Body.ReplaceLineEndings("\n").Contains(notes, StringComparison.Ordinal)) ? null : new Finding(
            $"The branch '{Branch}' has the section of {release.Version} already, and the notes of `notes-file` are not in it", $"Leave `notes-file` away, and write them into {path} on that branch");
    }

    /// <summary>The error, with both commits.</summary>
    public Finding Unlike(string begin, string why) => new(
        $"The branch '{Branch}' is on origin already, at {Tip[..12]}, and is not what this run would make of {begin[..12]}: {why}",
        $"Look at what it holds; where nobody needs it, git push origin --delete {Branch}, and run this again");

    // As git shows them: the lines of the first paragraph in one.
    private static (string Subject, string Body) Parts(string message)
    {
        var parts = message.Trim().Split("\n\n", 2);
        return (string.Join(' ', parts[0].Split('\n')), parts.Length == 2 ? parts[1].Trim() : "");
    }
}
