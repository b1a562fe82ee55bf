using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>The notes of a release: what was given, and what GitHub generates. Whatever they are, nothing in them stays hidden.</summary>
internal sealed class NotesReading(ReleasePublishInputs inputs, World world)
{
    /// <summary>The notes that were given, or null.</summary>
    public string? ReadGiven()
    {
        if (inputs.BodyPath is not { } path) return inputs.Body is { } body ? Presentable(body) : null;
        var notes = world.Workspace.ReadText(path) ?? throw ActionException.BadInput($"The file '{path}' that `body-path` names is not there", "Write the notes to it in an earlier step, or correct the path");
        // Whoever names a file wants notes: a release without any would be public before anybody noticed.
        return notes.AsSpan().Trim().Length > 0 || (inputs.GenerateNotes ?? world.Policy.Release.GenerateNotes) ? Presentable(notes) : throw ActionException.BadInput($"The file '{path}' that `body-path` names has no notes in it", "See why the earlier step wrote none; or leave `body-path` away");
    }

    /// <summary>The page with all of the notes, for those that are too long; the run's own where they came from no file.</summary>
    public string? LinkTo(string commit) => inputs.BodyPath is { } path && world.Runner.Repository is { } repository
        ? $"{world.Runner.ServerUrl}/{repository}/blob/{commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"
        : world.Runner.RunUrl;

    /// <summary>The notes that GitHub generates since the previous tag.</summary>
    /// <exception cref="ActionException">It generates none (exit 4): a release must not be public without the notes that were asked for.</exception>
    public async Task<string> GenerateAsync(PublishWish wish, IReadOnlyDictionary<string, RemoteTag> tags, CancellationToken cancellation) =>
        Presentable(await world.GitHub.GenerateNotesAsync(wish.Tag.Name, Previous(wish.Tag.Version, tags), wish.Commit, cancellation)
            ?? throw ActionException.Remote($"GitHub was asked to generate the notes of {wish.Tag.Name}, and said 404", "See that the token may read the repository, and that the server knows generated notes; or leave `generate-notes` away"));

    /// <summary>A title or notes as everybody may read them: what is hidden is written out, and mentions call nobody where that is wished.</summary>
    public string Presentable(string text)
    {
        var shown = NotesText.ShowHidden(text);
        if (shown != text) world.Log.Notice("The title or the notes had characters that nobody sees, or that turn text around; they are written out, such as \\u202e");
        return (inputs.Mentions ?? world.Policy.Release.Mentions) == Mentions.Neutralise ? NotesText.WithoutMentions(shown) : shown;
    }

    // GitHub would take the release that was published last, which for a patch of an old line is one of a newer line.
    private string? Previous(SemanticVersion version, IReadOnlyDictionary<string, RemoteTag> tags)
    {
        var policy = world.Policy.Version;
        if (inputs.PreviousTag is not { } tag) return ReleaseTag.Before(version, ReleaseTag.Among(tags.Keys, policy.TagPrefix, policy.Order), policy.Order)?.Name;
        return tags.ContainsKey(GitRepository.RequireSafeName("tag", tag)) ? tag : throw ActionException.BadInput($"The tag '{tag}' that `previous-tag` names is not on origin", "Name a tag that was pushed, or leave it away");
    }
}
