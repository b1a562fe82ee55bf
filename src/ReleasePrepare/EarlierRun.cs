using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// What origin has under the name that this run would give its branch. A name proves nothing: its last commit shows whether an earlier run
/// made it. Pure.
/// </summary>
/// <param name="Branch">The branch.</param>
/// <param name="Tip">Its last commit, 40 hex digits.</param>
internal sealed record EarlierRun(string Branch, string Tip)
{
    /// <summary>The last commit; null where it cannot be read.</summary>
    public required Commit? Last { get; init; }

    /// <summary>The files in which it differs from the commit that this run would begin at.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>The version's files on the branch.</summary>
    public required IReadOnlyDictionary<string, SourceFile> Files { get; init; }

    /// <summary>The same files where it begins: what the run would write the version into.</summary>
    public required IReadOnlyDictionary<string, SourceFile> Before { get; init; }

    /// <summary>
    /// Why the branch is not an earlier run's; null where it is one commit of an earlier run, or begins where this run would and has
    /// nothing on top.
    /// </summary>
    /// <param name="facts">What else is known.</param>
    /// <param name="release">The release that is cut.</param>
    /// <param name="parents">The commits that the run's own commit would come after; the first is where it begins.</param>
    /// <param name="message">The message that the run's own commit would have.</param>
    public Finding? Refusal(PrepareFacts facts, ReleaseTag release, IReadOnlyList<string> parents, string message)
    {
        if (Tip == facts.Base) return null;
        return DifferenceFrom(facts, release, parents, message) is { } why ? Unlike(parents[0], why) : null;
    }

    private string? DifferenceFrom(PrepareFacts facts, ReleaseTag release, IReadOnlyList<string> parents, string message)
    {
        if (Last is null || !Last.Parents.SequenceEqual(parents)) return "its last commit does not come right after that one";
        if ((Last.Subject, Last.Body.Trim()) != Parts(message)) return $"its last commit says '{Last.Subject}'";
        var isPromotion = facts.Request.Flow == Flow.Promote;
        var before = facts with { Files = Before };
        List<string> written = [.. NewFiles.Written(before)];
        bool IsOwn(string path) => isPromotion ? facts.Request.IsMetadataOf(release, path) : written.Contains(path);
        if (Changed.FirstOrDefault(path => !IsOwn(path)) is { } other) return $"it changes '{other}' too";
        if (PreparePlan.Unfinished(facts with { Files = Files }, release, Branch).Any()) return $"its files do not say {release.Version}";
        return isPromotion ? null : NewFiles.Difference(before, release, this);
    }

    /// <summary>Whether it has a file with the same text and mode, or lacks it too.</summary>
    public bool HasAs(string name, SourceFile? other)
    {
        if (Files.GetValueOrDefault(name) is not { } mine) return other is null;
        return mine.Problem is null && (mine.Mode, mine.Text) == (other?.Mode, other?.Text);
    }

    /// <summary>Why the notes that were given cannot get in; null where none were, or they are in.</summary>
    public Finding? WithoutNotes(PrepareFacts facts, ReleaseTag release)
    {
        if (facts.Notes is not { } notes || Files.GetValueOrDefault(facts.Request.ChangelogPath) is not { } changelog) return null;
        var sections = facts.Request.Sections(changelog.Text).Find(release.Version);
        if (sections.Any(s => s.Body.ReplaceLineEndings("\n").Contains(notes, StringComparison.Ordinal))) return null;
        return new Finding(
            $"The branch '{Branch}' has the section of {release.Version} already, and the notes of `notes-file` are not in it",
            $"Omit `notes-file`, and write them into {changelog.Path} on that branch");
    }

    /// <summary>The refusal, with both commits.</summary>
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
