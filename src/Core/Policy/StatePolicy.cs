namespace ReleaseActions.Core.Policy;

/// <summary>A file in which a team records the state of its product.</summary>
public sealed class StatePolicy(PolicyMap map)
{
    /// <summary>The file, or null for none.</summary>
    public string? File { get; } = map.OptionalText(
        "file", "The YAML file with the state, such as state.yml; release-publish sets phase, version, last_release and last_activity.");

    /// <summary>The dotted key of its mapping, or null for the top.</summary>
    public string? Path { get; } = map.OptionalText(
        "path", "The dotted key of the mapping that holds them, such as products.till; the top of the file where absent.");

    /// <summary>The phase after a release.</summary>
    public string Phase { get; } = map.Text("phase", "The value of phase after a stable release.", "production");

    /// <summary>The branch, or null for the production branch.</summary>
    public string? Branch { get; } = map.OptionalText(
        "branch", "The branch that the file is written on; the production branch where absent.");

    /// <summary>Rejects a path that could leave the repository.</summary>
    internal StatePolicy Checked(PolicyMap keys)
    {
        if (File?.Split('/').Any(s => s is "" or "." or "..") == true)
            keys.Reject("file", "Write the path from the repository's root, such as ops/state.yml, without a leading /, . and ..");
        return this;
    }
}
