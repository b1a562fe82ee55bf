using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;

namespace ReleaseActions.ReleasePublish;

/// <summary>What happens to a release that is published already and differs from what is meant.</summary>
internal enum OnExisting
{
    Refuse,
    Update,
    Keep,
}

/// <summary>Which run tells the channels.</summary>
internal enum Notify
{
    /// <summary>The one that makes the release public; two runs that do so at the same moment both tell.</summary>
    Auto,

    /// <summary>Also one that finds it public.</summary>
    Always,
    Never,
}

/// <summary>Yes, no, or by the version.</summary>
internal enum Choice
{
    Auto,
    True,
    False,
}

internal sealed class ReleasePublishInputs
{
    public ReleasePublishInputs(Inputs inputs)
    {
        Tag = inputs.OptionalText("tag", "The tag to release. Where absent, `version` decides, or the tag that started the run.");
        Version = inputs.OptionalText("version", "The version to release, without the tag prefix; for runs started by hand.");
        Target = inputs.OptionalText("target", "The commit to release, 40 hex digits; where absent, the one that started the run. A missing tag is made there.");
        Name = inputs.OptionalText("name", "The title; {version} and {tag} are replaced. Overrides the policy ({tag}).");
        Body = inputs.OptionalText("body", "The release notes, as Markdown.");
        BodyPath = inputs.OptionalText("body-path", "A file with the release notes, in place of `body`; for notes of any length.");
        BodyMode = inputs.OptionalChoice<BodyMode>("body-mode", "What happens to title and notes that are there already: keep what a person edited, replace them, or append the notes below, once. Overrides the policy (keep).");
        Mentions = inputs.OptionalChoice<Mentions>("mentions", "What becomes of @names in the notes outside code; neutralise calls nobody. Overrides the policy (keep).");
        GenerateNotes = inputs.OptionalFlag("generate-notes", "Add the notes that GitHub generates from merged pull requests, below `body`. Overrides the policy (false).");
        PreviousTag = inputs.OptionalText("previous-tag", "The tag that the generated notes begin after; where absent, that of the release that this one follows: of a stable one the highest stable one below it, of a prerelease the highest of any kind.");
        DiscussionCategory = inputs.OptionalText("discussion-category", "Start a discussion in this category, once the release is public. Overrides the policy.");
        MovingTags = ReadMovingTags(inputs);
        Files = inputs.Lines("files", "Globs of the files to attach, one a line; path#label gives a label. Where absent, the policy's artifacts.files and all in artifacts.folder.");
        FailOnUnmatched = inputs.Flag("fail-on-unmatched-files", "Whether a glob that matches nothing is an error.", fallback: true);
        ParallelUploads = inputs.Number("parallel-uploads", "How many files are sent at the same time; 1 where the line or a proxy takes no more.", fallback: 16, least: 1, most: 64);
        Draft = inputs.OptionalFlag("draft", "Leave the release as a draft for a person to publish. Overrides the policy (false).");
        Prerelease = inputs.Choice("prerelease", "Whether it is marked as a prerelease; auto: by the version.", Choice.Auto);
        MakeLatest = inputs.Choice("make-latest", "Whether it becomes the latest release; auto: the highest stable version only.", Choice.Auto);
        OnExisting = inputs.Choice("on-existing", "What to do where the tag has a published release that differs: refuse, update it, or keep it as it is.", OnExisting.Refuse);
        Notify = inputs.Choice("notify", "Which run tells the policy's channels: auto, the one that makes the release public; always, also one that finds it public, because the first died before it told them; never, none.", Notify.Auto);
        Images = ReadImages(inputs);
        Figures = inputs.OptionalFlag("figures", "Show in the summary how often and how fast the team releases, and how often it goes back. Overrides the policy (false).");
        AllowFork = inputs.Flag("allow-fork", "Publish from a run of a fork too.", fallback: false);
        DryRun = inputs.Flag("dry-run", "Show the plan, change nothing; what would be refused is a warning.", fallback: false);
        if (Body is not null && BodyPath is not null) inputs.Reject("The inputs 'body' and 'body-path' are both given", "Give one of them");
        if (Tag is not null && Version is not null) inputs.Reject("The inputs 'tag' and 'version' are both given", "Give one of them");
        if (Target is { } target && (target.Length != 40 || !target.All(char.IsAsciiHexDigitLower))) inputs.Reject($"The input 'target' is '{target}'", "Give a commit's 40 hex digits");
    }

    public string? Tag { get; }

    public string? Version { get; }

    public string? Target { get; }

    public string? Name { get; }

    public string? Body { get; }

    public string? BodyPath { get; }

    public BodyMode? BodyMode { get; }

    public Mentions? Mentions { get; }

    public bool? GenerateNotes { get; }

    public string? PreviousTag { get; }

    public string? DiscussionCategory { get; }

    /// <summary>Null where the policy decides.</summary>
    public IReadOnlyList<string>? MovingTags { get; }

    public IReadOnlyList<string> Files { get; }

    public bool FailOnUnmatched { get; }

    public int ParallelUploads { get; }

    public bool? Draft { get; }

    public Choice Prerelease { get; }

    public Choice MakeLatest { get; }

    public OnExisting OnExisting { get; }

    public Notify Notify { get; }

    /// <summary>Images and their digests.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Images { get; }

    public bool? Figures { get; }

    public bool AllowFork { get; }

    public bool DryRun { get; }

    private static List<KeyValuePair<string, string>> ReadImages(Inputs inputs)
    {
        var text = inputs.OptionalText("images", "The images of the release for the report, as JSON from name to digest: the output `digests` of image-build-push.");
        try
        {
            if (text is null) return [];
            if (JsonNode.Parse(text) is JsonObject images && images.All(i => i.Value?.GetValueKind() == JsonValueKind.String)) return [.. images.Select(i => KeyValuePair.Create(i.Key, i.Value!.ToString()))];
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // What follows says it; an ArgumentException is a name that is there twice.
        }

        inputs.Reject("The input 'images' is no JSON object from name to digest", "Give `${{ steps.ID.outputs.digests }}` of image-build-push");
        return [];
    }

    private static List<string>? ReadMovingTags(Inputs inputs)
    {
        var words = inputs.Lines("moving-tags", "Tags that follow the highest stable version of their line: major moves v1, minor moves v1.2, none moves nothing. Overrides the policy.")
            .SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var word in words.Where(w => w != "none" && !ReleasePagePolicy.Lines.Contains(w))) inputs.Reject($"The input 'moving-tags' has '{word}'", "Use major, minor, or both; or none alone");
        return words.Count == 0 ? null : words;
    }
}

internal sealed class ReleasePublishOutputs(Outputs outputs)
{
    public Output Id { get; } = outputs.Declare("id", "The release's number.");

    public Output Url { get; } = outputs.Declare("url", "The release's page.");

    public Output UploadUrl { get; } = outputs.Declare("upload-url", "Where further files are sent to.");

    public Output Tag { get; } = outputs.Declare("tag", "The tag.");

    public Output Assets { get; } = outputs.Declare("assets", "The files, as JSON: name to {url, digest, size}.");

    public Output MovingTags { get; } = outputs.Declare("moving-tags", "The moving tags that lead to this release now, one a line.");

    public Output DiscussionUrl { get; } = outputs.Declare("discussion-url", "The page of the discussion about the release; empty where there is none.");

    public Output IsNew { get; } = outputs.Declare("is-new", "true where the release was not published before this run.");

    public Output IsLatest { get; } = outputs.Declare("is-latest", "true where GitHub shows the release as the latest, empty where that is not known; of a dry run, where it would.");
}
