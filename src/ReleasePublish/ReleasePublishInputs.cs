using ReleaseActions.Core.Running;

namespace ReleaseActions.ReleasePublish;

/// <summary>What happens to a release that is published already and differs from what is meant.</summary>
internal enum OnExisting
{
    Refuse,
    Update,
    Keep,
}

/// <summary>What happens to title and notes that are there already.</summary>
internal enum BodyMode
{
    Keep,
    Replace,
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
        BodyMode = inputs.Choice("body-mode", "Whether title and notes that are there already stay (what a person edited is never lost) or are written again.", BodyMode.Keep);
        Files = inputs.Lines("files", "Globs of the files to attach, one a line; path#label gives a label. Where absent, the policy's artifacts.files and all in artifacts.folder.");
        FailOnUnmatched = inputs.Flag("fail-on-unmatched-files", "Whether a glob that matches nothing is an error.", fallback: true);
        ParallelUploads = inputs.Number("parallel-uploads", "How many files are sent at the same time; 1 where the line or a proxy takes no more.", fallback: 16, least: 1, most: 64);
        Draft = inputs.OptionalFlag("draft", "Leave the release as a draft for a person to publish. Overrides the policy (false).");
        Prerelease = inputs.Choice("prerelease", "Whether it is marked as a prerelease; auto: by the version.", Choice.Auto);
        MakeLatest = inputs.Choice("make-latest", "Whether it becomes the latest release; auto: the highest stable version only.", Choice.Auto);
        OnExisting = inputs.Choice("on-existing", "What to do where the tag has a published release that differs: refuse, update it, or keep it as it is.", OnExisting.Refuse);
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

    public BodyMode BodyMode { get; }

    public IReadOnlyList<string> Files { get; }

    public bool FailOnUnmatched { get; }

    public int ParallelUploads { get; }

    public bool? Draft { get; }

    public Choice Prerelease { get; }

    public Choice MakeLatest { get; }

    public OnExisting OnExisting { get; }

    public bool AllowFork { get; }

    public bool DryRun { get; }
}

internal sealed class ReleasePublishOutputs(Outputs outputs)
{
    public Output Id { get; } = outputs.Declare("id", "The release's number.");

    public Output Url { get; } = outputs.Declare("url", "The release's page.");

    public Output UploadUrl { get; } = outputs.Declare("upload-url", "Where further files are sent to.");

    public Output Tag { get; } = outputs.Declare("tag", "The tag.");

    public Output Assets { get; } = outputs.Declare("assets", "The files, as JSON: name to {url, digest, size}.");

    public Output IsNew { get; } = outputs.Declare("is-new", "true where the release was not published before this run.");

    public Output IsLatest { get; } = outputs.Declare("is-latest", "true where this is the highest stable version, or make-latest says so.");
}
