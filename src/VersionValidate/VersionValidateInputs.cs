using ReleaseActions.Core.Running;

namespace ReleaseActions.VersionValidate;

internal sealed class VersionValidateInputs(Inputs inputs)
{
    public string? Version { get; } = inputs.OptionalText(
        "version", "The version to release, without the tag prefix; for runs started by hand. Where absent, the tag that started the run decides.");

    public string? TagPrefix { get; } = inputs.OptionalText("tag-prefix", "What stands before the version in a tag. Overrides the policy (v).");

    public string? Branch { get; } = inputs.OptionalText("branch", "The production branch that must hold the commit. Overrides the policy (main).");

    public IReadOnlyList<string> Manifests { get; } = inputs.Lines(
        "manifests", "Files that must say the version, or file#key, one a line. Overrides the policy.");

    public bool DryRun { get; } = inputs.Flag("dry-run", "Report what is wrong as warnings and end with success.", fallback: false);
}

internal sealed class VersionValidateOutputs(Outputs outputs)
{
    public Output Version { get; } = outputs.Declare("version", "The version without the tag prefix, such as 1.2.3-rc.1.");

    public Output Tag { get; } = outputs.Declare("tag", "The tag of the version, such as v1.2.3-rc.1.");

    public Output PreviousTag { get; } = outputs.Declare("previous-tag", "The highest release tag below this version; empty for a first release.");

    public Output Major { get; } = outputs.Declare("major", "The first number.");

    public Output Minor { get; } = outputs.Declare("minor", "The second number.");

    public Output Patch { get; } = outputs.Declare("patch", "The third number.");

    public Output Prerelease { get; } = outputs.Declare("prerelease", "What stands after the hyphen, such as rc.1; empty for a stable version.");

    public Output IsPrerelease { get; } = outputs.Declare("is-prerelease", "true or false.");

    public Output IsLatest { get; } = outputs.Declare("is-latest", "true where this is the highest stable version of all release tags.");

    public Output NpmTag { get; } = outputs.Declare("npm-tag", "The npm dist-tag: latest, preview, or empty for a patch of an old line.");

    public Output PythonVersion { get; } = outputs.Declare("python-version", "The version in PEP 440's spelling, such as 1.2.3rc1; empty where it has none.");

    public Output ImageTags { get; } = outputs.Declare("image-tags", "The tags for images, one a line: the version, and latest where this is the latest.");

    public Output Sha { get; } = outputs.Declare("sha", "The commit, 40 hex digits.");

    public Output ShortSha { get; } = outputs.Declare("short-sha", "The commit's first 12 hex digits.");

    public Output ReleaseBranch { get; } = outputs.Declare("release-branch", "The branch this release is prepared on, by the policy.");

    public Output Findings { get; } = outputs.Declare("findings", "What is wrong, as a JSON list of {rule, message, remedy, file, line}.");
}
